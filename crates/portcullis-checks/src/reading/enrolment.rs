//! What of enrolment a document stops.

use portcullis_iam::{Polarity, Span, Statement};

use super::edit;
use super::self_service::{self, Target};
use super::set::Beside;
use super::subject::Subject;
use super::{broad, profile::Profile};
use crate::standing::{Mfa, Passage};

/// Actions that a Deny stops without MFA.
pub(crate) struct Stop<'d> {
    pub(crate) statement: &'d Statement,
    /// What stops them: the pattern that names one, or the word `NotAction`.
    pub(crate) span: Span,
    pub(crate) actions: Vec<&'static str>,
}

/// Those of `doors` that a session without MFA finds closed, and one with MFA open, because of one Deny.
pub(crate) fn stopped<'d>(subject: &Subject<'d>, doors: &[(&'static str, Target)]) -> Option<Stop<'d>> {
    if subject.is_for_roles() {
        return None;
    }
    subject.guards().find_map(|(at, statement, profile)| stopped_by(subject, (at, statement, profile), doors))
}

fn stopped_by<'d>(
    subject: &Subject<'d>,
    (at, statement, _): (usize, &'d Statement, Profile),
    doors: &[(&'static str, Target)],
) -> Option<Stop<'d>> {
    let scene = subject.user_scene(statement)?;
    let set = subject.set_in(&scene, at, Beside::Admin);
    let without = subject.varied(Beside::Admin, |index, statement| (index != at).then(|| statement.clone()));
    let is_stopped = |(action, target): &&(&'static str, Target)| {
        let door = self_service::door(action, *target, &scene);
        let is = |set, mfa, passage| subject.is(&passage, (set, &scene), mfa, &door);
        is(&set, Mfa::False, Passage::Closed)
            && is(&set, Mfa::True, Passage::Open)
            && is(&without, Mfa::False, Passage::Open)
    };
    let actions: Vec<_> = doors.iter().filter(is_stopped).map(|(action, _)| *action).collect();
    let first = actions.first()?;
    let clause = &statement.action;
    let pattern = broad::naming(statement, first).filter(|_| clause.polarity == Polarity::Only);
    let span =
        pattern.map_or_else(|| edit::key(subject.text(clause.span), clause.span), |pattern| pattern.span);
    Some(Stop { statement, span, actions })
}
