//! What closes requests, in words.

use portcullis_authz::{explain, words};
use portcullis_iam::Effect;

use crate::judgement::Step;
use crate::reach::{Certificate, Closer, StatementRef};

/// Why an action is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reason {
    /// As a lowercase fragment.
    pub(crate) text: String,
    /// Whether a statement denies it, and not only none allows it: of some requests another thing may be said first.
    pub(crate) denies: bool,
}

/// Why an action is closed: in the words of the evaluator, of the request that shows it, and where there is none in those
/// of the certificate.
pub(crate) fn reason(certificate: &Certificate, action: &str, shown: Option<&Step>) -> Reason {
    let closings = || certificate.closings.iter();
    let own = closings().find(|closing| closing.example.eq_ignore_ascii_case(action));
    let closing = own.or_else(|| closings().next());
    Reason {
        text: shown
            .and_then(said)
            .or_else(|| closing.map(|closing| closer(&closing.by)))
            .unwrap_or_else(|| "nothing allows it".to_owned()),
        denies: closing.is_some_and(|closing| denies(&closing.by)),
    }
}

/// What the evaluator says of a request that does not pass.
fn said(step: &Step) -> Option<String> {
    let explanation = explain(&step.request, &step.policies);
    match &explanation.reason {
        explain::Reason::ExplicitDeny => {
            let report = explanation.deciding().next()?;
            Some(name(report.effect, report.sid.as_deref(), report.index, &report.policy))
        }
        explain::Reason::ImplicitDeny { layer, level } => Some(words::silent(*layer, level.as_deref())),
        explain::Reason::Service(rule) => Some(rule.to_string()),
        explain::Reason::Allowed { .. } | explain::Reason::Undetermined => None,
    }
}

/// A statement: ``Deny `DenyWithoutMfa` of ForceMfa``.
pub(crate) fn name(effect: Effect, sid: Option<&str>, index: usize, policy: &str) -> String {
    let effect = match effect {
        Effect::Allow => "Allow",
        Effect::Deny => "Deny",
    };
    let policy = short(policy);
    match sid {
        Some(sid) => format!("{effect} `{sid}` of {policy}"),
        None => format!("{effect} statement {} of {policy}", index + 1),
    }
}

/// A policy as people call it: the last part of its ARN.
pub(crate) fn short(policy: &str) -> &str {
    if policy.starts_with("arn:") { policy.rsplit('/').next().unwrap_or(policy) } else { policy }
}

/// What closes some requests, as a lowercase fragment.
fn closer(closer: &Closer) -> String {
    match closer {
        Closer::Statement(statement) => statement_name(statement),
        Closer::NothingAllows { layer, level } => words::silent(*layer, level.as_deref()),
        Closer::Service(rule) => rule.to_string(),
        Closer::Together(statements) => {
            let names: Vec<String> = statements.iter().take(SHOWN).map(statement_name).collect();
            names.join(", or ")
        }
        Closer::OutOfQuestion => "it is out of question".to_owned(),
    }
}

/// Whether it denies, and does not only fail to allow.
fn denies(closer: &Closer) -> bool {
    match closer {
        Closer::Statement(statement) => statement.effect == Effect::Deny,
        Closer::Together(statements) => statements.iter().any(|own| own.effect == Effect::Deny),
        Closer::NothingAllows { .. } | Closer::Service(_) | Closer::OutOfQuestion => false,
    }
}

/// The name of a statement of a certificate.
pub(crate) fn statement_name(own: &StatementRef) -> String {
    name(own.effect, own.sid.as_deref(), own.index, &own.policy)
}

/// How many statements are named.
const SHOWN: usize = 3;
