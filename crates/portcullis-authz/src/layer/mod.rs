//! The layers of a decision: one file for each kind of policy says whom it binds and what its word counts.

mod boundary;
mod endpoint;
mod identity;
mod resource;
mod resource_control;
mod service_control;
mod session;
mod vote;

use portcullis_iam::pattern::ShortArn;
use portcullis_iam::principal::PrincipalClause;
use portcullis_iam::{AccountId, Attached, Caller, Effect, Layer, PolicySet, Request, Statement};

pub(crate) use boundary::bounded;
pub use resource::Claim;
pub(crate) use resource::ResourceVote;
pub use resource::claim;
pub(crate) use vote::{NamedVote, Vote};

use crate::principal::{self, Bounded, Named};
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
        let (levels, single) = match self {
            LayerKind::ResourceControl => (policies.resource_control.as_slice(), None),
            LayerKind::ServiceControl => (policies.service_control.as_slice(), None),
            LayerKind::Resource => (&[][..], policies.resource.as_ref()),
            LayerKind::Identity => (&[][..], Some(&policies.identity)),
            LayerKind::Boundary => (&[][..], policies.boundary.as_ref()),
            LayerKind::Session => (&[][..], policies.session.as_ref()),
            LayerKind::Endpoint => (&[][..], policies.endpoint.as_ref()),
        };
        let levels = levels.iter().map(|level| (Some(level.name.as_ref()), &level.layer));
        levels.chain(single.map(|layer| (None, layer)))
    }

    /// Whether policies of this layer, when there are any, have a say in `request`.
    pub fn binds(self, request: &Request, management_account: Option<AccountId>) -> bool {
        match self {
            LayerKind::ResourceControl => resource_control::binds(request, management_account),
            LayerKind::ServiceControl => service_control::binds(request, management_account),
            LayerKind::Resource | LayerKind::Endpoint => true,
            LayerKind::Identity => identity::binds(request),
            LayerKind::Boundary => boundary::binds(request),
            LayerKind::Session => session::binds(request),
        }
    }

    /// How a statement of this layer names the caller. Only resource and endpoint policies name principals; what
    /// other policies say there is no restriction (in an RCP, AWS accepts nothing but `*`).
    pub fn names(
        self,
        (effect, principal): (Effect, Option<&PrincipalClause>),
        request: &Request,
        bounded: Bounded,
    ) -> Named {
        match self {
            LayerKind::Resource | LayerKind::Endpoint => match (principal, effect) {
                (None, _) => Named::NOT,
                (Some(clause), Effect::Allow) => principal::allowed(clause, request),
                (Some(clause), Effect::Deny) => principal::denied(clause, request, bounded),
            },
            LayerKind::ResourceControl
            | LayerKind::ServiceControl
            | LayerKind::Identity
            | LayerKind::Boundary
            | LayerKind::Session => Named::ITSELF,
        }
    }
}

impl Votes {
    /// The votes before any statement is asked.
    pub(crate) fn before(request: &Request, policies: &PolicySet) -> Self {
        let claim = resource::claim(request, policies);
        Self {
            resource_control: Vote::ABSTAIN,
            service_control: Vote::ABSTAIN,
            resource: ResourceVote { vote: NamedVote::SILENT, claim },
            identity: Vote::ABSTAIN,
            boundary: Vote::ABSTAIN,
            session: session::without_policies(request),
            endpoint: Vote::ABSTAIN,
        }
    }

    /// With what one layer, or one level of it, says.
    pub(crate) fn add(&mut self, kind: LayerKind, vote: NamedVote) {
        let plain = vote.whoever();
        match kind {
            LayerKind::ResourceControl => {
                self.resource_control = resource_control::with_level(self.resource_control, plain);
            }
            LayerKind::ServiceControl => {
                self.service_control = service_control::with_level(self.service_control, plain);
            }
            LayerKind::Resource => self.resource.vote = vote,
            LayerKind::Identity => self.identity = plain,
            LayerKind::Boundary => self.boundary = plain,
            LayerKind::Session => self.session = plain,
            LayerKind::Endpoint => self.endpoint = endpoint::vote(vote),
        }
    }
}

/// What every layer of `policies` says of `request`.
pub(crate) fn votes(request: &Request, policies: &PolicySet) -> Votes {
    let bounded = bounded(request, policies);
    let mut votes = Votes::before(request, policies);
    for kind in LayerKind::ALL.into_iter().filter(|kind| kind.binds(request, policies.management_account)) {
        for (_, layer) in kind.of(policies) {
            votes.add(kind, vote(kind, layer, request, bounded));
        }
    }
    votes
}

/// What the policies of `layer` say.
fn vote(kind: LayerKind, layer: &Layer, request: &Request, bounded: Bounded) -> NamedVote {
    let mut vote = NamedVote::SILENT;
    for (attached, statement) in statements(layer) {
        let applies = statement::applies(&attached.policy, statement, request, kind.short_arn());
        let named = kind.names((statement.effect, statement.principal.as_ref()), request, bounded);
        vote = vote.with(statement.effect, named, applies);
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

/// The account that owns the resource: as stated or as its ARN names it, else the caller's own, as AWS's policy
/// simulator takes it.
pub(crate) fn owner(request: &Request) -> Option<AccountId> {
    let named = || request.resource.split(':').nth(4).and_then(AccountId::parse);
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
