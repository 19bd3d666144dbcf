//! What AWS STS and IAM decide before any policy.

use portcullis_iam::{Caller, ContextKey, Credential};

use super::NotExported;
use super::encoder::{Encoder, State};
use super::key::Value;
use super::term::{Holds, Term};

/// What the service itself says of the requests of a cell.
pub(super) enum Rule {
    /// Allowed, whatever policies say.
    Allowed,
    /// Barred when this holds; else policies decide.
    BarredIf(Holds),
}

pub(super) fn rule(encoder: &mut Encoder<'_>) -> Result<Rule, NotExported> {
    let (caller, credential) = (&encoder.question.frame.caller, encoder.question.frame.credential);
    let cell = encoder.cell;
    if cell.is_of("iam") {
        return Ok(Rule::BarredIf(match credential {
            Credential::FederationToken => true.into(),
            Credential::SessionToken => has_mfa(encoder)?.not(),
            Credential::Unstated
            | Credential::LongTermKey
            | Credential::Console
            | Credential::RoleSession => false.into(),
        }));
    }
    if !cell.is_of("sts") || PERMISSIONS_ONLY.iter().any(|name| cell.is_named(name)) {
        return Ok(Rule::BarredIf(false.into()));
    }
    if cell.is_named("getcalleridentity") && *caller != Caller::Anonymous {
        return Ok(Rule::Allowed);
    }
    let assumes_role = cell.is_named("assumerole");
    let mints = cell.is_named("getsessiontoken") || cell.is_named("getfederationtoken");
    let is_barred = match (caller, credential) {
        (Caller::FederatedUser(_), _) | (_, Credential::FederationToken) => true,
        (_, Credential::SessionToken) if !assumes_role => true,
        (Caller::Root(_), _) if assumes_role => true,
        (Caller::User(_) | Caller::Root(_), Credential::RoleSession)
        | (Caller::Role(_) | Caller::Service(_), _) => mints,
        (Caller::Anonymous | Caller::User(_) | Caller::Root(_), _) => false,
    };
    let signs_for_user = matches!(caller, Caller::User(_) | Caller::Root(_));
    if !is_barred && signs_for_user && cell.is_named("getsessiontoken") {
        return Ok(Rule::Allowed);
    }
    Ok(Rule::BarredIf(is_barred.into()))
}

/// Whether the session was made with MFA.
fn has_mfa(encoder: &mut Encoder<'_>) -> Result<Holds, NotExported> {
    Ok(match encoder.state(&ContextKey::new("aws:MultiFactorAuthPresent")) {
        State::Hidden => Holds::MAYBE,
        State::Absent | State::Many(_) => false.into(),
        State::Single { present, value } => match value {
            Value::Constant(text) => text.eq_ignore_ascii_case("true").into(),
            Value::Boolean(name) => Term::all([present, Term::new(name)]).into(),
            Value::Text(_) | Value::Number(_) | Value::Instant(_) | Value::Address(_) => {
                return Err(NotExported("MFA that is no Boolean".into()));
            }
        },
        State::Either { .. } => return Err(NotExported("MFA that is no Boolean".into())),
    })
}

/// Permissions that other operations need, and no operations of their own.
const PERMISSIONS_ONLY: [&str; 4] =
    ["tagsession", "setsourceidentity", "setcontext", "getservicebearertoken"];
