//! Denies of everything but a list, without MFA, and what the list leaves open.

use portcullis_iam::{Polarity, Span, Spanned, Statement};

use super::edit;
use super::scene::Scene;
use super::self_service::{self, Target};
use super::set::Beside;
use super::subject::{Door, Set, Subject};
use crate::standing::{Mfa, Passage};

/// A Deny of whatever it does not list, without MFA.
pub(crate) struct Broad<'d> {
    pub(crate) statement: &'d Statement,
    /// A user whom it is about.
    pub(crate) scene: Scene,
    /// That user being an administrator.
    pub(crate) set: Set,
    /// The states in which it denies what nobody lists.
    pub(crate) states: Vec<Mfa>,
}

/// A door that stays open without MFA.
pub(crate) struct Exempt<'d> {
    pub(crate) action: &'static str,
    /// What lists the action, where something does.
    pub(crate) pattern: Option<&'d Spanned<Box<str>>>,
}

/// The first Deny of the document, with what applies beside it, that stops unlisted actions without MFA alone.
pub(crate) fn of<'d>(subject: &Subject<'d>) -> Option<Broad<'d>> {
    subject.guards().find_map(|(at, statement, _)| {
        let scene = subject.user_scene(statement)?;
        let set = subject.set_in(&scene, at, Beside::Admin);
        let unlisted = Door { action: UNLISTED.to_owned(), resource: "*".to_owned() };
        let is = |mfa, passage| subject.is(&passage, (&set, &scene), mfa, &unlisted);
        let states = [Mfa::Absent, Mfa::False].into_iter().filter(|mfa| is(*mfa, Passage::Closed));
        let states: Vec<_> = states.collect();
        let is_broad = !states.is_empty() && is(Mfa::True, Passage::Open);
        is_broad.then_some(Broad { statement, scene, set, states })
    })
}

/// An action of which no policy can know.
const UNLISTED: &str = "portcullis:Unlisted";

impl<'d> Broad<'d> {
    /// Those of `doors` that are open in some state without MFA.
    pub(crate) fn exempt(&self, subject: &Subject<'d>, doors: &[(&'static str, Target)]) -> Vec<Exempt<'d>> {
        let open = doors.iter().filter(|(action, target)| {
            let door = self_service::door(action, *target, &self.scene);
            self.states.iter().any(|mfa| subject.is(&Passage::Open, (&self.set, &self.scene), *mfa, &door))
        });
        let mut found: Vec<Exempt<'d>> = Vec::new();
        for (action, _) in open {
            if found.iter().all(|exempt| exempt.action != *action) {
                found.push(Exempt { action, pattern: listing(subject, action) });
            }
        }
        found
    }
}

impl Broad<'_> {
    /// The word `NotAction` or `Action` of the Deny.
    pub(crate) fn key(&self, subject: &Subject<'_>) -> Span {
        edit::key(subject.text(self.statement.action.span), self.statement.action.span)
    }
}

/// The actions by what lists them.
pub(crate) fn by_pattern<'d>(exempt: &[Exempt<'d>]) -> Vec<(Listed<'d>, Vec<&'static str>)> {
    let mut groups: Vec<(Listed<'d>, Vec<&'static str>)> = Vec::new();
    for exempt in exempt {
        let at = |pattern: Listed<'_>| pattern.map(|pattern| pattern.span);
        match groups.iter_mut().find(|(pattern, _)| at(*pattern) == at(exempt.pattern)) {
            Some((_, actions)) => actions.push(exempt.action),
            None => groups.push((exempt.pattern, vec![exempt.action])),
        }
    }
    groups
}

/// What lists an action, if anything.
pub(crate) type Listed<'d> = Option<&'d Spanned<Box<str>>>;

/// Whether the pattern spares the administration of IAM as a whole, which is worse and reported as such.
pub(crate) fn is_reported_as_administration(pattern: Listed<'_>) -> bool {
    pattern.is_some_and(|pattern| covers(&pattern.value, "iam:PutUserPolicy"))
}

/// The pattern in the list of a Deny without MFA that spares `action`.
fn listing<'d>(subject: &Subject<'d>, action: &str) -> Option<&'d Spanned<Box<str>>> {
    let lists = subject.guards().map(|(_, statement, _)| &statement.action);
    let spared = lists.filter(|clause| clause.polarity == Polarity::Except);
    spared.flat_map(|clause| &clause.patterns).find(|pattern| covers(&pattern.value, action))
}

/// Whether an action pattern covers `action`.
pub(crate) fn covers(pattern: &str, action: &str) -> bool {
    portcullis_iam::pattern::matches_text(&pattern.to_ascii_lowercase(), &action.to_ascii_lowercase())
}

/// The pattern of `statement` that names `action`.
pub(crate) fn naming<'d>(statement: &'d Statement, action: &str) -> Option<&'d Spanned<Box<str>>> {
    statement.action.patterns.iter().find(|pattern| covers(&pattern.value, action))
}
