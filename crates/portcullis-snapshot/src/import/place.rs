//! What a file is, by its path inside the snapshot.

use portcullis_iam::AccountId;

use crate::dump::Dump;

/// What a file is and whose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A dump of an account: of the folder that names it, or of the only account that there is.
    Account { folder: Option<AccountId>, dump: Dump, key: Option<Box<str>> },
    /// A dump of the organization; the key is what the file's name says beyond the dump: a parent, policy or type.
    Organization { dump: Dump, key: Option<Box<str>> },
    /// The manifest of the collection.
    Manifest,
    /// No dump.
    Ignored,
}

impl Place {
    /// The dump that the file is, when it is one.
    pub(super) fn dump(&self) -> Option<Dump> {
        match self {
            Place::Account { dump, .. } | Place::Organization { dump, .. } => Some(*dump),
            Place::Manifest => Some(Dump::Manifest),
            Place::Ignored => None,
        }
    }
}

/// What the file at `path` is. Parts of the path are separated by `/`.
pub(super) fn of_path(path: &str) -> Place {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    match parts.as_slice() {
        ["manifest.json"] => Place::Manifest,
        ["organization", rest @ ..] => in_organization(rest),
        [folder, rest @ ..] => match AccountId::parse(folder) {
            Some(id) => in_account(Some(id), rest),
            None => in_account(None, &parts),
        },
        [] => Place::Ignored,
    }
}

fn in_account(folder: Option<AccountId>, parts: &[&str]) -> Place {
    let found = match parts {
        [file] => of_account_file(file).map(|dump| (dump, None)),
        ["mfa-devices", file] => file.strip_suffix(".json").map(|user| (Dump::MfaDevices, Some(user.into()))),
        _ => None,
    };
    found.map_or(Place::Ignored, |(dump, key)| Place::Account { folder, dump, key })
}

fn of_account_file(file: &str) -> Option<Dump> {
    let (stem, extension) = file.rsplit_once('.')?;
    let (_, dump) = ACCOUNT_STEMS.iter().find(|(name, _)| is_page_of(stem, name))?;
    let extensions: &[&str] = match dump {
        Dump::CredentialReport => &["csv", "json"],
        _ => &["json"],
    };
    extensions.contains(&extension).then_some(*dump)
}

fn in_organization(parts: &[&str]) -> Place {
    let found = match parts {
        [file] => file.strip_suffix(".json").and_then(of_organization_file).map(|dump| (dump, None)),
        [folder, file] => file.strip_suffix(".json").and_then(|stem| {
            let (_, dump, key) = ORGANIZATION_FOLDERS.iter().find(|(name, ..)| name == folder)?;
            Some((*dump, Some(key(stem)?.into())))
        }),
        _ => None,
    };
    found.map_or(Place::Ignored, |(dump, key)| Place::Organization { dump, key })
}

fn of_organization_file(stem: &str) -> Option<Dump> {
    if stem.starts_with("list-accounts-for-parent") {
        // The accounts of which parent? Without its id the list is no list of all accounts either.
        return None;
    }
    ORGANIZATION_STEMS.iter().find(|(name, _)| is_page_of(stem, name)).map(|(_, dump)| *dump)
}

/// Whether `stem` is `name`, or `name` with the mark of a page: `name.2`, `name-page2`, `name_b`.
fn is_page_of(stem: &str, name: &str) -> bool {
    stem.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-', '_']))
}

/// The id of a root (`r-examplerootid`) or unit (`ou-examplerootid-exampleouid`) at the start of `stem`.
fn parent_id(stem: &str) -> Option<&str> {
    let dashes = if stem.starts_with("r-") { 1 } else { 2 };
    let known = stem.starts_with("r-") || stem.starts_with("ou-");
    known.then(|| id_with_dashes(stem, dashes))
}

/// The id of a policy (`p-examplepolicyid`) at the start of `stem`. Its characters may include `_`.
fn policy_id(stem: &str) -> Option<&str> {
    stem.starts_with("p-").then(|| id_with_dashes(stem, 1))
}

/// The policy type at the start of `stem`, such as `SERVICE_CONTROL_POLICY`.
fn policy_type(stem: &str) -> Option<&str> {
    stem.split(['.', '-']).next()
}

/// `stem` up to its first dot, or the dash after `dashes` others.
fn id_with_dashes(stem: &str, dashes: usize) -> &str {
    let id = stem.split('.').next().unwrap_or_default();
    let end = id.match_indices('-').nth(dashes).map_or(id.len(), |(at, _)| at);
    id.get(..end).unwrap_or_default()
}

type KeyOf = fn(&str) -> Option<&str>;

const ACCOUNT_STEMS: [(&str, Dump); 5] = [
    ("account-authorization-details", Dump::AuthorizationDetails),
    ("credential-report", Dump::CredentialReport),
    ("account-summary", Dump::AccountSummary),
    ("virtual-mfa-devices", Dump::VirtualMfaDevices),
    ("password-policy", Dump::PasswordPolicy),
];

const ORGANIZATION_STEMS: [(&str, Dump); 4] = [
    ("describe-organization", Dump::DescribeOrganization),
    ("list-roots", Dump::ListRoots),
    ("list-accounts", Dump::ListAccounts),
    ("list-organizations-features", Dump::ListOrganizationsFeatures),
];

const ORGANIZATION_FOLDERS: [(&str, Dump, KeyOf); 5] = [
    ("list-organizational-units-for-parent", Dump::ListOrganizationalUnits, parent_id),
    ("list-accounts-for-parent", Dump::ListAccountsForParent, parent_id),
    ("list-policies", Dump::ListPolicies, policy_type),
    ("describe-policy", Dump::DescribePolicy, policy_id),
    ("list-targets-for-policy", Dump::ListTargetsForPolicy, policy_id),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, expected: &str) {
        let place = match of_path(path) {
            Place::Account { folder, dump, key } => {
                let folder = folder.map_or("-".to_owned(), |id| id.to_string());
                format!("{folder} {dump:?} {}", key.as_deref().unwrap_or("-"))
            }
            Place::Organization { dump, key } => format!("org {dump:?} {}", key.as_deref().unwrap_or("-")),
            Place::Manifest => "manifest".to_owned(),
            Place::Ignored => "ignored".to_owned(),
        };
        assert_eq!(place, expected, "{path}");
    }

    #[test]
    fn files_of_accounts() {
        check("111111111111/account-authorization-details.json", "111111111111 AuthorizationDetails -");
        check("account-authorization-details-page2.json", "- AuthorizationDetails -");
        check("111111111111/account-authorization-details.2.json", "111111111111 AuthorizationDetails -");
        check("111111111111/credential-report.json", "111111111111 CredentialReport -");
        check("111111111111/mfa-devices/a.b@c.json", "111111111111 MfaDevices a.b@c");
        check("111111111111/account-summary.csv", "ignored");
        check("111111111111/account-summaryold.json", "ignored");
        check("111111111111/x/account-summary.json", "ignored");
        check("manifest.json", "manifest");
        check("README.md", "ignored");
    }

    #[test]
    fn files_of_the_organization() {
        check("organization/list-roots.json", "org ListRoots -");
        check("organization/list-accounts.2.json", "org ListAccounts -");
        check("organization/list-accounts-for-parent/r-abcd.json", "org ListAccountsForParent r-abcd");
        check(
            "organization/list-organizational-units-for-parent/ou-abcd-12345678-page2.json",
            "org ListOrganizationalUnits ou-abcd-12345678",
        );
        check(
            "organization/list-policies/SERVICE_CONTROL_POLICY.2.json",
            "org ListPolicies SERVICE_CONTROL_POLICY",
        );
        check("organization/describe-policy/p-FullAWSAccess.json", "org DescribePolicy p-FullAWSAccess");
        check(
            "organization/list-targets-for-policy/p-abcd1234-2.json",
            "org ListTargetsForPolicy p-abcd1234",
        );
        check("organization/list-targets-for-policy/x.json", "ignored");
        check("organization/list-accounts-for-parent.json", "ignored");
    }
}
