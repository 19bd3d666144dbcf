//! What would settle a request that is undetermined.

use portcullis_iam::condition::Matcher;
use portcullis_iam::pattern::ResourcePattern;
use portcullis_iam::policy::Statement;
use portcullis_iam::principal::{PrincipalClause, PrincipalEntry};
use portcullis_iam::{
    Caller, ContextKey, Effect, Gap, KeyState, Layer, Polarity, Policy, PolicySet, Request, Truth,
};

use crate::decide::{self, Ruling};
use crate::decision::Unsettled;
use crate::layer::{self, LayerKind, Votes};
use crate::principal::{self, Bounded, Named};
use crate::{service_rule, statement};

/// The unknown keys and the gaps on which the decision depends.
pub(crate) fn of(request: &Request, policies: &PolicySet) -> Unsettled {
    by_votes(request, policies, &layer::votes(request, policies))
}

/// The same, where it is known how the layers vote.
pub(crate) fn by_votes(request: &Request, policies: &PolicySet, votes: &Votes) -> Unsettled {
    let ruling = decide::ruling(request, votes);
    let bounded = layer::bounded(request, policies);
    let mut open = Open { request, bounded, found: Unsettled::default() };
    if ruling.service.is_some_and(|applied| applied.holds == Truth::Unknown) {
        open.found.keys.insert(ContextKey::new(service_rule::MFA));
    }
    for kind in LayerKind::ALL {
        if !kind.binds(request, policies.management_account) {
            continue;
        }
        for effect in [Effect::Allow, Effect::Deny] {
            if matters(kind, effect, ruling, votes) {
                kind.of(policies).for_each(|(_, layer)| open.layer(kind, layer, effect));
            }
        }
    }
    open.found
}

/// Whether what is unknown of the layer's statements of `effect` leaves the decision open.
fn matters(kind: LayerKind, effect: Effect, ruling: Ruling, votes: &Votes) -> bool {
    if effect == Effect::Deny {
        return ruling.denied == Truth::Unknown;
    }
    let own = ruling.passes.of(kind) == Truth::Unknown;
    // An Allow of the resource's policy may make up for what these do not allow.
    let mended = [LayerKind::Identity, LayerKind::Boundary, LayerKind::Session];
    let through_resource = kind == LayerKind::Resource
        && [votes.resource.is_final(), votes.resource.stands_for_identity()].contains(&Truth::Unknown)
        && mended.into_iter().any(|other| ruling.passes.of(other) == Truth::Unknown);
    ruling.passes.all() == Truth::Unknown && (own || through_resource)
}

/// Collects what is open in the statements that matter.
struct Open<'r> {
    request: &'r Request,
    bounded: Bounded,
    found: Unsettled,
}

impl Open<'_> {
    fn layer(&mut self, kind: LayerKind, layer: &Layer, effect: Effect) {
        let own = || layer::statements(layer).filter(|(_, statement)| statement.effect == effect);
        // A resource's policy may allow the account for certain, and the caller itself perhaps.
        let settled =
            own().any(|(attached, statement)| self.truth(kind, &attached.policy, statement) == Truth::True);
        if settled && kind != LayerKind::Resource {
            return;
        }
        let open: Vec<_> =
            own().filter(|(attached, own)| self.is_open(kind, &attached.policy, own)).collect();
        for (attached, statement) in open {
            self.statement(kind, &attached.policy, statement);
        }
        self.found.gaps.extend(layer.gaps.iter().cloned());
    }

    /// Whether the statement is about the request, its principal included where the layer names any.
    fn truth(&self, kind: LayerKind, policy: &Policy, own: &Statement) -> Truth {
        let applies = statement::applies(policy, own, self.request, kind.short_arn());
        applies.and(self.named(kind, own).at_all())
    }

    /// Whether it is unknown if the statement is about the request, or how closely it names the caller.
    fn is_open(&self, kind: LayerKind, policy: &Policy, own: &Statement) -> bool {
        let truth = self.truth(kind, policy, own);
        truth == Truth::Unknown || (truth == Truth::True && self.named(kind, own).is_open())
    }

    fn named(&self, kind: LayerKind, own: &Statement) -> Named {
        kind.names((own.effect, own.principal.as_ref()), self.request, self.bounded)
    }

    fn statement(&mut self, kind: LayerKind, policy: &Policy, own: &Statement) {
        for pattern in own.resource.iter().flat_map(|clause| &clause.patterns) {
            let pattern = ResourcePattern::parse(&pattern.value, policy.version, kind.short_arn());
            if pattern.matches(&self.request.resource, &self.request.context) == Truth::Unknown {
                let context = &self.request.context;
                let unknown = pattern.pattern().keys().filter(|key| *context.state(key) == KeyState::Unknown);
                self.found.keys.extend(unknown.cloned());
            }
        }
        for condition in &own.conditions {
            let matcher = Matcher::new(condition, policy.version);
            if matcher.holds(&self.request.context) == Truth::Unknown {
                let open = matcher.open(&self.request.context);
                self.found.keys.extend(open.keys);
                let operator = condition.operator.value.test.name();
                let gap = || {
                    Gap(format!("what `{operator}` makes of what is no ARN in `{}`", matcher.key()).into())
                };
                self.found.gaps.extend(open.no_arn.then(gap));
            }
        }
        if self.named(kind, own).is_open() {
            own.principal.iter().for_each(|clause| self.principal(clause));
        }
    }

    fn principal(&mut self, clause: &PrincipalClause) {
        if clause.polarity == Polarity::Except {
            self.found.gaps.insert(Gap(principal::PARTLY_LISTED.into()));
        }
        let entries = clause.entries.iter().map(|entry| &entry.value);
        entries
            .filter(|entry| principal::names(entry, self.request).is_open())
            .for_each(|entry| self.entry(entry));
    }

    /// What is not known of an entry that may name the caller.
    fn entry(&mut self, entry: &PrincipalEntry) {
        match entry {
            PrincipalEntry::UniqueId(_) => {
                self.found.keys.insert(ContextKey::new(principal::USER_ID));
            }
            PrincipalEntry::CanonicalUser(id) => {
                self.found.gaps.insert(Gap(format!("the account of the canonical user `{id}`").into()));
            }
            PrincipalEntry::Arn(_) => self.caller(),
            PrincipalEntry::Everyone
            | PrincipalEntry::Account(_)
            | PrincipalEntry::Service(_)
            | PrincipalEntry::Federated(_) => {}
        }
    }

    /// What is not known of the caller when an ARN may name it.
    fn caller(&mut self) {
        let gap = match &self.request.caller {
            Caller::Role(own) => format!("the name of the session of `{}`", own.role),
            Caller::FederatedUser(own) => format!("the user who made the session `{}`", own.session),
            Caller::Anonymous | Caller::Service(_) | Caller::Root(_) | Caller::User(_) => return,
        };
        self.found.gaps.insert(Gap(gap.into()));
    }
}
