//! The smallest change of policies with which a property is proved, one kind of change a file.
//!
//! What is proposed is proved: a candidate is put in force, and the property is asked again, and so is every other
//! property of those whom the change touches. A candidate that breaks what was proved before is passed over, and said
//! to be.

mod addition;
mod allowance;
mod candidate;
mod edit;
mod principals;
mod question;
mod regard;

use std::collections::BTreeSet;
use std::sync::Arc;

use portcullis_iam::Arn;
use portcullis_snapshot::policies::{Found, find};

use crate::case::Case;
use crate::estate::Estate;
use crate::judgement::Flaw;
use crate::property::{PROPERTIES, Property};
use crate::prover::Prover;
use candidate::Candidate;
use portcullis_snapshot::Who;
use regard::Effect;

pub use regard::Regard;

/// What to do about a flaw.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Advice {
    /// The smallest change that was found with which the property is proved, and nothing else is lost.
    pub change: Option<Change>,
    /// A smaller one that would break something else.
    pub passed_over: Option<PassedOver>,
}

/// A change with which a property is proved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What to do, as a lowercase imperative.
    pub title: String,
    /// The new policy as JSON, where there is one: the first that is written anew, or one that is attached.
    pub document: Option<String>,
    /// The policies that are written anew, each with what it says then.
    pub edits: Vec<(Arc<str>, Arc<str>)>,
    /// Of how many of the principals it was proved: of all, or of the first ones where there are many.
    pub proved_for: u32,
    /// The other properties that it closes for the principals, by id.
    pub also_closes: Vec<&'static str>,
    /// The other properties that were proved before of those whom it touches, and still are.
    pub keeps: Vec<&'static str>,
    /// How many others it touches: they have a policy that it edits.
    pub others: u32,
}

/// A change with which a property is proved, and another one is not any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassedOver {
    /// What it is, as a lowercase imperative.
    pub title: String,
    /// What it would break, and of whom: the ids of properties, and `exemption` where an exemption accepts what a
    /// principal does without MFA.
    pub breaks: Vec<(&'static str, Arn)>,
}

/// The smallest change that was found with which the property with this id is proved for the principals, of whom the
/// first has this flaw.
pub fn smallest(regard: &Regard<'_, '_>, property: &str, subjects: &[&Arn], flaw: &Flaw) -> Advice {
    let Some(property) = PROPERTIES.iter().find(|own| own.rule.id == property) else {
        return Advice::default();
    };
    let of = |arn: &&Arn| case(regard.estate, arn);
    let cases: Vec<Case<'_>> = subjects.iter().take(MOST_SUBJECTS).filter_map(of).collect();
    let Some(first) = cases.first() else { return Advice::default() };
    let mut prover = Prover::new();
    let mut advice = Advice::default();
    for candidate in candidates(property, first, flaw) {
        if !closes(property, first, &candidate, &mut prover) {
            continue;
        }
        let proved_for = cases.iter().filter(|case| closes(property, case, &candidate, &mut prover)).count();
        let title = candidate.title(&whom(subjects));
        let effect = effect(regard, (property, &candidate), (&cases, subjects), &mut prover);
        if effect.broken.is_empty() {
            advice.change = Some(Change {
                title,
                document: candidate.document,
                edits: candidate
                    .edits
                    .into_iter()
                    .map(|edit| (edit.id, Arc::clone(&edit.new.text)))
                    .collect(),
                proved_for: count(proved_for),
                also_closes: in_order(&effect.gained, property),
                keeps: in_order(&effect.kept, property),
                others: count(effect.touched),
            });
            break;
        }
        advice.passed_over.get_or_insert(PassedOver { title, breaks: effect.broken.into_iter().collect() });
    }
    advice
}

/// What the change does to everybody whom it touches. Those who have the flaw are not among the others.
fn effect(
    regard: &Regard<'_, '_>,
    (aim, candidate): (&Property, &Candidate),
    (cases, subjects): (&[Case<'_>], &[&Arn]),
    prover: &mut Prover,
) -> Effect {
    let mut effect = Effect::default();
    for case in cases.iter().take(MOST_WEIGHED) {
        effect.take(aim, case, candidate.for_subject(&case.policies), prover);
    }
    let others = regard.others((aim, candidate), subjects, prover);
    effect.merge(&others);
    effect.touched =
        others.touched.saturating_sub(if candidate.edits.is_empty() { 0 } else { subjects.len() });
    effect
}

/// Whether the property holds of the principal with the change.
fn closes(property: &Property, case: &Case<'_>, candidate: &Candidate, prover: &mut Prover) -> bool {
    let Some(changed) = regard::changed(case, candidate.for_subject(&case.policies)) else { return false };
    regard::all_proved(&(property.run)(&changed, prover))
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

/// `user/alice`, `user/alice and user/bob`, `user/alice and 3 others`.
fn whom(subjects: &[&Arn]) -> String {
    match subjects {
        [] => String::new(),
        [only] => only.resource().to_owned(),
        [one, other] => format!("{} and {}", one.resource(), other.resource()),
        [first, others @ ..] => format!("{} and {} others", first.resource(), others.len()),
    }
}

/// The properties apart from `but`, in the order of their table.
fn in_order(ids: &BTreeSet<&'static str>, but: &Property) -> Vec<&'static str> {
    let others = PROPERTIES.iter().map(|property| property.rule.id).filter(|id| *id != but.rule.id);
    others.filter(|id| ids.contains(id)).collect()
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Of how many principals a change is proved at most.
const MOST_SUBJECTS: usize = 50;
/// Of how many of them it is asked what else it does: they are alike.
const MOST_WEIGHED: usize = 2;
