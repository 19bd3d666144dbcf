//! What asks users for MFA takes nothing from roles.

use std::sync::Arc;

use portcullis_finding::{Rule, Severity};
use portcullis_iam::PolicySet;

use super::{Concern, Property};
use crate::case::{Case, Ruling};
use crate::credential::CredentialKind;
use crate::documents;
use crate::judgement::{Assumption, Flaw, Step};
use crate::prover::Prover;
use crate::question::Question;
use crate::search::reach;
use crate::tally::Tally;
use crate::witness::Witness;

pub(super) const PROPERTY: Property = Property {
    rule: Rule {
        id: "roles-unaffected",
        severity: Severity::High,
        compliance: &[],
        page: include_str!("roles-unaffected.md"),
    },
    concerns: Concern::Roles,
    run,
};

fn run(case: &Case<'_>, prover: &mut Prover) -> Vec<Ruling> {
    let kind = CredentialKind::RoleSession;
    let mut tally = Tally::default();
    if let Some(before) = case.baseline() {
        tally.assuming(Assumption::RoleSessionsWithoutMfa);
        for frame in case.frames(kind) {
            let question = Question::any(&before, &frame).refused_by(&case.policies);
            tally.close(reach(prover, &question), |witness| flaw(case, &before, witness));
            if tally.is_refuted() {
                break;
            }
        }
    }
    if !case.estate.compares() {
        // What could not be read may ask for MFA.
        let gaps = documents::gaps(&case.policies);
        tally.unread(gaps);
    }
    vec![Ruling { kind: Some(kind), verdict: tally.verdict() }]
}

fn flaw(case: &Case<'_>, before: &Arc<PolicySet>, witness: &Witness) -> Flaw {
    let action = &witness.request().action;
    let message = match case.estate.compares() {
        true => format!("is denied {action}, which was allowed before"),
        false => format!("is denied {action} by what asks for MFA"),
    };
    let step = Step::open("a request of a session", witness, before, Some(&case.policies));
    Flaw { severity: Severity::High, message: message.into(), steps: vec![step] }
}
