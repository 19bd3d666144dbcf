//! The outputs of `aws organizations …` that describe the tree, its policies and its features.

use super::Files;
use super::id::time;
use super::json::{Json, compact, file, list, object, text};
use crate::organization::{ControlPolicy, Member, Organization, Unit};

/// The files of the folder `organization`.
pub fn organization(organization: &Organization) -> Files {
    let mut files = Files::new();
    let mut add = |name: String, value: Json| files.insert(format!("organization/{name}.json"), file(&value));
    add("describe-organization".to_owned(), describe(organization));
    add("list-roots".to_owned(), roots(organization));
    for parent in parents(organization) {
        add(format!("list-organizational-units-for-parent/{parent}"), units(organization, parent));
        add(format!("list-accounts-for-parent/{parent}"), accounts(organization, parent));
    }
    add("list-policies/SERVICE_CONTROL_POLICY".to_owned(), policies(organization));
    for policy in all_policies(organization) {
        add(format!("describe-policy/{}", policy.id), policy_document(organization, &policy));
        add(format!("list-targets-for-policy/{}", policy.id), targets(organization, &policy));
    }
    add("list-organizations-features".to_owned(), features(organization));
    files
}

fn parents(organization: &Organization) -> impl Iterator<Item = &str> {
    std::iter::once(organization.root.as_str()).chain(organization.units.iter().map(|unit| unit.id.as_str()))
}

fn arn(organization: &Organization, kind: &str, rest: &str) -> String {
    format!("arn:aws:organizations::{}:{kind}/{}{rest}", organization.management, organization.id)
}

fn describe(organization: &Organization) -> Json {
    let management = organization.members.iter().find(|member| member.id == organization.management);
    let email = management.map_or("", |member| member.email.as_str());
    object([(
        "Organization",
        object([
            ("Id", text(&organization.id)),
            ("Arn", text(arn(organization, "organization", ""))),
            ("FeatureSet", text("ALL")),
            (
                "MasterAccountArn",
                text(arn(organization, "account", &format!("/{}", organization.management))),
            ),
            ("MasterAccountId", text(&organization.management)),
            ("MasterAccountEmail", text(email)),
            ("AvailablePolicyTypes", policy_types()),
        ]),
    )])
}

fn roots(organization: &Organization) -> Json {
    object([(
        "Roots",
        list([object([
            ("Id", text(&organization.root)),
            ("Arn", text(arn(organization, "root", &format!("/{}", organization.root)))),
            ("Name", text("Root")),
            ("PolicyTypes", policy_types()),
        ])]),
    )])
}

fn policy_types() -> Json {
    list([object([("Type", text("SERVICE_CONTROL_POLICY")), ("Status", text("ENABLED"))])])
}

fn units(organization: &Organization, parent: &str) -> Json {
    let inside = organization.units.iter().filter(|unit| unit.parent == parent);
    object([("OrganizationalUnits", list(inside.map(|unit| self::unit(organization, unit))))])
}

fn unit(organization: &Organization, unit: &Unit) -> Json {
    object([
        ("Id", text(&unit.id)),
        ("Arn", text(arn(organization, "ou", &format!("/{}", unit.id)))),
        ("Name", text(&unit.name)),
    ])
}

fn accounts(organization: &Organization, parent: &str) -> Json {
    let inside = organization.members.iter().filter(|member| member.parent == parent);
    object([("Accounts", list(inside.map(|member| account(organization, member))))])
}

fn account(organization: &Organization, member: &Member) -> Json {
    object([
        ("Id", text(&member.id)),
        ("Arn", text(arn(organization, "account", &format!("/{}", member.id)))),
        ("Email", text(&member.email)),
        ("Name", text(&member.name)),
        ("Status", text("ACTIVE")),
        ("State", text("ACTIVE")),
        ("JoinedMethod", text(if member.created_here { "CREATED" } else { "INVITED" })),
        ("JoinedTimestamp", text(time(member.joined))),
    ])
}

/// The customer's policies, and the one that AWS attaches to everything.
fn all_policies(organization: &Organization) -> Vec<ControlPolicy> {
    let accounts = organization.members.iter().map(|member| member.id.clone());
    let everywhere = parents(organization).map(str::to_owned).chain(accounts).collect();
    let full_access = ControlPolicy {
        id: Organization::FULL_ACCESS.to_owned(),
        name: "FullAWSAccess".to_owned(),
        description: "Allows access to every operation".to_owned(),
        document: FULL_ACCESS.to_owned(),
        targets: everywhere,
    };
    std::iter::once(full_access).chain(organization.policies.iter().cloned()).collect()
}

const FULL_ACCESS: &str =
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;

fn policies(organization: &Organization) -> Json {
    let policies = all_policies(organization);
    object([("Policies", list(policies.iter().map(|policy| summary(organization, policy))))])
}

fn summary(organization: &Organization, policy: &ControlPolicy) -> Json {
    let of_aws = policy.id == Organization::FULL_ACCESS;
    let arn = match of_aws {
        true => format!("arn:aws:organizations::aws:policy/service_control_policy/{}", policy.id),
        false => arn(organization, "policy", &format!("/service_control_policy/{}", policy.id)),
    };
    object([
        ("Id", text(&policy.id)),
        ("Arn", text(arn)),
        ("Name", text(&policy.name)),
        ("Description", text(&policy.description)),
        ("Type", text("SERVICE_CONTROL_POLICY")),
        ("AwsManaged", Json::Flag(of_aws)),
    ])
}

fn policy_document(organization: &Organization, policy: &ControlPolicy) -> Json {
    object([(
        "Policy",
        object([
            ("PolicySummary", summary(organization, policy)),
            ("Content", text(compact(&policy.document))),
        ]),
    )])
}

fn targets(organization: &Organization, policy: &ControlPolicy) -> Json {
    object([("Targets", list(policy.targets.iter().map(|target| self::target(organization, target))))])
}

fn target(organization: &Organization, id: &str) -> Json {
    let (kind, shape) = match id {
        id if id.starts_with("r-") => ("root", "ROOT"),
        id if id.starts_with("ou-") => ("ou", "ORGANIZATIONAL_UNIT"),
        _ => ("account", "ACCOUNT"),
    };
    object([
        ("TargetId", text(id)),
        ("Arn", text(arn(organization, kind, &format!("/{id}")))),
        ("Name", text(organization.name_of(id))),
        ("Type", text(shape)),
    ])
}

fn features(organization: &Organization) -> Json {
    object([
        ("OrganizationId", text(&organization.id)),
        ("EnabledFeatures", list(organization.features.iter().map(text))),
    ])
}
