//! `Bool`: `true` or `false` in any case; variables are supported. Anything else matches nothing.

use portcullis_iam::Request;

use crate::spec::glob;
use crate::spec::holds::Holds;
use crate::spec::variable::{self, Wildcards};

use super::Operand;

pub(super) fn equals(operand: &Operand<'_>, value: &str, request: &Request) -> Holds {
    let expanded = operand.expand(Wildcards::Literal, request);
    match boolean(value) {
        Some(word) => variable::matches(expanded, |pieces| glob::matches_ignore_case(pieces, word)),
        None => Holds::No,
    }
}

/// The value as AWS writes it.
fn boolean(value: &str) -> Option<&'static str> {
    ["true", "false"].into_iter().find(|word| value.eq_ignore_ascii_case(word))
}
