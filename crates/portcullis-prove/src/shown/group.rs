//! Principals for whom a property comes out the same with every credential.

use std::collections::BTreeMap;

use portcullis_iam::Arn;
use portcullis_snapshot::Known;

use crate::judgement::{Judgement, Subject};

/// Principals with the same judgements, in the order of their ARNs, and the places of those judgements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group<'s> {
    pub(super) subjects: Vec<&'s Arn>,
    pub(super) judgements: Vec<usize>,
}

/// The groups of the judgements of one property.
pub(super) fn groups<'s>(judgements: &[Judgement<'s>]) -> Vec<Group<'s>> {
    let mut judged: BTreeMap<&'s str, (&'s Arn, Vec<usize>)> = BTreeMap::new();
    for (at, judgement) in judgements.iter().enumerate() {
        for Subject { arn, .. } in &judgement.subjects {
            judged.entry(arn.as_str()).or_insert((*arn, Vec::new())).1.push(at);
        }
    }
    let mut groups: BTreeMap<Vec<usize>, Vec<&'s Arn>> = BTreeMap::new();
    for (arn, judgements) in judged.into_values() {
        groups.entry(judgements).or_default().push(arn);
    }
    groups.into_iter().map(|(judgements, subjects)| Group { subjects, judgements }).collect()
}

/// How many of the principals, in the order of their ARNs, hold the credential for certain; none when it is known of all that they do not.
pub(super) fn holders(judgement: &Judgement<'_>, subjects: &[&Arn]) -> Holders {
    let mut holders = Holders::default();
    let is_asked = |subject: &&Subject<'_>| {
        subjects.binary_search_by(|own| own.as_str().cmp(subject.arn.as_str())).is_ok()
    };
    for subject in judgement.subjects.iter().filter(is_asked) {
        match subject.holds {
            Known::Fact(true) => holders.certain += 1,
            Known::Fact(false) => {}
            Known::Unknown(_) => holders.possible += 1,
        }
    }
    holders
}

/// How many hold a credential.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Holders {
    /// For certain.
    pub(super) certain: u32,
    /// Perhaps: nobody could read it.
    pub(super) possible: u32,
}
