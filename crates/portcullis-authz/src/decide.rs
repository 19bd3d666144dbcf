//! The decision on one request, in AWS's order.
//!
//! Source: IAM guide, "How AWS enforcement code logic evaluates requests to allow or deny access" and "Cross-account
//! policy evaluation logic".

use std::borrow::Cow;

use portcullis_iam::{PolicySet, Request, Truth};

use crate::decision::{Answer, Decision, Outcomes};
use crate::layer::{self, LayerKind, Votes};
use crate::service_rule::{self, Applied};
use crate::{settle, unsettled};

/// Decides `request` against all policies that apply to it.
pub fn decide(request: &Request, policies: &PolicySet) -> Answer {
    let outcomes = settle::outcomes(
        request,
        || Cow::Owned(settle::boolean_keys(policies)),
        |request| ruling(request, &layer::votes(request, policies)).outcomes(),
    );
    match outcomes.is_settled() {
        true => Answer { outcomes, unsettled: Default::default() },
        false => Answer { outcomes, unsettled: unsettled::of(request, policies) },
    }
}

/// The ruling on `request`, when its layers say `votes`.
pub(crate) fn ruling(request: &Request, votes: &Votes) -> Ruling {
    let Votes { resource_control, service_control, resource, identity, boundary, session, endpoint } = *votes;

    // Before any policy: what the service itself allows or bars.
    let service = service_rule::of(request);

    // An explicit deny in any policy that binds the request.
    let denied = resource_control
        .deny
        .or(service_control.deny)
        .or(resource.vote.deny)
        .or(identity.deny)
        .or(boundary.deny)
        .or(session.deny)
        .or(endpoint.deny);

    // Then every layer must let it pass. In its own account, a resource's policy that allows the caller itself is not
    // limited by what the caller's own policies leave unsaid; one that allows the caller's role (or the user whose
    // federated session it is) stands in for the identity policies; one that allows the account delegates to them.
    let passes = Passes {
        resource_control: resource_control.allow,
        service_control: service_control.allow,
        resource: resource.passes(),
        identity: identity.allow.or(resource.stands_for_identity()),
        boundary: boundary.allow.or(resource.is_final()),
        session: session.allow.or(resource.is_final()),
        endpoint: endpoint.allow,
    };
    Ruling { service, denied, passes }
}

/// What decided, step by step.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ruling {
    /// The rule of the service that bears on the request.
    pub(crate) service: Option<Applied>,
    /// Whether a statement denies.
    pub(crate) denied: Truth,
    /// Whether each layer lets it pass.
    pub(crate) passes: Passes,
}

/// Whether each layer lets a request pass.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Passes {
    resource_control: Truth,
    service_control: Truth,
    resource: Truth,
    identity: Truth,
    boundary: Truth,
    session: Truth,
    endpoint: Truth,
}

impl Passes {
    /// Each layer with its truth, in AWS's order.
    pub(crate) fn each(self) -> [(LayerKind, Truth); 7] {
        LayerKind::ALL.map(|kind| (kind, self.of(kind)))
    }

    /// Whether `kind` lets the request pass.
    pub(crate) fn of(self, kind: LayerKind) -> Truth {
        match kind {
            LayerKind::ResourceControl => self.resource_control,
            LayerKind::ServiceControl => self.service_control,
            LayerKind::Resource => self.resource,
            LayerKind::Identity => self.identity,
            LayerKind::Boundary => self.boundary,
            LayerKind::Session => self.session,
            LayerKind::Endpoint => self.endpoint,
        }
    }

    /// Whether all of them do.
    pub(crate) fn all(self) -> Truth {
        self.each().into_iter().map(|(_, truth)| truth).fold(Truth::True, Truth::and)
    }
}

impl Ruling {
    /// Every decision that is possible.
    pub(crate) fn outcomes(self) -> Outcomes {
        match self.service {
            None => self.by_policies(),
            Some(Applied { rule, holds: Truth::True }) => Outcomes::only(rule.decision()),
            Some(Applied { rule, holds: Truth::Unknown }) => {
                Outcomes::only(rule.decision()).or(self.by_policies())
            }
            Some(Applied { holds: Truth::False, .. }) => self.by_policies(),
        }
    }

    fn by_policies(self) -> Outcomes {
        let denied = Outcomes::only(Decision::ExplicitDeny);
        let granted = match self.passes.all() {
            Truth::True => Outcomes::only(Decision::Allowed),
            Truth::False => Outcomes::only(Decision::ImplicitDeny),
            Truth::Unknown => Outcomes::only(Decision::Allowed).or(Outcomes::only(Decision::ImplicitDeny)),
        };
        match self.denied {
            Truth::True => denied,
            Truth::Unknown => denied.or(granted),
            Truth::False => granted,
        }
    }
}
