//! `ContextEntries` and `UnknownContextKeys`: what is known of the request's condition keys.

use std::net::IpAddr;

use portcullis_iam::{Context, ContextKey, KeyState, Timestamp, Values};

use super::fault::Fault;
use super::input::ContextEntry;

/// The condition keys as the request gives them. An entry without any member counts for nothing, as with AWS.
pub(super) fn read(entries: &[ContextEntry], unknown: &[String]) -> Result<Context, Fault> {
    let mut context = Context::default();
    for (index, entry) in entries.iter().enumerate() {
        if is_blank(entry) {
            continue;
        }
        let name = entry.context_key_name.as_deref().unwrap_or_default();
        if name.is_empty() {
            return Err(Fault::invalid("ContextKeyName cannot be null or empty."));
        }
        let state = KeyState::Known(values(name, entry, index + 1)?);
        add(&mut context, name, state)?;
    }
    for name in unknown {
        add(&mut context, name, KeyState::Unknown)?;
    }
    Ok(context)
}

fn is_blank(entry: &ContextEntry) -> bool {
    entry.context_key_name.is_none() && entry.context_key_values.is_none() && entry.context_key_type.is_none()
}

fn add(context: &mut Context, name: &str, state: KeyState) -> Result<(), Fault> {
    let key = ContextKey::new(name);
    if *context.state(&key) != KeyState::Absent {
        return Err(Fault::invalid(format!("Duplicate context key: {name}.")));
    }
    context.set(key, state);
    Ok(())
}

/// The values of an entry: one for a scalar type, any number for a list type. Without a type their number decides.
fn values(name: &str, entry: &ContextEntry, number: usize) -> Result<Values, Fault> {
    let texts = entry.context_key_values.as_deref().unwrap_or_default();
    let kind =
        entry.context_key_type.as_deref().unwrap_or(if texts.len() == 1 { "string" } else { "stringList" });
    let scalar = kind.strip_suffix("List").unwrap_or(kind);
    let Some((_, check, format)) = TYPES.iter().find(|(known, ..)| *known == scalar) else {
        return Err(Fault::constraint(&format!("contextEntries.{number}.member.contextKeyType"), TYPE_NAMES));
    };
    if let Some(wrong) = texts.iter().find(|text| !check(text)) {
        let message = format!("Invalid context value for key {name}: expected {format}.");
        return Err(Fault::invalid(format!("{message} `{wrong}` is none.")));
    }
    match texts {
        [] => Err(Fault::invalid(format!("Context values for context key {name} cannot be null or empty."))),
        [one] if scalar.len() == kind.len() => Ok(Values::One(one.as_str().into())),
        many if scalar.len() == kind.len() => {
            let count = many.len();
            Err(Fault::invalid(format!("Context key {kind} expected a single value, but received {count}.")))
        }
        many => Ok(Values::Many(many.iter().map(|text| text.as_str().into()).collect())),
    }
}

type Check = fn(&str) -> bool;

/// The scalar types, what is a value of each, and how AWS calls its format. AWS checks neither strings nor booleans.
const TYPES: [(&str, Check, &str); 6] = [
    ("string", |_| true, "text"),
    ("numeric", is_number, "numeric format"),
    ("boolean", |_| true, "true or false"),
    ("ip", is_ip, "IP address"),
    ("binary", is_base64, "base-64 encoded binary format"),
    ("date", is_date, "DateTime format"),
];

const TYPE_NAMES: &str = "Member must satisfy enum value set: [string, stringList, numeric, numericList, boolean, \
                          booleanList, ip, ipList, binary, binaryList, date, dateList]";

/// A decimal number, with an exponent or without.
fn is_number(text: &str) -> bool {
    text.ends_with(|last: char| last.is_ascii_digit() || last == '.')
        && text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte))
        && text.parse::<f64>().is_ok()
}

fn is_ip(text: &str) -> bool {
    let (address, prefix) = text.split_once('/').unwrap_or((text, "0"));
    let limit = match address.parse() {
        Ok(IpAddr::V4(_)) => 32,
        Ok(IpAddr::V6(_)) => 128,
        Err(_) => return false,
    };
    prefix.parse::<u8>().is_ok_and(|bits| bits <= limit)
}

fn is_base64(text: &str) -> bool {
    let data = text.trim_end_matches('=');
    text.len().is_multiple_of(4)
        && text.len() - data.len() <= 2
        && data.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/')
}

/// A date in a W3C form (down to a mere year), or seconds since 1970.
fn is_date(text: &str) -> bool {
    let seconds = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = seconds.split_once('.').unwrap_or((seconds, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let month = |text: &str| text.len() == 7 && Timestamp::parse(&format!("{text}-01")).is_some();
    digits(whole) && digits(fraction) || month(text) || Timestamp::parse(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(kind: Option<&str>, values: &[&str]) -> ContextEntry {
        ContextEntry {
            context_key_name: Some("x:Key".into()),
            context_key_values: Some(values.iter().map(|value| (*value).to_owned()).collect()),
            context_key_type: kind.map(str::to_owned),
        }
    }

    fn state(kind: Option<&str>, values: &[&str]) -> Result<KeyState, String> {
        let context = read(&[entry(kind, values)], &[]).map_err(|fault| fault.message)?;
        Ok(context.state(&ContextKey::new("x:key")).clone())
    }

    #[test]
    fn the_type_decides_between_one_value_and_many() {
        let one = Ok(KeyState::Known(Values::One("a".into())));
        let list = Ok(KeyState::Known(Values::Many(vec!["a".into()])));
        assert_eq!(state(Some("string"), &["a"]), one);
        assert_eq!(state(Some("stringList"), &["a"]), list);
        assert_eq!(state(None, &["a"]), one);
        let message = "Context key string expected a single value, but received 2.";
        assert_eq!(state(Some("string"), &["a", "b"]), Err(message.into()));
        assert_eq!(
            state(Some("string"), &[]),
            Err("Context values for context key x:Key cannot be null or empty.".into())
        );
    }

    #[test]
    fn values_must_be_of_their_type() {
        let good = [
            ("numeric", "01.00"),
            ("numeric", "+1"),
            ("numeric", "1e2"),
            ("boolean", "TRUE"),
            ("ip", "203.0.113.7"),
            ("ip", "2001:db8::/32"),
            ("binary", "QmluYXJ5VmFsdWVJbkJhc2U2NA=="),
            ("date", "2026-11-24T09:00:00Z"),
            ("date", "2035"),
            ("date", "1767225600"),
        ];
        for (kind, value) in good {
            assert!(state(Some(kind), &[value]).is_ok(), "{kind} {value}");
        }
        let bad = [
            ("numeric", "abc", "numeric format"),
            ("numeric", "NaN", "numeric format"),
            ("numeric", "Infinity", "numeric format"),
            ("numeric", "0x10", "numeric format"),
            ("numeric", " 1 ", "numeric format"),
            ("ip", "999.0.0.1", "IP address"),
            ("ip", "10.0.0.0/33", "IP address"),
            ("binary", "!base64", "base-64 encoded binary format"),
            ("date", "tomorrow", "DateTime format"),
        ];
        for (kind, value, format) in bad {
            let message =
                format!("Invalid context value for key x:Key: expected {format}. `{value}` is none.");
            assert_eq!(state(Some(kind), &[value]), Err(message));
        }
    }

    #[test]
    fn a_key_is_given_once() {
        let twice = read(&[entry(None, &["a"])], &["X:KEY".into()]).unwrap_err();
        assert_eq!(twice.message, "Duplicate context key: X:KEY.");
        assert_eq!(read(&[ContextEntry::default()], &[]), Ok(Context::default()));
    }

    #[test]
    fn an_unknown_type_is_no_type() {
        let message = state(Some("text"), &["a"]).unwrap_err();
        let start = "1 validation error detected: Value at 'contextEntries.1.member.contextKeyType' failed";
        assert!(message.starts_with(start), "{message}");
    }
}
