//! The run: every property of every principal that it concerns, each distinct case once.

use std::sync::Mutex;

use portcullis_iam::{AccountId, Arn, Gap};
use portcullis_snapshot::{Account, Known};
use rayon::prelude::*;

use crate::case::{Case, Ruling};
use crate::credential::holds;
use crate::estate::{Estate, Who};
use crate::judgement::{Judgement, Subject, Verdict};
use crate::property::{PROPERTIES, Property};
use crate::prover::Prover;
use crate::reach::Doubt;
use crate::share::{self, Group};

/// What to prove of whom. Empty lists mean everything; what does not exist selects nothing.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The ids of properties.
    pub properties: Vec<String>,
    /// The ARNs of principals.
    pub principals: Vec<Arn>,
    /// The accounts.
    pub accounts: Vec<AccountId>,
}

/// Judges every property of every principal that it concerns, in the order of properties, credentials and ARNs.
pub fn prove<'s>(estate: &Estate<'s>, options: &Options) -> Vec<Judgement<'s>> {
    let asked: Vec<&'static Property> = PROPERTIES.iter().filter(|own| options.asks(own)).collect();
    let accounts: Vec<&'s Account> = estate.snapshot.accounts.values().collect();
    let groups: Vec<Group<'s>> = accounts
        .par_iter()
        .filter(|account| options.accounts.is_empty() || options.accounts.contains(&account.id))
        .flat_map_iter(|account| share::groups(estate, account, &asked, options))
        .collect();
    let provers: Mutex<Vec<Prover>> = Mutex::default();
    let mut judged: Vec<(usize, Judgement<'s>)> = groups
        .par_iter()
        .flat_map_iter(|group| {
            let mut prover = provers.lock().ok().and_then(|mut own| own.pop()).unwrap_or_default();
            let judged = judge(estate, group, &asked, &mut prover);
            if let Ok(mut own) = provers.lock() {
                own.push(prover);
            }
            judged
        })
        .collect();
    judged.sort_by(|(place, one), (other_place, other)| {
        (place, one.kind, one.representative()).cmp(&(other_place, other.kind, other.representative()))
    });
    judged.into_iter().map(|(_, judgement)| judgement).collect()
}

impl Options {
    fn asks(&self, property: &Property) -> bool {
        self.properties.is_empty() || self.properties.iter().any(|id| id == property.rule.id)
    }

    /// Whether the principal with this ARN is asked about.
    pub(crate) fn asks_about(&self, principal: &Arn) -> bool {
        self.principals.is_empty() || self.principals.contains(principal)
    }
}

/// Judges every property that concerns a group, each with its place in the table.
fn judge<'s>(
    estate: &Estate<'s>,
    group: &Group<'s>,
    asked: &[&'static Property],
    prover: &mut Prover,
) -> Vec<(usize, Judgement<'s>)> {
    let mut judged = Vec::new();
    for (place, property) in asked.iter().enumerate() {
        for members in group.parts(|who| property.traits(estate, group.account, who)) {
            let Some(first) = members.first() else { continue };
            for ruling in rule(estate, (group, *first), property, prover) {
                let subject = |who: &Who<'s>| Subject {
                    arn: who.arn(group.account),
                    holds: ruling.kind.map_or(Known::Fact(true), |kind| holds(kind, *who)),
                };
                let subjects = members.iter().map(subject).collect();
                let rule = &property.rule;
                judged
                    .push((place, Judgement { rule, kind: ruling.kind, subjects, verdict: ruling.verdict }));
            }
        }
    }
    judged
}

fn rule<'s>(
    estate: &Estate<'s>,
    (group, who): (&Group<'s>, Who<'s>),
    property: &Property,
    prover: &mut Prover,
) -> Vec<Ruling> {
    match Case::new(*estate, (group.account, who), group.policies.clone()) {
        Ok(case) => (property.run)(&case, prover),
        Err(error) => {
            let gaps = [Gap(error.to_string().into())].into();
            vec![Ruling { kind: None, verdict: Verdict::Undecided(Doubt { gaps, ..Doubt::default() }) }]
        }
    }
}
