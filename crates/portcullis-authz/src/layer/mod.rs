//! The layers of a decision: one file for each kind of policy says whom it binds and what it says of a request.

mod boundary;
mod endpoint;
mod identity;
mod resource;
mod resource_control;
mod service_control;
mod session;

use portcullis_iam::pattern::ShortArn;
use portcullis_iam::{AccountId, Arn, Attached, Caller, Effect, Layer, PolicySet, Request, Statement, Truth};

pub(crate) use resource::ResourceVote;

use crate::principal::{self, Bounded};
use crate::statement;

/// The layers, in the order in which AWS asks them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LayerKind {
    /// The resource control policies of the resource's account.
    ResourceControl,
    /// The service control policies of the caller's account.
    ServiceControl,
    /// The policy of the resource, or of the role to be assumed.
    Resource,
    /// The policies of the user, its groups, or the role.
    Identity,
    /// The permissions boundary.
    Boundary,
    /// The session policies.
    Session,
    /// The policy of the VPC endpoint.
    Endpoint,
}

/// What the policies of one layer say of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Vote {
    /// A statement allows it.
    pub(crate) allow: Truth,
    /// A statement denies it.
    pub(crate) deny: Truth,
}

/// What every layer says of a request. A layer that does not bind it abstains.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Votes {
    pub(crate) resource_control: Vote,
    pub(crate) service_control: Vote,
    pub(crate) resource: ResourceVote,
    pub(crate) identity: Vote,
    pub(crate) boundary: Vote,
    pub(crate) session: Vote,
    pub(crate) endpoint: Vote,
}

impl LayerKind {
    /// Every layer, in the order in which AWS asks them.
    pub const ALL: [LayerKind; 7] = [
        LayerKind::ResourceControl,
        LayerKind::ServiceControl,
        LayerKind::Resource,
        LayerKind::Identity,
        LayerKind::Boundary,
        LayerKind::Session,
        LayerKind::Endpoint,
    ];

    /// What an ARN of fewer than six parts means in a policy of this layer.
    pub fn short_arn(self) -> ShortArn {
        match self {
            LayerKind::Identity | LayerKind::Boundary | LayerKind::Session => ShortArn::Filled,
            LayerKind::ResourceControl
            | LayerKind::ServiceControl
            | LayerKind::Resource
            | LayerKind::Endpoint => ShortArn::AsWritten,
        }
    }

    /// The policies of this layer: one item for each level of an organization, else at most one.
    pub fn of(self, policies: &PolicySet) -> impl Iterator<Item = (Option<&str>, &Layer)> {
        let levels = match self {
            LayerKind::ResourceControl => policies.resource_control.as_slice(),
            LayerKind::ServiceControl => policies.service_control.as_slice(),
            LayerKind::Resource
            | LayerKind::Identity
            | LayerKind::Boundary
            | LayerKind::Session
            | LayerKind::Endpoint => &[],
        };
        let single = match self {
            LayerKind::ResourceControl | LayerKind::ServiceControl => None,
            LayerKind::Resource => policies.resource.as_ref(),
            LayerKind::Identity => Some(&policies.identity),
            LayerKind::Boundary => policies.boundary.as_ref(),
            LayerKind::Session => policies.session.as_ref(),
            LayerKind::Endpoint => policies.endpoint.as_ref(),
        };
        let levels = levels.iter().map(|level| (Some(level.name.as_ref()), &level.layer));
        levels.chain(single.map(|layer| (None, layer)))
    }

    /// Whether a statement of this layer is about the caller. Only resource and endpoint policies name principals:
    /// what other policies say there is no restriction (of an RCP, AWS accepts nothing but `*`).
    pub(crate) fn names(self, statement: &Statement, request: &Request, bounded: Bounded) -> Truth {
        match self {
            LayerKind::Resource | LayerKind::Endpoint => match (&statement.principal, statement.effect) {
                (None, _) => Truth::False,
                (Some(clause), Effect::Allow) => principal::allowed(clause, request).at_all(),
                (Some(clause), Effect::Deny) => principal::denied(clause, request, bounded),
            },
            LayerKind::ResourceControl
            | LayerKind::ServiceControl
            | LayerKind::Identity
            | LayerKind::Boundary
            | LayerKind::Session => Truth::True,
        }
    }

    /// Whether policies of this layer, when there are any, have a say in `request`.
    pub fn binds(self, request: &Request, management_account: Option<AccountId>) -> bool {
        match self {
            LayerKind::ResourceControl => resource_control::binds(request, management_account),
            LayerKind::ServiceControl => service_control::binds(request, management_account),
            LayerKind::Resource | LayerKind::Endpoint => true,
            LayerKind::Identity | LayerKind::Boundary => identity::binds(request),
            LayerKind::Session => session::binds(request),
        }
    }
}

impl Vote {
    /// Nothing against it.
    pub(crate) const ABSTAIN: Self = Self { allow: Truth::True, deny: Truth::False };
    /// Nothing for it and nothing against it.
    pub(crate) const SILENT: Self = Self { allow: Truth::False, deny: Truth::False };

    /// With policies missing, there may be further statements, for and against.
    pub(crate) fn with_gaps(self) -> Self {
        Self { allow: self.allow.or(Truth::Unknown), deny: self.deny.or(Truth::Unknown) }
    }

    /// With a statement of `effect` that is about the request as far as `truth` says.
    pub(crate) fn with(self, effect: Effect, truth: Truth) -> Self {
        match effect {
            Effect::Allow => Self { allow: self.allow.or(truth), ..self },
            Effect::Deny => Self { deny: self.deny.or(truth), ..self },
        }
    }
}

/// What every layer of `policies` says of `request`.
pub(crate) fn votes(request: &Request, policies: &PolicySet) -> Votes {
    let binds = |kind: LayerKind| kind.binds(request, policies.management_account);
    let either = |kind: LayerKind, vote: &dyn Fn() -> Vote| if binds(kind) { vote() } else { Vote::ABSTAIN };
    Votes {
        resource_control: either(LayerKind::ResourceControl, &|| resource_control::vote(request, policies)),
        service_control: either(LayerKind::ServiceControl, &|| service_control::vote(request, policies)),
        resource: resource::vote(request, policies),
        identity: either(LayerKind::Identity, &|| identity::vote(request, policies)),
        boundary: either(LayerKind::Boundary, &|| boundary::vote(request, policies)),
        session: either(LayerKind::Session, &|| session::vote(request, policies)),
        endpoint: endpoint::vote(request, policies),
    }
}

/// What the policies of `layer` say when the principal of a statement plays no part.
pub(crate) fn vote(kind: LayerKind, layer: &Layer, request: &Request) -> Vote {
    let mut vote = Vote::SILENT;
    for (attached, statement) in statements(layer) {
        let truth = statement::applies(&attached.policy, statement, request, kind.short_arn());
        vote = vote.with(statement.effect, truth);
    }
    if layer.gaps.is_empty() { vote } else { vote.with_gaps() }
}

/// Every statement of a layer with its policy.
pub(crate) fn statements(layer: &Layer) -> impl Iterator<Item = (&Attached, &Statement)> {
    layer
        .policies
        .iter()
        .flat_map(|attached| attached.policy.statements.iter().map(move |statement| (attached, statement)))
}

/// Whether the caller has a permissions boundary that limits it.
pub(crate) fn bounded(request: &Request, policies: &PolicySet) -> Bounded {
    let limited = policies.boundary.is_some() && identity::binds(request);
    if limited { Bounded::Yes } else { Bounded::No }
}

/// The account that owns the resource: as stated or as its ARN names it, else the caller's own, as AWS's policy
/// simulator takes it.
pub(crate) fn owner(request: &Request) -> Option<AccountId> {
    let named = || Arn::parse(&request.resource).and_then(|arn| arn.account());
    request.resource_owner.or_else(named).or(request.caller.account())
}

/// Whether the caller is a session of a service-linked role, which no organization policy binds.
fn is_service_linked(caller: &Caller) -> bool {
    match caller {
        Caller::Role(session) => session.role.as_str().contains(SERVICE_LINKED_ROLE),
        Caller::Anonymous
        | Caller::Service(_)
        | Caller::Root(_)
        | Caller::User(_)
        | Caller::FederatedUser(_) => false,
    }
}

/// What the ARN of a service-linked role holds, and no other ARN of IAM.
const SERVICE_LINKED_ROLE: &str = ":role/aws-service-role/";
