//! `DateEquals`, `DateLessThan` and their kin: ISO 8601 as W3C profiles it, or seconds since 1970, in any mixture.

use super::{Test, View, numeric};
use crate::time::Timestamp;
use crate::truth::Truth;

/// The values of a date condition; what is no date matches nothing and is left out.
#[derive(Clone, Debug)]
pub(super) struct DateOperands {
    instants: Box<[Instant]>,
    test: Test,
}

impl DateOperands {
    pub(super) fn new<'t>(test: Test, values: impl Iterator<Item = &'t str>) -> Self {
        Self { instants: values.filter_map(Instant::parse).collect(), test }
    }

    pub(super) fn view(&self) -> View<'_> {
        View::Instants(&self.instants)
    }

    /// Whether `value` stands in the operator's relation to any of the condition's values.
    pub(super) fn matches(&self, value: &str) -> Truth {
        let Some(value) = Instant::parse(value) else { return Truth::False };
        self.instants.iter().any(|operand| numeric::relation(self.test, value.cmp(operand))).into()
    }
}

/// Whether `text` is a date that can be compared.
pub(super) fn is_operand(text: &str) -> bool {
    Instant::parse(text).is_some()
}

/// An instant with a resolution of one nanosecond.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Instant {
    /// Whole seconds since 1970, rounded down.
    pub seconds: i64,
    /// What comes on top of them, below a billion.
    pub nanoseconds: u32,
}

impl Instant {
    /// The instant in `text`: `2026`, `2026-11`, `2026-11-24`, a date and a time with its offset, or seconds since
    /// 1970. Four digits alone are a year.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != 4
            && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'))
            && let Some(instant) = epoch(text)
        {
            return Some(instant);
        }
        let whole = |seconds: Timestamp| Self { seconds: seconds.seconds(), nanoseconds: 0 };
        match text.len() {
            4 => Timestamp::parse(&format!("{text}-01-01")).map(whole),
            7 => Timestamp::parse(&format!("{text}-01")).map(whole),
            10 => Timestamp::parse(text).map(whole),
            _ => date_and_time(text),
        }
    }
}

/// Seconds since 1970, with or without a fraction.
fn epoch(text: &str) -> Option<Instant> {
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, nanoseconds(fraction)?),
        None => (text, 0),
    };
    let seconds: i64 = whole.parse().ok()?;
    if whole.starts_with('-') && fraction != 0 {
        return Some(Instant { seconds: seconds.checked_sub(1)?, nanoseconds: 1_000_000_000 - fraction });
    }
    Some(Instant { seconds, nanoseconds: fraction })
}

/// `YYYY-MM-DDThh:mm`, then `:ss` and `.fraction` or not, then `Z`, `+hh:mm` or `-hh:mm`.
fn date_and_time(text: &str) -> Option<Instant> {
    let (_, time) = text.split_once('T')?;
    let clock = match time.strip_suffix('Z') {
        Some(clock) => clock,
        None => {
            let (clock, offset) = time.split_at_checked(time.len().checked_sub(6)?)?;
            (offset.starts_with(['+', '-']) && offset.get(3..4) == Some(":")).then_some(clock)?
        }
    };
    let (clock, fraction) = match clock.split_once('.') {
        Some((clock, fraction)) => (clock, nanoseconds(fraction)?),
        None => (clock, 0),
    };
    let seconds = Timestamp::parse(text)?.seconds();
    let long_enough = matches!(clock.len(), 5 | 8);
    long_enough.then_some(Instant { seconds, nanoseconds: fraction })
}

/// The fraction of a second in one to nine digits.
fn nanoseconds(digits: &str) -> Option<u32> {
    let valid = !digits.is_empty() && digits.len() <= 9 && digits.bytes().all(|byte| byte.is_ascii_digit());
    valid.then(|| format!("{digits:0<9}").parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_forms_meet_on_one_line() {
        let cases = [
            ("2026", Some((1_767_225_600, 0))),
            ("2026-01", Some((1_767_225_600, 0))),
            ("2026-01-01", Some((1_767_225_600, 0))),
            ("2026-01-01T00:00Z", Some((1_767_225_600, 0))),
            ("2026-01-01T01:00:00+01:00", Some((1_767_225_600, 0))),
            ("2025-12-31T23:30-00:30", Some((1_767_225_600, 0))),
            ("2026-01-01T00:00:00.25Z", Some((1_767_225_600, 250_000_000))),
            ("1767225600", Some((1_767_225_600, 0))),
            ("1767225600.5", Some((1_767_225_600, 500_000_000))),
            ("-1.25", Some((-2, 750_000_000))),
            ("0", Some((0, 0))),
            ("2026-01-01T00:00:00", None),
            ("2026-01-01 00:00:00Z", None),
            ("2026-02-30", None),
            ("2026-01-01T00:00:00+0100", None),
            ("2026-01-01T00:00:00.Z", None),
            ("", None),
            ("-", None),
            ("today", None),
        ];
        for (text, expected) in cases {
            let found = Instant::parse(text).map(|instant| (instant.seconds, instant.nanoseconds));
            assert_eq!(found, expected, "{text}");
        }
    }
}
