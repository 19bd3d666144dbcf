//! Whether one value of a request matches one value of a policy, by the operator's family.

mod arn;
mod binary;
mod boolean;
mod date;
mod ip;
mod measured;
mod numeric;
mod text;

use portcullis_iam::Version;
use portcullis_iam::condition::Test;

use super::NotExported;
use super::encoder::Encoder;
use super::key::Value;
use super::term::Holds;
use measured::{DATE, NUMBER};

/// A value of a policy's condition.
pub(super) struct Operand<'p> {
    pub(super) text: &'p str,
    pub(super) version: Version,
}

/// Whether `value` matches `operand`. A negated operator is asked here as its positive twin.
pub(super) fn matches(
    encoder: &mut Encoder<'_>,
    test: Test,
    operand: &Operand<'_>,
    value: &Value,
) -> Result<Holds, NotExported> {
    let text = operand.text;
    match test {
        Test::StringEquals | Test::StringNotEquals => text::equals(encoder, operand, value),
        Test::StringEqualsIgnoreCase | Test::StringNotEqualsIgnoreCase => {
            text::equals_ignoring_case(encoder, operand, value)
        }
        Test::StringLike | Test::StringNotLike => text::like(encoder, operand, value),
        Test::NumericEquals | Test::NumericNotEquals => measured::is("=", NUMBER, value, text),
        Test::NumericLessThan => measured::is("<", NUMBER, value, text),
        Test::NumericLessThanEquals => measured::is("<=", NUMBER, value, text),
        Test::NumericGreaterThan => measured::is(">", NUMBER, value, text),
        Test::NumericGreaterThanEquals => measured::is(">=", NUMBER, value, text),
        Test::DateEquals | Test::DateNotEquals => measured::is("=", DATE, value, text),
        Test::DateLessThan => measured::is("<", DATE, value, text),
        Test::DateLessThanEquals => measured::is("<=", DATE, value, text),
        Test::DateGreaterThan => measured::is(">", DATE, value, text),
        Test::DateGreaterThanEquals => measured::is(">=", DATE, value, text),
        Test::Bool => boolean::equals(encoder, operand, value),
        Test::BinaryEquals => binary::equals(value, text),
        Test::IpAddress | Test::NotIpAddress => ip::contains(value, text),
        Test::ArnEquals | Test::ArnLike => arn::like(encoder, operand, value, &false.into()),
        // Of what is no ARN, AWS documents no meaning for the negated operators.
        Test::ArnNotEquals | Test::ArnNotLike => arn::like(encoder, operand, value, &Holds::MAYBE),
        Test::Null => Ok(false.into()),
    }
}
