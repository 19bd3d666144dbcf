//! Whether some request is let through that a statement is about.

use portcullis_authz::{Access, Answer, Decision, decide};
use portcullis_iam::{Effect, Policy, Request, Statement};

use super::scene::Scene;
use super::set::Beside;
use super::subject::{Door, Set, Subject, without_mfa};
use super::{doors, self_service};
use crate::standing::{Mfa, Passage, passage};

/// A request that the Deny at `at` refuses but for its tests of MFA, and that passes in a state of the MFA key.
pub(crate) fn escapes(subject: &Subject<'_>, at: usize, scene: &Scene, mfa: Mfa) -> Option<Door> {
    let allowed = subject.set_in(scene, at, Beside::Admin);
    let refused = subject.varied(Beside::Admin, |index, statement| {
        Some(if index == at { stripped(statement) } else { statement.clone() })
    });
    ask(subject, at, scene, mfa, (&allowed, &refused))
}

/// Whether the Deny at `at` stops a request that would pass without it, in a state of the MFA key.
pub(crate) fn stops(subject: &Subject<'_>, at: usize, scene: &Scene, mfa: Mfa) -> bool {
    let allowed = subject.varied(Beside::Admin, |index, statement| (index != at).then(|| statement.clone()));
    let refused = subject.set_in(scene, at, Beside::Admin);
    ask(subject, at, scene, mfa, (&allowed, &refused)).is_some()
}

/// A request that the Allow at `at` alone lets through in a state of the MFA key.
pub(crate) fn admits(subject: &Subject<'_>, at: usize, scene: &Scene, mfa: Mfa) -> Option<Door> {
    let allowed = subject.set_in(scene, at, Beside::Nothing);
    let refused =
        subject.varied(Beside::Nothing, |index, statement| (index != at).then(|| statement.clone()));
    ask(subject, at, scene, mfa, (&allowed, &refused))
}

/// The same, enrolment and what belongs to it apart.
pub(crate) fn admits_beyond_enrolment(
    subject: &Subject<'_>,
    at: usize,
    scene: &Scene,
    mfa: Mfa,
) -> Option<Door> {
    admits(subject, at, scene, mfa).filter(|door| !self_service::is(&door.action))
}

/// A request that the Allow at `at` is about and that passes in a state of the MFA key because of another Allow.
pub(crate) fn passes_otherwise(subject: &Subject<'_>, at: usize, scene: &Scene, mfa: Mfa) -> Option<Door> {
    let allowed =
        subject.varied(Beside::Nothing, |index, statement| (index != at).then(|| statement.clone()));
    let refused = subject.varied(Beside::Admin, |index, statement| {
        (index == at).then(|| Statement { effect: Effect::Deny, ..stripped(statement) })
    });
    ask(subject, at, scene, mfa, (&allowed, &refused))
}

/// Whether a request without MFA that the Allow at `at` is about would pass, if something else allowed it.
pub(crate) fn would_pass(subject: &Subject<'_>, at: usize, scene: &Scene) -> bool {
    let allowed = subject.set_in(scene, at, Beside::Admin);
    let refused = subject.varied(Beside::Admin, |index, statement| {
        (index == at).then(|| Statement { effect: Effect::Deny, ..stripped(statement) })
    });
    [Mfa::Absent, Mfa::False]
        .into_iter()
        .any(|mfa| ask(subject, at, scene, mfa, (&allowed, &refused)).is_some())
}

/// The statement without conditions: the scene is such that they hold, and MFA is not asked.
fn stripped(statement: &Statement) -> Statement {
    Statement { conditions: Vec::new(), ..without_mfa(statement) }
}

fn ask(
    subject: &Subject<'_>,
    at: usize,
    scene: &Scene,
    mfa: Mfa,
    (allowed, refused): (&Set, &Set),
) -> Option<Door> {
    let policy: &Policy = subject.policy;
    let statement = policy.statements.get(at)?;
    let both = |request: &Request| {
        let refusal = decide(request, &refused.policies);
        match refusal.access() {
            Access::Denied => decide(request, &allowed.policies),
            Access::Allowed => Answer::settled(Decision::ExplicitDeny),
            Access::Undetermined => refusal,
        }
    };
    doors::of_statement(policy, statement, scene).into_iter().find(|door| {
        let request = allowed.request(scene, mfa, door);
        request.is_some_and(|mut request| passage(&both, &allowed.candidates, &mut request) == Passage::Open)
    })
}
