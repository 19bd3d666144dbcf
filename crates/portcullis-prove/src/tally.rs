//! Answers to several questions, put together into one verdict.

use std::collections::BTreeSet;

use portcullis_iam::Gap;

use crate::judgement::{Assumption, Exposure, Flaw, Proof, Refutation, Step, Verdict};
use crate::reach::{Certificate, Doubt, Reach};
use crate::witness::Witness;

/// What several questions have come to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    proof: Proof,
    flaws: Vec<Flaw>,
    doubt: Option<Doubt>,
}

impl Tally {
    /// Takes the answer to a question that should be closed. `flaw` words what an open one means.
    pub(crate) fn close(&mut self, answer: Reach, flaw: impl FnOnce(&Witness) -> Flaw) {
        match answer {
            Reach::Closed(certificate) => self.closed(certificate),
            Reach::Open(witness) => self.flaw(flaw(&witness)),
            Reach::Undecided(doubt) => self.doubt(doubt),
        }
    }

    /// Adds what closes some requests.
    pub(crate) fn closed(&mut self, certificate: Certificate) {
        for closing in certificate.closings {
            if !self.proof.certificate.closings.iter().any(|own| own.by == closing.by) {
                self.proof.certificate.closings.push(closing);
            }
        }
    }

    /// Adds a flaw. What other requests show already is told once.
    pub(crate) fn flaw(&mut self, flaw: Flaw) {
        if !self.flaws.iter().any(|own| own.message == flaw.message) {
            self.flaws.push(flaw);
        }
    }

    /// Adds what is not certain.
    pub(crate) fn doubt(&mut self, doubt: Doubt) {
        self.doubt.get_or_insert_default().merge(doubt);
    }

    /// Adds that policies could not be read which may say otherwise.
    pub(crate) fn unread<'g>(&mut self, gaps: impl Iterator<Item = &'g Gap>) {
        let gaps: BTreeSet<Gap> = gaps.cloned().collect();
        if !gaps.is_empty() {
            self.doubt(Doubt { gaps, ..Doubt::default() });
        }
    }

    /// Adds a request that passes, as it should.
    pub(crate) fn shown(&mut self, step: Step) {
        if !self.proof.shown.iter().any(|own| own.title == step.title) {
            self.proof.shown.push(step);
        }
    }

    /// Adds what is taken for granted.
    pub(crate) fn assuming(&mut self, assumption: Assumption) {
        if !self.proof.assuming.contains(&assumption) {
            self.proof.assuming.push(assumption);
        }
    }

    /// Adds what stands behind a way that is open on purpose.
    pub(crate) fn behind(&mut self, exposure: Exposure) {
        self.proof.behind = Some(Box::new(exposure));
    }

    /// Puts the calls that lead to a credential before the requests that are made with it.
    pub(crate) fn after(&mut self, steps: &[Step]) {
        for flaw in &mut self.flaws {
            flaw.steps.splice(0..0, steps.iter().cloned());
        }
    }

    /// Adds what another tally has come to.
    pub(crate) fn merge(&mut self, other: Tally) {
        self.closed(other.proof.certificate);
        other.proof.shown.into_iter().for_each(|step| self.shown(step));
        other.proof.assuming.into_iter().for_each(|assumption| self.assuming(assumption));
        other.flaws.into_iter().for_each(|flaw| self.flaw(flaw));
        if let Some(doubt) = other.doubt {
            self.doubt(doubt);
        }
    }

    /// What closes requests.
    pub(crate) fn certificate(&self) -> &Certificate {
        &self.proof.certificate
    }

    /// Whether there is neither a flaw nor a doubt.
    pub(crate) fn is_closed(&self) -> bool {
        self.flaws.is_empty() && self.doubt.is_none()
    }

    /// Whether a flaw was found.
    pub(crate) fn is_refuted(&self) -> bool {
        !self.flaws.is_empty()
    }

    /// The verdict: one flaw refutes, one doubt leaves it undecided.
    pub(crate) fn verdict(self) -> Verdict {
        match (self.flaws.is_empty(), self.doubt) {
            (false, _) => Verdict::Refuted(Refutation { flaws: self.flaws }),
            (true, Some(doubt)) => Verdict::Undecided(doubt),
            (true, None) => Verdict::Proved(self.proof),
        }
    }
}
