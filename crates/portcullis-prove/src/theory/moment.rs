//! The time of a request: whole seconds since 1970, which date tests and numeric tests see in the same order.

use portcullis_iam::Timestamp;
use portcullis_iam::condition::Decimal;

use super::value::ValueTests;
use super::{date, number};

/// A moment at or after `start` of each kind that tests of dates and numbers can tell apart.
pub(super) fn candidates(tests: &ValueTests<'_, '_>, start: Timestamp) -> Vec<String> {
    let mut named: Vec<i64> = tests.views().flat_map(date::operands).map(|instant| instant.seconds).collect();
    named.extend(tests.views().flat_map(number::operands).filter_map(seconds));
    // A second before and after what is named: whatever its fraction, these and it lie on all sides of it.
    let near = |second: i64| (-1..=1).filter_map(move |offset| second.checked_add(offset));
    let mut seconds: Vec<i64> = named.into_iter().flat_map(near).collect();
    seconds.push(start.seconds());
    seconds.retain(|second| start.seconds() <= *second);
    seconds.sort_unstable();
    seconds.dedup();
    seconds.into_iter().map(|second| second.to_string()).collect()
}

/// The number without its fraction; none, when no moment is as large.
fn seconds(number: &str) -> Option<i64> {
    let decimal = Decimal::parse(number)?;
    let whole = if decimal.whole.is_empty() { 0 } else { decimal.whole.parse().ok()? };
    Some(if decimal.negative { -whole } else { whole })
}
