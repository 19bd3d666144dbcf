//! Whom to exempt so that nothing that was recorded breaks: the fewest patterns of ARNs that cover whoever would have been
//! denied something, and nobody else who is known.

use std::collections::{BTreeMap, BTreeSet};

use portcullis_finding::replay::{Exemption, Exemptions};
use portcullis_iam::Arn;
use portcullis_snapshot::Snapshot;

use super::cover;
use super::person::People;

/// Patterns, each with the places of those whom it covers.
type Patterns = BTreeMap<String, BTreeSet<usize>>;

/// The fewest exemptions.
///
/// Patterns of paths are proposed only with a snapshot: without one nobody knows who else has such a path.
pub(super) fn all(people: &People, snapshot: Option<&Snapshot>) -> Exemptions {
    let denied: Vec<&str> =
        people.iter().filter(|(_, person)| 0 < person.fates.denied).map(|(arn, _)| &**arn).collect();
    let mut patterns = Patterns::new();
    for (place, arn) in denied.iter().enumerate() {
        patterns.entry((*arn).to_owned()).or_default().insert(place);
        if snapshot.is_some() {
            for pattern in paths(arn) {
                patterns.entry(pattern).or_default().insert(place);
            }
        }
    }
    let known: BTreeSet<&str> =
        snapshot.into_iter().flat_map(principals).chain(people.keys().map(|arn| &**arn)).collect();
    let broken: BTreeSet<&str> = denied.iter().copied().collect();
    let spares = |pattern: &str| {
        known
            .iter()
            .filter(|arn| !broken.contains(*arn))
            .all(|arn| !portcullis_iam::pattern::matches_text(pattern, arn))
    };
    let patterns: Vec<(String, BTreeSet<usize>)> =
        patterns.into_iter().filter(|(pattern, _)| !pattern.contains('*') || spares(pattern)).collect();
    let sets: Vec<BTreeSet<usize>> = patterns.iter().map(|(_, set)| set.clone()).collect();
    let cover = cover::least(denied.len(), &sets);
    let exemption = |place: usize| {
        let (pattern, covered) = patterns.get(place)?;
        Some(Exemption { pattern: pattern.as_str().into(), principals: covered.len() as u64 })
    };
    Exemptions {
        patterns: cover.chosen.into_iter().filter_map(exemption).collect(),
        is_least: cover.is_least,
    }
}

/// The patterns of the paths that a user or role is in, in its account and in all: `arn:aws:iam::*:user/service/*`.
fn paths(arn: &str) -> Vec<String> {
    let Some(arn) = Arn::parse(arn).filter(|arn| arn.service() == "iam") else { return Vec::new() };
    let parts: Vec<&str> = arn.resource().split('/').collect();
    let mut patterns = Vec::new();
    // The kind is no path, and the name is none.
    for length in 2..parts.len() {
        let path = parts.get(..length).unwrap_or_default().join("/");
        for account in [arn.account_part(), "*"] {
            patterns.push(format!("arn:{}:iam::{account}:{path}/*", arn.partition()));
        }
    }
    patterns
}

fn principals(snapshot: &Snapshot) -> impl Iterator<Item = &str> {
    let accounts = snapshot.accounts.values();
    accounts.flat_map(|account| {
        let users = account.users.values().map(|user| user.arn.as_str());
        users.chain(account.roles.values().map(|role| role.arn.as_str()))
    })
}
