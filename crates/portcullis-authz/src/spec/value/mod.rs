//! Whether one value of a request matches one value of a policy, by the operator's family.

mod arn;
mod binary;
mod boolean;
mod date;
mod ip;
mod numeric;
mod string;

use std::cmp::Ordering;

use portcullis_iam::condition::Test;
use portcullis_iam::{ContextKey, Gap, Request, Version};

use super::holds::Holds;
use super::variable::{self, Expanded, Wildcards};

/// A value of a policy's condition.
pub(super) struct Operand<'p> {
    /// The value as written.
    pub(super) text: &'p str,
    /// The version of its policy.
    pub(super) version: Version,
    /// The key that it is compared with.
    pub(super) key: &'p ContextKey,
}

impl Operand<'_> {
    /// What it says once its variables have been replaced.
    fn expand(&self, wildcards: Wildcards, request: &Request) -> Expanded {
        variable::expand(self.text, self.version, wildcards, &request.context)
    }
}

/// Whether `value` matches `operand`. A negated operator is asked here as its positive twin.
pub(super) fn matches(test: Test, operand: &Operand<'_>, value: &str, request: &Request) -> Holds {
    let text = operand.text;
    match test {
        Test::StringEquals | Test::StringNotEquals => string::equals(operand, value, request),
        Test::StringEqualsIgnoreCase | Test::StringNotEqualsIgnoreCase => {
            string::equals_ignore_case(operand, value, request)
        }
        Test::StringLike | Test::StringNotLike => string::like(operand, value, request),
        Test::NumericEquals | Test::NumericNotEquals => numeric::is(value, Ordering::is_eq, text),
        Test::NumericLessThan => numeric::is(value, Ordering::is_lt, text),
        Test::NumericLessThanEquals => numeric::is(value, Ordering::is_le, text),
        Test::NumericGreaterThan => numeric::is(value, Ordering::is_gt, text),
        Test::NumericGreaterThanEquals => numeric::is(value, Ordering::is_ge, text),
        Test::DateEquals | Test::DateNotEquals => date::is(value, Ordering::is_eq, text),
        Test::DateLessThan => date::is(value, Ordering::is_lt, text),
        Test::DateLessThanEquals => date::is(value, Ordering::is_le, text),
        Test::DateGreaterThan => date::is(value, Ordering::is_gt, text),
        Test::DateGreaterThanEquals => date::is(value, Ordering::is_ge, text),
        Test::Bool => boolean::equals(operand, value, request),
        Test::BinaryEquals => binary::equals(text, value),
        Test::IpAddress | Test::NotIpAddress => ip::contains(text, value),
        Test::ArnEquals | Test::ArnLike => arn::like(operand, value, request, Holds::No),
        // An operand or value that is no ARN: AWS documents no meaning for the negated operators.
        Test::ArnNotEquals | Test::ArnNotLike => {
            let gap = format!("what `{}` makes of what is no ARN in `{}`", test.name(), operand.key);
            arn::like(operand, value, request, Holds::depends_on_gap(Gap(gap.into())))
        }
        // Asked of the key, never of a value: see `condition`.
        Test::Null => Holds::No,
    }
}
