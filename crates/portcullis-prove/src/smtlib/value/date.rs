//! The date operators.

/// The seconds since 1970 of the date in `text`, as a term.
pub(super) fn real(text: &str) -> Option<String> {
    let (seconds, fraction) = if text.len() == 4 { None } else { epoch(text) }.or_else(|| written(text))?;
    let fraction = if fraction.is_empty() { "0" } else { fraction };
    let number = format!("{}.{fraction}", seconds.unsigned_abs());
    match (seconds < 0, fraction.bytes().all(|digit| digit == b'0')) {
        (false, _) => Some(number),
        (true, true) => Some(format!("(- {number})")),
        // The fraction counts forward from the second.
        (true, false) => Some(format!("(+ (- {}.0) 0.{fraction})", seconds.unsigned_abs())),
    }
}

/// Seconds, with decimals or without; whole before 1970.
fn epoch(text: &str) -> Option<(i64, &str)> {
    if let Some(before) = text.strip_prefix('-') {
        return number(before).map(|seconds| (-seconds, ""));
    }
    let (seconds, decimals) = text.split_once('.').unwrap_or((text, "0"));
    number(decimals.get(..1)?)?;
    decimals.bytes().all(|byte| byte.is_ascii_digit()).then_some(())?;
    Some((number(seconds)?, decimals))
}

/// The W3C forms of ISO 8601: a year, a month, a day, or a day with a time and a zone.
fn written(text: &str) -> Option<(i64, &str)> {
    let (date, time) = text.split_once('T').map_or((text, None), |(date, time)| (date, Some(time)));
    let fields: Vec<&str> = date.split('-').collect();
    let day = match *fields.as_slice() {
        [year] if time.is_none() => day_number(exact(year, 4)?, 1, 1)?,
        [year, month] if time.is_none() => day_number(exact(year, 4)?, exact(month, 2)?, 1)?,
        [year, month, day] => day_number(exact(year, 4)?, exact(month, 2)?, exact(day, 2)?)?,
        _ => return None,
    };
    let (seconds, decimals) = time.map_or(Some((0, "")), clock)?;
    Some((day * 86_400 + seconds, decimals))
}

fn clock(text: &str) -> Option<(i64, &str)> {
    let at = text.find(['Z', '+', '-'])?;
    let (clock, zone) = text.split_at_checked(at)?;
    let zone = if zone == "Z" { 0 } else { zone_seconds(zone)? };
    let (clock, decimals) = match clock.split_once('.') {
        Some((clock, decimals)) if clock.len() == 8 && number(decimals.get(..1)?).is_some() => {
            (clock, decimals.bytes().all(|byte| byte.is_ascii_digit()).then_some(decimals)?)
        }
        Some(_) => return None,
        None => (clock, ""),
    };
    let mut fields = clock.split(':');
    let (hour, minute) = (below(fields.next()?, 24)?, below(fields.next()?, 60)?);
    let second = fields.next().map_or(Some(0), |second| below(second, 60))?;
    fields.next().is_none().then_some((hour * 3600 + minute * 60 + second - zone, decimals))
}

fn zone_seconds(zone: &str) -> Option<i64> {
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let (hour, minute) = zone.get(1..)?.split_once(':')?;
    Some(sign * (below(hour, 24)? * 3600 + below(minute, 60)? * 60))
}

/// Days from 1970-01-01 to a day of the Gregorian calendar.
fn day_number(year: i64, month: i64, day: i64) -> Option<i64> {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let lengths = [31, if is_leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let length = lengths.get(usize::try_from(month - 1).ok()?)?;
    let before: i64 = lengths.iter().take(usize::try_from(month - 1).ok()?).sum();
    // Leap days before the first of January of a year.
    let leaps =
        |year: i64| (year - 1).div_euclid(4) - (year - 1).div_euclid(100) + (year - 1).div_euclid(400);
    let years = (year - 1970) * 365 + leaps(year) - leaps(1970);
    (1..=*length).contains(&day).then_some(years + before + day - 1)
}

fn below(text: &str, limit: i64) -> Option<i64> {
    exact(text, 2).filter(|number| *number < limit)
}

fn exact(text: &str, length: usize) -> Option<i64> {
    if text.len() == length { number(text) } else { None }
}

fn number(text: &str) -> Option<i64> {
    let is_digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_digits { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_become_seconds() {
        for (text, expected) in [
            ("1970", Some("0.0")),
            ("2000-03-01", Some("951868800.0")),
            ("1577836801", Some("1577836801.0")),
            ("2020-01-01T01:00+01:00", Some("1577836800.0")),
            ("1969-12-31T23:59:59.5Z", Some("(+ (- 1.0) 0.5)")),
            ("-1", Some("(- 1.0)")),
            ("2021-02-29", None),
            ("2020-01-01T00:00", None),
            ("x", None),
        ] {
            assert_eq!(real(text).as_deref(), expected, "{text}");
        }
    }
}
