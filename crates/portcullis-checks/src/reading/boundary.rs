//! Permissions boundaries that a document protects in one way and not in the other.

use portcullis_iam::{Effect, Spanned, Statement};

use super::broad::{covers, naming};
use super::protection::{self, keeps};
use super::set::Beside;
use super::subject::{Door, Subject};
use crate::standing::{Mfa, Passage};

/// A boundary that may not be deleted and may be replaced, or the other way round.
pub(crate) struct Half<'d> {
    /// What denies the one.
    pub(crate) named: &'d Spanned<Box<str>>,
    /// The other.
    pub(crate) open: &'static str,
}

/// For users and for roles: what takes a boundary away, and what puts another in its place.
const WAYS: [(&str, [&str; 2]); 2] = [
    ("user", ["iam:DeleteUserPermissionsBoundary", "iam:PutUserPermissionsBoundary"]),
    ("role", ["iam:DeleteRolePermissionsBoundary", "iam:PutRolePermissionsBoundary"]),
];

/// The boundaries of users and of roles that the document keeps in one way only.
pub(crate) fn half_kept<'d>(subject: &Subject<'d>) -> Vec<Half<'d>> {
    let both = WAYS.iter().flat_map(|(kind, [delete, put])| {
        [half(subject, kind, delete, put), half(subject, kind, put, delete)]
    });
    both.flatten().collect()
}

/// Whether the document stops `closed` of a boundary, MFA or not, and lets `open` through.
fn half<'d>(subject: &Subject<'d>, kind: &str, closed: &str, open: &'static str) -> Option<Half<'d>> {
    let (at, statement, named) = keeps(subject).find_map(|(at, statement)| {
        let pattern = naming(statement, closed).filter(|pattern| is_meant(&pattern.value))?;
        (is_deleting(closed) || names_boundary(statement)).then_some((at, statement, pattern))
    })?;
    let mut scene = subject.user_scene(statement)?;
    let resource = protection::member(subject, kind, &mut scene.context);
    scene.context = scene.context.with("iam:PermissionsBoundary", STRANGE);
    let is = |action: &str, beside, passage| {
        let set = subject.set_in(&scene, at, beside);
        let door = Door { action: action.to_owned(), resource: resource.clone() };
        subject.is(&passage, (&set, &scene), Mfa::True, &door)
    };
    // A document that allows administration itself lets through what it allows, and else anything may be allowed.
    let beside = if allows(subject, [closed, open]) { Beside::Nothing } else { Beside::Admin };
    let is_half = is(closed, Beside::Admin, Passage::Closed) && is(open, beside, Passage::Open);
    is_half.then_some(Half { named, open })
}

/// Whether the pattern is about boundaries, and not about whatever is deleted or put.
fn is_meant(pattern: &str) -> bool {
    pattern.to_ascii_lowercase().contains("boundary")
}

fn is_deleting(action: &str) -> bool {
    action.starts_with("iam:Delete")
}

/// Whether the statement is about some boundaries: without, nobody sets any, which is no protection of one that is set.
fn names_boundary(statement: &Statement) -> bool {
    statement.conditions.iter().any(|test| test.key.as_str() == "iam:permissionsboundary")
}

fn allows(subject: &Subject<'_>, actions: [&str; 2]) -> bool {
    let allows = subject.policy.statements.iter().filter(|own| own.effect == Effect::Allow);
    let mut patterns = allows.flat_map(|own| &own.action.patterns);
    patterns.any(|pattern| actions.iter().any(|action| covers(&pattern.value, action)))
}

/// A boundary that no document names.
const STRANGE: &str = "arn:aws:iam::111111111111:policy/portcullis-wider";
