//! What a user needs to enrol: spared by the Deny that blocks it, or allowed where nothing allows it.

use std::sync::Arc;

use portcullis_authz::statement;
use portcullis_iam::{Action, Attached, Polarity, PolicyKind, SourceKind, Spanned, Statement, parse, print};

use super::candidate::{Candidate, WHOM};
use super::edit::{self, Place};
use crate::case::Case;
use crate::guard;
use crate::judgement::Flaw;
use crate::self_service;

pub(super) fn candidates(case: &Case<'_>, flaw: &Flaw) -> Vec<Candidate> {
    let policies = &case.policies;
    let blocked = flaw.steps.last().map(|step| step.request.action.clone());
    let denying: Vec<Place<'_>> =
        edit::places(policies).filter(|place| guard::denies(place.statement)).collect();
    let one = blocked.iter().flat_map(|action| {
        denying.iter().filter(|place| lacks(place.statement, action)).filter_map(move |place| {
            let title = format!("list {action} in the NotAction of {}", place.name());
            edit::candidate(title, &[*place], |statement| {
                list(statement, [action.as_str()].into_iter());
            })
        })
    });
    let all = denying.iter().filter(|place| place.statement.action.polarity == Polarity::Except).filter_map(
        |place| {
            let title = format!("list what enrolment needs in the NotAction of {}", place.name());
            edit::candidate(title, &[*place], |statement| list(statement, self_service::names()))
        },
    );
    let paths = with_paths(case);
    one.chain(all).chain(paths).chain(new(case, &denying)).collect()
}

/// Users with a path are spared too, in every Deny that spares users by their name.
fn with_paths(case: &Case<'_>) -> Option<Candidate> {
    let by_name: Vec<Place<'_>> = edit::places(&case.policies)
        .filter(|place| {
            let clause = place.statement.resource.as_ref();
            clause.is_some_and(|clause| clause.patterns.iter().any(|pattern| pattern.value.contains(OWN)))
        })
        .collect();
    let names: Vec<String> = by_name.iter().map(Place::name).collect();
    let title =
        format!("name users with a path too, by `user/*/${{aws:username}}`, in {}", names.join(" and "));
    edit::candidate(title, &by_name, |statement| {
        let Some(clause) = &mut statement.resource else { return };
        let with_path = clause.patterns.iter().filter(|pattern| pattern.value.contains(OWN));
        let with_path: Vec<Spanned<Box<str>>> = with_path
            .map(|pattern| Spanned::new(pattern.value.replace(OWN, OWN_WITH_PATH).into(), pattern.span))
            .collect();
        clause.patterns.extend(with_path);
    })
}

/// A policy more that allows enrolment. With it, what denies must spare it.
fn new(case: &Case<'_>, denying: &[Place<'_>]) -> Option<Candidate> {
    let text = NEW.replace("PARTITION", case.arn.partition());
    let policy = Arc::new(parse::policy(&text, PolicyKind::Identity).policy?);
    let listing: Vec<Place<'_>> =
        denying.iter().copied().filter(|place| place.statement.action.polarity == Polarity::Except).collect();
    let names: Vec<String> = listing.iter().map(Place::name).collect();
    let changed = edit::candidate(String::new(), &listing, |statement| {
        list(statement, self_service::names());
    });
    let document = print::pretty(&policy);
    let added = Attached { id: "SelfService".into(), source: SourceKind::CustomerManaged, policy };
    let also = if names.is_empty() {
        String::new()
    } else {
        format!(", and list its actions in {}", names.join(" and "))
    };
    let title = format!("attach to {WHOM} a policy that allows enrolment{also}");
    let edits = changed.map(|changed| changed.edits).unwrap_or_default();
    Some(Candidate { title, document: Some(document), edits, added: vec![added] })
}

/// Whether a Deny does not spare the action.
fn lacks(own: &Statement, action: &Action) -> bool {
    own.action.polarity == Polarity::Except && statement::covers_action(&own.action, action)
}

/// Adds actions to what a Deny spares.
fn list<'n>(own: &mut Statement, names: impl Iterator<Item = &'n str>) {
    for name in names {
        let spared =
            Action::parse(name).is_some_and(|action| !statement::covers_action(&own.action, &action));
        if !spared {
            own.action.patterns.push(Spanned::new(name.into(), own.action.span));
        }
    }
}

const OWN: &str = ":user/${aws:username}";
const OWN_WITH_PATH: &str = ":user/*/${aws:username}";

const NEW: &str = r#"{"Version":"2012-10-17","Statement":[
{"Sid":"AllowEnrolment","Effect":"Allow","Action":["iam:ChangePassword","iam:EnableMFADevice","iam:GetMFADevice","iam:GetUser","iam:ListMFADevices","iam:ResyncMFADevice"],"Resource":["arn:PARTITION:iam::*:user/${aws:username}","arn:PARTITION:iam::*:user/*/${aws:username}"]},
{"Sid":"AllowNewDevices","Effect":"Allow","Action":"iam:CreateVirtualMFADevice","Resource":"arn:PARTITION:iam::*:mfa/*"}]}"#;
