//! The account that policies are attached in: alice and the role `app` are administrators, and no policy stops them.

use portcullis_iam::{PolicyKind, json};
use portcullis_snapshot::Snapshot;
use portcullis_snapshot::import::import;

/// The administrator, who has a password that was never used, an access key, and no device.
pub(crate) const ALICE: &str = "arn:aws:iam::123456789012:user/alice";

/// The role.
pub(crate) const ROLE: &str = "arn:aws:iam::123456789012:role/app";

const ADMIN: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#;

const TRUST: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}"#;

const REPORT: &str = "\
user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,access_key_1_active,access_key_2_active
alice,arn:aws:iam::123456789012:user/alice,2026-01-01T00:00:00+00:00,true,no_information,2026-01-01T00:00:00+00:00,N/A,false,true,false
";

/// The account, in an organization that binds it to nothing, with a policy: an identity policy is attached to alice, a
/// control policy to the account. A policy of another kind has no place in a snapshot.
pub(crate) fn snapshot(policy: Option<(PolicyKind, &str)>) -> Snapshot {
    let mut files = vec![
        ("123456789012/credential-report.csv".to_owned(), REPORT.to_owned()),
        ("123456789012/virtual-mfa-devices.json".to_owned(), r#"{"VirtualMFADevices":[]}"#.to_owned()),
        ("123456789012/account-authorization-details.json".to_owned(), details(policy)),
    ];
    let place = |(path, text): (&str, String)| (format!("organization/{path}.json"), text);
    files.extend(organization(policy).into_iter().map(place));
    import(&files).unwrap()
}

fn details(policy: Option<(PolicyKind, &str)>) -> String {
    let inline = |name: &str, text: &str| format!(r#"{{"PolicyName":"{name}","PolicyDocument":{text}}}"#);
    let admin = inline("admin", ADMIN);
    let own = match policy {
        Some((PolicyKind::Identity, text)) => format!("{admin},{}", inline("document", text)),
        _ => admin.clone(),
    };
    format!(
        r#"{{"UserDetailList":[{{"UserName":"alice","UserId":"AIDAEXAMPLE","Arn":"{ALICE}","Path":"/","UserPolicyList":[{own}]}}],"GroupDetailList":[],"RoleDetailList":[{{"RoleName":"app","RoleId":"AROAEXAMPLE","Arn":"{ROLE}","Path":"/","RolePolicyList":[{admin}],"AssumeRolePolicyDocument":{TRUST}}}],"Policies":[]}}"#
    )
}

/// The files of the organization by their names.
fn organization(policy: Option<(PolicyKind, &str)>) -> Vec<(&'static str, String)> {
    let scp = policy.filter(|(kind, _)| *kind == PolicyKind::ServiceControl);
    let rcp = policy.filter(|(kind, _)| *kind == PolicyKind::ResourceControl);
    let mut files: Vec<_> = TREE.iter().map(|(path, text)| (*path, (*text).to_owned())).collect();
    let kinds = [
        ("SERVICE_CONTROL_POLICY", "FullAWSAccess", scp, "list-policies/SERVICE_CONTROL_POLICY"),
        ("RESOURCE_CONTROL_POLICY", "RCPFullAWSAccess", rcp, "list-policies/RESOURCE_CONTROL_POLICY"),
    ];
    for (kind, full, own, path) in kinds {
        let aws = format!(
            r#"{{"Id":"p-{full}","Arn":"arn:aws:organizations::aws:policy/{}/p-{full}","Name":"{full}","Type":"{kind}","AwsManaged":true}}"#,
            kind.to_lowercase()
        );
        let list = own.map_or_else(|| aws.clone(), |_| format!("{aws},{}", summary(kind)));
        files.push((path, format!(r#"{{"Policies":[{list}]}}"#)));
        if let Some((_, text)) = own {
            let content =
                json::write::pretty(&json::parse(text).unwrap()).replace('"', "\\\"").replace('\n', " ");
            let described =
                format!(r#"{{"Policy":{{"PolicySummary":{},"Content":"{content}"}}}}"#, summary(kind));
            files.push(("describe-policy/p-document", described));
        }
    }
    files
}

fn summary(kind: &str) -> String {
    format!(
        r#"{{"Id":"p-document","Arn":"arn:aws:organizations::222222222222:policy/o-exampleorgid/{}/p-document","Name":"document","Type":"{kind}","AwsManaged":false}}"#,
        kind.to_lowercase()
    )
}

/// The organization but for its policies.
const TREE: [(&str, &str); 8] = [
    (
        "describe-organization",
        r#"{"Organization":{"Id":"o-exampleorgid","MasterAccountId":"222222222222","FeatureSet":"ALL"}}"#,
    ),
    (
        "list-roots",
        r#"{"Roots":[{"Id":"r-abcd","Name":"Root","PolicyTypes":[{"Type":"SERVICE_CONTROL_POLICY","Status":"ENABLED"},{"Type":"RESOURCE_CONTROL_POLICY","Status":"ENABLED"}]}]}"#,
    ),
    (
        "list-accounts",
        r#"{"Accounts":[{"Id":"123456789012","Name":"members","Status":"ACTIVE"},{"Id":"222222222222","Name":"management","Status":"ACTIVE"}]}"#,
    ),
    ("list-organizational-units-for-parent/r-abcd", r#"{"OrganizationalUnits":[]}"#),
    (
        "list-accounts-for-parent/r-abcd",
        r#"{"Accounts":[{"Id":"123456789012","Name":"members","Status":"ACTIVE"},{"Id":"222222222222","Name":"management","Status":"ACTIVE"}]}"#,
    ),
    (
        "list-targets-for-policy/p-FullAWSAccess",
        r#"{"Targets":[{"TargetId":"r-abcd","Type":"ROOT"},{"TargetId":"123456789012","Type":"ACCOUNT"},{"TargetId":"222222222222","Type":"ACCOUNT"}]}"#,
    ),
    (
        "list-targets-for-policy/p-RCPFullAWSAccess",
        r#"{"Targets":[{"TargetId":"r-abcd","Type":"ROOT"},{"TargetId":"123456789012","Type":"ACCOUNT"},{"TargetId":"222222222222","Type":"ACCOUNT"}]}"#,
    ),
    ("list-targets-for-policy/p-document", r#"{"Targets":[{"TargetId":"123456789012","Type":"ACCOUNT"}]}"#),
];
