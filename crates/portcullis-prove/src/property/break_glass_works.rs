//! The principals for emergencies get through, and nobody else passes as one of them.

use std::sync::Arc;

use portcullis_finding::{Rule, Severity};
use portcullis_guardrail::{BreakGlass, BreakGlassMfa};
use portcullis_iam::PolicySet;

use super::{Concern, Property};
use crate::area::Area;
use crate::case::{Among, Case, Ruling, plain_request};
use crate::credential::CredentialKind;
use crate::exempt;
use crate::judgement::{Flaw, Step};
use crate::prover::Prover;
use crate::question::{Frame, Question};
use crate::reach::Reach;
use crate::search::reach;
use crate::tally::Tally;
use crate::words;
use portcullis_snapshot::Who;

pub(super) const PROPERTY: Property = Property {
    rule: Rule {
        id: "break-glass-works",
        severity: Severity::High,
        compliance: &[],
        page: include_str!("break-glass-works.md"),
    },
    concerns: Concern::BreakGlass,
    run,
};

fn run(case: &Case<'_>, prover: &mut Prover) -> Vec<Ruling> {
    let declared = || case.estate.intent.break_glass.iter();
    match declared().find(|own| own.principal.is(case.arn.as_str())) {
        Some(own) => gets_through(case, prover, own),
        None => impostor(case, prover),
    }
}

/// What the principal needs is allowed to it, and no guardrail takes any of it.
fn gets_through(case: &Case<'_>, prover: &mut Prover, own: &BreakGlass) -> Vec<Ruling> {
    let kinds = match (case.who, own.mfa) {
        (Who::User(_), BreakGlassMfa::Used) => {
            vec![CredentialKind::ConsoleWithMfa, CredentialKind::SessionTokenWithMfa]
        }
        (Who::User(_), BreakGlassMfa::Exempt) => vec![CredentialKind::AccessKey, CredentialKind::Console],
        (Who::Role(_), _) => vec![CredentialKind::RoleSession],
        (Who::Root, _) => vec![CredentialKind::Root],
    };
    let verdict = |kind| {
        let mut tally = Tally::default();
        for frame in case.frames(kind) {
            own.needs.iter().for_each(|need| is_allowed(case, prover, (kind, &frame, need), &mut tally));
            is_spared(case, prover, (kind, &frame, own), &mut tally);
        }
        Ruling { kind: Some(kind), verdict: tally.verdict() }
    };
    kinds.into_iter().map(verdict).collect()
}

/// Something of what it needs is allowed.
fn is_allowed(
    case: &Case<'_>,
    prover: &mut Prover,
    (kind, frame, need): (CredentialKind, &Frame, &str),
    tally: &mut Tally,
) {
    let only = [Area::of_actions([need])];
    match case.ask(prover, frame, Among { only: &only, spared: &[] }) {
        Reach::Open(witness) => {
            tally.shown(Step::open(format!("needs {need}"), &witness, &case.policies, None));
        }
        Reach::Undecided(doubt) => tally.doubt(doubt),
        Reach::Closed(certificate) => {
            let example = certificate.closings.first().map(|own| own.example.clone());
            let request = example.and_then(|action| plain_request(frame, &action, "*"));
            let steps =
                request.map(|request| Step::decided(format!("needs {need}"), request, &case.policies));
            let by = words::reason(&certificate, need, steps.as_ref()).text;
            let message = format!("needs {need}, of which nothing is allowed with {kind}: {by}");
            let steps = steps.into_iter().collect();
            tally.flaw(Flaw { severity: Severity::High, message: message.into(), steps });
        }
    }
}

/// Nothing of what it needs is denied for lack of MFA, or by what is proposed.
fn is_spared(
    case: &Case<'_>,
    prover: &mut Prover,
    (kind, frame, own): (CredentialKind, &Frame, &BreakGlass),
    tally: &mut Tally,
) {
    let only = [Area::of_actions(own.needs.iter().map(String::as_str))];
    let mut baselines: Vec<Arc<PolicySet>> = case.without_guardrail().into_iter().collect();
    baselines.extend(case.estate.compares().then(|| case.baseline()).flatten());
    for before in baselines {
        let question = Question::any(&before, frame).refused_by(&case.policies).only(&only);
        tally.close(reach(prover, &question), |witness| {
            let action = &witness.request().action;
            let message = format!("needs {action}, which a guardrail denies it with {kind}");
            let step = Step::open(format!("a request with {kind}"), witness, &before, Some(&case.policies));
            Flaw { severity: Severity::High, message: message.into(), steps: vec![step] }
        });
        if tally.is_refuted() {
            return;
        }
    }
}

/// Nobody else can obtain a request that passes as one of a principal for emergencies.
fn impostor(case: &Case<'_>, prover: &mut Prover) -> Vec<Ruling> {
    let kinds = match case.who {
        Who::User(_) => {
            vec![CredentialKind::AccessKey, CredentialKind::Console, CredentialKind::ConsoleWithMfa]
        }
        Who::Role(_) => vec![CredentialKind::RoleSession],
        Who::Root => Vec::new(),
    };
    let ways = exempt::ways(&case.estate, case.account, &case.policies);
    let verdict = |kind| {
        let mut tally = Tally::default();
        for frame in case.frames(kind) {
            for way in &ways {
                if tally.is_refuted() {
                    break;
                }
                let frame = Frame { facts: way.facts(&frame.facts), ..frame.clone() };
                let answer = case.ask(prover, &frame, Among { only: &way.areas, spared: &[] });
                tally.close(answer, |witness| {
                    let request = witness.request();
                    let message = format!(
                        "may pass as {} by {} on {} with {kind}",
                        way.whom, request.action, request.resource
                    );
                    let severity = match kind {
                        CredentialKind::AccessKey | CredentialKind::Console => Severity::High,
                        _ => Severity::Medium,
                    };
                    Flaw { severity, message: message.into(), ..case.open(kind, witness) }
                });
            }
        }
        Ruling { kind: Some(kind), verdict: tally.verdict() }
    };
    kinds.into_iter().map(verdict).collect()
}
