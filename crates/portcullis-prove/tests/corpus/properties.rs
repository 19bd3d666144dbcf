//! The properties of an administrator to whom a policy about MFA is attached, beside what its probes and its collector
//! say of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use portcullis_guardrail::Intent;
use portcullis_iam::{Polarity, PolicyKind, Statement, Timestamp};
use portcullis_prove::{
    Area, CredentialKind, Estate, Flaw, Options, Prover, Question, Reach, Verdict, prove, reach,
};

use crate::account::{self, ALICE};
use crate::attached::Case;
use crate::probe::{Letter, Probes, letters};
use crate::probes::{corpus, frames};
use crate::table::Differences;

/// Verdicts by the id of the property and the credential.
type Verdicts = BTreeMap<(&'static str, Option<CredentialKind>), Verdict>;

/// Every property of alice and of the role, with the policy and before it.
fn verdicts(case: &Case) -> Verdicts {
    let before = account::snapshot(None);
    let (intent, now) = (Intent::default(), Timestamp::parse("2026-11-24").unwrap());
    let estate = Estate { before: Some(&before), ..Estate::new(&case.snapshot, &intent, now) };
    let judged = prove(&estate, &Options::default());
    judged.into_iter().map(|own| ((own.rule.id, own.kind), own.verdict)).collect()
}

/// The calls that may be open without MFA: self-service on the caller itself, and what answers to no policy.
const SELF_SERVICE: [(&str, &str); 13] = [
    ("iam:ChangePassword", ALICE),
    ("iam:CreateVirtualMFADevice", "arn:aws:iam::123456789012:mfa/alice"),
    ("iam:CreateVirtualMFADevice", "arn:aws:iam::123456789012:mfa/alice-phone"),
    ("iam:EnableMFADevice", ALICE),
    ("iam:GetAccountPasswordPolicy", "*"),
    ("iam:GetLoginProfile", ALICE),
    ("iam:GetUser", ALICE),
    ("iam:ListMFADevices", ALICE),
    ("iam:ListUsers", "*"),
    ("iam:ListVirtualMFADevices", "*"),
    ("iam:ResyncMFADevice", ALICE),
    ("sts:GetCallerIdentity", "*"),
    ("sts:GetSessionToken", "*"),
];

/// What disarms MFA.
const DISARMS: [&str; 4] = [
    "iam:AttachUserPolicy",
    "iam:DeactivateMFADevice",
    "iam:DeleteVirtualMFADevice",
    "organizations:LeaveOrganization",
];

/// The published decisions of a document in one context.
struct Decisions<'p> {
    calls: Vec<(&'p str, &'p str, Letter)>,
}

impl<'p> Decisions<'p> {
    fn of(case: &Case, probes: &'p Probes, context: &str) -> Self {
        let calls = probes.calls.iter().zip(letters(&case.collected, context));
        let call = |((action, resource), letter): (&'p (String, String), Letter)| {
            (action.as_str(), resource.as_str(), letter)
        };
        Self { calls: calls.map(call).collect() }
    }

    /// Whether an administrator makes one of the calls that count.
    fn pass(&self, counts: impl Fn(&str, &str) -> bool) -> &'static str {
        let open = |(action, resource, letter): &(&str, &str, Letter)| {
            *letter != Letter::Deny && counts(action, resource)
        };
        if self.calls.iter().any(open) { "refuted" } else { "proved" }
    }

    fn is_denied(&self, action: &str, resource: &str) -> bool {
        let own = |(one, other, letter): &(&str, &str, Letter)| {
            *one == action && *other == resource && *letter == Letter::Deny
        };
        self.calls.iter().any(own)
    }

    /// The steps to a device at which an administrator without one is denied, as the property names them.
    fn blocked(&self, kind: CredentialKind) -> String {
        let in_console = kind == CredentialKind::Console;
        let mut blocked = Vec::new();
        if in_console && self.is_denied("iam:ChangePassword", ALICE) {
            blocked.push("iam:ChangePassword");
        }
        let names = ["arn:aws:iam::123456789012:mfa/alice", "arn:aws:iam::123456789012:mfa/alice-phone"];
        let no_device = names.iter().all(|name| self.is_denied("iam:CreateVirtualMFADevice", name));
        let steps = [
            (in_console && self.is_denied("iam:ListMFADevices", ALICE), "iam:ListMFADevices"),
            (no_device, "iam:CreateVirtualMFADevice"),
            (self.is_denied("iam:EnableMFADevice", ALICE), "iam:EnableMFADevice"),
            (self.is_denied("iam:ResyncMFADevice", ALICE), "iam:ResyncMFADevice"),
        ];
        blocked.extend(steps.iter().find(|(is_blocked, _)| *is_blocked).map(|(_, step)| *step));
        blocked.join(", ")
    }
}

#[test]
fn each_property_is_as_the_probes_say() {
    let Some((cases, probes)) = corpus() else { return };
    let mut seen = Differences::default();
    for case in cases.iter().filter(|case| case.is_attached() && case.refused.is_empty()) {
        let verdicts = verdicts(case);
        let mut compare = |property: &'static str, kind: CredentialKind, theirs: &str| {
            let ours = &verdicts[&(property, Some(kind))];
            seen.compare(case.id(), &format!("{property} {}", kind.id()), theirs, ours.name());
        };
        let [key, session] = ["longterm_key", "temp_no_mfa"].map(|name| Decisions::of(case, &probes, name));
        let pairs = [(CredentialKind::AccessKey, &key), (CredentialKind::Console, &session)];
        for (kind, decisions) in pairs {
            let counts = |action: &str, resource: &str| !SELF_SERVICE.contains(&(action, resource));
            compare("no-access-without-mfa", kind, decisions.pass(counts));
            let disarms = |action: &str, _: &str| DISARMS.contains(&action);
            compare("cannot-disarm-without-mfa", kind, decisions.pass(disarms));
        }
        // Such a session calls no IAM, and of STS only AssumeRole.
        let counts = |action: &str, _: &str| {
            action == "sts:AssumeRole" || !action.starts_with("iam:") && !action.starts_with("sts:")
        };
        compare("no-access-without-mfa", CredentialKind::SessionToken, session.pass(counts));
        if case.collected.kind == PolicyKind::ServiceControl {
            let role = Decisions::of(case, &probes, "role_session");
            let taken = role.calls.iter().any(|(action, _, letter)| {
                // No session of a role can make these calls, or no policy can deny them.
                *letter == Letter::Deny && !["sts:GetCallerIdentity", "sts:GetSessionToken"].contains(action)
            });
            compare(
                "roles-unaffected",
                CredentialKind::RoleSession,
                if taken { "refuted" } else { "proved" },
            );
        }
        for (kind, decisions) in pairs {
            let ours = blocked(&verdicts[&("can-enrol", Some(kind))]);
            seen.compare(case.id(), &format!("can-enrol {}", kind.id()), &decisions.blocked(kind), &ours);
        }
    }
    seen.check(include_str!("differences/properties.txt"));
}

/// The steps at which a user is blocked on the way to a device.
fn blocked(verdict: &Verdict) -> String {
    let last = |flaw: &Flaw| flaw.steps.last().unwrap().request.action.to_string();
    match verdict {
        Verdict::Proved(_) => String::new(),
        Verdict::Refuted(refutation) => {
            let mut steps: Vec<String> = refutation.flaws.iter().map(last).collect();
            steps.sort_by_key(|step| step != "iam:ChangePassword");
            steps.join(", ")
        }
        Verdict::Undecided(doubt) => format!("{doubt:?}"),
    }
}

/// What the collector's rules say of a document, by how their words begin, and what it is called here.
const LABELS: [(&str, &str); 7] = [
    ("HOLE", "open without MFA"),
    ("WEAK", "open without MFA"),
    ("INVERTED", "open without MFA"),
    ("LOCKOUT: un-enrolled", "cannot enrol"),
    ("LOCKOUT: forced", "cannot change the first password"),
    ("LOCKOUT?: GetSessionToken", "GetSessionToken is denied"),
    ("BREAKS ROLES", "takes from roles"),
];

#[test]
fn the_verdict_is_the_collectors_or_the_table_says_why_not() {
    let Some((cases, _)) = corpus() else { return };
    let mut seen = Differences::default();
    for case in cases.iter().filter(|case| case.refused.is_empty()) {
        let theirs = case.collected.list("verdict");
        let ours = if case.is_attached() { of_alice(&verdicts(case)) } else { of_resource(case) };
        for (_, label) in LABELS {
            let own = LABELS.iter().filter(|(_, other)| *other == label);
            let says = own.into_iter().any(|(word, _)| theirs.iter().any(|own| own.starts_with(word)));
            let [theirs, ours] = [says, ours.contains_key(label)].map(|own| if own { "yes" } else { "no" });
            seen.compare(case.id(), label, theirs, ours);
        }
    }
    seen.check(include_str!("differences/verdicts.txt"));
}

/// What is said of an administrator with the policy.
fn of_alice(verdicts: &Verdicts) -> BTreeMap<&'static str, String> {
    let mut said = BTreeMap::new();
    for ((property, kind), verdict) in verdicts {
        let Verdict::Refuted(refutation) = verdict else { continue };
        for flaw in &refutation.flaws {
            let first =
                flaw.steps.last().is_some_and(|step| step.request.action.as_str() == "iam:ChangePassword");
            let label = match (*property, kind) {
                ("no-access-without-mfa", Some(CredentialKind::AccessKey | CredentialKind::Console)) => {
                    "open without MFA"
                }
                ("can-enrol", _) if first => "cannot change the first password",
                ("can-enrol", _) => "cannot enrol",
                ("roles-unaffected", _) => "takes from roles",
                _ => continue,
            };
            said.insert(label, flaw.message.to_string());
        }
    }
    said
}

/// What is said of the resource that has the policy: whether alice does what it speaks of without MFA.
fn of_resource(case: &Case) -> BTreeMap<&'static str, String> {
    let policies = Arc::new(case.policies(ALICE));
    let mut prover = Prover::new();
    let areas: Vec<Area> = case.policy.statements.iter().map(area).collect();
    let mut said = BTreeMap::new();
    for kind in [CredentialKind::AccessKey, CredentialKind::Console] {
        for frame in frames(case, ALICE, &policies, kind) {
            if let Reach::Open(witness) = reach(&mut prover, &Question::any(&policies, &frame).only(&areas)) {
                said.insert("open without MFA", format!("{} with {kind}", witness.request().action));
            }
        }
    }
    said
}

/// What a statement of a resource's policy is about; `*` is the resource itself, which has an ARN.
fn area(statement: &Statement) -> Area {
    assert_eq!(statement.action.polarity, Polarity::Only);
    let area = Area::of_actions(statement.action.patterns.iter().map(|own| &*own.value));
    let is_key = statement.action.patterns.iter().all(|own| own.value.starts_with("kms:"));
    let itself = if is_key { "arn:*:kms:*:key/*" } else { "arn:*" };
    let patterns = statement.resource.iter().flat_map(|clause| &clause.patterns);
    let own = |pattern: &'_ str| if pattern == "*" { itself.to_owned() } else { pattern.to_owned() };
    let patterns: Vec<String> = patterns.map(|pattern| own(&pattern.value)).collect();
    if patterns.is_empty() { area } else { area.on(patterns.iter().map(String::as_str)) }
}
