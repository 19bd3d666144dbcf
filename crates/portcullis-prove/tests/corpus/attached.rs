//! A published policy beside an administrator's.

use std::path::Path;
use std::sync::Arc;

use portcullis_iam::{Arn, Attached, Layer, Policy, PolicyKind, PolicySet, SourceKind, Tier};
use portcullis_snapshot::policies::Assume;
use portcullis_snapshot::{Snapshot, policies_for};
use testkit::collected::{self, Collected};

use crate::account;

/// A published policy, and the account with it.
pub(crate) struct Case {
    pub(crate) collected: Collected,
    pub(crate) policy: Arc<Policy>,
    /// The codes of what AWS refuses in it.
    pub(crate) refused: Vec<&'static str>,
    /// The account with the policy, where its kind has a place in a snapshot; else without it.
    pub(crate) snapshot: Snapshot,
}

/// Every `step`th policy of a file, as far as it is one.
pub(crate) fn cases(path: &Path, step: usize) -> Vec<Case> {
    collected::policies(path).into_iter().step_by(step).filter_map(case).collect()
}

fn case(collected: Collected) -> Option<Case> {
    let mut found = portcullis_source::read(&collected.path(), &collected.text);
    let mut document = found.documents.pop()?;
    document.declare(collected.kind);
    let problems = document.parsed.problems.iter().filter(|own| own.tier == Tier::Rejected);
    let refused = problems.map(|own| own.code).collect();
    let policy = Arc::new(document.parsed.policy?);
    let snapshot = account::snapshot(Some((collected.kind, &policy.text)));
    Some(Case { collected, policy, refused, snapshot })
}

impl Case {
    pub(crate) fn id(&self) -> &str {
        &self.collected.id
    }

    /// Whether the policy stands in the snapshot.
    pub(crate) fn is_attached(&self) -> bool {
        matches!(
            self.collected.kind,
            PolicyKind::Identity | PolicyKind::ServiceControl | PolicyKind::ResourceControl
        )
    }

    /// Every policy that decides of a principal; one that stands in no snapshot is the resource's.
    pub(crate) fn policies(&self, principal: &str) -> PolicySet {
        let arn = Arn::parse(principal).unwrap();
        let mut policies = policies_for(&self.snapshot, &arn, Assume::NoOrganization).unwrap();
        if !self.is_attached() {
            let own = Attached {
                id: "document".into(),
                source: SourceKind::Input,
                policy: Arc::clone(&self.policy),
            };
            policies.resource = Some(Layer { policies: vec![own], gaps: Vec::new() });
        }
        policies
    }
}
