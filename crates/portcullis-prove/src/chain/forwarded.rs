//! From a call to a service that forwards, to what it calls for the user.

use super::Hop;
use crate::area::Area;
use crate::case::{self, Among, Case};
use crate::credential::CredentialKind;
use crate::credential::forwarded::{self, FORWARDERS, Forwarder};
use crate::judgement::{Assumption, Flaw, Step};
use crate::prover::Prover;
use crate::reach::{Certificate, Reach};
use crate::self_service;
use crate::tally::Tally;
use crate::witness::Witness;

/// What the services that forward may be made to do after a call without MFA.
pub(crate) fn tally(case: &Case<'_>, prover: &mut Prover) -> Tally {
    let mut tally = Tally::default();
    for frame in forwarded::frames(&case.base, None) {
        let spared = self_service::actions();
        match case.ask(prover, &frame, Among { only: &[], spared: &spared }) {
            Reach::Closed(certificate) => tally.closed(certificate),
            Reach::Open(_) | Reach::Undecided(_) => return by_service(case, prover),
        }
    }
    tally
}

fn by_service(case: &Case<'_>, prover: &mut Prover) -> Tally {
    let mut tally = Tally::default();
    tally.assuming(Assumption::NamedForwarders);
    for forwarder in FORWARDERS {
        let hop = first_hop(case, prover, forwarder);
        tally.merge(hop.leads_to(|| second_hop(case, prover, forwarder)));
        if tally.is_refuted() {
            break;
        }
    }
    tally
}

/// A call without MFA to the service.
fn first_hop(case: &Case<'_>, prover: &mut Prover, forwarder: Forwarder) -> Hop {
    let all = format!("{}:*", forwarder.prefix);
    let only = [Area::of_actions([all.as_str()])];
    let mut hop = Hop::Closed(Certificate::default());
    for kind in [CredentialKind::AccessKey, CredentialKind::Console] {
        let title = format!("calls {} with {kind}", forwarder.prefix);
        for frame in case.frames(kind) {
            let next = Hop::of(case, prover, (&frame, &title), Among { only: &only, spared: &[] });
            hop = match (hop, next) {
                (_, open @ Hop::Open(_)) => return open,
                (unsure @ Hop::Unsure(_), _) | (_, unsure @ Hop::Unsure(_)) => unsure,
                (Hop::Closed(_) | Hop::Open(_), closed @ Hop::Closed(_)) => closed,
            };
        }
    }
    hop
}

/// What the service may call for the user then.
fn second_hop(case: &Case<'_>, prover: &mut Prover, forwarder: Forwarder) -> Tally {
    let mut tally = Tally::default();
    let spared = self_service::actions();
    let calls: Vec<String> = forwarder.calls.iter().map(|service| format!("{service}:*")).collect();
    let only = match calls.is_empty() {
        true => Vec::new(),
        false => vec![Area::of_actions(calls.iter().map(String::as_str))],
    };
    for frame in forwarded::frames(&case.base, Some(forwarder)) {
        let answer = case.ask(prover, &frame, Among { only: &only, spared: &spared });
        tally.close(answer, |witness| flaw(case, forwarder, witness));
        if tally.is_refuted() {
            break;
        }
    }
    tally
}

fn flaw(case: &Case<'_>, forwarder: Forwarder, witness: &Witness) -> Flaw {
    let service = forwarder.principal;
    let message = format!("may have {service} call {} after a call without MFA", witness.request().action);
    let title = format!("{service} calls on behalf of the user");
    let step = Step::open(title, witness, &case.policies, None);
    Flaw { severity: case::severity(witness), message: message.into(), steps: vec![step] }
}
