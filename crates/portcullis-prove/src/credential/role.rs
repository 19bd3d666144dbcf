//! A session of a role, or of the root user.
//!
//! AWS says that credentials from AssumeRole carry no information about MFA and that the key is absent for federated
//! identities; what was seen in use is also false. So a session is taken with the key as false and as absent, however
//! the role was assumed ([`Assumption::RoleSessionsWithoutMfa`](crate::Assumption::RoleSessionsWithoutMfa)).

use portcullis_iam::{ContextKey, Credential};
use portcullis_snapshot::ABSENT_FROM_USERS_OWN_CALLS;

use super::base::{self, Base, Mfa};
use crate::facts::{Domain, Facts, Optional};
use crate::question::Frame;

/// The requests of a session of the role, made by whoever holds it or by a service for it.
pub(super) fn frames(base: &Base) -> Vec<Frame> {
    let frame = |state| Frame {
        caller: base.caller.clone(),
        credential: Credential::RoleSession,
        facts: base::mfa(session(base), state),
    };
    vec![frame(Mfa::False), frame(Mfa::Absent)]
}

/// What is known of the requests of a session: its tags may be those of the role and any others.
fn session(base: &Base) -> Facts {
    let free = || Domain::Free { absent: Optional::Yes };
    let mut facts = base::circumstances(base.facts.clone(), base.now);
    for key in ABSENT_FROM_USERS_OWN_CALLS.into_iter().filter(|key| !OF_SERVICES.contains(key)) {
        facts.state(&ContextKey::new(key), free());
    }
    for key in OF_SERVICES {
        facts.state(&ContextKey::new(key), Domain::Absent);
    }
    for tag in base.tags() {
        facts.state(&tag, free());
    }
    let always = Domain::Free { absent: Optional::No };
    facts
        .with("aws:ViaAWSService", always.clone())
        .with("aws:userid", always.clone())
        .with("aws:TokenIssueTime", always)
        .with("aws:username", Domain::Absent)
        .with("aws:AssumedRoot", Domain::Absent)
}

/// The requests of the root user without MFA: with its access key, in the console, and from AssumeRoot.
pub(super) fn root(base: &Base) -> Vec<Frame> {
    let console = base.in_session(Credential::Console, Mfa::False);
    let assumed = Frame {
        facts: console.facts.clone().with("aws:AssumedRoot", Domain::One("true".into())),
        credential: Credential::Unstated,
        ..console.clone()
    };
    vec![base.with_key(), console, assumed]
}

/// Keys of requests that services make for themselves.
const OF_SERVICES: [&str; 6] = [
    "aws:principalservicename",
    "aws:principalservicenameslist",
    "aws:sourceaccount",
    "aws:sourcearn",
    "aws:sourceorgid",
    "aws:sourceorgpaths",
];
