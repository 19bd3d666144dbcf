//! Whether some request is let through that a statement is about, asked of the prover.

use portcullis_iam::{Effect, KeyState, PolicySet, Statement, Values};
use portcullis_prove::{Area, Domain, Facts, Frame, Question, Reach, reach};

use super::doubts;
use super::profile::{AGE, PRESENT};
use super::scene::{self, Scene};
use super::self_service;
use super::set::Beside;
use super::subject::{Door, Subject, stripped};
use crate::standing::Mfa;

/// A request that the Deny at `at` refuses but for its tests of MFA, and that passes in a state of the MFA key.
pub(crate) fn escapes(subject: &Subject<'_>, at: usize, scene: &Scene, mfa: Mfa) -> Option<Door> {
    let allowed = subject.set_in(scene, at, Beside::Admin);
    let refused = subject.varied(Beside::Admin, |index, statement| {
        Some(if index == at { stripped(statement) } else { statement.clone() })
    });
    ask(subject, scene, mfa, (&allowed.policies, &refused.policies))
}

/// Whether the Deny at `at` stops a request that would pass without it, in a state of the MFA key.
pub(crate) fn stops(subject: &Subject<'_>, at: usize, scene: &Scene, mfa: Mfa) -> bool {
    let allowed = subject.varied(Beside::Admin, |index, statement| (index != at).then(|| statement.clone()));
    let refused = subject.set_in(scene, at, Beside::Admin);
    ask(subject, scene, mfa, (&allowed.policies, &refused.policies)).is_some()
}

/// A request that the Allow at `at` alone lets through in a state of the MFA key.
pub(crate) fn admits(subject: &Subject<'_>, at: usize, scene: &Scene, mfa: Mfa) -> Option<Door> {
    let allowed = subject.set_in(scene, at, Beside::Nothing);
    let refused =
        subject.varied(Beside::Nothing, |index, statement| (index != at).then(|| statement.clone()));
    ask(subject, scene, mfa, (&allowed.policies, &refused.policies))
}

/// The same, what the files leave open of its resources being anything: whatever it is, there is something. Where
/// something denies, that may be just this.
pub(crate) fn admits_somewhere(subject: &Subject<'_>, at: usize, scene: &Scene, mfa: Mfa) -> Option<Door> {
    let companions = subject.companions.iter().filter_map(|companion| companion.parsed.policy.as_ref());
    let mut statements = companions.chain([subject.policy]).flat_map(|policy| &policy.statements);
    if statements.any(|own| own.effect == Effect::Deny) {
        return None;
    }
    let allowed = subject.varied(Beside::Nothing, |index, own| (index == at).then(|| opened(own)));
    let refused =
        subject.varied(Beside::Nothing, |index, statement| (index != at).then(|| statement.clone()));
    ask(subject, scene, mfa, (&allowed.policies, &refused.policies))
}

/// The statement with a wildcard for whatever the files leave open of its resources.
fn opened(statement: &Statement) -> Statement {
    let mut opened = statement.clone();
    let open = format!("${{{}", portcullis_source::UNKNOWN_KEY);
    for pattern in opened.resource.iter_mut().flat_map(|clause| &mut clause.patterns) {
        // Of a pattern that begins with a reference even the service is unknown.
        if pattern.value.starts_with(&open) {
            pattern.value = "*".into();
        }
        while let Some((before, rest)) = pattern.value.split_once(&open) {
            let after = rest.split_once('}').map_or("", |(_, after)| after);
            pattern.value = format!("{before}*{after}").into();
        }
    }
    opened
}

/// The same, enrolment and what belongs to it apart.
pub(crate) fn admits_beyond_enrolment(
    subject: &Subject<'_>,
    at: usize,
    scene: &Scene,
    mfa: Mfa,
) -> Option<Door> {
    let allowed = subject.set_in(scene, at, Beside::Nothing);
    let frame = frame(scene, mfa);
    let question = Question::any(&allowed.policies, &frame);
    let spared = [Area::of_actions(self_service::actions())];
    subject.ask(&question.sparing(&spared))
}

/// A request that the Allow at `at` is about and that passes in a state of the MFA key because of another Allow.
pub(crate) fn passes_otherwise(subject: &Subject<'_>, at: usize, scene: &Scene, mfa: Mfa) -> Option<Door> {
    let allowed =
        subject.varied(Beside::Nothing, |index, statement| (index != at).then(|| statement.clone()));
    ask(subject, scene, mfa, (&allowed.policies, &outside(subject, at)))
}

/// Whether a request without MFA that the Allow at `at` is about would pass, if something else allowed it.
pub(crate) fn would_pass(subject: &Subject<'_>, at: usize, scene: &Scene) -> bool {
    let allowed = subject.set_in(scene, at, Beside::Admin);
    let refused = outside(subject, at);
    let passes = |mfa: &Mfa| ask(subject, scene, *mfa, (&allowed.policies, &refused)).is_some();
    [Mfa::Absent, Mfa::False].iter().any(passes)
}

/// Policies that refuse whatever the Allow at `at` is about, and nothing else.
fn outside(subject: &Subject<'_>, at: usize) -> PolicySet {
    let deny = |index: usize, statement: &Statement| {
        (index == at).then(|| Statement { effect: Effect::Deny, ..stripped(statement) })
    };
    subject.alone_varied(Beside::Admin, deny).policies
}

fn ask(
    subject: &Subject<'_>,
    scene: &Scene,
    mfa: Mfa,
    (allowed, refused): (&PolicySet, &PolicySet),
) -> Option<Door> {
    let frame = frame(scene, mfa);
    subject.ask(&Question::any(allowed, &frame).refused_by(refused))
}

/// What is known of the requests of `scene` in a state of the MFA key.
pub(crate) fn frame(scene: &Scene, mfa: Mfa) -> Frame {
    let mut facts = portcullis_snapshot::ABSENT_FROM_USERS_OWN_CALLS
        .iter()
        .fold(Facts::default(), |facts, key| facts.with(key, Domain::Absent));
    for (key, state) in scene.context.iter() {
        facts.state(key, domain(state));
    }
    for key in scene.chosen().filter(|key| *scene.context.state(key) == KeyState::Absent) {
        facts.state(key, Domain::Absent);
    }
    let (present, age) = match mfa {
        Mfa::Absent => (Domain::Absent, Domain::Absent),
        Mfa::False => (Domain::One("false".into()), Domain::Absent),
        Mfa::True => (Domain::One("true".into()), Domain::One("1".into())),
    };
    Frame {
        caller: scene.caller.clone(),
        credential: scene::credential(&scene.caller, mfa),
        facts: facts.with(PRESENT, present).with(AGE, age),
    }
}

fn domain(state: &KeyState) -> Domain {
    match state {
        KeyState::Absent => Domain::Absent,
        KeyState::Known(Values::One(value)) => Domain::One(value.clone()),
        KeyState::Known(Values::Many(values)) => Domain::Many(values.clone()),
        KeyState::Unknown => Domain::Hidden,
    }
}

impl Subject<'_> {
    /// A request such as the question asks for, other than those that no policy governs. Where that is not certain, see
    /// [`doubts`].
    pub(crate) fn ask(&self, question: &Question<'_>) -> Option<Door> {
        let ungoverned = Area::of_actions(["sts:GetSessionToken", "sts:GetCallerIdentity"]);
        let spared: Vec<Area> = question.spared.iter().cloned().chain([ungoverned]).collect();
        let mut prover = self.prover.try_borrow_mut().ok()?;
        match reach(&mut prover, &question.sparing(&spared)) {
            Reach::Open(witness) => {
                let request = witness.request();
                Some(Door { action: request.action.to_string(), resource: request.resource.to_string() })
            }
            Reach::Closed(_) => None,
            Reach::Undecided(doubt) => self.doubts.count(doubts::of_prover(&doubt)).then(Door::some),
        }
    }

    /// Whether there is certainly no request such as the question asks for.
    pub(crate) fn is_closed(&self, question: &Question<'_>) -> bool {
        let prover = self.prover.try_borrow_mut();
        prover.is_ok_and(|mut prover| matches!(reach(&mut prover, question), Reach::Closed(_)))
    }
}
