//! Temporary credentials from GetSessionToken. No policy can refuse the call itself: every access key can make them.

use portcullis_iam::Credential;

use super::base::{Base, Mfa};
use crate::question::Frame;

pub(super) fn without_mfa(base: &Base) -> Vec<Frame> {
    vec![base.in_session(Credential::SessionToken, Mfa::False)]
}

pub(super) fn with_mfa(base: &Base) -> Vec<Frame> {
    vec![base.in_session(Credential::SessionToken, Mfa::True)]
}
