//! What of records bears on a guardrail.

use std::collections::HashMap;

use portcullis_authz::statement::covers_action;
use portcullis_iam::policy::Clause;
use portcullis_iam::{Action, PolicySet};
use portcullis_snapshot::{Bounded, Proposal, Target, mentioned};

use crate::call::{Call, Kept};
use crate::record::Record;
use crate::replay::is_limited;
use crate::request;

/// What of records bears on a guardrail, and on what is told of it.
#[derive(Clone, Debug, Default)]
pub struct Lens {
    kept: Kept,
    /// The actions of statements that are limited to some resources.
    limited: Vec<Clause>,
}

/// A lens with what one worker has found out already.
#[derive(Debug)]
pub(crate) struct View<'l> {
    lens: &'l Lens,
    /// By event source and name.
    actions: HashMap<Box<str>, Option<Use>>,
    name: String,
}

/// How an action is looked at.
#[derive(Clone, Debug)]
struct Use {
    action: Action,
    /// Whether a decision depends on the resource.
    decides: bool,
}

impl Lens {
    /// For the policies of a guardrail.
    pub fn new(proposals: &[Proposal]) -> Self {
        let mut own = Self::default();
        for proposal in proposals {
            own.kept.roles |= matches!(
                proposal.target,
                Target::ServiceControl(_) | Target::Boundary(Bounded::Principal(_))
            );
            let policy = &proposal.policy;
            let limited = policy.statements.iter().filter(|statement| is_limited(statement, policy.version));
            own.limited.extend(limited.map(|statement| statement.action.clone()));
        }
        own.kept.sessions = own.kept.roles && proposals.iter().any(asks_for_sessions);
        own
    }

    pub(crate) fn view(&self) -> View<'_> {
        View { lens: self, actions: HashMap::new(), name: String::new() }
    }
}

/// Whether the policy tells the sessions of a role apart.
fn asks_for_sessions(proposal: &Proposal) -> bool {
    let mut policies = PolicySet::default();
    policies.identity.policies.push(portcullis_iam::Attached {
        id: proposal.id.clone(),
        source: portcullis_iam::SourceKind::Input,
        policy: proposal.policy.clone(),
    });
    mentioned::keys(&policies).iter().any(|key| key.as_str() == "aws:userid")
}

impl View<'_> {
    /// Gives the call that a record tells of to `each`.
    pub(crate) fn call<T>(&mut self, record: &Record<'_>, each: impl FnOnce(Call<'_>) -> T) -> T {
        let resource = self.resource(record);
        each(self.lens.kept.call(record, resource.as_deref()))
    }

    /// The resource, where a decision depends on it; of calls that are signed with a user's own key in a general form, to
    /// tell what a role in its place would need.
    fn resource(&mut self, record: &Record<'_>) -> Option<String> {
        let is_by_key =
            record.identity.session.is_none() && record.identity.kind.as_deref() == Some("IAMUser");
        if self.lens.limited.is_empty() && !is_by_key {
            return None;
        }
        let known = self.known(record);
        let known = known.as_ref().filter(|own| own.decides || is_by_key)?;
        let resource = request::resource(record, &known.action)?;
        Some(if known.decides { resource } else { general(&resource) })
    }

    fn known(&mut self, record: &Record<'_>) -> &Option<Use> {
        self.name.clear();
        for field in [&record.source, &record.name] {
            self.name.push_str(field.as_deref().unwrap_or_default());
            self.name.push(' ');
        }
        if !self.actions.contains_key(&*self.name) {
            let call =
                Call { source: record.source.as_deref(), name: record.name.as_deref(), ..Call::default() };
            let found = request::action(&call).ok().map(|(action, _)| Use {
                decides: self.lens.limited.iter().any(|clause| covers_action(clause, &action)),
                action,
            });
            self.actions.insert(self.name.as_str().into(), found);
        }
        self.actions.get(&*self.name).unwrap_or(&None)
    }
}

/// A resource as far as its first two parts: `arn:aws:s3:::bucket/logs/2026/11/a.gz` is `arn:aws:s3:::bucket/logs/*`.
fn general(resource: &str) -> String {
    let ends: Vec<usize> = resource.match_indices('/').map(|(at, _)| at).take(2).collect();
    match ends.as_slice() {
        [_, second] => format!("{}/*", resource.get(..*second).unwrap_or_default()),
        _ => resource.to_owned(),
    }
}
