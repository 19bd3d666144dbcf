//! Texts inside strings: what an encoding stands for, with the place of every byte.

use portcullis_iam::span::Span;

use crate::place::offset;
use crate::places::{Runs, Source};

/// A text that something else stands for, and where its bytes stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) runs: Runs,
}

/// What the JSON string literal at `literal` of `outer`, quotes included, stands for.
///
/// The literal was read before: what is no escape stands for itself.
pub(crate) fn json_string(outer: &str, literal: Span, runs: &Runs) -> Decoded {
    let mut decoded = Decoded::default();
    let inner = Span::new(literal.start + 1, literal.end.saturating_sub(1));
    escapes(outer, inner, runs, &mut decoded);
    decoded
}

/// Appends what a part of the inside of a JSON string literal stands for.
pub(crate) fn escapes(outer: &str, inner: Span, runs: &Runs, out: &mut Decoded) {
    let mut rest = inner.of(outer);
    while !rest.is_empty() {
        let at = inner.end - offset(rest.len());
        let plain = rest.find('\\').unwrap_or(rest.len());
        if 0 < plain {
            out.append(outer, Span::new(at, at + offset(plain)), runs);
            rest = rest.get(plain..).unwrap_or_default();
            continue;
        }
        let (character, length) = escape(rest);
        let source = runs.source(Span::new(at, at + offset(length))).unwrap_or_default();
        out.push_for(character, source);
        rest = rest.get(length..).unwrap_or_default();
    }
}

/// The character that the escape at the start of `text` stands for, and the length of the escape.
fn escape(text: &str) -> (char, usize) {
    let second = text.chars().nth(1);
    let simple = |character| (character, 1 + second.map_or(0, char::len_utf8));
    match second {
        Some('b') => simple('\u{8}'),
        Some('f') => simple('\u{c}'),
        Some('n') => simple('\n'),
        Some('r') => simple('\r'),
        Some('t') => simple('\t'),
        Some('u') => unicode(text),
        Some(character) => simple(character),
        None => simple('\\'),
    }
}

fn unicode(text: &str) -> (char, usize) {
    let unit = |at: usize| {
        let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
        u32::from_str_radix(digits, 16).ok()
    };
    let Some(high) = unit(0) else { return ('u', 2) };
    if let Some(character) = char::from_u32(high) {
        return (character, 6);
    }
    let low = unit(6).filter(|low| (0xdc00..0xe000).contains(low) && high < 0xdc00);
    let pair = low.and_then(|low| char::from_u32(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00)));
    pair.map_or((char::REPLACEMENT_CHARACTER, 6), |character| (character, 12))
}

/// The text without its percent encoding; none when it is not encoded well.
pub(crate) fn percent(encoded: &Decoded) -> Option<Decoded> {
    let mut bytes = Vec::with_capacity(encoded.text.len());
    let mut runs = Runs::default();
    let mut at = 0;
    let mut rest = encoded.text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let (byte, after) = match (first, tail) {
            (b'%', [high, low, tail @ ..]) => (hex(*high)? << 4 | hex(*low)?, tail),
            (b'%', _) => return None,
            (byte, tail) => (*byte, tail),
        };
        let span = Span::new(at, at + offset(rest.len() - after.len()));
        let verbatim = span.end - span.start == 1 && encoded.runs.is_verbatim(span);
        runs.push(bytes.len(), encoded.runs.source(span)?, verbatim);
        bytes.push(byte);
        (at, rest) = (span.end, after);
    }
    Some(Decoded { text: String::from_utf8(bytes).ok()?, runs })
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

impl Decoded {
    /// Appends a part of a text that has runs of its own.
    pub(crate) fn append(&mut self, text: &str, span: Span, runs: &Runs) {
        for (part, run) in runs.parts(span) {
            self.runs.push(self.text.len(), run.source, run.verbatim);
            self.text.push_str(part.of(text));
        }
    }

    /// Appends a text that stands in the file as it is.
    pub(crate) fn push_verbatim(&mut self, text: &str, source: Source) {
        if !text.is_empty() {
            self.runs.push(self.text.len(), source, true);
            self.text.push_str(text);
        }
    }

    /// Appends a character that something else in the file stands for.
    pub(crate) fn push_for(&mut self, character: char, source: Source) {
        self.runs.push(self.text.len(), source, false);
        self.text.push(character);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literal(file: &str) -> Decoded {
        let start = offset(file.len() - file.trim_start().len());
        json_string(file, Span::new(start, offset(file.len())), &Runs::slice(0, 0))
    }

    /// The places in `file` of the characters of what its JSON string stands for.
    fn check(file: &str, decode: fn(Decoded) -> Decoded, text: &str, places: &[(u32, u32)]) {
        let decoded = decode(literal(file));
        assert_eq!(decoded.text, text);
        let characters = decoded.text.char_indices();
        let spans = characters.map(|(at, c)| Span::new(offset(at), offset(at + c.len_utf8())));
        let found: Vec<_> = spans.map(|span| decoded.runs.source(span).unwrap().span).collect();
        let expected: Vec<_> = places.iter().map(|(start, end)| Span::new(*start, *end)).collect();
        assert_eq!(found, expected, "{file}");
    }

    #[test]
    fn every_character_has_its_place() {
        let places = [(3, 4), (4, 5), (5, 7), (7, 13), (13, 15), (15, 16)];
        check(r#"  "ab\n\u00e9\"c""#, |same| same, "ab\né\"c", &places);
        check(r#"  "\ud83d\ude00é""#, |same| same, "😀é", &[(3, 15), (15, 17)]);
        let percent: fn(Decoded) -> Decoded = |encoded| percent(&encoded).unwrap();
        check(r#"  "%7Ba\u0025c3%A9""#, percent, "{aé", &[(3, 6), (6, 7), (7, 18)]);
    }

    #[test]
    fn what_is_not_encoded_well_is_nothing() {
        for text in ["%", "%7", "%g0", "%ff"] {
            assert!(percent(&literal(&format!("\"{text}\""))).is_none(), "{text}");
        }
    }

    #[test]
    fn only_what_is_the_same_is_verbatim() {
        let decoded = literal(r#""ab\ncd""#);
        let verbatim = |start, end| decoded.runs.is_verbatim(Span::new(start, end));
        assert!(verbatim(0, 2) && verbatim(3, 5));
        assert!(!verbatim(1, 3) && !verbatim(2, 3));
    }
}
