//! What closes requests, in words.

use portcullis_authz::LayerKind;
use portcullis_iam::Effect;

use crate::reach::{Certificate, Closer, StatementRef};

/// Why an action is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reason {
    /// As a lowercase fragment.
    pub(crate) text: String,
    /// Whether a statement denies it, and not only none allows it.
    pub(crate) denies: bool,
}

/// Why the certificate closes this action.
pub(crate) fn reason(certificate: &Certificate, action: &str) -> Reason {
    let closings = || certificate.closings.iter();
    let own = closings().find(|closing| closing.example.eq_ignore_ascii_case(action));
    match own.or_else(|| closings().next()) {
        Some(closing) => Reason { text: closer(&closing.by), denies: denies(&closing.by) },
        None => Reason { text: "nothing allows it".to_owned(), denies: false },
    }
}

/// What closes some requests, as a lowercase fragment.
fn closer(closer: &Closer) -> String {
    match closer {
        Closer::Statement(statement) => statement_name(statement),
        Closer::NothingAllows { layer, level: None } => format!("no {} allows it", layer_name(*layer)),
        Closer::NothingAllows { layer, level: Some(level) } => {
            format!("no {} at {level} allows it", layer_name(*layer))
        }
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

fn statement_name(statement: &StatementRef) -> String {
    let effect = match statement.effect {
        Effect::Allow => "Allow",
        Effect::Deny => "Deny",
    };
    match &statement.sid {
        Some(sid) => format!("{effect} {sid} of {}", statement.policy),
        None => format!("{effect} {} of {}", statement.index + 1, statement.policy),
    }
}

fn layer_name(layer: LayerKind) -> &'static str {
    match layer {
        LayerKind::ResourceControl => "resource control policy",
        LayerKind::ServiceControl => "service control policy",
        LayerKind::Resource => "policy of the resource",
        LayerKind::Identity => "identity policy",
        LayerKind::Boundary => "permissions boundary",
        LayerKind::Session => "session policy",
        LayerKind::Endpoint => "policy of the VPC endpoint",
    }
}

/// How many statements are named.
const SHOWN: usize = 3;
