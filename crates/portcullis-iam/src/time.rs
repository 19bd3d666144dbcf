//! Instants, as AWS writes them.

use std::fmt;

/// An instant with a resolution of one second, in UTC.
///
/// AWS writes instants as ISO 8601 (`2026-11-24T09:00:00Z`, `2026-11-24T09:00:00.123000+00:00`) or as seconds since 1970.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The instant `seconds` after 1970-01-01T00:00:00Z; negative before it. Kept within the years 0 to 9999.
    pub fn from_seconds(seconds: i64) -> Self {
        Self(seconds.clamp(EARLIEST, LATEST))
    }

    /// The instant in `text`: a date, or a date and time with an offset (`Z` when there is none), fractions cut off.
    pub fn parse(text: &str) -> Option<Self> {
        let mut scan = Scan(text.as_bytes());
        let year = scan.number(4)?;
        scan.byte(b"-")?;
        let month = scan.number(2)?;
        scan.byte(b"-")?;
        let day = scan.number(2)?;
        if !(1..=12).contains(&month) || !(1..=days_in_month(year, month)).contains(&day) {
            return None;
        }
        let time = if scan.is_empty() { 0 } else { scan.time()? };
        let seconds = days_from_civil(year, month, day) * DAY + time;
        (scan.is_empty() && (EARLIEST..=LATEST).contains(&seconds)).then_some(Self(seconds))
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    pub fn seconds(self) -> i64 {
        self.0
    }

    /// Whole days from `earlier` to this instant, rounded down; negative when `earlier` is later.
    pub fn days_since(self, earlier: Timestamp) -> i64 {
        (self.0 - earlier.0).div_euclid(DAY)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = civil_from_days(self.0.div_euclid(DAY));
        let second = self.0.rem_euclid(DAY);
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// What is left of the text.
struct Scan<'t>(&'t [u8]);

impl Scan<'_> {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn byte(&mut self, any_of: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = any_of.contains(first).then_some(rest)?;
        Some(*first)
    }

    fn number(&mut self, digits: usize) -> Option<i64> {
        let (number, rest) = self.0.split_at_checked(digits)?;
        self.0 = rest;
        let digit = |sum, byte: &u8| byte.is_ascii_digit().then(|| sum * 10 + i64::from(byte - b'0'));
        number.iter().try_fold(0, digit)
    }

    /// `Thh:mm[:ss[.fraction]][offset]`, as seconds after midnight UTC.
    fn time(&mut self) -> Option<i64> {
        self.byte(b"Tt ")?;
        let hour = self.number(2)?;
        self.byte(b":")?;
        let minute = self.number(2)?;
        let second = if self.byte(b":").is_some() { self.number(2)? } else { 0 };
        if self.byte(b".").is_some() {
            self.number(1)?;
            while self.byte(b"0123456789").is_some() {}
        }
        let valid = hour < 24 && minute < 60 && second <= 60;
        let offset = self.offset()?;
        valid.then_some(hour * 3600 + minute * 60 + second - offset)
    }

    fn offset(&mut self) -> Option<i64> {
        let sign = match self.byte(b"Zz+-") {
            Some(b'+') => 1,
            Some(b'-') => -1,
            Some(_) => return Some(0),
            None => return self.is_empty().then_some(0),
        };
        let hours = self.number(2)?;
        self.byte(b":");
        let minutes = self.number(2)?;
        (hours < 24 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
    }
}

fn days_in_month(year: i64, month: i64) -> i64 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01 to the date. Years are counted from March, so that the leap day comes last.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * DAYS_IN_ERA + day_of_era - DAYS_TO_1970
}

/// The inverse of [`days_from_civil`]: year, month, day.
fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + DAYS_TO_1970;
    let (era, day_of_era) = (days.div_euclid(DAYS_IN_ERA), days.rem_euclid(DAYS_IN_ERA));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * march_month + 2) / 5 + 1;
    let month = (march_month + 2) % 12 + 1;
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    (year, month, day)
}

const DAY: i64 = 86_400;
/// Days in 400 years.
const DAYS_IN_ERA: i64 = 146_097;
/// Days from 0000-03-01 to 1970-01-01.
const DAYS_TO_1970: i64 = 719_468;
/// 0000-01-01T00:00:00Z.
const EARLIEST: i64 = -62_167_219_200;
/// 9999-12-31T23:59:59Z.
const LATEST: i64 = 253_402_300_799;

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(Timestamp::parse(text).map(|at| at.to_string()).as_deref(), expected, "{text}");
    }

    #[test]
    fn reads_the_forms_that_aws_writes() {
        check("2016-05-16T18:13:11+00:00", Some("2016-05-16T18:13:11Z"));
        check("2023-01-09T12:44:05Z", Some("2023-01-09T12:44:05Z"));
        check("2026-11-24T09:00:00.123000+00:00", Some("2026-11-24T09:00:00Z"));
        check("2024-02-29", Some("2024-02-29T00:00:00Z"));
        check("2026-01-01T01:30:00+0230", Some("2025-12-31T23:00:00Z"));
        check("1969-12-31T23:59:59-00:30", Some("1970-01-01T00:29:59Z"));
    }

    #[test]
    fn refuses_what_is_no_instant() {
        for text in ["", "N/A", "2023-02-29", "2023-13-01", "2023-01-01T24:00:00Z", "2023-01-01T00:00:00Zx"] {
            check(text, None);
        }
        check("0000-01-01T00:00:00+01:00", None);
        check("9999-12-31T23:59:59-01:00", None);
    }

    #[test]
    fn printing_and_reading_agree_on_every_day_of_eight_centuries() {
        for day in -100_000..200_000 {
            let at = Timestamp::from_seconds(day * DAY + 3_661);
            assert_eq!(Timestamp::parse(&at.to_string()), Some(at));
        }
    }

    #[test]
    fn days_are_whole_days() {
        let early = Timestamp::parse("2026-01-01T12:00:00Z").unwrap();
        let late = Timestamp::parse("2026-01-03T11:59:59Z").unwrap();
        assert_eq!(late.days_since(early), 1);
        assert_eq!(early.days_since(late), -2);
    }
}
