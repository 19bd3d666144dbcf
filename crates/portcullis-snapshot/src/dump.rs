//! The kinds of dump that a snapshot is read from.

/// One kind of dump: the output of one AWS CLI command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Dump {
    /// `aws iam get-account-authorization-details`
    AuthorizationDetails,
    /// `aws iam get-credential-report`
    CredentialReport,
    /// `aws iam get-account-summary`
    AccountSummary,
    /// `aws iam list-virtual-mfa-devices`
    VirtualMfaDevices,
    /// `aws iam list-mfa-devices --user-name …`, one file per user
    MfaDevices,
    /// `aws iam get-account-password-policy`
    PasswordPolicy,
    /// `aws organizations describe-organization`
    DescribeOrganization,
    /// `aws organizations list-roots`
    ListRoots,
    /// `aws organizations list-organizational-units-for-parent --parent-id …`, one file per root and OU
    ListOrganizationalUnits,
    /// `aws organizations list-accounts-for-parent --parent-id …`, one file per root and OU
    ListAccountsForParent,
    /// `aws organizations list-accounts`
    ListAccounts,
    /// `aws organizations list-policies --filter …`, one file per policy type
    ListPolicies,
    /// `aws organizations describe-policy --policy-id …`, one file per policy
    DescribePolicy,
    /// `aws organizations list-targets-for-policy --policy-id …`, one file per policy
    ListTargetsForPolicy,
    /// `aws iam list-organizations-features`
    ListOrganizationsFeatures,
    /// The manifest of a collection: when it was made, and what could not be read.
    Manifest,
}

impl Dump {
    /// Every kind of dump, in the order of the documentation.
    pub const ALL: [Dump; 16] = [
        Dump::AuthorizationDetails,
        Dump::CredentialReport,
        Dump::AccountSummary,
        Dump::VirtualMfaDevices,
        Dump::MfaDevices,
        Dump::PasswordPolicy,
        Dump::DescribeOrganization,
        Dump::ListRoots,
        Dump::ListOrganizationalUnits,
        Dump::ListAccountsForParent,
        Dump::ListAccounts,
        Dump::ListPolicies,
        Dump::DescribePolicy,
        Dump::ListTargetsForPolicy,
        Dump::ListOrganizationsFeatures,
        Dump::Manifest,
    ];

    /// The dumps of one account.
    pub const OF_ACCOUNT: [Dump; 6] = [
        Dump::AuthorizationDetails,
        Dump::CredentialReport,
        Dump::AccountSummary,
        Dump::VirtualMfaDevices,
        Dump::MfaDevices,
        Dump::PasswordPolicy,
    ];

    /// The file, or the pattern of files, in the account's folder or in `organization/`.
    pub fn file_name(self) -> &'static str {
        match self {
            Dump::AuthorizationDetails => "account-authorization-details.json",
            Dump::CredentialReport => "credential-report.csv",
            Dump::AccountSummary => "account-summary.json",
            Dump::VirtualMfaDevices => "virtual-mfa-devices.json",
            Dump::MfaDevices => "mfa-devices/<user>.json",
            Dump::PasswordPolicy => "password-policy.json",
            Dump::DescribeOrganization => "describe-organization.json",
            Dump::ListRoots => "list-roots.json",
            Dump::ListOrganizationalUnits => "list-organizational-units-for-parent/<parent>.json",
            Dump::ListAccountsForParent => "list-accounts-for-parent/<parent>.json",
            Dump::ListAccounts => "list-accounts.json",
            Dump::ListPolicies => "list-policies/<type>.json",
            Dump::DescribePolicy => "describe-policy/<policy>.json",
            Dump::ListTargetsForPolicy => "list-targets-for-policy/<policy>.json",
            Dump::ListOrganizationsFeatures => "list-organizations-features.json",
            Dump::Manifest => "manifest.json",
        }
    }

    /// The AWS CLI command that writes the dump.
    pub fn command(self) -> &'static str {
        match self {
            Dump::AuthorizationDetails => "aws iam get-account-authorization-details",
            Dump::CredentialReport => "aws iam get-credential-report",
            Dump::AccountSummary => "aws iam get-account-summary",
            Dump::VirtualMfaDevices => "aws iam list-virtual-mfa-devices",
            Dump::MfaDevices => "aws iam list-mfa-devices --user-name USER",
            Dump::PasswordPolicy => "aws iam get-account-password-policy",
            Dump::DescribeOrganization => "aws organizations describe-organization",
            Dump::ListRoots => "aws organizations list-roots",
            Dump::ListOrganizationalUnits => {
                "aws organizations list-organizational-units-for-parent --parent-id PARENT"
            }
            Dump::ListAccountsForParent => "aws organizations list-accounts-for-parent --parent-id PARENT",
            Dump::ListAccounts => "aws organizations list-accounts",
            Dump::ListPolicies => "aws organizations list-policies --filter TYPE",
            Dump::DescribePolicy => "aws organizations describe-policy --policy-id POLICY",
            Dump::ListTargetsForPolicy => "aws organizations list-targets-for-policy --policy-id POLICY",
            Dump::ListOrganizationsFeatures => "aws iam list-organizations-features",
            Dump::Manifest => "portcullis collect",
        }
    }

    /// What cannot be said without the dump.
    pub fn decides(self) -> &'static str {
        match self {
            Dump::AuthorizationDetails => "which users, groups, roles and policies there are",
            Dump::CredentialReport => {
                "who has a password, access keys and an MFA device, and when they were used"
            }
            Dump::AccountSummary => "whether root has MFA, access keys and a password",
            Dump::VirtualMfaDevices => "which devices are virtual, and which are assigned to nobody",
            Dump::MfaDevices => "what kind of device a user has",
            Dump::PasswordPolicy => "how strong passwords must be",
            Dump::DescribeOrganization => "the organization's id and management account",
            Dump::ListRoots => "whether service and resource control policies are in force",
            Dump::ListOrganizationalUnits | Dump::ListAccountsForParent => {
                "under which organizational units an account is"
            }
            Dump::ListAccounts => "which accounts the organization has",
            Dump::ListPolicies => "which policies the organization has",
            Dump::DescribePolicy => "what the organization's policies say",
            Dump::ListTargetsForPolicy => "where the organization's policies are attached",
            Dump::ListOrganizationsFeatures => "whether root credentials are managed centrally",
            Dump::Manifest => "when the snapshot was taken",
        }
    }
}
