//! The numeric operators: integers and decimals, compared exactly. No variables, no wildcards.

use std::cmp::Ordering;

use crate::spec::holds::Holds;

/// Whether `value` stands to `operand` as `wanted`; what is no number matches nothing.
pub(super) fn is(value: &str, wanted: fn(Ordering) -> bool, operand: &str) -> Holds {
    match (Decimal::parse(value), Decimal::parse(operand)) {
        (Some(value), Some(operand)) => wanted(value.cmp(&operand)).into(),
        (None, _) | (_, None) => Holds::No,
    }
}

/// A decimal number without superfluous zeros.
#[derive(PartialEq, Eq)]
struct Decimal<'t> {
    negative: bool,
    whole: &'t str,
    fraction: &'t str,
}

impl<'t> Decimal<'t> {
    /// An optional sign, digits, and optionally a point and digits.
    fn parse(text: &'t str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        if !is_digits(whole) || !is_digits(fraction) {
            return None;
        }
        let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
        let is_zero = whole.is_empty() && fraction.is_empty();
        Some(Self { negative: negative && !is_zero, whole, fraction })
    }

    fn cmp(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => self.size().cmp(&other.size()),
            (true, true) => other.size().cmp(&self.size()),
        }
    }

    /// More digits before the point are more; else digit by digit.
    fn size(&self) -> (usize, &str, &str) {
        (self.whole.len(), self.whole, self.fraction)
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
