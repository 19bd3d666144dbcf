//! Which dates IAM takes when a policy is saved: more than it can compare.
//!
//! Numbers are seconds since 1970. Anything with a `-` or a `T` is read as year, month, day, and hour, minute, second
//! with an optional fraction and offset, where later parts may be missing (observed by calls to CreatePolicy that
//! moto's suite records).

/// Whether IAM takes `text` as the operand of a date operator.
pub(super) fn is_accepted(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    if lower.contains(['t', '-']) {
        is_calendar(&lower)
    } else {
        text.parse::<i64>().is_ok_and(|seconds| 0 <= seconds)
    }
}

fn is_calendar(text: &str) -> bool {
    let (date, time) = text.split_once('t').unwrap_or((text, ""));
    is_date(date) && is_time(time)
}

/// `[-]year[-month[-day]]`
fn is_date(text: &str) -> bool {
    let mut parts = text.strip_prefix('-').unwrap_or(text).split('-');
    let year = parts.next().is_some_and(|year| is_within(year, 0, LATEST_YEAR));
    let month = parts.next().is_none_or(|month| is_within(month, 1, 12));
    let day = parts.next().is_none_or(|day| is_within(day, 1, 31));
    year && month && day && parts.next().is_none()
}

/// Nothing, or `hour[:minute[:second[.fraction][offset]]]`
fn is_time(text: &str) -> bool {
    if text.is_empty() {
        return true;
    }
    let (clock, offset) = split_offset(text);
    let mut parts = clock.split(':');
    let hour = parts.next().is_some_and(|hour| is_within(hour, 0, 23));
    let minute = parts.next().is_none_or(|minute| is_within(minute, 0, 59));
    let second = parts.next().is_none_or(is_second);
    hour && minute && second && parts.next().is_none() && is_offset(offset)
}

fn split_offset(text: &str) -> (&str, &str) {
    text.find(['z', '+', '-']).map_or((text, ""), |at| text.split_at(at))
}

/// Nothing, `z`, or a sign and `hh[:mm]`
fn is_offset(text: &str) -> bool {
    let Some(offset) = text.strip_prefix(['+', '-']) else {
        return text.is_empty() || text == "z";
    };
    let (hours, minutes) =
        offset.split_once(':').map_or((offset, None), |(hours, minutes)| (hours, Some(minutes)));
    let is_pair = |digits: &str, most: u64| digits.len() == 2 && is_within(digits, 0, most);
    is_pair(hours, 23) && minutes.is_none_or(|minutes| is_pair(minutes, 59))
}

/// `ss[.fraction]`, the fraction in at most nine digits.
fn is_second(text: &str) -> bool {
    let (whole, fraction) =
        text.split_once('.').map_or((text, None), |(whole, fraction)| (whole, Some(fraction)));
    is_within(whole, 0, 59) && fraction.is_none_or(|fraction| is_within(fraction, 0, 999_999_999))
}

fn is_within(digits: &str, least: u64, most: u64) -> bool {
    digits.bytes().all(|byte| byte.is_ascii_digit())
        && digits.parse::<u64>().is_ok_and(|number| least <= number && number <= most)
}

/// The last year of a Java timestamp.
const LATEST_YEAR: u64 = 292_278_993;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_iam_takes_and_refuses() {
        let taken = [
            "2019-07-01T13:20:15Z",
            "2016-12-13T21:20:37.593194+00:00",
            "2016-12-13t2:00:00.593194+23",
            "2016-12-13T00:00:00-08:00",
            "-292275054",
            "01T",
            "2026",
            "2026-11",
            "1700000000",
        ];
        for text in taken {
            assert!(is_accepted(text), "{text}");
        }
        let refused = [
            "sdfdsf",
            "234-13",
            "2016-12-13t2:00:00.593194+1",
            "2016-12-13t2:00:00.1999999999+10:59",
            "9223372036854775808",
            "2016-12-32",
            "2016-01-01T24:00:00Z",
            "2016-01-01T10:00:00Zulu",
            "",
            "${aws:CurrentTime}",
        ];
        for text in refused {
            assert!(!is_accepted(text), "{text}");
        }
    }
}
