//! A Deny of listed services without MFA whose list leaves the administration of identities open.

use portcullis_finding::Severity;
use portcullis_iam::{Polarity, PolicyKind, Statement};

use crate::reading::self_service::Target::{self, Everything, OtherUser, Own, Role};
use crate::reading::self_service::{self, door};
use crate::reading::{Beside, Flaw, LintRule, Subject, broad, edit};
use crate::standing::{Mfa, Passage};

pub(super) const RULE: LintRule =
    LintRule::new("list-leaves-iam-open", Severity::Medium, include_str!("list-leaves-iam-open.md"), look);

/// Ways out of a list of services, by service.
const WAYS: [(&str, Target); 4] = [
    ("iam:CreateAccessKey", OtherUser),
    ("iam:DetachUserPolicy", Own),
    ("sts:AssumeRole", Role),
    ("organizations:LeaveOrganization", Everything),
];

fn look(subject: &Subject<'_>) -> Vec<Flaw> {
    if subject.is_for_roles() || broad::of(subject).is_some() {
        return Vec::new();
    }
    let lists = subject.guards().filter(|(_, statement, _)| lists_services(statement));
    let flaws = lists.filter_map(|(at, statement, _)| {
        let scene = subject.user_scene(statement)?;
        let set = subject.set_in(&scene, at, Beside::Admin);
        let is_open = |(action, target): &(&'static str, Target)| {
            let door = door(action, *target, &scene);
            let passes = |mfa| subject.is(&Passage::Open, (&set, &scene), mfa, &door);
            passes(Mfa::Absent) || passes(Mfa::False)
        };
        let is_member = subject.document.kind == PolicyKind::ServiceControl;
        let ways = WAYS.into_iter().filter(|(action, _)| is_member || !action.starts_with("organizations:"));
        let open: Vec<_> = ways.filter(is_open).map(|(action, _)| action).collect();
        let first = open.first()?;
        let message = format!("the list leaves ways around it open without MFA: {}", edit::list(&open));
        let span = edit::key(subject.text(statement.action.span), statement.action.span);
        Some(
            Flaw::new(span, message)
                .label("stops the services that it names, and no other")
                .note(why(first))
                .help(format!("deny everything but {}, with `NotAction`", self_service::names())),
        )
    });
    flaws.take(1).collect()
}

/// Whether the statement is about whole services, and all that they hold: not about a dangerous action or two.
fn lists_services(statement: &Statement) -> bool {
    let holds_everything = |clause: &portcullis_iam::policy::Clause| {
        clause.polarity == Polarity::Only && clause.patterns.iter().any(|pattern| &*pattern.value == "*")
    };
    statement.action.polarity == Polarity::Only
        && statement.action.patterns.iter().any(|pattern| pattern.value.ends_with(":*"))
        && statement.resource.as_ref().is_none_or(holds_everything)
}

fn why(way: &str) -> &'static str {
    match way {
        "iam:CreateAccessKey" => {
            "who may manage IAM makes himself a user whom no Deny binds, or takes this one off"
        }
        "iam:DetachUserPolicy" => "who may manage IAM takes the Deny off",
        "sts:AssumeRole" => {
            "a role's session is not bound by the user's policies, and asks for no MFA any more"
        }
        _ => "an account that leaves the organization leaves its policies behind",
    }
}
