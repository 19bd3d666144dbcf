//! A change that may do: statements that are edited, for all who have them, and policies that one principal gets.

use std::sync::Arc;

use portcullis_iam::{Attached, Policy, PolicySet};

use crate::documents;

/// A change that may do.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    /// What to do, as a lowercase imperative, with [`WHOM`] where principals are named.
    pub(crate) title: String,
    /// The new policy as JSON, where there is one.
    pub(crate) document: Option<String>,
    /// Policies that are written anew: whoever has one has the new one then.
    pub(crate) edits: Vec<Edit>,
    /// Identity policies that only those get who have the flaw.
    pub(crate) added: Vec<Attached>,
}

/// A policy that is written anew.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Edit {
    pub(crate) id: Arc<str>,
    pub(crate) old: Arc<Policy>,
    pub(crate) new: Arc<Policy>,
}

/// What stands in a title for the principals that get a policy.
pub(crate) const WHOM: &str = "{whom}";

impl Candidate {
    /// What would be in force for one who has the flaw.
    pub(crate) fn for_subject(&self, policies: &PolicySet) -> PolicySet {
        let mut policies = self.for_others(policies);
        policies.identity.policies.extend(self.added.iter().cloned());
        policies
    }

    /// What would be in force for everybody else.
    pub(crate) fn for_others(&self, policies: &PolicySet) -> PolicySet {
        documents::mapped(policies, &|attached| {
            let edit = self.edits.iter().find(|edit| edit.is_of(attached));
            Arc::clone(edit.map_or(&attached.policy, |edit| &edit.new))
        })
    }

    /// What to do, for these principals.
    pub(crate) fn title(&self, whom: &str) -> String {
        self.title.replace(WHOM, whom)
    }
}

impl Edit {
    /// Whether it is this policy that is written anew.
    pub(crate) fn is_of(&self, attached: &Attached) -> bool {
        attached.id == self.id && (Arc::ptr_eq(&attached.policy, &self.old) || attached.policy == self.old)
    }
}
