//! An access key: no session, and no MFA key in any request.

use super::base::Base;
use crate::question::Frame;

pub(super) fn frames(base: &Base) -> Vec<Frame> {
    vec![base.with_key()]
}
