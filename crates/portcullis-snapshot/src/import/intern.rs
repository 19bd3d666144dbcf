//! One value per distinct text, shared by every file of an import.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use portcullis_iam::problem::{Problem, Tier};
use portcullis_iam::{PolicyKind, parse};

use crate::document::Document;

/// What the files of one import share: a policy document that a thousand users have is parsed and kept once.
///
/// Files may be read on several threads; the result does not depend on their order.
#[derive(Debug, Default)]
pub struct Intern {
    names: [Mutex<HashSet<Arc<str>>>; SHARDS],
    identity: Documents,
    trust: Documents,
    service_control: Documents,
    resource_control: Documents,
}

type Documents = [Mutex<HashMap<Arc<str>, Arc<Document>>>; SHARDS];

impl Intern {
    /// The shared form of a name, ARN or tag.
    pub(crate) fn name(&self, text: &str) -> Arc<str> {
        let Some(shard) = self.names.get(text.len() % SHARDS) else { return text.into() };
        let mut names = lock(shard);
        if let Some(name) = names.get(text) {
            return name.clone();
        }
        let name: Arc<str> = text.into();
        names.insert(name.clone());
        name
    }

    /// The document with this text, parsed when it is met for the first time.
    pub(crate) fn document(&self, text: &str, kind: DocumentKind) -> Arc<Document> {
        let Some(shard) = self.documents(kind).get(text.len() % SHARDS) else { return parse(text, kind) };
        if let Some(document) = lock(shard).get(text) {
            return document.clone();
        }
        // Parsed without the lock: two threads may both parse a text that is new to both, and the first one's stays.
        let document = parse(text, kind);
        lock(shard).entry(document.text.clone()).or_insert(document).clone()
    }

    fn documents(&self, kind: DocumentKind) -> &Documents {
        match kind {
            DocumentKind::Identity => &self.identity,
            DocumentKind::Trust => &self.trust,
            DocumentKind::ServiceControl => &self.service_control,
            DocumentKind::ResourceControl => &self.resource_control,
        }
    }
}

/// The kinds of policy document in a snapshot. Users, roles, groups and boundaries share one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DocumentKind {
    Identity,
    Trust,
    ServiceControl,
    ResourceControl,
}

fn parse(text: &str, kind: DocumentKind) -> Arc<Document> {
    let kind = match kind {
        DocumentKind::Identity => PolicyKind::Identity,
        DocumentKind::Trust => PolicyKind::Trust,
        DocumentKind::ServiceControl => PolicyKind::ServiceControl,
        DocumentKind::ResourceControl => PolicyKind::ResourceControl,
    };
    let parsed = parse::policy(text, kind);
    let policy = parsed.policy.map(Arc::new);
    let text = policy.as_ref().map_or_else(|| text.into(), |policy| policy.text.clone());
    let fault = match &policy {
        Some(_) => None,
        None => parsed.problems.into_iter().find(is_fatal),
    };
    Arc::new(Document { text, policy, fault })
}

/// Whether the problem can be why a text has no meaning. An old version never is; it merely comes first in most texts.
fn is_fatal(problem: &Problem) -> bool {
    problem.tier == Tier::Rejected && problem.code != "version-too-old"
}

fn lock<T>(shard: &Mutex<T>) -> MutexGuard<'_, T> {
    // A thread that panicked while it held the lock left a map that is still whole.
    shard.lock().unwrap_or_else(PoisonError::into_inner)
}

const SHARDS: usize = 16;
