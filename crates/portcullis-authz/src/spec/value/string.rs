//! `StringEquals`, `StringEqualsIgnoreCase`, `StringLike`. Variables apply to all, wildcards to the last.

use portcullis_iam::Request;

use crate::spec::glob;
use crate::spec::holds::Holds;
use crate::spec::variable::{self, Wildcards};

use super::Operand;

/// "Exact matching, case sensitive."
pub(super) fn equals(operand: &Operand<'_>, value: &str, request: &Request) -> Holds {
    let expanded = operand.expand(Wildcards::Literal, request);
    variable::matches(expanded, |pieces| glob::matches(pieces, value))
}

/// "Exact matching, ignoring case": letter by letter, without any other folding.
pub(super) fn equals_ignore_case(operand: &Operand<'_>, value: &str, request: &Request) -> Holds {
    let expanded = operand.expand(Wildcards::Literal, request);
    variable::matches(expanded, |pieces| glob::matches_ignore_case(pieces, value))
}

/// "Case-sensitive matching. The values can include `*` and `?` anywhere in the string."
pub(super) fn like(operand: &Operand<'_>, value: &str, request: &Request) -> Holds {
    let expanded = operand.expand(Wildcards::Apply, request);
    variable::matches(expanded, |pieces| glob::matches(pieces, value))
}
