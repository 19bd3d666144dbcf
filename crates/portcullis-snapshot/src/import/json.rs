//! The JSON that the AWS CLI prints, borrowed from the file's text.

use std::borrow::Cow;
use std::fmt;

use portcullis_iam::Timestamp;
use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde_json::value::RawValue;

use super::fault::{Fault, saturate};

/// The JSON documents of a file, one after the other: at least one.
pub(super) fn documents<'t, T: Deserialize<'t>>(text: &'t str) -> Result<Vec<T>, Fault> {
    let trimmed = text.trim_start();
    if trimmed.is_empty() {
        return Err(Fault::new("the file is empty").hint(EMPTY_HINT));
    }
    if !trimmed.starts_with('{') {
        let (line, column) = super::text::place(text, text.len() - trimmed.len());
        return Err(Fault::new("the file holds no JSON object").hint(OBJECT_HINT).at(line, column));
    }
    serde_json::Deserializer::from_str(text)
        .into_iter::<T>()
        .collect::<Result<Vec<T>, _>>()
        .map_err(|error| fault(&error))
}

fn fault(error: &serde_json::Error) -> Fault {
    let hint = if error.is_eof() { TRUNCATED_HINT } else { OBJECT_HINT };
    let text = error.to_string();
    let message = text.rsplit_once(" at line ").map_or(text.as_str(), |(message, _)| message);
    Fault::new(in_words(message)).hint(hint).at(saturate(error.line()), saturate(error.column().max(1)))
}

/// A message of the JSON reader without its names for Rust's types.
fn in_words(message: &str) -> String {
    if let Some(what) = message.strip_prefix("EOF while parsing ") {
        return format!("the text ends in the middle of {what}");
    }
    let (found, expected) = message.split_once(", expected ").unwrap_or((message, ""));
    let found = found.replace("invalid type: map", "invalid type: object").replace("sequence", "list");
    match expected {
        "" => found,
        "a sequence" => format!("{found}, expected a list"),
        "i64" | "u32" => format!("{found}, expected a number"),
        expected if expected.starts_with("struct ") => format!("{found}, expected an object"),
        expected => format!("{found}, expected {expected}"),
    }
}

/// A string, borrowed when it has no escapes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Text<'t>(pub(super) Cow<'t, str>);

impl Text<'_> {
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de: 't, 't> Deserialize<'de> for Text<'t> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(TextVisitor)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Text<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Borrowed(text)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Owned(text.to_owned())))
    }
}

/// An instant: ISO 8601 text, or seconds since 1970 as some settings of the AWS CLI print it. None when it is neither.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct When(pub(super) Option<Timestamp>);

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(WhenVisitor)
    }
}

struct WhenVisitor;

impl Visitor<'_> for WhenVisitor {
    type Value = When;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<When, E> {
        Ok(When(Timestamp::parse(text)))
    }

    fn visit_u64<E: Error>(self, seconds: u64) -> Result<When, E> {
        Ok(When(i64::try_from(seconds).ok().map(Timestamp::from_seconds)))
    }

    fn visit_i64<E: Error>(self, seconds: i64) -> Result<When, E> {
        Ok(When(Some(Timestamp::from_seconds(seconds))))
    }

    fn visit_f64<E: Error>(self, seconds: f64) -> Result<When, E> {
        Ok(When(Some(Timestamp::from_seconds(seconds.floor() as i64))))
    }

    fn visit_unit<E: Error>(self) -> Result<When, E> {
        Ok(When(None))
    }
}

/// Where borrowed parts of a text are.
pub(super) struct Lines<'t> {
    text: &'t str,
    /// The offsets of the line ends.
    ends: Vec<u32>,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, ends: text.match_indices('\n').map(|(offset, _)| saturate(offset)).collect() }
    }

    /// The line, from 1, on which `part` starts; 0 when it is no part of the text.
    pub(super) fn of(&self, part: &str) -> u32 {
        self.place(part, 0).map_or(0, |(line, _)| line)
    }

    /// The line and column (in bytes), from 1, of the byte `offset` of `part`; none when it is no part of the text.
    pub(super) fn place(&self, part: &str, offset: u32) -> Option<(u32, u32)> {
        let start = (part.as_ptr() as usize).checked_sub(self.text.as_ptr() as usize)?;
        let at = start.checked_add(offset as usize).filter(|at| *at < self.text.len())?;
        let before = self.ends.partition_point(|end| (*end as usize) < at);
        let line_start =
            before.checked_sub(1).and_then(|last| self.ends.get(last)).map_or(0, |end| *end as usize + 1);
        Some((saturate(before + 1), saturate(at - line_start + 1)))
    }
}

/// The text of a policy document, which the CLI prints as a JSON object, and the API as URL-encoded text in a string.
pub(super) fn policy_text(raw: &RawValue) -> Option<Cow<'_, str>> {
    let json = raw.get();
    if !json.starts_with('"') {
        return Some(Cow::Borrowed(json));
    }
    let Text(text) = serde_json::from_str(json).ok()?;
    if text.trim_start().starts_with('{') {
        return Some(text);
    }
    percent_decode(&text).map(Cow::Owned)
}

fn percent_decode(text: &str) -> Option<String> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        rest = match (first, tail) {
            (b'%', [high, low, tail @ ..]) => {
                decoded.push(hex(*high)? << 4 | hex(*low)?);
                tail
            }
            (b'%', _) => return None,
            (byte, tail) => {
                decoded.push(*byte);
                tail
            }
        };
    }
    String::from_utf8(decoded).ok()
}

fn hex(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

const EMPTY_HINT: &str =
    "the AWS CLI prints nothing when a call fails: run the command again and look at its error";
const OBJECT_HINT: &str = "save the output of the AWS CLI with `--output json`";
const TRUNCATED_HINT: &str = "the file ends too early: run the command again";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_those_of_the_borrowed_part() {
        let text = "{\n\"a\":\n\"b\"}".to_owned();
        let lines = Lines::new(&text);
        assert_eq!(lines.of(text.get(..1).unwrap()), 1);
        assert_eq!(lines.of(text.get(2..5).unwrap()), 2);
        assert_eq!(lines.of(text.get(7..).unwrap()), 3);
        assert_eq!(lines.place(text.get(2..5).unwrap(), 2), Some((2, 3)));
        assert_eq!(lines.of("elsewhere"), 0);
    }

    #[test]
    fn messages_do_not_speak_of_rust() {
        let check = |json: &str, expected: &str| {
            let error = serde_json::from_str::<Vec<u32>>(json).unwrap_err();
            assert_eq!(fault(&error).message, expected);
        };
        check("{}", "invalid type: object, expected a list");
        check("[\"At Line\"]", "invalid type: string \"At Line\", expected a number");
        check("[1", "the text ends in the middle of a list");
    }

    #[test]
    fn documents_are_objects_or_encoded_text() {
        let check = |json: &str, expected: Option<&str>| {
            let raw: Box<RawValue> = serde_json::from_str(json).unwrap();
            assert_eq!(policy_text(&raw).as_deref(), expected);
        };
        check(r#"{"Version": "x"}"#, Some(r#"{"Version": "x"}"#));
        check(r#""%7B%22a%22%3A%221+1%22%7D""#, Some(r#"{"a":"1+1"}"#));
        check(r#""{\"a\": \"100%\"}""#, Some(r#"{"a": "100%"}"#));
        check(r#""%7""#, None);
        check(r#""%ff""#, None);
    }
}
