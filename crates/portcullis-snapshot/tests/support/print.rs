//! A snapshot as text.

use std::collections::BTreeMap;
use std::fmt::Write;

use portcullis_snapshot::organization::{MemberState, Node, NodeKind};
use portcullis_snapshot::{
    AccessKey, Account, Certificate, Coverage, Grants, Group, Input, Known, LastUse, ManagedPolicy, Mfa,
    Missing, Organization, Password, PasswordPolicy, Role, Root, Snapshot, State, TimeOrigin, Use, User,
};

/// Everything that a snapshot says.
pub(crate) fn snapshot(snapshot: &Snapshot) -> String {
    let mut out = String::new();
    match snapshot.taken_at {
        None => line(&mut out, 0, "taken: unknown"),
        Some(taken) => {
            let origin = match taken.origin {
                TimeOrigin::Manifest => "manifest".to_owned(),
                TimeOrigin::CredentialReport(account) => format!("credential report of {account}"),
            };
            line(&mut out, 0, &format!("taken: {} ({origin})", taken.at));
        }
    }
    if let Some(organization) = &snapshot.organization {
        self::organization(&mut out, organization);
    }
    snapshot.accounts.values().for_each(|account| self::account(&mut out, account));
    for policy in snapshot.aws_policies.values() {
        line(&mut out, 0, &format!("from the catalogue: {}", managed(policy)));
    }
    coverage(&mut out, &snapshot.coverage);
    inputs(&mut out, &snapshot.inputs);
    out
}

fn organization(out: &mut String, organization: &Organization) {
    line(out, 0, "organization");
    line(out, 1, &format!("id: {}", known(&organization.id, ToString::to_string)));
    line(
        out,
        1,
        &format!("management account: {}", known(&organization.management_account, ToString::to_string)),
    );
    line(out, 1, &format!("all features: {}", known(&organization.all_features, ToString::to_string)));
    line(out, 1, &format!("all accounts: {}", known(&organization.all_accounts, |()| "listed".into())));
    line(
        out,
        1,
        &format!("SCPs enabled: {}", known(&organization.service_control_enabled, ToString::to_string)),
    );
    line(
        out,
        1,
        &format!("RCPs enabled: {}", known(&organization.resource_control_enabled, ToString::to_string)),
    );
    line(out, 1, &format!("all SCPs: {}", known(&organization.all_service_control, |()| "listed".into())));
    line(out, 1, &format!("all RCPs: {}", known(&organization.all_resource_control, |()| "listed".into())));
    let management = known(&organization.root_credentials_management, ToString::to_string);
    line(out, 1, &format!("root credentials managed: {management}"));
    line(out, 1, &format!("root sessions: {}", known(&organization.root_sessions, ToString::to_string)));
    for (id, node) in &organization.nodes {
        line(out, 1, &format!("{id}: {}", self::node(node)));
    }
    for (id, policy) in &organization.policies {
        let name = policy.name.as_deref().unwrap_or("-");
        let document = known(&policy.document, |document| meaning(document.policy.is_some()));
        let targets = known(&policy.targets, |targets| join(targets.iter().map(|target| &**target)));
        line(out, 1, &format!("{id}: {} {name}, {document}, attached to {targets}", policy.kind.name()));
    }
}

fn node(node: &Node) -> String {
    let kind = match &node.kind {
        NodeKind::Root => "root",
        NodeKind::Unit => "unit",
        NodeKind::Account(member) => match &member.state {
            MemberState::Active => "account, active",
            MemberState::Other(state) => &format!("account, {state}"),
            MemberState::Unknown => "account, state unknown",
        },
    };
    let name = known(&node.name, ToString::to_string);
    let parent = known(&node.parent, |parent| parent.as_deref().unwrap_or("nothing").to_owned());
    format!("{kind}, {name}, in {parent}")
}

fn account(out: &mut String, account: &Account) {
    line(out, 0, &format!("account {} ({})", account.id, account.partition));
    line(out, 1, &format!("report made: {}", known(&account.report_generated, ToString::to_string)));
    line(out, 1, &format!("all users: {}", known(&account.all_users, |()| "known".into())));
    line(
        out,
        1,
        &format!("all groups, roles, policies: {}", known(&account.all_details, |()| "known".into())),
    );
    let policy = known(&account.password_policy, |policy| {
        policy.as_ref().map_or("AWS's default".into(), password_policy)
    });
    line(out, 1, &format!("password policy: {policy}"));
    let summary = known(&account.summary, |summary| format!("{} numbers", summary.len()));
    line(out, 1, &format!("summary: {summary}"));
    root(out, &account.root);
    account.users.values().for_each(|user| self::user(out, user));
    account.groups.values().for_each(|group| self::group(out, group));
    account.roles.values().for_each(|role| self::role(out, role));
    account.policies.values().for_each(|policy| line(out, 1, &format!("policy {}", managed(policy))));
    match &account.virtual_devices {
        Known::Unknown(missing) => line(out, 1, &format!("virtual devices: unknown ({missing})")),
        Known::Fact(devices) => {
            for device in devices {
                let user = device.user.as_deref().unwrap_or("nobody");
                line(out, 1, &format!("virtual device {} of {user}", device.serial));
            }
        }
    }
}

fn root(out: &mut String, root: &Root) {
    line(out, 1, &format!("root {}{}", root.arn, at(root.report.map(|origin| origin.line))));
    line(out, 2, &format!("has a password: {}", known(&root.has_password, ToString::to_string)));
    line(out, 2, &format!("last signed in: {}", known(&root.password_last_used, last_use)));
    line(out, 2, &format!("has an access key: {}", known(&root.has_access_key, ToString::to_string)));
    line(out, 2, &format!("access keys: {}", known(&root.access_keys, |keys| access_keys(keys))));
    mfa(out, &root.mfa);
}

fn user(out: &mut String, user: &User) {
    let lines = [user.details, user.report].map(|origin| at(origin.map(|origin| origin.line)));
    line(out, 1, &format!("user {} in {}, details{}, row{}", user.name, user.path, lines[0], lines[1]));
    let facts = [
        ("created", user.created.map(|at| at.to_string())),
        ("groups", user.groups.as_ref().map(|groups| join(groups.iter().map(|name| &**name)))),
        ("policies", user.grants.as_ref().map(grants)),
        (
            "tags",
            user.tags.as_ref().map(|tags| join(tags.iter().map(|tag| format!("{}={}", tag.key, tag.value)))),
        ),
        ("password", user.password.as_ref().map(|found| found.as_ref().map_or("none".into(), password))),
        ("access keys", user.access_keys.as_ref().map(|keys| access_keys(keys))),
        ("certificates", user.certificates.as_ref().map(|found| join(found.iter().map(certificate)))),
    ];
    let mut hidden: BTreeMap<Missing, Vec<&str>> = BTreeMap::new();
    for (name, fact) in facts {
        match fact {
            Known::Fact(fact) => line(out, 2, &format!("{name}: {fact}")),
            Known::Unknown(missing) => hidden.entry(missing).or_default().push(name),
        }
    }
    for (missing, names) in hidden {
        line(out, 2, &format!("unknown, {missing}: {}", names.join(", ")));
    }
    if let Some(further) = &user.further_credentials {
        line(out, 2, &format!("further credentials: {further}"));
    }
    mfa(out, &user.mfa);
}

fn password(password: &Password) -> String {
    let changed = known(&password.last_changed, ToString::to_string);
    let next = known(&password.next_rotation, |at| at.map_or("never".into(), |at| at.to_string()));
    format!("used {}, changed {changed}, to be changed {next}", last_use(&password.last_used))
}

fn group(out: &mut String, group: &Group) {
    line(out, 1, &format!("group {}: {}", group.name, grants(&group.grants)));
}

fn role(out: &mut String, role: &Role) {
    let trust = known(&role.trust, |trust| meaning(trust.policy.is_some()));
    let used =
        known(&role.last_used, |used| used.as_ref().map_or("never".into(), |used| used.at.to_string()));
    line(
        out,
        1,
        &format!(
            "role {} in {}, trust{}: {trust}, used {used}",
            role.name,
            role.path,
            at(Some(role.trust_line))
        ),
    );
    line(out, 2, &format!("policies: {}", grants(&role.grants)));
}

fn managed(policy: &ManagedPolicy) -> String {
    let document = known(&policy.document, |document| meaning(document.policy.is_some()));
    format!("{} {}, line {}: {document}", policy.arn, policy.default_version, policy.line)
}

fn grants(grants: &Grants) -> String {
    let attached = grants.attached.iter().map(|policy| policy.arn.to_string());
    let inline = grants.inline.iter().map(|policy| {
        format!("{}{} {}", policy.name, at(Some(policy.line)), meaning(policy.document.policy.is_some()))
    });
    let boundary = grants.boundary.iter().map(|arn| format!("within {arn}"));
    join(attached.chain(inline).chain(boundary))
}

fn mfa(out: &mut String, mfa: &Mfa) {
    let listed = known(&mfa.listed, |()| "whole list".into());
    line(out, 2, &format!("MFA: {}, {listed}", known(&mfa.active, ToString::to_string)));
    for device in &mfa.devices {
        line(out, 3, &format!("{} {}", device.kind.name(), device.serial.as_deref().unwrap_or("-")));
    }
    let resistant = known(&mfa.any(|kind| kind.is_phishing_resistant()), ToString::to_string);
    let cli = known(&mfa.any(|kind| kind.works_with_cli()), ToString::to_string);
    line(out, 3, &format!("phishing-resistant: {resistant}; for the CLI: {cli}"));
}

fn access_keys(keys: &[AccessKey]) -> String {
    let key = |key: &AccessKey| {
        let state = if key.active { "active" } else { "inactive" };
        let made = key.last_rotated.map_or("-".into(), |at| at.to_string());
        let place =
            [&key.last_used_service, &key.last_used_region].map(|text| text.as_deref().unwrap_or("-"));
        format!("{} {state}, made {made}, used {} ({})", key.slot, last_use(&key.last_used), place.join(" "))
    };
    join(keys.iter().map(key))
}

fn certificate(certificate: &Certificate) -> String {
    let state = if certificate.active { "active" } else { "inactive" };
    let made = certificate.last_rotated.map_or("-".into(), |at| at.to_string());
    format!("{} {state}, made {made}", certificate.slot)
}

fn last_use(used: &LastUse) -> String {
    match used {
        LastUse::At(at) => at.to_string(),
        LastUse::NeverSinceTracked => "never".into(),
        LastUse::Unknown => "unknown".into(),
    }
}

fn password_policy(policy: &PasswordPolicy) -> String {
    format!(
        "length {}, symbols {}, numbers {}, upper {}, lower {}, age {:?}, reuse {:?}",
        policy.minimum_length,
        policy.require_symbols,
        policy.require_numbers,
        policy.require_uppercase,
        policy.require_lowercase,
        policy.max_age_days,
        policy.reuse_prevention,
    )
}

fn coverage(out: &mut String, coverage: &Coverage) {
    line(out, 0, "coverage");
    for entry in
        coverage.entries.iter().filter(|entry| entry.state != State::Present || !entry.problems.is_empty())
    {
        let share = entry.share.map_or(String::new(), |share| format!(" {}/{}", share.found, share.wanted));
        line(out, 1, &format!("{} {}: {}{share}", entry.scope, entry.subject.name(), entry.state.name()));
        for problem in &entry.problems {
            line(out, 2, &problem.to_string());
            if let Some(hint) = &problem.hint {
                line(out, 3, hint);
            }
        }
    }
}

fn inputs(out: &mut String, inputs: &[Input]) {
    line(out, 0, "inputs");
    for input in inputs {
        let used = match input.used {
            Use::Read(dump) => format!("read as {dump:?}"),
            Use::Unreadable(dump) => format!("unreadable as {dump:?}"),
            Use::Ignored => "ignored".into(),
        };
        line(out, 1, &format!("{}: {used}", input.path));
    }
}

fn known<T>(fact: &Known<T>, print: impl Fn(&T) -> String) -> String {
    match fact {
        Known::Fact(fact) => print(fact),
        Known::Unknown(missing) => format!("unknown ({missing})"),
    }
}

fn meaning(has_one: bool) -> String {
    if has_one { "understood".into() } else { "without meaning".into() }
}

fn at(line: Option<u32>) -> String {
    line.map_or(" -".into(), |line| format!(":{line}"))
}

fn join(items: impl Iterator<Item = impl AsRef<str>>) -> String {
    let items: Vec<String> = items.map(|item| item.as_ref().to_owned()).collect();
    if items.is_empty() { "none".into() } else { items.join("; ") }
}

fn line(out: &mut String, depth: usize, text: &str) {
    writeln!(out, "{}{text}", "  ".repeat(depth)).unwrap();
}
