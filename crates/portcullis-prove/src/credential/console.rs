//! A console session: temporary credentials that the console makes of a password, whatever the user does there.
//!
//! Whoever has an access key and may call GetFederationToken, or passes credentials of GetSessionToken to the sign-in
//! endpoint, gets into the console too.

use portcullis_iam::Credential;

use super::base::{Base, Mfa};
use crate::question::Frame;

pub(super) fn without_mfa(base: &Base) -> Vec<Frame> {
    vec![base.in_session(Credential::Console, Mfa::False)]
}

pub(super) fn with_mfa(base: &Base) -> Vec<Frame> {
    vec![base.in_session(Credential::Console, Mfa::True)]
}
