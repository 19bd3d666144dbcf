//! The smallest change of policies with which a property is proved, one kind of change a file.
//!
//! What is proposed is proved: a candidate is put in force, and the property is asked again.

mod addition;
mod allowance;
mod edit;
mod principals;
mod question;

use std::sync::Arc;

use portcullis_iam::{Arn, PolicySet};
use portcullis_snapshot::policies::{Found, find};

use crate::case::Case;
use crate::credential::Base;
use crate::estate::{Estate, Who};
use crate::judgement::{Flaw, Verdict};
use crate::property::{PROPERTIES, Property};
use crate::prover::Prover;

/// A change with which a property is proved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What to do, as a lowercase imperative.
    pub title: String,
    /// The new policy as JSON, where there is one.
    pub document: Option<String>,
    /// Of how many of the principals it was proved: of all, or of the first ones where there are many.
    pub proved_for: u32,
}

/// A change that may do.
pub(crate) struct Candidate {
    pub(crate) title: String,
    pub(crate) document: Option<String>,
    /// What would be in force.
    pub(crate) policies: PolicySet,
}

/// The smallest change that was found with which the property with this id is proved for the principals, of whom the
/// first has this flaw.
pub fn smallest(estate: &Estate<'_>, property: &str, subjects: &[&Arn], flaw: &Flaw) -> Option<Change> {
    let property = PROPERTIES.iter().find(|own| own.rule.id == property)?;
    let mut prover = Prover::new();
    let (first, others) = subjects.split_first()?;
    let cases: Vec<Case<'_>> =
        others.iter().take(MOST_SUBJECTS).filter_map(|arn| case(estate, arn)).collect();
    let case = case(estate, first)?;
    let at = candidates(property, &case, flaw)
        .into_iter()
        .enumerate()
        .find(|(_, candidate)| is_proved(property, &case, candidate.policies.clone(), &mut prover));
    let (place, candidate) = at?;
    let same = |other: &Case<'_>, prover: &mut Prover| {
        let own = candidates(property, other, flaw).into_iter().nth(place);
        own.is_some_and(|own| {
            own.title == candidate.title && is_proved(property, other, own.policies, prover)
        })
    };
    let also = cases.iter().filter(|other| same(other, &mut prover)).count();
    Some(Change {
        title: candidate.title,
        document: candidate.document,
        proved_for: 1 + u32::try_from(also).unwrap_or(0),
    })
}

fn case<'s>(estate: &Estate<'s>, arn: &Arn) -> Option<Case<'s>> {
    let found = find(estate.snapshot, arn).ok()?;
    let (account, who) = match found {
        Found::User(account, user) => (account, Who::User(user)),
        Found::Role(account, role) => (account, Who::Role(role)),
        Found::Root(account) => (account, Who::Root),
    };
    let policies = Arc::new(estate.policies(account, who));
    Case::new(*estate, (account, who), policies).ok()
}

/// What may do, the smallest change first.
fn candidates(property: &Property, case: &Case<'_>, flaw: &Flaw) -> Vec<Candidate> {
    match property.rule.id {
        "no-access-without-mfa" | "cannot-disarm-without-mfa" => {
            question::candidates(case).into_iter().chain(addition::candidates(case)).collect()
        }
        "can-enrol" => allowance::candidates(case, flaw),
        "roles-unaffected" => principals::candidates(case),
        _ => Vec::new(),
    }
}

/// Whether the property holds with these policies in force.
fn is_proved(property: &Property, case: &Case<'_>, policies: PolicySet, prover: &mut Prover) -> bool {
    let policies = Arc::new(policies);
    let Ok(base) = Base::new(case.estate.snapshot, case.arn, &policies, case.estate.now) else {
        return false;
    };
    let changed =
        Case { estate: case.estate, account: case.account, who: case.who, arn: case.arn, policies, base };
    let rulings = (property.run)(&changed, prover);
    !rulings.is_empty() && rulings.iter().all(|ruling| matches!(ruling.verdict, Verdict::Proved(_)))
}

/// Of how many principals a change is proved at most.
const MOST_SUBJECTS: usize = 49;
