//! A session from `aws login`: an OAuth session of AWS Sign-In, made of a sign-in to the console.
//!
//! AWS does not say what the MFA keys are in it. That they are as in the sign-in is taken for granted
//! ([`Assumption::SignInKeepsMfa`](crate::Assumption::SignInKeepsMfa)).

use portcullis_iam::Credential;

use super::base::{Base, Mfa};
use crate::facts::{Domain, Optional};
use crate::question::Frame;

pub(super) fn frames(base: &Base) -> Vec<Frame> {
    // None of the rules for credentials from GetSessionToken is known to hold for these.
    let frame = base.in_session(Credential::Unstated, Mfa::False);
    let session = Domain::Free { absent: Optional::No };
    vec![Frame { facts: frame.facts.with("aws:SignInSessionArn", session), ..frame }]
}

/// The first hop: what turns a sign-in into such a session.
pub(crate) const HOPS: [&str; 2] = ["signin:AuthorizeOAuth2Access", "signin:CreateOAuth2Token"];
