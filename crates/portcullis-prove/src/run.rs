//! The run: every property of every principal that it concerns, each distinct case once.

use std::collections::HashMap;
use std::sync::Mutex;

use portcullis_iam::{AccountId, Arn, Gap};
use portcullis_snapshot::policies::NotFound;
use portcullis_snapshot::{Account, Known};
use rayon::prelude::*;

use crate::case::{Case, Ruling};
use crate::credential::{CredentialKind, holds};
use crate::estate::Estate;
use crate::judgement::{Assumption, Judgement, Proof, Subject, Verdict};
use crate::property::{PROPERTIES, Property};
use crate::prover::Prover;
use crate::reach::{Certificate, Doubt};
use crate::share::{self, Group};
use portcullis_snapshot::Who;

/// What to prove of whom. Empty lists mean everything; what does not exist selects nothing.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The ids of properties.
    pub properties: Vec<String>,
    /// The ARNs of principals.
    pub principals: Vec<Arn>,
    /// The accounts.
    pub accounts: Vec<AccountId>,
    /// Whose requests are told of those who are judged alike.
    pub witnesses: Witnesses,
}

/// Whose requests are told of those who are judged alike.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Witnesses {
    /// Those of the first.
    #[default]
    First,
    /// Those of each.
    Everybody,
}

/// Judges every property of every principal that it concerns, in the order of properties, credentials and ARNs.
pub fn prove<'s>(estate: &Estate<'s>, options: &Options) -> Vec<Judgement<'s>> {
    let mut judged: Vec<Judgement<'s>> =
        by_account(estate, options, |judged| judged).into_iter().flatten().collect();
    sort(&mut judged);
    judged
}

/// Judges account by account. Of each account `keep` takes what was judged: what it does not keep is forgotten before
/// the next account comes, so that a large organization fits into memory.
pub fn by_account<'s, T: Send>(
    estate: &Estate<'s>,
    options: &Options,
    keep: impl Fn(Vec<Judgement<'s>>) -> T + Sync,
) -> Vec<T> {
    let asked: Vec<&'static Property> = PROPERTIES.iter().filter(|own| options.asks(own)).collect();
    let accounts: Vec<&'s Account> = estate.snapshot.accounts.values().collect();
    let accounts = accounts.into_par_iter().filter(|account| options.asks_of(account));
    let provers: Mutex<Vec<Prover>> = Mutex::default();
    let judged = accounts.map(|account| {
        let groups = share::groups(estate, account, &asked, options);
        let judged = groups.par_iter().flat_map_iter(|group| {
            let mut prover = provers.lock().ok().and_then(|mut own| own.pop()).unwrap_or_default();
            let judged = judge(estate, group, &asked, &mut prover);
            if let Ok(mut own) = provers.lock() {
                own.push(prover);
            }
            judged
        });
        keep(for_the_same_reason(judged.collect()))
    });
    judged.collect()
}

/// Puts together the principals of whom a property is proved for the same reason, where nothing is told of one of them.
fn for_the_same_reason<'s>(judged: Vec<Judgement<'s>>) -> Vec<Judgement<'s>> {
    let mut merged: Vec<Judgement<'s>> = Vec::new();
    let mut places: HashMap<Reason, usize> = HashMap::new();
    for mut own in judged {
        let next = merged.len();
        let place = reason(&own).map(|reason| *places.entry(reason).or_insert(next));
        match place.and_then(|place| merged.get_mut(place)) {
            Some(same) => same.subjects.append(&mut own.subjects),
            None => merged.push(own),
        }
    }
    merged.iter_mut().for_each(|own| own.subjects.sort_by_key(|subject| subject.arn));
    sort(&mut merged);
    merged
}

/// A property, the credential, why it is proved, and what is taken for granted.
type Reason = (&'static str, Option<CredentialKind>, Certificate, Vec<Assumption>);

fn reason(judgement: &Judgement<'_>) -> Option<Reason> {
    match &judgement.verdict {
        Verdict::Proved(Proof { certificate, shown, assuming, behind: None }) if shown.is_empty() => {
            Some((judgement.rule.id, judgement.kind, certificate.clone(), assuming.clone()))
        }
        Verdict::Proved(_) | Verdict::Refuted(_) | Verdict::Undecided(_) => None,
    }
}

/// By property as in their table, credential and ARN.
fn sort(judged: &mut [Judgement<'_>]) {
    let place = |own: &Judgement<'_>| PROPERTIES.iter().position(|of| of.rule.id == own.rule.id);
    judged.sort_by(|one, other| {
        let key = |own: &Judgement<'_>| (place(own), own.kind);
        key(one).cmp(&key(other)).then_with(|| one.representative().cmp(&other.representative()))
    });
}

impl Options {
    fn asks(&self, property: &Property) -> bool {
        self.properties.is_empty() || self.properties.iter().any(|id| id == property.rule.id)
    }

    fn asks_of(&self, account: &Account) -> bool {
        self.accounts.is_empty() || self.accounts.contains(&account.id)
    }

    /// Whether the principal with this ARN is asked about.
    pub(crate) fn asks_about(&self, principal: &Arn) -> bool {
        self.principals.is_empty() || self.principals.contains(principal)
    }
}

/// Judges every property that concerns a group.
fn judge<'s>(
    estate: &Estate<'s>,
    group: &Group<'s>,
    asked: &[&'static Property],
    prover: &mut Prover,
) -> Vec<Judgement<'s>> {
    let mut judged = Vec::new();
    for property in asked {
        for members in group.parts(|who| property.traits(estate, group.account, who)) {
            let Some(first) = members.first() else { continue };
            for ruling in rule(estate, (group, *first), property, prover) {
                let subject = |who: &Who<'s>| Subject {
                    arn: who.arn(group.account),
                    holds: ruling.kind.map_or(Known::Fact(true), |kind| holds(kind, *who)),
                };
                let subjects = members.iter().map(subject).collect();
                let rule = &property.rule;
                judged.push(Judgement { rule, kind: ruling.kind, subjects, verdict: ruling.verdict });
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
            let gaps = [Gap(missing(&error))].into();
            vec![Ruling { kind: None, verdict: Verdict::Undecided(Doubt { gaps, ..Doubt::default() }) }]
        }
    }
}

/// What would have to be there, for a principal that the snapshot does not hold.
fn missing(error: &NotFound) -> Box<str> {
    match error {
        NotFound::Account(arn) => format!("the dumps of the account {}", arn.account_part()),
        NotFound::Kind(_) | NotFound::Principal(_) | NotFound::Hidden(_) => error.to_string(),
    }
    .into()
}
