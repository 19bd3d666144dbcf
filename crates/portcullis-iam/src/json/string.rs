//! String literals: borrowed as they stand, copied only when an escape has to be resolved.

use std::borrow::Cow;

use super::reader::span;
use super::{Fault, JsonError};

/// A string literal that was read.
pub(super) struct Literal<'t> {
    pub(super) value: Cow<'t, str>,
    /// The offset after the closing quote.
    pub(super) end: usize,
}

/// The literal whose opening quote is at `start`.
pub(super) fn read(text: &str, start: usize) -> Result<Literal<'_>, JsonError> {
    let begin = start + 1;
    let mut at = begin;
    let mut copy: Option<String> = None;
    loop {
        let run_end = at + plain_run(text, at);
        let run = text.get(at..run_end).unwrap_or_default();
        match text.as_bytes().get(run_end) {
            Some(b'"') => {
                let value = match copy {
                    Some(copy) => Cow::Owned(copy + run),
                    None => Cow::Borrowed(run),
                };
                return Ok(Literal { value, end: run_end + 1 });
            }
            Some(b'\\') => {
                let (character, next) = escape(text, run_end)?;
                let copy = copy.get_or_insert_default();
                copy.push_str(run);
                copy.push(character);
                at = next;
            }
            Some(control) if *control != b'\n' && *control != b'\r' => {
                let fault = Fault::ControlCharacter { code: u32::from(*control) };
                return Err(JsonError { fault, span: span(run_end, run_end + 1) });
            }
            Some(_) | None => {
                return Err(JsonError { fault: Fault::UnclosedString, span: span(start, run_end) });
            }
        }
    }
}

/// How many bytes from `at` stand for themselves.
fn plain_run(text: &str, at: usize) -> usize {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    let mut plain = 0;
    // Eight bytes at a time while nothing special is among them: most strings are longer than that.
    while let Some(word) = rest.get(plain..).and_then(|rest| rest.first_chunk::<8>())
        && !holds_special(u64::from_le_bytes(*word))
    {
        plain += 8;
    }
    let tail = rest.get(plain..).unwrap_or_default();
    plain + tail.iter().position(|byte| is_special(*byte)).unwrap_or(tail.len())
}

fn is_special(byte: u8) -> bool {
    matches!(byte, b'"' | b'\\' | 0..=0x1f)
}

/// Whether any of eight bytes is special. Bytes from 0x80 on are part of a character and stand for themselves.
fn holds_special(word: u64) -> bool {
    const ONES: u64 = u64::from_ne_bytes([0x01; 8]);
    const HIGHS: u64 = u64::from_ne_bytes([0x80; 8]);
    // Borrows reach the next byte only from one that is special itself, so that none is missed or invented.
    let below = |word: u64, limit: u64| word.wrapping_sub(ONES * limit) & !word & HIGHS;
    let quote = below(word ^ (ONES * u64::from(b'"')), 1);
    let backslash = below(word ^ (ONES * u64::from(b'\\')), 1);
    (quote | backslash | below(word, 0x20)) != 0
}

/// The character that the escape at `at` stands for, and the offset after the escape.
fn escape(text: &str, at: usize) -> Result<(char, usize), JsonError> {
    let plain = |character: char| Ok((character, at + 2));
    match text.as_bytes().get(at + 1) {
        Some(b'"') => plain('"'),
        Some(b'\\') => plain('\\'),
        Some(b'/') => plain('/'),
        Some(b'b') => plain('\u{8}'),
        Some(b'f') => plain('\u{c}'),
        Some(b'n') => plain('\n'),
        Some(b'r') => plain('\r'),
        Some(b't') => plain('\t'),
        Some(b'u') => unicode_escape(text, at),
        _ => Err(JsonError { fault: Fault::Escape, span: escape_span(text, at) }),
    }
}

/// `\uXXXX`, or two of them for a character outside the basic plane.
fn unicode_escape(text: &str, at: usize) -> Result<(char, usize), JsonError> {
    let Some(high) = code_unit(text, at) else {
        return Err(JsonError { fault: Fault::Escape, span: escape_span(text, at) });
    };
    if let Some(character) = char::from_u32(high) {
        return Ok((character, at + 6));
    }
    let lone = JsonError { fault: Fault::LoneSurrogate, span: span(at, at + 6) };
    match code_unit(text, at + 6) {
        Some(low @ 0xdc00..=0xdfff) if high < 0xdc00 => {
            let code = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
            char::from_u32(code).map(|character| (character, at + 12)).ok_or(lone)
        }
        _ => Err(lone),
    }
}

/// The four hexadecimal digits of the `\u` at `at`.
fn code_unit(text: &str, at: usize) -> Option<u32> {
    let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
    let all_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    if all_hex { u32::from_str_radix(digits, 16).ok() } else { None }
}

/// The backslash and the character after it, as far as they are there.
fn escape_span(text: &str, at: usize) -> crate::span::Span {
    let next = text.get(at + 1..).and_then(|rest| rest.chars().next());
    span(at, at + 1 + next.map_or(0, char::len_utf8))
}
