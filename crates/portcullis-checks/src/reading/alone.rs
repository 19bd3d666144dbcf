//! What a document grants by itself, to a user of whom only the name is known.

use portcullis_iam::{Effect, PolicyKind, Request, Spanned, Statement, Truth};

use super::broad::naming;
use super::scene::{Home, Scene};
use super::self_service::{Target, door};
use super::set::Beside;
use super::subject::{Door, Set, Subject};
use crate::standing::{Mfa, Passage};

/// A document without anything beside it, and a user whom it is attached to.
pub(crate) struct Alone<'s, 'd> {
    subject: &'s Subject<'d>,
    set: Set,
    scene: Scene,
}

/// The statement that grants, and the patterns that name the action and the resource.
pub(crate) struct Grant<'d> {
    pub(crate) statement: &'d Statement,
    pub(crate) action: &'d Spanned<Box<str>>,
    pub(crate) resource: Option<&'d Spanned<Box<str>>>,
}

impl<'s, 'd> Alone<'s, 'd> {
    /// The document attached to `user`, such as `user/alice`; none when it is not for users.
    pub(crate) fn new(subject: &'s Subject<'d>, user: &str) -> Option<Self> {
        let is_for_users = matches!(subject.document.kind, PolicyKind::Identity | PolicyKind::Group)
            && !subject.is_for_roles();
        let arn = Home::of(subject.policy).arn(user).filter(|_| is_for_users)?;
        let scene = Scene::of_user(&arn, &subject.open);
        Some(Self { subject, set: subject.set(Beside::Nothing), scene })
    }

    /// Whether the action opens in some of the states.
    pub(crate) fn is_open(&self, action: &str, target: Target, states: &[Mfa]) -> bool {
        self.has(action, target, states, &Passage::Open)
    }

    /// Whether the action stays closed in every one of the states.
    pub(crate) fn is_closed(&self, action: &str, target: Target, states: &[Mfa]) -> bool {
        states.iter().all(|mfa| self.has(action, target, &[*mfa], &Passage::Closed))
    }

    fn has(&self, action: &str, target: Target, states: &[Mfa], passage: &Passage) -> bool {
        let door = self.door(action, target);
        states.iter().any(|mfa| self.subject.is(passage, (&self.set, &self.scene), *mfa, &door))
    }

    fn door(&self, action: &str, target: Target) -> Door {
        door(action, target, &self.scene)
    }

    /// What grants the action in one of the states.
    pub(crate) fn grant(&self, action: &str, target: Target, states: &[Mfa]) -> Option<Grant<'d>> {
        let requests =
            states.iter().filter_map(|mfa| self.set.request(&self.scene, *mfa, &self.door(action, target)));
        let requests: Vec<Request> = requests.collect();
        let policy = self.subject.policy;
        let allows = policy.statements.iter().filter(|statement| statement.effect == Effect::Allow);
        let short = portcullis_iam::pattern::ShortArn::Filled;
        let applies = |statement: &&Statement, request: &Request| {
            portcullis_authz::statement::applies(policy, statement, request, short) != Truth::False
        };
        let found = allows.into_iter().find(|own| requests.iter().any(|request| applies(own, request)))?;
        let resource = found.resource.iter().flat_map(|clause| &clause.patterns).find(|pattern| {
            let own = portcullis_iam::pattern::ResourcePattern::parse(&pattern.value, policy.version, short);
            requests.iter().any(|request| own.matches(&request.resource, &request.context) == Truth::True)
        });
        Some(Grant { statement: found, action: naming(found, action)?, resource })
    }
}

/// Without MFA: with an access key, and with a session.
pub(crate) const WITHOUT: [Mfa; 2] = [Mfa::Absent, Mfa::False];
/// Every state.
pub(crate) const ANY: [Mfa; 3] = [Mfa::Absent, Mfa::False, Mfa::True];
