//! A document with all that is needed to ask what it does.

use std::cell::RefCell;
use std::sync::Arc;

use portcullis_iam::condition::{Condition, Presence};
use portcullis_iam::{
    Action, Context, ContextKey, Effect, KeyState, Policy, PolicyKind, PolicySet, Request, Span, Statement,
    Truth,
};
use portcullis_prove::Prover;
use portcullis_source::{Attachment, Document};

use super::doubts::{self, Doubts};
use super::profile::{AGE, PRESENT, Profile, mfa_tests};
use super::scene::{self, Home, Scene};
use super::set::{self, Beside};
use crate::standing::{self, Candidates, Mfa, Passage};

/// A document, what applies together with it, and what each statement says of MFA.
pub(crate) struct Subject<'d> {
    pub(crate) document: &'d Document,
    pub(crate) policy: &'d Policy,
    /// Documents of the same kind for the same principals.
    pub(crate) companions: Vec<&'d Document>,
    /// Every document that is looked at together with it, itself included.
    pub(crate) all: &'d [Document],
    /// The keys of which nothing is known, whoever asks.
    pub(crate) open: Context,
    /// For every statement.
    pub(crate) profiles: Vec<Option<Profile>>,
    /// What answers questions about all requests.
    pub(crate) prover: &'d RefCell<Prover>,
    /// What could not be decided.
    pub(crate) doubts: Doubts,
    candidates: Candidates,
}

/// What is asked for: an action on a resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Door {
    pub(crate) action: String,
    pub(crate) resource: String,
}

impl Door {
    /// One of which only is known that it may be there.
    pub(crate) fn some() -> Self {
        Self { action: "some action".to_owned(), resource: "some resource".to_owned() }
    }
}

/// A policy set, ready to be asked.
pub(crate) struct Set {
    pub(crate) policies: PolicySet,
    pub(crate) candidates: Candidates,
}

impl Set {
    fn new(policies: PolicySet) -> Self {
        let candidates = Candidates::of(&policies);
        Self { policies, candidates }
    }

    /// The request that knocks at `door`.
    pub(crate) fn request(&self, scene: &Scene, mfa: Mfa, door: &Door) -> Option<Request> {
        let action = Action::parse(&door.action)?;
        let mut context = scene.context.clone();
        for key in self.candidates.keys() {
            let is_settled = *context.state(key) != KeyState::Absent || scene.has_chosen(key);
            if !is_settled && standing::is_open(key.as_str(), action.service()) {
                context.set(key.clone(), KeyState::Unknown);
            }
        }
        let (present, age) = match mfa {
            Mfa::Absent => (None, None),
            Mfa::False => (Some("false"), None),
            Mfa::True => (Some("true"), Some("1")),
        };
        for (key, value) in [(PRESENT, present), (AGE, age)] {
            context.set(ContextKey::new(key), value.map_or(KeyState::Absent, scene::one));
        }
        Some(Request {
            caller: scene.caller.clone(),
            credential: scene::credential(&scene.caller, mfa),
            action,
            resource: door.resource.as_str().into(),
            resource_owner: scene.caller.account(),
            context,
        })
    }
}

impl<'d> Subject<'d> {
    /// The document, which says `policy`, among all that are looked at.
    pub(crate) fn new(
        document: &'d Document,
        policy: &'d Policy,
        all: &'d [Document],
        prover: &'d RefCell<Prover>,
    ) -> Self {
        let companions: Vec<_> = all.iter().filter(|other| is_companion(document, other)).collect();
        let mut open = Context::default();
        let home = Home::of(policy);
        for document in companions.iter().copied().chain([document]) {
            for placeholder in &document.placeholders {
                let value = home.ambient(&placeholder.what);
                open.set(ContextKey::new(&placeholder.key), value.map_or(KeyState::Unknown, scene::one));
            }
        }
        let profile = |statement| Profile::of(statement, policy.version, &open);
        let profiles = policy.statements.iter().map(profile).collect();
        let set = set::of(document, Arc::new(policy.clone()), &companions, Beside::Nothing);
        let (doubts, candidates) = (Doubts::default(), Candidates::of(&set));
        Self { document, policy, companions, all, profiles, prover, doubts, candidates, open }
    }

    /// Every statement with its place and what it says of MFA, if anything.
    pub(crate) fn asking(&self) -> impl Iterator<Item = (usize, &'d Statement, Profile)> {
        let own = self.policy.statements.iter().zip(&self.profiles).enumerate();
        own.filter_map(|(at, (statement, profile))| Some((at, statement, (*profile)?)))
    }

    /// The Denies that ask for MFA.
    pub(crate) fn guards(&self) -> impl Iterator<Item = (usize, &'d Statement, Profile)> {
        self.asking().filter(|(_, own, profile)| own.effect == Effect::Deny && profile.asks_by_deny())
    }

    /// Whether the document is attached to roles alone.
    pub(crate) fn is_for_roles(&self) -> bool {
        match &self.document.attachment {
            Attachment::Attached(to) => !to.is_empty() && to.iter().all(|name| names_role(name)),
            Attachment::Nobody | Attachment::Unknown => false,
        }
    }

    /// The tags of principals that the documents ask for.
    pub(crate) fn tags(&self) -> impl Iterator<Item = &ContextKey> {
        self.candidates.keys().filter(|key| key.as_str().starts_with("aws:principaltag/"))
    }

    /// The policies with the document as it is.
    pub(crate) fn set(&self, beside: Beside) -> Set {
        self.varied(beside, |_, statement| Some(statement.clone()))
    }

    /// The policies with the document's statements changed or, where none is given back, left out.
    pub(crate) fn varied(
        &self,
        beside: Beside,
        vary: impl Fn(usize, &Statement) -> Option<Statement>,
    ) -> Set {
        let mut policy = self.policy.clone();
        let own = self.policy.statements.iter().enumerate();
        policy.statements = own.filter_map(|(at, statement)| vary(at, statement)).collect();
        Set::new(set::of(self.document, Arc::new(policy), &self.companions, beside))
    }

    /// The same without what applies beside the document.
    pub(crate) fn alone_varied(
        &self,
        beside: Beside,
        vary: impl Fn(usize, &Statement) -> Option<Statement>,
    ) -> Set {
        let mut policy = self.policy.clone();
        let own = self.policy.statements.iter().enumerate();
        policy.statements = own.filter_map(|(at, statement)| vary(at, statement)).collect();
        Set::new(set::of(self.document, Arc::new(policy), &[], beside))
    }

    /// The policies in `scene`, in which some conditions of the statement at `at` are taken to hold.
    pub(crate) fn set_in(&self, scene: &Scene, at: usize, beside: Beside) -> Set {
        self.varied(beside, |index, statement| {
            Some(if index == at { assume(statement, scene) } else { statement.clone() })
        })
    }

    /// The scene of a user whom the statement is about.
    pub(crate) fn user_scene(&self, statement: &Statement) -> Option<Scene> {
        let users = scene::users(self.policy, statement).into_iter();
        let mut scenes = users.map(|arn| Scene::of_user(&arn, &self.open));
        scenes.find_map(|scene| scene.under(self.policy, statement, &self.candidates))
    }

    /// The scene under the statement, starting from `scene`.
    pub(crate) fn under(&self, scene: Scene, statement: &Statement) -> Option<Scene> {
        scene.under(self.policy, statement, &self.candidates)
    }

    /// Whether `door` is as `wanted` for the caller of `scene` in a state of the MFA key. Where that is not certain, see
    /// [`doubts`].
    pub(crate) fn is(&self, wanted: &Passage, (set, scene): (&Set, &Scene), mfa: Mfa, door: &Door) -> bool {
        match self.passage(set, scene, mfa, door) {
            Passage::Hidden(hidden) => self.doubts.count(doubts::of_passage(&hidden)),
            certain @ (Passage::Open | Passage::Closed) => certain == *wanted,
        }
    }

    fn passage(&self, set: &Set, scene: &Scene, mfa: Mfa, door: &Door) -> Passage {
        let Some(mut request) = set.request(scene, mfa, door) else { return Passage::Closed };
        let decide = |request: &Request| portcullis_authz::decide(request, &set.policies);
        standing::passage(&decide, &set.candidates, &mut request)
    }

    /// The test of MFA because of which the statement does not hold in a state; else its first one.
    pub(crate) fn failing_test(&self, statement: &'d Statement, mfa: Mfa) -> Option<&'d Condition> {
        let fails = |test: &&Condition| {
            Profile::of_tests(&[*test], self.policy.version, &self.open).at(mfa) == Truth::False
        };
        mfa_tests(statement).find(fails).or_else(|| mfa_tests(statement).next())
    }

    /// The test of MFA that holds although the key is absent; else the first one.
    pub(crate) fn admitting_test(&self, statement: &'d Statement) -> Option<&'d Condition> {
        let is_lax = |test: &&Condition| test.operator.value.presence == Presence::IfExists;
        mfa_tests(statement).find(is_lax).or_else(|| mfa_tests(statement).next())
    }

    /// Takes note that what the files leave open of the values of `tests` decides, and says whether that counts for a
    /// flaw.
    pub(crate) fn depends_on_values<'t>(&self, tests: impl Iterator<Item = &'t Condition>) -> bool {
        let values: Vec<&str> = tests.flat_map(|test| &test.values).map(|value| &*value.value).collect();
        let documents = self.companions.iter().copied().chain([self.document]);
        let open = documents.flat_map(|document| &document.placeholders);
        let named =
            open.filter(|one| values.iter().any(|value| value.contains(&format!("${{{}}}", one.key))));
        self.doubts.count(named.map(|one| doubts::Why::Key(ContextKey::new(&one.key))))
    }

    /// The part of the text.
    pub(crate) fn text(&self, span: Span) -> &'d str {
        span.of(&self.policy.text)
    }
}

/// The statement without the conditions that are taken to hold.
fn assume(statement: &Statement, scene: &Scene) -> Statement {
    let mut own = statement.clone();
    let kept = statement.conditions.iter().enumerate().filter(|(at, _)| !scene.assumed.contains(at));
    own.conditions = kept.map(|(_, condition)| condition.clone()).collect();
    own
}

/// The statement without conditions: for scenes in which they hold, when MFA is not asked for.
pub(crate) fn stripped(statement: &Statement) -> Statement {
    Statement { conditions: Vec::new(), ..statement.clone() }
}

/// Whether `other` applies wherever `document` does.
fn is_companion(document: &Document, other: &Document) -> bool {
    let together = |kind: PolicyKind| match kind {
        PolicyKind::Identity | PolicyKind::Group => 0,
        PolicyKind::ServiceControl => 1,
        PolicyKind::ResourceControl => 2,
        PolicyKind::Boundary
        | PolicyKind::Session
        | PolicyKind::Resource
        | PolicyKind::Trust
        | PolicyKind::Endpoint => 3,
    };
    if std::ptr::eq(document, other)
        || together(document.kind) != together(other.kind)
        || together(other.kind) == 3
    {
        return false;
    }
    match (&document.attachment, &other.attachment) {
        (Attachment::Attached(own), Attachment::Attached(others)) => {
            !own.is_empty() && own.iter().all(|to| others.contains(to))
        }
        _ => false,
    }
}

/// Whether the name that a file gives to a principal is a role's.
fn names_role(name: &str) -> bool {
    name.contains("aws_iam_role.") || name.contains(":role/") || name.starts_with("role/")
}
