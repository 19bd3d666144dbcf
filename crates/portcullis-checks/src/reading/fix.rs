//! Whether a change of a document keeps everything else as it is: proven, or left to a person.
//!
//! A change is safe when, whoever of the usual callers asks, nothing that is allowed with MFA is denied afterwards,
//! nothing is newly allowed without MFA but self-service, enrolment stays as open as it was, and where roles are bound
//! nothing of theirs changes.

use std::sync::Arc;

use portcullis_finding::diagnostic::Applicability;
use portcullis_iam::{Arn, Policy, PolicyKind, PolicySet, parse};
use portcullis_prove::facts::Optional;
use portcullis_prove::{Area, Domain, Frame, Question};

use super::flaw::{Change, Meant};
use super::profile::AGE;
use super::scene::{self, Home, Scene};
use super::set::{self, Beside};
use super::subject::Subject;
use super::{question, self_service};
use crate::standing::Mfa;

/// Whether the change is made without being asked about.
pub(crate) fn applicability(subject: &Subject<'_>, change: &Change) -> Applicability {
    let changed = changed(subject, change).filter(|_| change.meant != Meant::Unsure);
    let keeps = |after: Policy| Trial { subject, after: Arc::new(after), meant: change.meant }.keeps();
    if changed.is_some_and(keeps) { Applicability::Safe } else { Applicability::Suggested }
}

/// The policy that the changed text says.
fn changed(subject: &Subject<'_>, change: &Change) -> Option<Policy> {
    let mut text = subject.policy.text.to_string();
    let mut edits: Vec<_> = change.edits.iter().collect();
    edits.sort_by_key(|(span, _)| std::cmp::Reverse(*span));
    for (span, new) in edits {
        let range = span.start as usize..span.end as usize;
        text.get(range.clone())?;
        text.replace_range(range, new);
    }
    parse::policy(&text, subject.document.kind).policy
}

/// A change that is tried.
struct Trial<'s, 'd> {
    subject: &'s Subject<'d>,
    after: Arc<Policy>,
    meant: Meant,
}

impl Trial<'_, '_> {
    fn keeps(&self) -> bool {
        let users = self.users();
        let besides = [Beside::Admin, Beside::Nothing];
        besides.into_iter().all(|beside| {
            let (before, after) = (self.set(beside, self.subject.policy), self.set(beside, &self.after));
            users.iter().all(|user| self.keeps_user(user, &before, &after))
                && self.roles().iter().all(|role| self.keeps_role(role, &before, &after))
        })
    }

    fn set(&self, beside: Beside, policy: &Policy) -> PolicySet {
        set::of(self.subject.document, Arc::new(policy.clone()), &self.subject.companions, beside)
    }

    fn keeps_user(&self, user: &Scene, before: &PolicySet, after: &PolicySet) -> bool {
        let enrolment = [Area::of_actions(self_service::enrolment())];
        let own = [Area::of_actions(["*"]).on([user.arn.as_str()])];
        let spared = [Area::of_actions(self_service::actions())];
        let with = self.frame(user, Mfa::True);
        let lost = Question::any(before, &with).refused_by(after);
        let lost = if self.meant == Meant::ForOwnUser { lost.only(&own) } else { lost };
        self.subject.is_closed(&lost)
            && [Mfa::Absent, Mfa::False].into_iter().all(|mfa| {
                let frame = self.frame(user, mfa);
                let gained = Question::any(after, &frame).refused_by(before).sparing(&spared);
                let stuck = Question::any(before, &frame).refused_by(after).only(&enrolment);
                self.subject.is_closed(&gained) && self.subject.is_closed(&stuck)
            })
    }

    fn keeps_role(&self, role: &Scene, before: &PolicySet, after: &PolicySet) -> bool {
        [Mfa::Absent, Mfa::False].into_iter().all(|mfa| {
            let frame = self.frame(role, mfa);
            let differs = |one, other| Question::any(one, &frame).refused_by(other);
            self.subject.is_closed(&differs(before, after)) && self.subject.is_closed(&differs(after, before))
        })
    }

    /// The requests of a caller, whatever its tags and however old its MFA.
    fn frame(&self, scene: &Scene, mfa: Mfa) -> Frame {
        let mut frame = question::frame(scene, mfa);
        if mfa == Mfa::True {
            frame.facts = frame.facts.with(AGE, Domain::Free { absent: Optional::No });
        }
        for key in self.subject.tags() {
            frame.facts.state(key, Domain::Free { absent: Optional::Yes });
        }
        frame
    }

    /// Usual users, and those whom the document's statements are about.
    fn users(&self) -> Vec<Scene> {
        let policy = self.subject.policy;
        let arns = policy.statements.iter().flat_map(|statement| scene::users(policy, statement));
        let mut found: Vec<Arn> = Vec::new();
        for arn in arns {
            if !found.contains(&arn) && found.len() < MOST_USERS {
                found.push(arn);
            }
        }
        found.iter().map(|arn| Scene::of_user(arn, &self.subject.open)).collect()
    }

    /// Roles, where the document binds any.
    fn roles(&self) -> Vec<Scene> {
        let is_for_users = match self.subject.document.kind {
            PolicyKind::Identity | PolicyKind::Group => !self.subject.is_for_roles(),
            PolicyKind::Boundary
            | PolicyKind::Session
            | PolicyKind::ServiceControl
            | PolicyKind::ResourceControl
            | PolicyKind::Resource
            | PolicyKind::Trust
            | PolicyKind::Endpoint => false,
        };
        let Home { partition, account } = Home::of(self.subject.policy);
        let arn = Arn::parse(&format!("arn:{partition}:iam::{account}:role/app")).filter(|_| !is_for_users);
        arn.iter().map(|arn| Scene::of_role(arn, &self.subject.open)).collect()
    }
}

/// How many users are tried.
const MOST_USERS: usize = 4;
