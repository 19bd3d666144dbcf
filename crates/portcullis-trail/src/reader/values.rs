//! The values of a text: records, lists of them, and what wraps them.

use std::borrow::Cow;
use std::io;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::window::Window;
use super::{Fault, MAX_RECORD_BYTES, Outcome, Skip};
use crate::record::{Record, checked, scan};

/// Gives every record of the text to `each`.
pub(super) fn read(window: &mut Window<'_>, each: &mut dyn FnMut(&Record<'_>)) -> Outcome {
    let mut walk = Walk { window, each, outcome: Outcome::default() };
    walk.outcome.fault = walk.values().err();
    let Walk { window, mut outcome, .. } = walk;
    outcome.bytes = window.read;
    outcome.replaced = window.replaced;
    outcome
}

struct Walk<'w, 'r, 'e> {
    window: &'w mut Window<'r>,
    each: &'e mut dyn FnMut(&Record<'_>),
    outcome: Outcome,
}

/// What the text goes on with.
enum Next {
    /// A value that is an object.
    Object,
    /// This character, and no object.
    Other(char),
    /// The text is at its end.
    End,
}

/// What there is of a value.
enum Value {
    /// All of it, and it is done with.
    Whole,
    /// Not all of it, and the text is at its end.
    Cut,
    /// No JSON.
    Malformed,
    /// More than a record has.
    TooLong,
}

impl Walk<'_, '_, '_> {
    /// Values one after the other, on lines of their own or not.
    fn values(&mut self) -> Result<(), Fault> {
        loop {
            match self.next(&[])? {
                Next::End => return Ok(()),
                Next::Object if self.opens_list()? => {
                    self.list()?;
                    self.close()?;
                }
                Next::Object => self.line()?,
                Next::Other('[') => {
                    self.window.advance(1);
                    self.list()?;
                }
                Next::Other(_) => {
                    self.count(Skip::Malformed);
                    self.skip_line()?;
                }
            }
        }
    }

    /// The records of a list that has begun, up to its end.
    fn list(&mut self) -> Result<(), Fault> {
        loop {
            match self.next(&[','])? {
                Next::End => return Err(Fault::EndsEarly),
                Next::Object => match self.value()? {
                    Value::Whole => {}
                    Value::Cut => return Err(Fault::EndsEarly),
                    Value::Malformed => return Err(Fault::Malformed(self.window.done)),
                    Value::TooLong => return Err(Fault::TooLong(self.window.done)),
                },
                Next::Other(']') => {
                    self.window.advance(1);
                    return Ok(());
                }
                Next::Other(_) => return Err(Fault::Malformed(self.window.done)),
            }
        }
    }

    /// A value that may have a line of its own: what is wrong with it spoils no more than the line.
    fn line(&mut self) -> Result<(), Fault> {
        let skip = match self.value()? {
            Value::Whole => return Ok(()),
            Value::Cut => return Err(Fault::EndsEarly),
            Value::Malformed => Skip::Malformed,
            Value::TooLong => Skip::TooLong,
        };
        self.count(skip);
        self.skip_line()
    }

    /// Reads the object that the text goes on with.
    fn value(&mut self) -> Result<Value, Fault> {
        if let Some((record, length)) = scan(self.window.text()) {
            if MAX_RECORD_BYTES < length {
                return Ok(Value::TooLong);
            }
            let json = self.window.text().get(..length).unwrap_or_default();
            match record.name {
                Some(_) => take(&record, json, (self.each, &mut self.outcome)),
                None => unwrap(json, (self.each, &mut self.outcome), WRAPPERS),
            }
            self.window.advance(length);
            return Ok(Value::Whole);
        }
        self.any(|walk, length| {
            let json = walk.window.text().get(..length).unwrap_or_default();
            unwrap(json, (walk.each, &mut walk.outcome), WRAPPERS);
        })
    }

    /// Gives the length of the JSON value that the text goes on with to `done`.
    fn any(&mut self, done: impl FnOnce(&mut Self, usize)) -> Result<Value, Fault> {
        loop {
            let text = self.window.text();
            match whole(text) {
                Ok(length) if MAX_RECORD_BYTES < length => return Ok(Value::TooLong),
                Ok(length) => {
                    done(self, length);
                    self.window.advance(length);
                    return Ok(Value::Whole);
                }
                Err(error) if !error.is_eof() => return Ok(Value::Malformed),
                Err(_) => {}
            }
            if !self.fill()? {
                return Ok(Value::Cut);
            }
            // INVARIANT: a text of this length that holds no whole value holds none that is short enough.
            if 2 * MAX_RECORD_BYTES < self.window.text().len() {
                return Ok(Value::TooLong);
            }
        }
    }

    /// Whether an object begins with a list of records; then the list has begun.
    fn opens_list(&mut self) -> Result<bool, Fault> {
        loop {
            match opening(self.window.text()) {
                Opening::List(length) => {
                    self.window.advance(length);
                    return Ok(true);
                }
                Opening::Other => return Ok(false),
                Opening::Cut if self.fill()? => {}
                Opening::Cut => return Ok(false),
            }
        }
    }

    /// What follows a list in its object tells nothing.
    fn close(&mut self) -> Result<(), Fault> {
        loop {
            match self.next(&[',', ':'])? {
                Next::End => return Err(Fault::EndsEarly),
                Next::Other('}') => {
                    self.window.advance(1);
                    return Ok(());
                }
                Next::Object | Next::Other(_) => match self.any(|_, _| {})? {
                    Value::Whole => {}
                    Value::Cut => return Err(Fault::EndsEarly),
                    Value::Malformed => return Err(Fault::Malformed(self.window.done)),
                    Value::TooLong => return Err(Fault::TooLong(self.window.done)),
                },
            }
        }
    }

    fn skip_line(&mut self) -> Result<(), Fault> {
        loop {
            let text = self.window.text();
            let end = memchr::memchr(b'\n', text.as_bytes());
            self.window.advance(end.map_or(text.len(), |at| at + 1));
            if end.is_some() || !self.fill()? {
                return Ok(());
            }
        }
    }

    /// What comes after white space and `separators`.
    fn next(&mut self, separators: &[char]) -> Result<Next, Fault> {
        loop {
            let text = self.window.text();
            let is_blank = |c: char| c.is_ascii_whitespace() || c == '\u{feff}' || separators.contains(&c);
            let start = text.find(|c| !is_blank(c));
            self.window.advance(start.unwrap_or(text.len()));
            match self.window.text().chars().next() {
                Some('{') => return Ok(Next::Object),
                Some(other) => return Ok(Next::Other(other)),
                None if self.fill()? => {}
                None => return Ok(Next::End),
            }
        }
    }

    fn fill(&mut self) -> Result<bool, Fault> {
        self.window.fill().map_err(|error| match error.kind() {
            io::ErrorKind::InvalidData => Fault::Damaged(error.to_string().into()),
            io::ErrorKind::FileTooLarge => Fault::TooLarge,
            _ => Fault::Input(error.to_string().into()),
        })
    }

    fn count(&mut self, skip: Skip) {
        *self.outcome.skipped.entry(skip).or_default() += 1;
    }
}

/// Where records go.
type Sink<'s> = (&'s mut dyn FnMut(&Record<'_>), &'s mut Outcome);

/// Gives a record on, or counts why not.
fn take(record: &Record<'_>, json: &str, (each, outcome): Sink<'_>) {
    match reason(record, json) {
        None => {
            outcome.records += 1;
            each(record);
        }
        Some(skip) => *outcome.skipped.entry(skip).or_default() += 1,
    }
}

/// Why an object is no record of a request.
fn reason(record: &Record<'_>, json: &str) -> Option<Skip> {
    match record.category.as_deref() {
        Some("Insight") => return Some(Skip::Insight),
        Some("NetworkActivity") => return Some(Skip::NetworkActivity),
        Some("Aggregated") => return Some(Skip::Aggregated),
        Some(_) | None => {}
    }
    if record.name.is_none() || record.source.is_none() {
        return Some(if json.contains("\"digestStartTime\"") { Skip::Digest } else { Skip::NoRecord });
    }
    None
}

/// How many wrappers may stand around each other.
const WRAPPERS: usize = 3;

/// What wraps records: a file whose list does not come first, an event of EventBridge, an event of LookupEvents.
#[derive(Deserialize)]
struct Wrapper<'b> {
    #[serde(borrow, rename = "Records")]
    records: Option<Vec<&'b RawValue>>,
    #[serde(borrow, rename = "Events")]
    events: Option<Vec<&'b RawValue>>,
    #[serde(borrow)]
    detail: Option<&'b RawValue>,
    #[serde(borrow, rename = "CloudTrailEvent")]
    event: Option<Cow<'b, str>>,
}

/// Takes an object, or what it wraps.
fn unwrap(json: &str, (each, outcome): Sink<'_>, depth: usize) {
    let Ok(record) = checked(json) else {
        *outcome.skipped.entry(Skip::Malformed).or_default() += 1;
        return;
    };
    let wrapper = match record.name {
        None if 0 < depth => serde_json::from_str::<Wrapper<'_>>(json).ok(),
        None | Some(_) => None,
    };
    let Some(wrapper) = wrapper else { return take(&record, json, (each, outcome)) };
    let lists = wrapper.records.iter().chain(&wrapper.events).flatten();
    let mut inner: Vec<&str> = lists.map(|own| own.get()).collect();
    inner.extend(wrapper.detail.map(RawValue::get));
    inner.extend(wrapper.event.as_deref());
    if inner.is_empty() {
        return take(&record, json, (each, outcome));
    }
    inner.into_iter().for_each(|own| unwrap(own, (each, outcome), depth - 1));
}

/// How much of the text is one value.
fn whole(text: &str) -> Result<usize, serde_json::Error> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<&RawValue>();
    match values.next() {
        Some(Ok(_)) => Ok(values.byte_offset()),
        Some(Err(error)) => Err(error),
        None => Ok(0),
    }
}

/// How an object begins.
enum Opening {
    /// With the list of a file, `{"Records":[`, of this length.
    List(usize),
    /// With something else.
    Other,
    /// With what may become a list.
    Cut,
}

fn opening(text: &str) -> Opening {
    let mut rest = text;
    for parts in [&["{"][..], &["\"Records\"", "\"Events\""], &[":"], &["["]] {
        rest = rest.trim_start();
        if let Some(part) = parts.iter().find(|part| rest.starts_with(**part)) {
            rest = rest.get(part.len()..).unwrap_or_default();
        } else if parts.iter().any(|part| part.starts_with(rest)) {
            return Opening::Cut;
        } else {
            return Opening::Other;
        }
    }
    Opening::List(text.len() - rest.len())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    /// Gives a few bytes at a time, however much is asked for.
    struct Drops<'t>(&'t [u8], usize);

    impl Read for Drops<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let few = self.1.min(buffer.len()).min(self.0.len());
            let (now, later) = self.0.split_at(few);
            buffer.get_mut(..few).unwrap().copy_from_slice(now);
            self.0 = later;
            Ok(few)
        }
    }

    /// The ids of the records and what the text came to, the same however it is read.
    fn check(text: &str, ids: &[&str], came_to: &str) {
        let shown: String = text.chars().take(200).collect();
        let mut seen = Vec::new();
        let mut each = |record: &Record<'_>| seen.push(record.id.as_deref().unwrap_or_default().to_owned());
        let outcome = read(&mut Window::whole(text.as_bytes().to_vec()), &mut each);
        assert_eq!(seen, ids, "{shown}");
        assert_eq!(outcome.records, ids.len() as u64);
        let skipped = outcome.skipped.iter().map(|(skip, count)| format!("{count} {skip:?}"));
        let all: Vec<String> =
            skipped.chain(outcome.fault.iter().map(|fault| format!("{fault:?}"))).collect();
        assert_eq!(all.join(", "), came_to, "{shown}");
        let mut again = Vec::new();
        let mut each = |record: &Record<'_>| again.push(record.id.as_deref().unwrap_or_default().to_owned());
        let mut streamed = read(&mut Window::of(&mut Drops(text.as_bytes(), 7)), &mut each);
        if outcome.fault.is_some() {
            // Nothing is read beyond a fault.
            streamed.bytes = outcome.bytes;
        }
        assert_eq!((again, streamed), (seen, outcome), "{shown}");
    }

    fn event(id: &str) -> String {
        format!(r#"{{"eventID":"{id}","eventName":"n","eventSource":"s"}}"#)
    }

    #[test]
    fn every_container_is_read() {
        let (a, b) = (event("a"), event("b"));
        check(&format!(r#"{{"Records":[{a},{b}]}}"#), &["a", "b"], "");
        check(&format!("{{ \"Records\" : [\n {a} ,\n{b}\n]\n}}\n"), &["a", "b"], "");
        check(&format!("{a}\n{b}\n"), &["a", "b"], "");
        check(&format!("[{a},{b}]"), &["a", "b"], "");
        check(&format!("\u{feff}{a}{b}"), &["a", "b"], "");
        check(&format!("{{\"Records\":[{a}]}}\n{{\"Records\":[{b}]}}"), &["a", "b"], "");
        check(&format!(r#"{{"detail-type":"AWS API Call via CloudTrail","detail":{a}}}"#), &["a"], "");
        let looked_up =
            format!(r#"{{"EventId":"a","CloudTrailEvent":{}}}"#, serde_json::to_string(&a).unwrap());
        check(&format!(r#"{{"Events":[{looked_up}],"NextToken":"{{}}","More":[{{"a":1}}]}}"#), &["a"], "");
        check(&format!(r#"{{"NextToken":"x","Events":[{looked_up}]}}"#), &["a"], "");
        check("", &[], "");
        check(r#"{"Records":[]}"#, &[], "");
    }

    #[test]
    fn what_cannot_be_read_is_counted() {
        let (a, b) = (event("a"), event("b"));
        check(&format!("{a}\nnonsense\n{{\"x\": }}\n{b}\n"), &["a", "b"], "2 Malformed");
        check(&format!("{a}\n{{\"x\":1}}\n{b}"), &["a", "b"], "1 NoRecord");
        check(&format!(r#"{{"Records":[{a},nonsense,{b}]}}"#), &["a"], "Malformed(62)");
        check(&format!(r#"{{"Records":[{a},{{"x":}},{b}]}}"#), &["a"], "Malformed(62)");
        check(&format!(r#"{{"Records":[{a},{{"eventID":"#), &["a"], "EndsEarly");
        check(&format!(r#"{{"Records":[{a},"#), &["a"], "EndsEarly");
        check(&format!(r#"{{"Records":[{a}]"#), &["a"], "EndsEarly");
        check(r#"{"awsAccountId":"1","digestStartTime":"t","logFiles":[]}"#, &[], "1 Digest");
        check(r#"{"eventCategory":"Insight","eventName":"n","eventSource":"s"}"#, &[], "1 Insight");
        check(r#"[1,"x"]"#, &[], "Malformed(1)");
    }

    #[test]
    fn a_line_without_end_stops_at_the_longest_record() {
        let (a, long) = (event("a"), "x".repeat(3 * MAX_RECORD_BYTES));
        check(&format!("{a}\n{{\"eventID\":\"{long}\"}}\n{a}"), &["a", "a"], "1 TooLong");
        check(&format!(r#"{{"Records":[{a},{{"eventID":"{long}"}}]}}"#), &["a"], "TooLong(62)");
        check(&format!("{a}\n{long}\n{a}"), &["a", "a"], "1 Malformed");
    }
}
