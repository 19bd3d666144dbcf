//! What a record tells of condition keys.
//!
//! Source: IAM guide, "AWS global condition context keys"; CloudTrail guide, "CloudTrail record contents".

use portcullis_iam::catalog::catalog;
use portcullis_iam::{ContextKey, KeyState, Values};
use portcullis_snapshot::ABSENT_FROM_USERS_OWN_CALLS;

use super::Actor;
use crate::call::Call;

/// What the call tells of `key` in a request for an action of `service`: what it does not tell is unknown.
pub(super) fn state(key: &ContextKey, call: &Call<'_>, actor: &Actor, service: &str) -> KeyState {
    let key = key.as_str();
    if let Some(state) = of_caller(key, call, actor).or_else(|| of_call(key, call)) {
        return state;
    }
    let is_forwarded = call.via.is_some();
    let is_own = matches!(actor, Actor::User(_)) && !is_forwarded;
    if is_own && ABSENT_FROM_USERS_OWN_CALLS.contains(&key) {
        return KeyState::Absent;
    }
    match key.split_once(':') {
        Some(("aws", _)) => KeyState::Unknown,
        // AWS puts the keys of a service into requests for that service alone; those of `sts` tell of identity providers.
        Some((prefix, _)) if service != "sts" && prefix != service && catalog().service(prefix).is_some() => {
            KeyState::Absent
        }
        _ => KeyState::Unknown,
    }
}

/// Keys that tell who calls.
fn of_caller(key: &str, call: &Call<'_>, actor: &Actor) -> Option<KeyState> {
    let (arn, kind) = actor.names()?;
    let is_user = matches!(actor, Actor::User(_));
    Some(match key {
        "aws:principalarn" => one(arn.as_str()),
        "aws:principalaccount" => one(arn.account_part()),
        "aws:principaltype" => one(kind),
        "aws:principalisawsservice" => one("false"),
        "aws:username" if is_user => arn.resource().rsplit('/').next().map_or(KeyState::Unknown, one),
        "aws:username" => KeyState::Absent,
        "aws:userid" => call.caller_id.map_or(KeyState::Unknown, one),
        "aws:tokenissuetime" if call.mfa.is_none() && is_user => KeyState::Absent,
        "aws:federatedprovider" | "aws:sourceidentity" if is_user => KeyState::Absent,
        "aws:signinsessionarn" if call.origin != Some("sign-in") => KeyState::Absent,
        "aws:assumedroot" => match call.origin {
            Some("root") => one("true"),
            _ => KeyState::Absent,
        },
        _ => return None,
    })
}

/// Keys that tell how the call was made.
fn of_call(key: &str, call: &Call<'_>) -> Option<KeyState> {
    let is_forwarded = call.via.is_some();
    Some(match key {
        "aws:viaawsservice" => via_service(call),
        "aws:calledvia" | "aws:calledviafirst" | "aws:calledvialast" if !is_forwarded => KeyState::Absent,
        "aws:requestedregion" => call.region.map_or(KeyState::Unknown, one),
        "aws:useragent" if !is_forwarded => call.agent.map_or(KeyState::Unknown, one),
        "aws:sourcevpce" if !is_forwarded => call.endpoint.map_or(KeyState::Absent, one),
        "aws:sourcevpc" | "aws:vpcsourceip" if !is_forwarded && call.endpoint.is_none() => KeyState::Absent,
        // A request through an endpoint does not carry the address.
        "aws:sourceip" if !is_forwarded && call.endpoint.is_some() => KeyState::Absent,
        "aws:sourceip" if !is_forwarded => match call.address {
            Some(address) if address.parse::<std::net::IpAddr>().is_ok() => one(address),
            Some(_) | None => KeyState::Unknown,
        },
        _ => return None,
    })
}

/// Whether a service forwarded the call. A role may be the service's own, and then it did not; `AWS Internal` may be
/// either.
fn via_service(call: &Call<'_>) -> KeyState {
    match (call.via, call.identity) {
        (None, _) => one("false"),
        (Some(via), Some(identity)) if via.ends_with(".amazonaws.com") && identity != "AssumedRole" => {
            one("true")
        }
        (Some(_), _) => KeyState::Unknown,
    }
}

fn one(value: &str) -> KeyState {
    KeyState::Known(Values::One(value.into()))
}
