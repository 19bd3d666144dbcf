//! What stands behind a user who is not enrolled yet.

use crate::actions::{PLAIN, TAKEOVER};
use crate::area::Area;
use crate::case::{Among, Case};
use crate::credential::CredentialKind;
use crate::judgement::{Exposure, Power, Step};
use crate::prover::Prover;
use crate::question::Frame;
use crate::reach::Reach;
use crate::self_service;

/// What the user may do once it has signed in with MFA: whoever enrols first may do it.
pub(crate) fn of(case: &Case<'_>, prover: &mut Prover) -> Exposure {
    let frames = case.frames(CredentialKind::ConsoleWithMfa);
    let found = frames.iter().map(|frame| in_frame(case, prover, frame));
    let most = found.max_by_key(|exposure| exposure.power);
    most.unwrap_or(Exposure { power: Power::Nothing, request: None })
}

/// The most telling request that passes. What is not certain does not count: this is a rank and no proof.
fn in_frame(case: &Case<'_>, prover: &mut Prover, frame: &Frame) -> Exposure {
    let spared = self_service::actions();
    let ranks = [
        (Power::Administrator, vec![Area::of_actions(TAKEOVER.map(|(action, _)| action))]),
        (Power::Telling, vec![Area::of_actions(PLAIN)]),
        (Power::Something, Vec::new()),
    ];
    for (power, only) in ranks {
        if let Reach::Open(witness) = case.ask(prover, frame, Among { only: &only, spared: &spared }) {
            let step = Step::open("a request with MFA", &witness, &case.policies, None);
            return Exposure { power, request: Some(step) };
        }
    }
    Exposure { power: Power::Nothing, request: None }
}
