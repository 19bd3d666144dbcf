//! Changes of single statements.

use std::sync::Arc;

use portcullis_iam::condition::Condition;
use portcullis_iam::{Attached, Policy, PolicyKind, PolicySet, Statement, parse, print};

use super::candidate::{Candidate, Edit};
use crate::documents;
use crate::words;

/// A statement of a policy that the account or the organization can change.
#[derive(Clone, Copy)]
pub(super) struct Place<'p> {
    pub(super) attached: &'p Attached,
    pub(super) index: usize,
    pub(super) statement: &'p Statement,
}

impl Place<'_> {
    /// ``Deny `DenyWithoutMfa` of ForceMfa``.
    pub(super) fn name(&self) -> String {
        let own = self.statement;
        words::name(own.effect, own.sid.as_ref().map(|sid| &*sid.value), self.index, &self.attached.id)
    }
}

/// The statements that can be changed: those of AWS's own policies cannot.
pub(super) fn places(policies: &PolicySet) -> impl Iterator<Item = Place<'_>> {
    let own = documents::attached(policies).filter(|attached| !is_of_aws(&attached.id));
    own.flat_map(|attached| {
        let numbered = attached.policy.statements.iter().enumerate();
        numbered.map(move |(index, statement)| Place { attached, index, statement })
    })
}

fn is_of_aws(id: &str) -> bool {
    id.split(':').nth(4) == Some("aws")
}

/// The change of some statements.
pub(super) fn candidate(
    title: String,
    places: &[Place<'_>],
    change: impl Fn(&mut Statement),
) -> Option<Candidate> {
    let mut edits: Vec<Edit> = Vec::new();
    for place in places {
        let attached = place.attached;
        if edits.iter().any(|edit| edit.is_of(attached)) {
            continue;
        }
        let mut policy = Policy::clone(&attached.policy);
        for own in places.iter().filter(|own| own.attached == attached) {
            policy.statements.get_mut(own.index).into_iter().for_each(&change);
        }
        // What is proved is what would be written.
        let text = print::pretty(&policy);
        let new = Arc::new(parse::policy(&text, PolicyKind::Identity).policy?);
        edits.push(Edit { id: Arc::clone(&attached.id), old: Arc::clone(&attached.policy), new });
    }
    let document = edits.first()?.new.text.to_string();
    Some(Candidate { title, document: Some(document), edits, added: Vec::new() })
}

/// The conditions that a condition block says.
pub(super) fn conditions(block: &str) -> Vec<Condition> {
    let statement = format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Deny","Action":"*","Resource":"*","Condition":{block}}}]}}"#
    );
    let policy = parse::policy(&statement, PolicyKind::Identity).policy;
    let statements = policy.into_iter().flat_map(|policy| policy.statements);
    statements.flat_map(|statement| statement.conditions).collect()
}
