//! What the prover says of the principals of a snapshot: one run, for every check that rests on it.

mod evidence;
mod provers;

use std::collections::HashMap;

use portcullis_finding::Selection;
use portcullis_iam::Arn;
use portcullis_prove::{Estate, Flaw, Judgement, Options, RESTS_ON, Verdict};

use crate::check::Check;
use crate::hidden::Hidden;

pub(crate) use evidence::{of_steps, shared};
pub(crate) use provers::Provers;

/// The judgements of the properties that checks rest on.
#[derive(Debug, Default)]
pub struct Proofs<'s> {
    judgements: Vec<Judgement<'s>>,
    /// The places of what is said of each principal, by property and ARN.
    places: HashMap<(&'static str, &'s Arn), Vec<usize>>,
    pub(crate) provers: Provers,
}

/// What a property comes to for one principal, over every kind of credential.
#[derive(Clone, Debug)]
pub(crate) enum Said<'p, 's> {
    /// The property does not speak of the principal.
    Nothing,
    /// It holds.
    Proved,
    /// It does not: the judgements that refute it.
    Refuted(Vec<&'p Judgement<'s>>),
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
        Self { judgements, places, provers: Provers::default() }
    }

    /// What the property that the check rests on comes to for the principal.
    pub(crate) fn say(&self, check: &str, principal: &Arn) -> Said<'_, 's> {
        let own = self.judgements(check, principal);
        if own.is_empty() {
            return Said::Nothing;
        }
        let refuted: Vec<_> = own.iter().copied().filter(|own| !flaws(own).is_empty()).collect();
        let doubt = own.iter().find_map(|own| match &own.verdict {
            Verdict::Undecided(doubt) => Some(doubt),
            Verdict::Proved(_) | Verdict::Refuted(_) => None,
        });
        match doubt {
            _ if !refuted.is_empty() => Said::Refuted(refuted),
            Some(doubt) => Said::Undecided(Hidden::from(doubt)),
            None => Said::Proved,
        }
    }

    fn judgements(&self, check: &str, principal: &Arn) -> Vec<&Judgement<'s>> {
        let property = RESTS_ON.iter().find(|(_, own)| *own == check).map(|(property, _)| *property);
        let places = property.and_then(|property| self.places.get(&(property, principal)));
        places.into_iter().flatten().filter_map(|place| self.judgements.get(*place)).collect()
    }
}

/// The ways in which the judgement says that the property fails, the most telling first.
pub(crate) fn flaws<'j>(judgement: &'j Judgement<'_>) -> &'j [Flaw] {
    match &judgement.verdict {
        Verdict::Refuted(refutation) => &refutation.flaws,
        Verdict::Proved(_) | Verdict::Undecided(_) => &[],
    }
}

/// The check that says whether MFA is enforced.
pub(crate) const ENFORCED: &str = "mfa-not-enforced";
