//! Dates: those that the tests name, and one in each gap between them.

use portcullis_iam::Timestamp;
use portcullis_iam::catalog::KeyType;
use portcullis_iam::condition::{Family, Instant, View};

use super::value::ValueTests;

/// A date of each kind that the tests can tell apart.
pub(super) fn push_candidates(tests: &ValueTests<'_, '_>, texts: &mut Vec<String>) {
    if !tests.concern(Family::Date, KeyType::Date) {
        return;
    }
    let mut instants: Vec<Instant> = tests.views().flat_map(operands).collect();
    instants.sort_unstable();
    instants.dedup();
    let (Some(first), Some(last)) = (instants.first(), instants.last()) else {
        texts.push("2026-01-01T00:00:00Z".to_owned());
        return;
    };
    let mut found = Vec::with_capacity(2 * instants.len() + 1);
    found.extend(first.seconds.checked_sub(1).map(|seconds| Instant { seconds, ..*first }));
    for (instant, next) in instants.iter().zip(instants.iter().skip(1)) {
        found.push(*instant);
        found.extend(between(*instant, *next));
    }
    found.push(*last);
    found.extend(last.seconds.checked_add(1).map(|seconds| Instant { seconds, ..*last }));
    texts.extend(found.into_iter().map(written));
}

/// The dates among the values of a condition.
pub(super) fn operands(view: View<'_>) -> impl Iterator<Item = Instant> {
    let instants: &[Instant] = match view {
        View::Instants(instants) => instants,
        View::Text { .. }
        | View::Numbers(_)
        | View::Booleans { .. }
        | View::Bytes(_)
        | View::Blocks(_)
        | View::Arns { .. }
        | View::Null { .. } => &[],
    };
    instants.iter().copied()
}

/// An instant between two different ones, if there is one: a second later than the lower one, else a nanosecond.
fn between(low: Instant, high: Instant) -> Option<Instant> {
    let second = low.seconds.checked_add(1).map(|seconds| Instant { seconds, ..low });
    let nanosecond = Instant { nanoseconds: low.nanoseconds + 1, ..low };
    let nanosecond = (nanosecond.nanoseconds < SECOND).then_some(nanosecond);
    let whole = low.seconds.checked_add(1).map(|seconds| Instant { seconds, nanoseconds: 0 });
    [second, nanosecond, whole].into_iter().flatten().find(|instant| *instant < high)
}

/// As AWS writes it; in seconds since 1970 outside of the years 0 to 9999.
fn written(instant: Instant) -> String {
    let Instant { seconds, nanoseconds } = instant;
    let fraction = if nanoseconds == 0 { String::new() } else { format!(".{nanoseconds:09}") };
    let whole = Timestamp::from_seconds(seconds);
    if whole.seconds() == seconds {
        return whole.to_string().replace('Z', &format!("{fraction}Z"));
    }
    if seconds < 0 && nanoseconds != 0 {
        return format!("{}.{:09}", seconds + 1, SECOND - nanoseconds);
    }
    format!("{seconds}{fraction}")
}

/// Nanoseconds in a second.
const SECOND: u32 = 1_000_000_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_they_were_meant() {
        for seconds in
            [i64::MIN, -99_999_999_999_999, -62_167_219_200, -1, 0, 1_767_225_600, 253_402_300_800, i64::MAX]
        {
            for nanoseconds in [0, 1, 500_000_000, 999_999_999] {
                let instant = Instant { seconds, nanoseconds };
                assert_eq!(Instant::parse(&written(instant)), Some(instant), "{}", written(instant));
            }
        }
    }

    #[test]
    fn an_instant_lies_in_each_gap() {
        let at = |seconds, nanoseconds| Instant { seconds, nanoseconds };
        let cases = [
            (at(0, 0), at(9, 0), Some(at(1, 0))),
            (at(0, 0), at(1, 0), Some(at(0, 1))),
            (at(0, 999_999_999), at(1, 0), None),
            (at(0, 999_999_999), at(1, 1), Some(at(1, 0))),
            (at(i64::MAX, 0), at(i64::MAX, 1), None),
        ];
        for (low, high, expected) in cases {
            assert_eq!(between(low, high), expected, "{low:?} {high:?}");
        }
    }
}
