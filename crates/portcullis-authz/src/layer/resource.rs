//! The policy of the resource: a bucket, queue or key policy, or the trust policy of a role.

use portcullis_iam::policy::Statement;
use portcullis_iam::{Arn, Effect, Layer, PolicySet, Request, Truth};

use super::{LayerKind, bounded, owner, statements};
use crate::principal::{self, Bounded, Named};
use crate::statement;

/// What the policy of a resource says: for each way of naming the caller whether it allows, and whether it denies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ResourceVote {
    pub(crate) allow: Named,
    pub(crate) deny: Truth,
    /// How much the request needs an Allow of this policy.
    pub(crate) claim: Claim,
}

/// How much a request needs an Allow of the resource's policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Claim {
    /// Caller and resource are of one account: the policy may add to what the caller's own policies allow.
    Adds,
    /// The same, and the policy must name the caller or its account: trust policies and KMS key policies.
    AddsAndMustAllow,
    /// The caller is of another account or of none: both sides must allow.
    MustAllow,
}

impl ResourceVote {
    /// Allows, whichever way the caller is named.
    pub(crate) fn allow(self) -> Truth {
        self.allow.at_all()
    }

    /// Allows the caller itself in its own account: no other layer's implicit deny matters, but for those of the
    /// organization and the endpoint.
    pub(crate) fn is_final(self) -> Truth {
        match self.claim {
            Claim::Adds | Claim::AddsAndMustAllow => self.allow.itself,
            Claim::MustAllow => Truth::False,
        }
    }

    /// Allows the caller or what it is a session of, in its own account: the caller's own policies need not allow.
    pub(crate) fn stands_for_identity(self) -> Truth {
        match self.claim {
            Claim::Adds | Claim::AddsAndMustAllow => self.allow.itself.or(self.allow.origin),
            Claim::MustAllow => Truth::False,
        }
    }

    /// Whether the layer as such lets the request pass.
    pub(crate) fn passes(self) -> Truth {
        match self.claim {
            Claim::Adds => Truth::True,
            Claim::AddsAndMustAllow | Claim::MustAllow => self.allow(),
        }
    }

    /// With a statement that is about the request as far as `truth` says, its principal apart.
    pub(crate) fn with(
        mut self,
        statement: &Statement,
        truth: Truth,
        request: &Request,
        bounded: Bounded,
    ) -> Self {
        let Some(clause) = &statement.principal else { return self };
        match statement.effect {
            Effect::Allow => {
                let named = principal::allowed(clause, request);
                self.allow.itself = self.allow.itself.or(named.itself.and(truth));
                self.allow.origin = self.allow.origin.or(named.origin.and(truth));
                self.allow.account = self.allow.account.or(named.account.and(truth));
            }
            Effect::Deny => self.deny = self.deny.or(principal::denied(clause, request, bounded).and(truth)),
        }
        self
    }

    /// With policies missing, there may be further statements, for and against.
    pub(crate) fn with_gaps(mut self) -> Self {
        self.allow.itself = self.allow.itself.or(Truth::Unknown);
        self.deny = self.deny.or(Truth::Unknown);
        self
    }
}

pub(super) fn vote(request: &Request, policies: &PolicySet) -> ResourceVote {
    let claim = claim(request, policies);
    match &policies.resource {
        Some(layer) => {
            let vote = vote_of(LayerKind::Resource, layer, request, bounded(request, policies));
            ResourceVote { claim, ..vote }
        }
        None => ResourceVote { claim, ..SILENT },
    }
}

/// What the policies of `layer` say of the principals that they name.
pub(super) fn vote_of(kind: LayerKind, layer: &Layer, request: &Request, bounded: Bounded) -> ResourceVote {
    let mut vote = SILENT;
    for (attached, statement) in statements(layer) {
        let truth = statement::applies(&attached.policy, statement, request, kind.short_arn());
        vote = vote.with(statement, truth, request, bounded);
    }
    if layer.gaps.is_empty() { vote } else { vote.with_gaps() }
}

/// How much `request` needs an Allow of the resource's policy.
pub(crate) fn claim(request: &Request, policies: &PolicySet) -> Claim {
    let account = request.caller.account();
    if account.is_none() || owner(request) != account {
        return Claim::MustAllow;
    }
    // Every role has a trust policy and every key a key policy. Where it is not given, it is out of scope and identity
    // policies decide, as in AWS's policy simulator.
    let given = policies.resource.is_some();
    if given && (assumes_role(request) || uses_key(request)) { Claim::AddsAndMustAllow } else { Claim::Adds }
}

/// Whether a role's trust policy decides.
pub(super) fn assumes_role(request: &Request) -> bool {
    let name = request.action.name();
    let trusts = name.starts_with("assumerole") || matches!(name, "tagsession" | "setsourceidentity");
    request.action.service() == "sts" && trusts && is_resource(request, "iam", "role/")
}

fn uses_key(request: &Request) -> bool {
    request.action.service() == "kms" && is_resource(request, "kms", "key/")
}

fn is_resource(request: &Request, service: &str, prefix: &str) -> bool {
    Arn::parse(&request.resource)
        .is_some_and(|arn| arn.service() == service && arn.resource().starts_with(prefix))
}

pub(crate) const SILENT: ResourceVote =
    ResourceVote { allow: Named::NOT, deny: Truth::False, claim: Claim::Adds };
