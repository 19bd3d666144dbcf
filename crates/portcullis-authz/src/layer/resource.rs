//! The policy of the resource: a bucket, queue or key policy, or the trust policy of a role.

use portcullis_iam::{PolicySet, Request, Truth};

use super::{NamedVote, owner};

/// What the policy of the resource says, and how much the request needs its Allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ResourceVote {
    pub(crate) vote: NamedVote,
    pub(crate) claim: Claim,
}

/// How much a request needs an Allow of the resource's policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// Caller and resource are of one account: the policy may add to what the caller's own policies allow.
    Adds,
    /// The same, and the policy must name the caller or its account: trust policies and KMS key policies.
    AddsAndMustAllow,
    /// The caller is of another account or of none: both sides must allow.
    MustAllow,
}

impl ResourceVote {
    /// Whether it allows the caller itself in its own account: no other layer's implicit deny matters then, but for
    /// those of the organization and the endpoint.
    pub(crate) fn is_final(self) -> Truth {
        match self.claim {
            Claim::Adds | Claim::AddsAndMustAllow => self.vote.allow.itself,
            Claim::MustAllow => Truth::False,
        }
    }

    /// Whether it allows the caller, or what it is a session of, in its own account: its identity policies need not
    /// allow then.
    pub(crate) fn stands_for_identity(self) -> Truth {
        match self.claim {
            Claim::Adds | Claim::AddsAndMustAllow => self.vote.allow.itself.or(self.vote.allow.origin),
            Claim::MustAllow => Truth::False,
        }
    }

    /// Whether the layer as such lets the request pass.
    pub(crate) fn passes(self) -> Truth {
        match self.claim {
            Claim::Adds => Truth::True,
            Claim::AddsAndMustAllow | Claim::MustAllow => self.vote.allow.at_all(),
        }
    }
}

/// How much `request` needs an Allow of the resource's policy.
pub fn claim(request: &Request, policies: &PolicySet) -> Claim {
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
    let mut parts = request.resource.splitn(6, ':');
    parts.nth(2) == Some(service) && parts.nth(2).is_some_and(|resource| resource.starts_with(prefix))
}
