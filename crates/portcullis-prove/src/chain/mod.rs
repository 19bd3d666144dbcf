//! Credentials that a first call makes: what may be done through them, with the calls that lead there.

pub(crate) mod federation_token;
pub(crate) mod forwarded;
pub(crate) mod sign_in;

use crate::case::{Among, Case};
use crate::judgement::Step;
use crate::prover::Prover;
use crate::question::Frame;
use crate::reach::{Certificate, Doubt, Reach};
use crate::tally::Tally;

/// The calls that lead to a credential.
#[derive(Clone, Debug)]
pub(crate) enum Hop {
    /// They are never allowed: this is why.
    Closed(Certificate),
    /// They are allowed.
    Open(Vec<Step>),
    /// It is not certain.
    Unsure(Doubt),
}

impl Hop {
    /// One call, worded by `title`.
    fn of(case: &Case<'_>, prover: &mut Prover, (frame, title): (&Frame, &str), among: Among<'_>) -> Self {
        match case.ask(prover, frame, among) {
            Reach::Closed(certificate) => Hop::Closed(certificate),
            Reach::Open(witness) => Hop::Open(vec![Step::open(title, &witness, &case.policies, None)]),
            Reach::Undecided(doubt) => Hop::Unsure(doubt),
        }
    }

    /// This call and then another one.
    fn then(self, next: impl FnOnce() -> Hop) -> Hop {
        match self {
            Hop::Closed(certificate) => Hop::Closed(certificate),
            Hop::Open(mut steps) => match next() {
                Hop::Open(more) => {
                    steps.extend(more);
                    Hop::Open(steps)
                }
                other @ (Hop::Closed(_) | Hop::Unsure(_)) => other,
            },
            Hop::Unsure(doubt) => match next() {
                Hop::Closed(certificate) => Hop::Closed(certificate),
                Hop::Open(_) | Hop::Unsure(_) => Hop::Unsure(doubt),
            },
        }
    }

    /// What may be done after these calls, when `beyond` is what may be done with the credential.
    pub(crate) fn leads_to(self, beyond: impl FnOnce() -> Tally) -> Tally {
        let mut tally = Tally::default();
        match self {
            Hop::Closed(certificate) => tally.closed(certificate),
            Hop::Open(steps) => {
                tally.merge(beyond());
                tally.after(&steps);
            }
            Hop::Unsure(doubt) => {
                let beyond = beyond();
                if beyond.is_closed() {
                    tally.merge(beyond);
                } else {
                    tally.doubt(doubt);
                }
            }
        }
        tally
    }
}
