//! From an access key to a federated session, and what it may do.

use portcullis_iam::Gap;

use super::Hop;
use crate::area::Area;
use crate::case::{Among, Case};
use crate::credential::CredentialKind;
use crate::credential::federation_token;
use crate::estate;
use crate::prover::Prover;
use crate::question::Question;
use crate::reach::Doubt;
use crate::search::reach;
use crate::self_service;
use crate::tally::Tally;

/// Every federated session that the user can make with its access key, and what it may do.
pub(crate) fn tally(case: &Case<'_>, prover: &mut Prover) -> Tally {
    let mut tally = Tally::default();
    let only = [Area::of_actions(["sts:GetFederationToken"])];
    for frame in case.frames(CredentialKind::AccessKey) {
        let call = (&frame, "makes a federated session with an access key");
        let hop = Hop::of(case, prover, call, Among { only: &only, spared: &[] });
        tally.merge(hop.leads_to(|| sessions(case, prover)));
    }
    tally
}

fn sessions(case: &Case<'_>, prover: &mut Prover) -> Tally {
    let mut tally = Tally::default();
    let policies = estate::with_open_session(&case.policies);
    let spared = self_service::actions();
    for frame in federation_token::frames(&case.base, &case.policies) {
        let answer = reach(prover, &Question::any(&policies, &frame).sparing(&spared));
        tally.close(answer, |witness| {
            let mut flaw = case.open(CredentialKind::FederationToken, witness);
            flaw.steps.iter_mut().for_each(|step| step.policies = policies.clone());
            flaw
        });
        if tally.is_refuted() {
            return tally;
        }
    }
    if !federation_token::is_exhaustive(&case.policies) {
        tally.doubt(Doubt { gaps: [Gap(NAMES.into())].into(), ..Doubt::default() });
    }
    tally
}

const NAMES: &str = "which names of federated sessions the policies tell apart";
