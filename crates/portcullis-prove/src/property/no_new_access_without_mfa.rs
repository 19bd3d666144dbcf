//! A change opens nothing to those without MFA.

use portcullis_finding::{Rule, Severity};

use super::{Concern, Property};
use crate::case::{self, Case, Ruling};
use crate::credential::{CredentialKind, forwarded};
use crate::judgement::{Flaw, Step};
use crate::prover::Prover;
use crate::question::{Frame, Question};
use crate::search::reach;
use crate::self_service;
use crate::tally::Tally;

pub(super) const PROPERTY: Property = Property {
    rule: Rule {
        id: "no-new-access-without-mfa",
        severity: Severity::High,
        compliance: &[],
        page: include_str!("no-new-access-without-mfa.md"),
    },
    concerns: Concern::ComparedUsers,
    run,
};

fn run(case: &Case<'_>, prover: &mut Prover) -> Vec<Ruling> {
    let kinds = [CredentialKind::AccessKey, CredentialKind::Console, CredentialKind::Forwarded];
    kinds
        .into_iter()
        .map(|kind| Ruling { kind: Some(kind), verdict: judge(case, prover, kind).verdict() })
        .collect()
}

fn judge(case: &Case<'_>, prover: &mut Prover, kind: CredentialKind) -> Tally {
    let mut tally = Tally::default();
    let Some(before) = case.baseline() else { return tally };
    let spared = self_service::ungoverned();
    for frame in frames(case, kind) {
        let question = Question::any(&case.policies, &frame).refused_by(&before).sparing(&spared);
        tally.close(reach(prover, &question), |witness| {
            let message = format!("may now call {} with {kind}", witness.request().action);
            let step = Step::open(format!("a request with {kind}"), witness, &case.policies, Some(&before));
            Flaw { severity: case::severity(witness), message: message.into(), steps: vec![step] }
        });
        if tally.is_refuted() {
            break;
        }
    }
    tally
}

fn frames(case: &Case<'_>, kind: CredentialKind) -> Vec<Frame> {
    match kind {
        CredentialKind::Forwarded => forwarded::frames(&case.base, None),
        other => case.frames(other),
    }
}
