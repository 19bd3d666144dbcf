//! What the prover says of the principals of a snapshot: one run, for every check that rests on it.

mod evidence;
mod provers;

use std::collections::HashMap;
use std::sync::OnceLock;

use portcullis_authz::Access;
use portcullis_finding::{Evidence, Selection, Severity};
use portcullis_iam::Arn;
use portcullis_prove::{CredentialKind, Estate, Flaw, Judgement, Options, RESTS_ON, Step, Verdict};
use portcullis_snapshot::Snapshot;

use crate::check::Check;
use crate::hidden::Hidden;

pub(crate) use evidence::{of_steps, shared};
pub(crate) use provers::Provers;

/// The judgements of the properties that checks rest on.
#[derive(Debug, Default)]
pub struct Proofs<'s> {
    judgements: Vec<Proven<'s>>,
    /// The places of what is said of each principal, by property and ARN.
    places: HashMap<(&'static str, &'s Arn), Vec<usize>>,
    pub(crate) provers: Provers,
}

/// A judgement, and what it is shown by.
#[derive(Debug)]
pub(crate) struct Proven<'s> {
    judgement: Judgement<'s>,
    evidence: OnceLock<Vec<Evidence>>,
}

/// What a property comes to for one principal, over every kind of credential.
#[derive(Clone, Debug)]
pub(crate) enum Said<'p, 's> {
    /// The property does not speak of the principal.
    Nothing,
    /// It holds.
    Proved,
    /// It does not: the judgements that refute it.
    Refuted(Vec<&'p Proven<'s>>),
    /// It could not be decided.
    Undecided(Hidden),
}

impl<'s> Proofs<'s> {
    /// Judges what the selected checks rest on, and always whether MFA is enforced: severities and the coverage need it.
    pub fn new(estate: &Estate<'s>, selection: &Selection, checks: &[&Check]) -> Self {
        let is_run = |id: &str| checks.iter().any(|check| check.rule.id == id);
        let needed = RESTS_ON.iter().filter(|(_, check)| *check == ENFORCED || is_run(check));
        let options = Options {
            properties: needed.map(|(property, _)| (*property).to_owned()).collect(),
            accounts: selection.accounts.clone(),
            ..Options::default()
        };
        let judgements = portcullis_prove::prove(estate, &options);
        let mut places: HashMap<(&'static str, &'s Arn), Vec<usize>> = HashMap::new();
        for (place, judgement) in judgements.iter().enumerate() {
            for subject in &judgement.subjects {
                places.entry((judgement.rule.id, subject.arn)).or_default().push(place);
            }
        }
        let proven = |judgement| Proven { judgement, evidence: OnceLock::new() };
        let judgements = judgements.into_iter().map(proven).collect();
        Self { judgements, places, provers: Provers::default() }
    }

    /// What the property that the check rests on comes to for the principal.
    pub(crate) fn say(&self, check: &str, principal: &Arn) -> Said<'_, 's> {
        let own = self.judgements(check, principal);
        if own.is_empty() {
            return Said::Nothing;
        }
        let refuted: Vec<_> = own.iter().copied().filter(|own| own.flaw().is_some()).collect();
        let doubt = own.iter().find_map(|own| match &own.judgement.verdict {
            Verdict::Undecided(doubt) => Some(doubt),
            Verdict::Proved(_) | Verdict::Refuted(_) => None,
        });
        match doubt {
            _ if !refuted.is_empty() => Said::Refuted(refuted),
            Some(doubt) => Said::Undecided(Hidden::from(doubt)),
            None => Said::Proved,
        }
    }

    fn judgements(&self, check: &str, principal: &Arn) -> Vec<&Proven<'s>> {
        let property = RESTS_ON.iter().find(|(_, own)| *own == check).map(|(property, _)| *property);
        let places = property.and_then(|property| self.places.get(&(property, principal)));
        places.into_iter().flatten().filter_map(|place| self.judgements.get(*place)).collect()
    }
}

impl Proven<'_> {
    /// The most telling way in which the property fails, where it does.
    pub(crate) fn flaw(&self) -> Option<&Flaw> {
        match &self.judgement.verdict {
            Verdict::Refuted(refutation) => refutation.flaws.first(),
            Verdict::Proved(_) | Verdict::Undecided(_) => None,
        }
    }

    /// How bad that is.
    pub(crate) fn severity(&self) -> Option<Severity> {
        self.flaw().map(|flaw| flaw.severity)
    }

    /// The credential that it is said of.
    pub(crate) fn kind(&self) -> Option<CredentialKind> {
        self.judgement.kind
    }

    /// The principal that it is worded for.
    pub(crate) fn of(&self) -> Option<&Arn> {
        self.judgement.representative()
    }

    /// The requests of that way, and the statements that matter; for a principal who is judged like another, whose they are.
    pub(crate) fn evidence(&self, snapshot: &Snapshot, principal: &Arn) -> Vec<Evidence> {
        let make = || match self.flaw() {
            Some(flaw) => evidence::of_steps(telling(flaw), self.kind(), snapshot),
            None => Vec::new(),
        };
        let mut evidence = self.evidence.get_or_init(make).clone();
        evidence.extend(self.of().and_then(|of| shared(of, principal)));
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

/// The check that says whether MFA is enforced.
pub(crate) const ENFORCED: &str = "mfa-not-enforced";
