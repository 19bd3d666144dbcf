//! The probes of the policies about MFA: every answer of the prover stands beside the decisions that were published
//! with them.

use std::sync::Arc;

use portcullis_authz::{Access, Bounded, LayerKind, decide, statement};
use portcullis_iam::pattern::ShortArn;
use portcullis_iam::{Arn, Effect, PolicyKind, PolicySet, Spanned, Timestamp, Truth};
use portcullis_prove::credential::Base;
use portcullis_prove::{Area, CredentialKind, Frame, Prover, Question, Reach, reach};
use testkit::collected;

use crate::account::{ALICE, ROLE};
use crate::attached::{Case, cases};
use crate::probe::{CONTEXTS, Letter, Probes, letters};
use crate::table::Differences;

/// What all suites look at: the documents and the probes.
pub(crate) fn corpus() -> Option<(Vec<Case>, Probes)> {
    let folder = collected::folder()?.join("mfa-policies");
    Some((cases(&folder.join("mfa_policies.jsonl"), 1), Probes::read(&folder.join("probes.json"))))
}

#[test]
fn each_document_alone_decides_as_published() {
    let Some((cases, probes)) = corpus() else { return };
    let mut seen = Differences::default();
    for case in cases.iter().filter(|case| case.refused.is_empty()) {
        for context in CONTEXTS {
            for (call, theirs) in probes.calls.iter().zip(letters(&case.collected, context)) {
                let ours = alone(case, &probes, context, call);
                let about = format!("{context} {} {}", call.0, call.1);
                seen.compare(case.id(), &about, theirs.name(), ours.name());
            }
        }
    }
    seen.check(include_str!("differences/decisions.txt"));
}

/// What the statements say.
fn alone(case: &Case, probes: &Probes, context: &str, call: &(String, String)) -> Letter {
    let request = probes.request(context, call);
    let (layer, short) = match case.collected.kind {
        PolicyKind::Identity => (LayerKind::Identity, ShortArn::Filled),
        PolicyKind::ServiceControl => (LayerKind::ServiceControl, ShortArn::AsWritten),
        _ => (LayerKind::Resource, ShortArn::AsWritten),
    };
    let applies = |effect: Effect| {
        case.policy.statements.iter().filter(|own| own.effect == effect).any(|own| {
            let named = layer.names((effect, own.principal.as_ref()), &request, Bounded::No).at_all();
            named.and(statement::applies(&case.policy, own, &request, short)) == Truth::True
        })
    };
    match (applies(Effect::Deny), applies(Effect::Allow)) {
        (true, _) => Letter::Deny,
        (false, true) => Letter::Allow,
        (false, false) => Letter::Nothing,
    }
}

/// The contexts of each credential: what is open in one of them must be open.
const KINDS: [(CredentialKind, &[&str]); 4] = [
    (CredentialKind::AccessKey, &["longterm_key"]),
    (CredentialKind::Console, &["temp_no_mfa"]),
    (CredentialKind::ConsoleWithMfa, &["mfa_fresh", "mfa_stale"]),
    (CredentialKind::RoleSession, &["role_session"]),
];

#[test]
fn aws_takes_each_document_or_the_table_says_why_not() {
    let Some((cases, _)) = corpus() else { return };
    let mut seen = Differences::default();
    cases.iter().for_each(|case| seen.compare(case.id(), "AWS", "", &case.refused.join(", ")));
    seen.check(include_str!("differences/refused.txt"));
}

#[test]
fn each_call_is_open_or_closed_as_published() {
    let Some((cases, probes)) = corpus() else { return };
    let mut seen = Differences::default();
    let mut prover = Prover::new();
    let mut asked = 0;
    for case in cases.iter().filter(|case| case.refused.is_empty()) {
        for (kind, contexts) in KINDS.into_iter().filter(|(kind, _)| concerns(case, *kind)) {
            let principal = if kind == CredentialKind::RoleSession { ROLE } else { ALICE };
            let policies = Arc::new(case.policies(principal));
            let frames = frames(case, principal, &policies, kind);
            for (at, call) in probes.calls.iter().enumerate().filter(|(_, call)| decides(case, &call.0)) {
                let is_open = |context: &&str| opens(case, letters(&case.collected, context)[at]);
                let theirs = if contexts.iter().any(is_open) { "open" } else { "closed" };
                let (action, resource) = call;
                let only = [Area::of_actions([action.as_str()]).on([resource.as_str()])];
                let ours = answer(&mut prover, &policies, (&frames, &only));
                seen.compare(case.id(), &format!("{} {action} {resource}", kind.id()), theirs, ours);
                asked += 1;
            }
        }
    }
    println!("{asked} questions");
    seen.check(include_str!("differences/calls.txt"));
}

/// Identity policies are attached to alice alone.
fn concerns(case: &Case, kind: CredentialKind) -> bool {
    kind != CredentialKind::RoleSession || case.collected.kind != PolicyKind::Identity
}

/// Whether the document has a say: that of a role in who assumes it, that of another resource in calls of its service.
fn decides(case: &Case, action: &str) -> bool {
    let service = action.split(':').next().unwrap();
    let names = |own: &Spanned<Box<str>>| own.value.split(':').next() == Some(service);
    match case.collected.kind {
        PolicyKind::Trust => action == "sts:AssumeRole",
        PolicyKind::Resource => case.policy.statements.iter().flat_map(|own| &own.action.patterns).any(names),
        _ => true,
    }
}

/// Whether a call passes, of an administrator. A role and a key must allow it themselves.
fn opens(case: &Case, letter: Letter) -> bool {
    let is_key =
        case.policy.statements.iter().flat_map(|own| &own.action.patterns).any(|own| &*own.value == "kms:*");
    match case.collected.kind {
        PolicyKind::Trust => letter == Letter::Allow,
        PolicyKind::Resource if is_key => letter == Letter::Allow,
        _ => letter != Letter::Deny,
    }
}

pub(crate) fn frames(
    case: &Case,
    principal: &str,
    policies: &Arc<PolicySet>,
    kind: CredentialKind,
) -> Vec<Frame> {
    let now = Timestamp::parse("2026-11-24").unwrap();
    kind.frames(&Base::new(&case.snapshot, &Arn::parse(principal).unwrap(), policies, now).unwrap())
}

/// Whether some request is open; its witness is a request that the evaluator allows.
fn answer(
    prover: &mut Prover,
    policies: &Arc<PolicySet>,
    (frames, only): (&[Frame], &[Area]),
) -> &'static str {
    let mut said = "closed";
    for frame in frames {
        match reach(prover, &Question::any(policies, frame).only(only)) {
            Reach::Open(witness) => {
                assert_eq!(decide(witness.request(), policies).access(), Access::Allowed);
                return "open";
            }
            Reach::Closed(_) => {}
            Reach::Undecided(_) => said = "undecided",
        }
    }
    said
}
