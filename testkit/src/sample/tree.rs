//! The sample's organizational units and service control policies.

use super::builder::days_ago;
use super::documents;
use super::truth::Truth;
use crate::organization::{ControlPolicy, Member, Organization, Unit};

const ROOT: &str = "r-a1b2";
const SECURITY: &str = "ou-a1b2-security";
const WORKLOADS: &str = "ou-a1b2-workload";
const SANDBOX: &str = "ou-a1b2-sandboxes";

/// The organization.
pub(super) fn organization() -> Organization {
    Organization {
        id: "o-exampleorg".to_owned(),
        root: ROOT.to_owned(),
        management: "111111111111".to_owned(),
        units: vec![unit(SECURITY, "Security"), unit(WORKLOADS, "Workloads"), unit(SANDBOX, "Sandbox")],
        members: vec![
            member("111111111111", "Management", ROOT, 900),
            member("222222222222", "Security", SECURITY, 850),
            member("333333333333", "Production", WORKLOADS, 850),
            member("444444444444", "Staging", WORKLOADS, 849),
            member("555555555555", "Sandbox", SANDBOX, 700),
        ],
        policies: policies(),
        features: vec!["RootCredentialsManagement".to_owned(), "RootSessions".to_owned()],
    }
}

/// What the control policies are in the sample for. What they do to users and roles shows on these.
pub(super) fn truth() -> Vec<Truth> {
    policies()
        .iter()
        .map(|policy| {
            let arn = format!(
                "arn:aws:organizations::111111111111:policy/o-exampleorg/service_control_policy/{}",
                policy.id
            );
            let checks: &[_] = match policy.targets.is_empty() {
                true => &["unattached-enforcement"],
                false => &[],
            };
            Truth::new(arn, story(&policy.name), checks)
        })
        .collect()
}

fn story(policy: &str) -> &'static str {
    match policy {
        "RequireMfaForUsers" => "right: aimed at users, so that roles go on; in Management it binds nobody",
        "DenyWithoutMfa" => {
            "aimed at everybody: it stops the roles and the Identity Center sessions of Sandbox"
        }
        "RequireMfaDraft" => "attached to nobody: it protects nothing",
        _ => "has nothing to do with MFA",
    }
}

fn policies() -> Vec<ControlPolicy> {
    vec![
        policy("p-aleave01", "DenyLeavingOrganization", "Accounts stay", &[ROOT]),
        policy("p-bmfauser", "RequireMfaForUsers", "IAM users need MFA", &[SECURITY, "111111111111"]),
        policy("p-cmfaall1", "DenyWithoutMfa", "Everything needs MFA", &[SANDBOX]),
        policy("p-dmfadrft", "RequireMfaDraft", "To be discussed: MFA for dangerous actions", &[]),
    ]
}

fn policy(id: &str, name: &str, description: &str, targets: &[&str]) -> ControlPolicy {
    ControlPolicy {
        id: id.to_owned(),
        name: name.to_owned(),
        description: description.to_owned(),
        document: documents::service_control(name).to_owned(),
        targets: targets.iter().map(|target| (*target).to_owned()).collect(),
    }
}

fn unit(id: &str, name: &str) -> Unit {
    Unit { id: id.to_owned(), name: name.to_owned(), parent: ROOT.to_owned() }
}

fn member(id: &str, name: &str, parent: &str, days: i64) -> Member {
    Member {
        id: id.to_owned(),
        name: name.to_owned(),
        email: format!("aws+{}@example.com", name.to_lowercase()),
        parent: parent.to_owned(),
        joined: days_ago(days, id),
        created_here: parent != ROOT,
    }
}
