//! The recursive reader. Depth is bounded by [`MAX_DEPTH`], time by the length of the text.

use std::borrow::Cow;

use super::error::{KEY, VALUE};
use super::{Entry, Fault, JsonError, MAX_BYTES, MAX_DEPTH, Node, Value, string};
use crate::span::Span;

/// The one value of `text`, with nothing after it.
pub(super) fn document(text: &str) -> Result<Value<'_>, JsonError> {
    let mut reader = Reader { text, at: 0, depth: 0 };
    if text.len() > MAX_BYTES {
        return Err(reader.fault_at(Fault::TooLong, 0, 0));
    }
    if text.starts_with('\u{feff}') {
        return Err(reader.fault_at(Fault::ByteOrderMark, 0, 3));
    }
    reader.skip_space();
    let value = reader.value("a JSON value")?;
    reader.skip_space();
    match reader.peek() {
        None => Ok(value),
        Some(_) => Err(reader.fault_at(Fault::Trailing, reader.at, text.len())),
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
}

impl<'t> Reader<'t> {
    fn value(&mut self, expected: &'static str) -> Result<Value<'t>, JsonError> {
        let start = self.at;
        let node = match self.peek() {
            Some(b'"') => Node::String(self.string()?),
            Some(b'{') => self.nested(Self::object)?,
            Some(b'[') => self.nested(Self::array)?,
            Some(b't') => self.word("true", Node::Bool(true))?,
            Some(b'f') => self.word("false", Node::Bool(false))?,
            Some(b'n') => self.word("null", Node::Null)?,
            Some(b'-' | b'0'..=b'9') => Node::Number(self.number()?),
            _ => return Err(self.unexpected(expected)),
        };
        Ok(Value { node, span: span(start, self.at) })
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<Node<'t>, JsonError>) -> Result<Node<'t>, JsonError> {
        if self.depth == MAX_DEPTH {
            return Err(self.fault_at(Fault::TooDeep, self.at, self.at + 1));
        }
        self.depth += 1;
        self.at += 1;
        self.skip_space();
        let node = read(self)?;
        self.depth -= 1;
        Ok(node)
    }

    /// After the opening bracket.
    fn array(&mut self) -> Result<Node<'t>, JsonError> {
        if self.take(b']') {
            return Ok(Node::Array(Vec::new()));
        }
        let mut items = Vec::with_capacity(FIRST_ITEMS);
        loop {
            items.push(self.value(VALUE)?);
            self.skip_space();
            if self.take(b']') {
                return Ok(Node::Array(items));
            }
            self.comma("`,` or `]`")?;
        }
    }

    /// After the opening brace.
    fn object(&mut self) -> Result<Node<'t>, JsonError> {
        if self.take(b'}') {
            return Ok(Node::Object(Vec::new()));
        }
        let mut entries = Vec::with_capacity(FIRST_ITEMS);
        loop {
            entries.push(self.entry()?);
            self.skip_space();
            if self.take(b'}') {
                return Ok(Node::Object(entries));
            }
            self.comma("`,` or `}`")?;
        }
    }

    fn entry(&mut self) -> Result<Entry<'t>, JsonError> {
        let start = self.at;
        if self.peek() != Some(b'"') {
            return Err(self.unexpected(KEY));
        }
        let key = self.string()?;
        let key_span = span(start, self.at);
        self.skip_space();
        if !self.take(b':') {
            return Err(self.unexpected("`:`"));
        }
        self.skip_space();
        Ok(Entry { key, key_span, value: self.value(VALUE)? })
    }

    fn comma(&mut self, expected: &'static str) -> Result<(), JsonError> {
        if !self.take(b',') {
            return Err(self.unexpected(expected));
        }
        self.skip_space();
        Ok(())
    }

    fn string(&mut self) -> Result<Cow<'t, str>, JsonError> {
        let read = string::read(self.text, self.at)?;
        self.at = read.end;
        Ok(read.value)
    }

    fn word(&mut self, word: &'static str, node: Node<'t>) -> Result<Node<'t>, JsonError> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        if !rest.starts_with(word.as_bytes()) {
            return Err(self.unexpected("a JSON value"));
        }
        self.at += word.len();
        Ok(node)
    }

    fn number(&mut self) -> Result<&'t str, JsonError> {
        let start = self.at;
        let is_part = |byte: &u8| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
        let rest = self.text.as_bytes().get(start..).unwrap_or_default();
        self.at += rest.iter().take_while(|byte| is_part(byte)).count();
        let number = self.text.get(start..self.at).unwrap_or_default();
        if is_number(number) { Ok(number) } else { Err(self.fault_at(Fault::Number, start, self.at)) }
    }

    fn skip_space(&mut self) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        self.at += rest.iter().take_while(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t')).count();
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn unexpected(&self, expected: &'static str) -> JsonError {
        match self.text.get(self.at..).and_then(|rest| rest.chars().next()) {
            Some(found) => {
                self.fault_at(Fault::Unexpected { expected, found }, self.at, self.at + found.len_utf8())
            }
            None => self.fault_at(Fault::End { expected }, self.at, self.at),
        }
    }

    fn fault_at(&self, fault: Fault, start: usize, end: usize) -> JsonError {
        JsonError { fault, span: span(start, end) }
    }
}

/// The items that an array or object has room for before it has to grow.
const FIRST_ITEMS: usize = 8;

/// `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`
fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let exponent = exponent.map(|digits| digits.strip_prefix(['+', '-']).unwrap_or(digits));
    is_digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(is_digits)
        && exponent.is_none_or(is_digits)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The span between two offsets of a text that is no longer than [`MAX_BYTES`].
pub(super) fn span(start: usize, end: usize) -> Span {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span::new(offset(start), offset(end))
}
