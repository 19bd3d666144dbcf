//! A statement that asks for MFA, and does not see every request without it: how it asks, and what it spares.

use portcullis_iam::condition::{Presence, Test};
use portcullis_iam::policy::Clause;
use portcullis_iam::{Action, Effect, Polarity, Spanned, Statement};

use super::candidate::Candidate;
use super::edit::{self, Place};
use crate::case::Case;
use crate::guard;
use crate::self_service;

/// How a Deny asks for MFA so that it sees every request without it, and how an Allow does.
const DENY: &str = r#"{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}"#;
const ALLOW: &str = r#"{"Bool":{"aws:MultiFactorAuthPresent":"true"}}"#;

pub(super) fn candidates(case: &Case<'_>) -> Vec<Candidate> {
    let asking: Vec<Place<'_>> =
        edit::places(&case.policies).filter(|place| guard::asks(place.statement)).collect();
    let each = asking.iter().filter_map(|place| edit::candidate(ask_title(place), &[*place], ask));
    let covering = asking.iter().filter(|place| place.statement.effect == Effect::Deny).filter_map(|place| {
        edit::candidate(cover_title(place), &[*place], |statement| {
            ask(statement);
            cover(statement);
        })
    });
    let all = (1 < asking.len())
        .then(|| {
            let names: Vec<String> = asking.iter().map(Place::name).collect();
            let title = format!("let {} ask for MFA in a way that sees every request", names.join(" and "));
            edit::candidate(title, &asking, ask)
        })
        .flatten();
    each.chain(all).chain(covering).collect()
}

/// Asks in the way that sees every request, and keeps what else the statement asks.
fn ask(statement: &mut Statement) {
    let block = match statement.effect {
        Effect::Deny => DENY,
        Effect::Allow => ALLOW,
    };
    statement.conditions.retain(|condition| !guard::is_mfa(condition.key.as_str()));
    statement.conditions.extend(edit::conditions(block));
}

fn ask_title(place: &Place<'_>) -> String {
    let only_lacks_if_exists = place.statement.effect == Effect::Deny
        && place.statement.conditions.iter().filter(|condition| guard::is_mfa(condition.key.as_str())).all(
            |condition| {
                let operator = condition.operator.value;
                operator.test == Test::Bool
                    && operator.presence == Presence::Required
                    && condition.values.iter().all(|value| value.value.eq_ignore_ascii_case("false"))
            },
        );
    let wanted = match place.statement.effect {
        Effect::Deny => r#""BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}"#,
        Effect::Allow => r#""Bool": {"aws:MultiFactorAuthPresent": "true"}"#,
    };
    match only_lacks_if_exists {
        true => format!("write `BoolIfExists` for `Bool` in {}", place.name()),
        false => format!("let {} ask for MFA by {wanted}", place.name()),
    }
}

/// Covers everything but what enrolment needs.
fn cover(statement: &mut Statement) {
    let patterns =
        kept(&statement.action).into_iter().map(|text| Spanned::new(text, statement.span)).collect();
    statement.action = Clause { polarity: Polarity::Except, patterns, span: statement.action.span };
}

/// What of the exempted actions enrolment needs.
fn kept(action: &Clause) -> Vec<Box<str>> {
    let needed = self_service::names();
    match action.polarity {
        Polarity::Only => needed.filter(|name| *name != "iam:ChangePassword").map(Box::from).collect(),
        Polarity::Except => needed
            .filter(|name| {
                Action::parse(name)
                    .is_some_and(|known| !portcullis_authz::statement::covers_action(action, &known))
            })
            .map(Box::from)
            .collect(),
    }
}

fn cover_title(place: &Place<'_>) -> String {
    let written = match place.statement.action.polarity {
        Polarity::Only => "NotAction in place of Action",
        Polarity::Except => "NotAction",
    };
    let taken: Vec<&str> = match place.statement.action.polarity {
        Polarity::Only => Vec::new(),
        Polarity::Except => {
            let names = |text: &str| self_service::names().any(|name| name.eq_ignore_ascii_case(text));
            let patterns = place.statement.action.patterns.iter().map(|pattern| &*pattern.value);
            patterns.filter(|text| !names(text)).take(MOST_TAKEN).collect()
        }
    };
    let without = if taken.is_empty() { String::new() } else { format!(" and not {}", taken.join(", ")) };
    format!(
        "let {} deny everything but what enrolment needs: {written} with its actions{without}",
        place.name()
    )
}

/// How many patterns that are taken out are named.
const MOST_TAKEN: usize = 3;
