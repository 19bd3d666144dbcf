//! The policies that bind each caller, with and without the guardrail.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use portcullis_authz::Compiled;
use portcullis_iam::{AccountId, Arn, Attached, Context, ContextKey, Layer, Level, PolicySet, SourceKind};
use portcullis_snapshot::policies::{Assume, Found, find, in_force};
use portcullis_snapshot::{Account, Bounded, Proposal, Snapshot, Target, Who, caller_for, mentioned};

use super::unseen;
use crate::call::Call;
use crate::request::{Actions, Actor, On, action};

/// What would be put in force, and in what.
#[derive(Clone, Copy, Debug)]
pub struct Supposed<'s> {
    /// The organization; without it nothing is known of who is in it, and the guardrail alone decides.
    pub snapshot: Option<&'s Snapshot>,
    /// The policies that are not in force.
    pub proposals: &'s [Proposal],
}

/// The policies that bind one caller.
#[derive(Debug)]
pub(super) struct Bound {
    /// The guardrail alone, where everything else is allowed; none where it does not bind the caller.
    pub(super) guardrail: Option<Sight>,
    /// What is in force; none where no snapshot holds the caller.
    pub(super) in_force: Option<Sight>,
    /// The condition keys that are asked for.
    pub(super) keys: BTreeSet<ContextKey>,
    /// What the snapshot says of the caller's own keys.
    pub(super) facts: Option<Context>,
}

/// Policies, for calls on a known resource and for others.
#[derive(Debug)]
pub(super) struct Sight {
    seen: Compiled,
    unseen: Compiled,
}

impl Sight {
    fn new(policies: &PolicySet) -> Self {
        Self { seen: Compiled::new(policies), unseen: Compiled::new(&unseen::policies(policies)) }
    }

    /// Those to ask about a call.
    pub(super) fn policies(&self, on: On) -> &Compiled {
        match on {
            On::Known => &self.seen,
            On::Unknown => &self.unseen,
        }
    }
}

/// The policies of every caller that was met.
pub(super) struct Bounds<'s> {
    supposed: Supposed<'s>,
    known: HashMap<(Option<Arn>, &'static str), Arc<Bound>>,
    /// What calls need, by event source, name and kind.
    actions: HashMap<[Option<Box<str>>; 3], Arc<Actions>>,
}

impl<'s> Bounds<'s> {
    pub(super) fn new(supposed: Supposed<'s>) -> Self {
        Self { supposed, known: HashMap::new(), actions: HashMap::new() }
    }

    pub(super) fn snapshot(&self) -> Option<&'s Snapshot> {
        self.supposed.snapshot
    }

    /// What a call needs.
    pub(super) fn actions(&mut self, call: &Call<'_>) -> Arc<Actions> {
        let key = [call.source, call.name, call.kind].map(|field| field.map(Into::into));
        Arc::clone(self.actions.entry(key).or_insert_with(|| Arc::new(action(call))))
    }

    /// Those of a caller.
    pub(super) fn of(&mut self, actor: &Actor) -> Arc<Bound> {
        let key = (actor.principal().cloned(), kind(actor));
        let supposed = self.supposed;
        Arc::clone(self.known.entry(key).or_insert_with(|| Arc::new(supposed.bound(actor))))
    }
}

fn kind(actor: &Actor) -> &'static str {
    match actor {
        Actor::User(_) => "user",
        Actor::Root(_) => "root",
        Actor::Role(_) => "role",
        Actor::Federated(_) => "federated",
        Actor::Service(_) | Actor::Unbound(_) => "nobody",
    }
}

impl Supposed<'_> {
    fn bound(&self, actor: &Actor) -> Bound {
        let held = self.held(actor);
        let in_force =
            held.map(|(snapshot, account, who)| in_force(snapshot, account, who, Assume::NoOrganization));
        let nothing = PolicySet {
            identity: Layer::allow_everything(),
            management_account: in_force.as_ref().and_then(|policies| policies.management_account),
            ..PolicySet::default()
        };
        let mut guardrail = nothing.clone();
        for proposal in self.proposals {
            match held {
                Some((snapshot, account, who)) => proposal.attach(snapshot, account, who, &mut guardrail),
                None => self.attach_unseen(proposal, actor, &mut guardrail),
            }
        }
        let mut keys = mentioned::keys(&guardrail);
        keys.extend(in_force.iter().flat_map(mentioned::keys));
        let facts = held.zip(actor.principal()).and_then(|((snapshot, _, _), arn)| {
            let policies = in_force.as_ref()?;
            caller_for(snapshot, arn, policies, Assume::NoOrganization).ok().map(|(_, context)| context)
        });
        let is_bound = guardrail != nothing;
        Bound {
            guardrail: is_bound.then(|| Sight::new(&guardrail)),
            in_force: in_force.filter(|_| is_bound).map(|policies| Sight::new(&policies)),
            keys,
            facts,
        }
    }

    /// Where the snapshot has the caller.
    fn held(&self, actor: &Actor) -> Option<(&Snapshot, &Account, Who<'_>)> {
        let snapshot = self.snapshot?;
        Some(match find(snapshot, actor.principal()?).ok()? {
            Found::User(account, user) => (snapshot, account, Who::User(user)),
            Found::Role(account, role) => (snapshot, account, Who::Role(role)),
            Found::Root(account) => (snapshot, account, Who::Root),
        })
    }
}

impl Supposed<'_> {
    /// Adds the policy to those of a caller whom no snapshot holds, where it would apply to it.
    fn attach_unseen(&self, proposal: &Proposal, actor: &Actor, policies: &mut PolicySet) {
        let Some(arn) = actor.principal() else { return };
        let is_user = matches!(actor, Actor::User(_) | Actor::Federated(_));
        let is_in = |account: &AccountId| arn.account() == Some(*account);
        let attached = || attached(proposal, SourceKind::CustomerManaged);
        match &proposal.target {
            Target::AllUsers if is_user => policies.identity.policies.push(attached()),
            Target::UsersOf(account) if is_user && is_in(account) => {
                policies.identity.policies.push(attached());
            }
            Target::User(user) if user == arn => policies.identity.policies.push(attached()),
            Target::ServiceControl(node) => self.control_unseen(proposal, node, arn, policies),
            Target::Boundary(bounded) if is_bounded(bounded, arn, is_user) => {
                policies.boundary = Some(Layer { policies: vec![attached()], gaps: Vec::new() });
            }
            Target::AllUsers | Target::UsersOf(_) | Target::User(_) | Target::Boundary(_) => {}
        }
    }

    /// The same as a control policy: it binds the accounts of the organization, whoever is in them.
    fn control_unseen(&self, proposal: &Proposal, node: &str, arn: &Arn, policies: &mut PolicySet) {
        if let Some(snapshot) = self.snapshot {
            let account = arn.account().and_then(|account| snapshot.accounts.get(&account));
            // What binds the account binds its root user.
            account.into_iter().for_each(|account| proposal.attach(snapshot, account, Who::Root, policies));
        } else if node == EVERYWHERE || node == arn.account_part() {
            let mut layer = Layer::allow_everything();
            layer.policies.push(attached(proposal, SourceKind::Organization));
            policies.service_control.push(Level { name: node.into(), layer });
        }
    }
}

fn attached(proposal: &Proposal, source: SourceKind) -> Attached {
    Attached { id: proposal.id.clone(), source, policy: proposal.policy.clone() }
}

/// The name of the node that stands for every account, where there is no snapshot to look nodes up in.
pub const EVERYWHERE: &str = "*";

fn is_bounded(bounded: &Bounded, arn: &Arn, is_user: bool) -> bool {
    match bounded {
        Bounded::AllUsers => is_user,
        Bounded::UsersOf(account) => is_user && arn.account() == Some(*account),
        Bounded::Principal(principal) => principal == arn,
    }
}
