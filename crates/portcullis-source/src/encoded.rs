//! Texts inside strings: what an encoding stands for, with the place of every byte.

use std::sync::Arc;

use portcullis_iam::span::Span;

use crate::place::offset;
use crate::places::{Places, Source};

/// A decoded text, and where its bytes stand.
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) places: Places,
}

/// What the JSON string literal `raw`, quotes included, stands for; it starts at `start` of the file.
///
/// The literal was read before: what is no escape stands for itself.
pub(crate) fn json_string(raw: &str, start: u32, path: &Arc<str>) -> Decoded {
    let inner = raw.strip_prefix('"').unwrap_or(raw);
    let inner = inner.strip_suffix('"').unwrap_or(inner);
    let mut decoded = Decoded { text: String::new(), places: Places::empty(vec![Arc::clone(path)]) };
    escapes(inner, start + 1, 0, &mut decoded);
    decoded.places = decoded.places.finished();
    decoded
}

/// Appends what the inside of a JSON string literal stands for.
pub(crate) fn escapes(inner: &str, start: u32, file: u32, out: &mut Decoded) {
    let mut rest = inner;
    while !rest.is_empty() {
        let at = start + offset(inner.len() - rest.len());
        let plain = rest.find('\\').unwrap_or(rest.len());
        let (text, after) = rest.split_at(plain);
        if !text.is_empty() {
            out.push_verbatim(text, Source { file, span: Span::new(at, at + offset(plain)) });
            rest = after;
            continue;
        }
        let (character, length) = escape(rest);
        out.push_for(character, Source { file, span: Span::new(at, at + offset(length)) });
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
    let mut places = Places::empty(encoded.places.files().to_vec());
    let mut at = 0;
    let mut rest = encoded.text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let (byte, after) = match (first, tail) {
            (b'%', [high, low, tail @ ..]) => (hex(*high)? << 4 | hex(*low)?, tail),
            (b'%', _) => return None,
            (byte, tail) => (*byte, tail),
        };
        let span = Span::new(at, at + offset(rest.len() - after.len()));
        places.push(bytes.len(), encoded.places.source(span)?, span.end - span.start == 1);
        bytes.push(byte);
        (at, rest) = (span.end, after);
    }
    Some(Decoded { text: String::from_utf8(bytes).ok()?, places: places.finished() })
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

impl Decoded {
    /// Appends a text that stands in the file as it is.
    pub(crate) fn push_verbatim(&mut self, text: &str, source: Source) {
        self.places.push(self.text.len(), source, true);
        self.text.push_str(text);
    }

    /// Appends a character that something else in the file stands for.
    pub(crate) fn push_for(&mut self, character: char, source: Source) {
        self.places.push(self.text.len(), source, false);
        self.text.push(character);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path() -> Arc<str> {
        Arc::from("a.json")
    }

    /// The places in `file` of the characters of what its JSON string, from byte 2 on, stands for.
    fn check(file: &str, decode: fn(Decoded) -> Decoded, text: &str, places: &[(u32, u32)]) {
        let decoded = decode(json_string(file.trim_start(), 2, &path()));
        assert_eq!(decoded.text, text);
        let characters = decoded.text.char_indices();
        let spans = characters.map(|(at, c)| Span::new(offset(at), offset(at + c.len_utf8())));
        let found: Vec<_> = spans.map(|span| decoded.places.place(span).span).collect();
        let expected: Vec<_> = places.iter().map(|(start, end)| Span::new(*start, *end)).collect();
        assert_eq!(found, expected, "{file}");
    }

    #[test]
    fn every_character_has_its_place() {
        check(
            r#"  "ab\n\u00e9\"c""#,
            |same| same,
            "ab\né\"c",
            &[(3, 4), (4, 5), (5, 7), (7, 13), (13, 15), (15, 16)],
        );
        check(r#"  "\ud83d\ude00é""#, |same| same, "😀é", &[(3, 15), (15, 17)]);
        let percent: fn(Decoded) -> Decoded = |encoded| percent(&encoded).unwrap();
        check(r#"  "%7Ba\u0025c3%A9""#, percent, "{aé", &[(3, 6), (6, 7), (7, 18)]);
    }

    #[test]
    fn what_is_not_encoded_well_is_nothing() {
        for text in ["%", "%7", "%g0", "%ff"] {
            assert!(percent(&json_string(&format!("\"{text}\""), 0, &path())).is_none(), "{text}");
        }
    }

    #[test]
    fn only_what_is_the_same_is_verbatim() {
        let decoded = json_string(r#""ab\ncd""#, 0, &path());
        let verbatim = |start, end| decoded.places.verbatim(Span::new(start, end)).map(|place| place.span);
        assert_eq!(verbatim(0, 2), Some(Span::new(1, 3)));
        assert_eq!(verbatim(3, 5), Some(Span::new(5, 7)));
        assert_eq!(verbatim(1, 3), None);
        assert_eq!(verbatim(2, 3), None);
    }
}
