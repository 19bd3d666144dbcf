//! What an audit keeps of a judgement: of a proof that there is one, of a refutation the way that tells most.

use std::sync::OnceLock;

use portcullis_authz::Access;
use portcullis_finding::{Evidence, Severity};
use portcullis_iam::Arn;
use portcullis_prove::{CredentialKind, Flaw, Judgement, Step, Verdict};
use portcullis_snapshot::Snapshot;

use super::evidence;
use crate::hidden::Hidden;

/// A judgement, and what it is shown by.
#[derive(Debug)]
pub(crate) struct Proven<'s> {
    /// The id of the property.
    pub(super) property: &'static str,
    kind: Option<CredentialKind>,
    of: Option<&'s Arn>,
    outcome: Outcome,
    evidence: OnceLock<Vec<Evidence>>,
}

#[derive(Debug)]
enum Outcome {
    Proved,
    Refuted(Option<Box<Flaw>>),
    Undecided(Hidden),
}

impl<'s> Proven<'s> {
    /// The judgement, and of whom it speaks.
    pub(super) fn new(judgement: Judgement<'s>) -> (Self, Vec<&'s Arn>) {
        let subjects: Vec<&'s Arn> = judgement.subjects.iter().map(|subject| subject.arn).collect();
        let of = subjects.first().copied();
        let outcome = match judgement.verdict {
            Verdict::Proved(_) => Outcome::Proved,
            Verdict::Refuted(refutation) => {
                Outcome::Refuted(refutation.flaws.into_iter().next().map(Box::new))
            }
            Verdict::Undecided(doubt) => Outcome::Undecided(Hidden::from(&doubt)),
        };
        let (property, kind) = (judgement.rule.id, judgement.kind);
        (Self { property, kind, of, outcome, evidence: OnceLock::new() }, subjects)
    }

    /// The most telling way in which the property fails, where it does.
    pub(crate) fn flaw(&self) -> Option<&Flaw> {
        match &self.outcome {
            Outcome::Refuted(flaw) => flaw.as_deref(),
            Outcome::Proved | Outcome::Undecided(_) => None,
        }
    }

    /// Why it could not be decided, where it could not.
    pub(super) fn hidden(&self) -> Option<&Hidden> {
        match &self.outcome {
            Outcome::Undecided(hidden) => Some(hidden),
            Outcome::Proved | Outcome::Refuted(_) => None,
        }
    }

    /// How bad that is.
    pub(crate) fn severity(&self) -> Option<Severity> {
        self.flaw().map(|flaw| flaw.severity)
    }

    /// The credential that it is said of.
    pub(crate) fn kind(&self) -> Option<CredentialKind> {
        self.kind
    }

    /// The principal that it is worded for.
    pub(crate) fn of(&self) -> Option<&'s Arn> {
        self.of
    }

    /// The requests of that way, and the statements that matter; for a principal who is judged like another, whose they are.
    pub(crate) fn evidence(&self, snapshot: &Snapshot, principal: &Arn) -> Vec<Evidence> {
        let make = || match self.flaw() {
            Some(flaw) => evidence::of_steps(telling(flaw), self.kind, snapshot),
            None => Vec::new(),
        };
        let mut evidence = self.evidence.get_or_init(make).clone();
        evidence.extend(self.of.and_then(|of| evidence::shared(of, principal)));
        evidence
    }
}

/// The requests of a way that tell: of a sequence that ends at what is blocked, that alone.
fn telling(flaw: &Flaw) -> &[Step] {
    match flaw.steps.split_last() {
        Some((last, _)) if last.access != Access::Allowed => std::slice::from_ref(last),
        Some(_) | None => &flaw.steps,
    }
}
