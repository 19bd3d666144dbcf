//! What the prover says of the principals of a snapshot: one run, for every check that rests on it.

mod evidence;
mod proven;
mod provers;

use std::collections::HashMap;

use portcullis_finding::Selection;
use portcullis_iam::Arn;
use portcullis_prove::{Estate, Options, RESTS_ON};

use crate::check::Check;
use crate::hidden::Hidden;

pub(crate) use evidence::{of_steps, shared};
pub(crate) use proven::Proven;
pub(crate) use provers::Provers;

/// The judgements of the properties that checks rest on.
#[derive(Debug, Default)]
pub struct Proofs<'s> {
    judgements: Vec<Proven<'s>>,
    /// The places of what is said of each principal.
    places: HashMap<&'s Arn, Vec<u32>>,
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
        let mut proofs = Self::default();
        let of_accounts = portcullis_prove::by_account(estate, &options, |judged| {
            judged.into_iter().map(Proven::new).collect::<Vec<_>>()
        });
        for (proven, subjects) in of_accounts.into_iter().flatten() {
            let place = proofs.judgements.len() as u32;
            subjects.iter().for_each(|subject| proofs.places.entry(subject).or_default().push(place));
            proofs.judgements.push(proven);
        }
        proofs
    }

    /// What the property that the check rests on comes to for the principal.
    pub(crate) fn say(&self, check: &str, principal: &Arn) -> Said<'_, 's> {
        let own = self.judgements(check, principal);
        if own.is_empty() {
            return Said::Nothing;
        }
        let refuted: Vec<_> = own.iter().copied().filter(|own| own.flaw().is_some()).collect();
        let hidden = own.iter().find_map(|own| own.hidden());
        match hidden {
            _ if !refuted.is_empty() => Said::Refuted(refuted),
            Some(hidden) => Said::Undecided(hidden.clone()),
            None => Said::Proved,
        }
    }

    fn judgements(&self, check: &str, principal: &Arn) -> Vec<&Proven<'s>> {
        let property = RESTS_ON.iter().find(|(_, own)| *own == check).map(|(property, _)| *property);
        let places = self.places.get(principal).into_iter().flatten();
        let own = places.filter_map(|place| self.judgements.get(*place as usize));
        own.filter(|own| Some(own.property) == property).collect()
    }
}

/// The check that says whether MFA is enforced.
pub(crate) const ENFORCED: &str = "mfa-not-enforced";
