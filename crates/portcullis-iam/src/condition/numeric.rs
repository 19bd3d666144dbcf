//! `NumericEquals`, `NumericLessThan` and their kin: integers and decimals, compared exactly.

use std::cmp::Ordering;

use super::{Test, View};
use crate::truth::Truth;

/// The values of a numeric condition; what is no number matches nothing and is left out.
#[derive(Clone, Debug)]
pub(super) struct NumericOperands {
    numbers: Box<[Box<str>]>,
    test: Test,
}

impl NumericOperands {
    pub(super) fn new<'t>(test: Test, values: impl Iterator<Item = &'t str>) -> Self {
        let numbers = values.filter(|text| Decimal::parse(text).is_some()).map(Box::from).collect();
        Self { numbers, test }
    }

    pub(super) fn view(&self) -> View<'_> {
        View::Numbers(&self.numbers)
    }

    /// Whether `value` stands in the operator's relation to any of the condition's values.
    pub(super) fn matches(&self, value: &str) -> Truth {
        let Some(value) = Decimal::parse(value) else { return Truth::False };
        let mut operands = self.numbers.iter().filter_map(|text| Decimal::parse(text));
        operands.any(|operand| relation(self.test, value.order(&operand))).into()
    }
}

/// Whether `text` is a number that can be compared.
pub(super) fn is_operand(text: &str) -> bool {
    Decimal::parse(text).is_some()
}

/// Whether the order of a request's value and a policy's value is the one that `test` asks for. Of a negated test,
/// this is the test that it negates.
pub(super) fn relation(test: Test, order: Ordering) -> bool {
    match test {
        Test::NumericLessThan | Test::DateLessThan => order.is_lt(),
        Test::NumericLessThanEquals | Test::DateLessThanEquals => order.is_le(),
        Test::NumericGreaterThan | Test::DateGreaterThan => order.is_gt(),
        Test::NumericGreaterThanEquals | Test::DateGreaterThanEquals => order.is_ge(),
        _ => order.is_eq(),
    }
}

/// A decimal number of any length: an optional sign, digits, and optionally a point and digits.
#[derive(Clone, Copy, Debug)]
pub struct Decimal<'t> {
    /// Whether it is below zero.
    pub negative: bool,
    /// Without leading zeros.
    pub whole: &'t str,
    /// Without trailing zeros.
    pub fraction: &'t str,
}

impl<'t> Decimal<'t> {
    /// The number in `text`.
    pub fn parse(text: &'t str) -> Option<Self> {
        let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
        let (whole, fraction) = match unsigned.split_once('.') {
            Some((whole, fraction)) => (whole, digits(fraction)?),
            None => (unsigned, ""),
        };
        let whole = digits(whole)?.trim_start_matches('0');
        let fraction = fraction.trim_end_matches('0');
        let zero = whole.is_empty() && fraction.is_empty();
        Some(Self { negative: text.starts_with('-') && !zero, whole, fraction })
    }

    /// The order of the two numbers.
    pub fn order(&self, other: &Decimal<'_>) -> Ordering {
        match (self.negative, other.negative) {
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            (false, false) => self.cmp_size(other),
            (true, true) => other.cmp_size(self),
        }
    }

    /// Fractions without trailing zeros compare as text: `5` < `51`.
    fn cmp_size(&self, other: &Decimal<'_>) -> Ordering {
        let whole = self.whole.len().cmp(&other.whole.len()).then_with(|| self.whole.cmp(other.whole));
        whole.then_with(|| self.fraction.cmp(other.fraction))
    }
}

fn digits(text: &str) -> Option<&str> {
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_compare_exactly() {
        let cases = [
            ("1", "1.0", Some(Ordering::Equal)),
            ("-0", "0", Some(Ordering::Equal)),
            ("+7", "007", Some(Ordering::Equal)),
            ("9007199254740993", "9007199254740992", Some(Ordering::Greater)),
            ("0.1", "0.10000000000000000001", Some(Ordering::Less)),
            ("-2", "-10", Some(Ordering::Greater)),
            ("10", "9", Some(Ordering::Greater)),
            ("-1.5", "-1.25", Some(Ordering::Less)),
            ("1e3", "1000", None),
            ("", "0", None),
            (" 1", "1", None),
            ("1.", "1", None),
            (".5", "0.5", None),
        ];
        for (left, right, expected) in cases {
            let found =
                Decimal::parse(left).zip(Decimal::parse(right)).map(|(left, right)| left.order(&right));
            assert_eq!(found, expected, "{left} and {right}");
        }
    }
}
