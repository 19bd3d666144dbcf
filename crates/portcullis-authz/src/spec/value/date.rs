//! The date operators: "one of the W3C implementations of the ISO 8601 date formats or epoch (UNIX) time".
//! The two forms compare with each other. No variables, no wildcards.

use std::cmp::Ordering;

use crate::spec::holds::Holds;

/// Whether `value` stands to `operand` as `wanted`; what is no date matches nothing.
pub(super) fn is(value: &str, wanted: fn(Ordering) -> bool, operand: &str) -> Holds {
    match (Instant::parse(value), Instant::parse(operand)) {
        (Some(value), Some(operand)) => wanted(value.cmp(&operand)).into(),
        (None, _) | (_, None) => Holds::No,
    }
}

/// Seconds since 1970 and the decimals after them, without trailing zeros.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Instant<'t> {
    seconds: i64,
    decimals: &'t str,
}

impl<'t> Instant<'t> {
    fn parse(text: &'t str) -> Option<Self> {
        // Four digits are the W3C form of a year; any other number counts seconds.
        if text.len() != 4
            && let Some(epoch) = Self::epoch(text)
        {
            return Some(epoch);
        }
        let (date, time) = match text.split_once('T') {
            Some((date, time)) => (date, Some(time)),
            None => (text, None),
        };
        let parts: Vec<&str> = date.split('-').collect();
        let (days, is_day) = match *parts.as_slice() {
            [year] => (day_number(digits(year, 4)?, 1, 1)?, false),
            [year, month] => (day_number(digits(year, 4)?, digits(month, 2)?, 1)?, false),
            [year, month, day] => (day_number(digits(year, 4)?, digits(month, 2)?, digits(day, 2)?)?, true),
            _ => return None,
        };
        let (seconds, decimals) = match time {
            Some(time) if is_day => seconds_of_day(time)?,
            Some(_) => return None,
            None => (0, ""),
        };
        Some(Self { seconds: days * 86_400 + seconds, decimals: decimals.trim_end_matches('0') })
    }
}

impl<'t> Instant<'t> {
    /// Seconds, with decimals or without; a whole number of them before 1970.
    fn epoch(text: &'t str) -> Option<Self> {
        if let Some(before) = text.strip_prefix('-') {
            let seconds: i64 = if is_digits(before) { before.parse().ok()? } else { return None };
            return Some(Self { seconds: -seconds, decimals: "" });
        }
        let (seconds, decimals) = text.split_once('.').unwrap_or((text, "0"));
        let is_number = is_digits(seconds) && is_digits(decimals);
        let seconds = if is_number { seconds.parse().ok()? } else { return None };
        Some(Self { seconds, decimals: decimals.trim_end_matches('0') })
    }
}

/// `hh:mm`, `hh:mm:ss` or `hh:mm:ss.s…`, and a zone: `Z`, `+hh:mm` or `-hh:mm`. May be negative, or over a day.
fn seconds_of_day(text: &str) -> Option<(i64, &str)> {
    let (clock, zone) = match text.strip_suffix('Z') {
        Some(clock) => (clock, 0),
        None => {
            let at = text.rfind(['+', '-'])?;
            let (clock, zone) = text.split_at_checked(at)?;
            (clock, zone_seconds(zone)?)
        }
    };
    let (clock, decimals) = match clock.split_once('.') {
        Some((clock, decimals)) if clock.len() == 8 && is_digits(decimals) => (clock, decimals),
        Some(_) => return None,
        None => (clock, ""),
    };
    let parts: Vec<&str> = clock.split(':').collect();
    let (hour, minute, second) = match *parts.as_slice() {
        [hour, minute] => (hour, minute, "00"),
        [hour, minute, second] => (hour, minute, second),
        _ => return None,
    };
    let seconds = below(hour, 24)? * 3_600 + below(minute, 60)? * 60 + below(second, 60)?;
    Some((seconds - zone, decimals))
}

fn zone_seconds(zone: &str) -> Option<i64> {
    let (sign, clock) = match zone.strip_prefix('-') {
        Some(clock) => (-1, clock),
        None => (1, zone.strip_prefix('+')?),
    };
    let (hour, minute) = clock.split_once(':')?;
    Some(sign * (below(hour, 24)? * 3_600 + below(minute, 60)? * 60))
}

/// Days from 1970-01-01 to a day of the Gregorian calendar, counted year by year and month by month.
fn day_number(year: i64, month: i64, day: i64) -> Option<i64> {
    let month_index = usize::try_from(month - 1).ok()?;
    let days_of_month = *days_of_months(year).get(month_index)?;
    if !(1..=days_of_month).contains(&day) {
        return None;
    }
    let years: i64 = if 1970 <= year {
        (1970..year).map(days_of_year).sum()
    } else {
        -(year..1970).map(days_of_year).sum::<i64>()
    };
    let months: i64 = days_of_months(year).iter().take(month_index).sum();
    Some(years + months + day - 1)
}

fn days_of_year(year: i64) -> i64 {
    days_of_months(year).iter().sum()
}

fn days_of_months(year: i64) -> [i64; 12] {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    [31, if is_leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
}

/// A number of two digits below `limit`.
fn below(text: &str, limit: i64) -> Option<i64> {
    digits(text, 2).filter(|number| *number < limit)
}

fn digits(text: &str, length: usize) -> Option<i64> {
    if text.len() == length && is_digits(text) { text.parse().ok() } else { None }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_name_the_same_instants() {
        let same = [
            ("1970", "0"),
            ("2000-03-01", "951868800"),
            ("2020-01-01T00:00:01Z", "1577836801"),
            ("2020-01-01T01:00+01:00", "2020-01-01"),
            ("2019-12-31T23:30:00.500-00:30", "2020-01-01T00:00:00.5Z"),
            ("1969-12-31T23:59:59Z", "1970-01-01T00:59:59+01:00"),
        ];
        for (left, right) in same {
            assert_eq!(is(left, Ordering::is_eq, right), Holds::Yes, "{left} {right}");
        }
        let no_dates =
            ["", "2021-02-29", "2020-13", "2020-01-01T24:00Z", "2020-01-01T00:00", "2020-01T00:00Z", "x"];
        for text in no_dates {
            assert_eq!(is(text, |_| true, "2020"), Holds::No, "{text}");
        }
    }
}
