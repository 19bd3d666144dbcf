//! The place of every character of a scalar.
//!
//! The parser gives the value and the text that it was written as. Both are walked side by side: what is the same
//! stands for itself; quotes, escapes and folded lines are the only differences that YAML knows.

use granit_parser::ScalarStyle;
use portcullis_iam::span::Span;

use crate::place::offset;
use crate::places::Source;
use crate::tree::Text;

/// The value of a scalar that was written at `source` of the file's text.
pub(super) fn text(value: &str, style: ScalarStyle, file: &str, source: Source) -> Text {
    let raw = source.span.of(file);
    if raw == value {
        return Text::verbatim(value, source);
    }
    let inner = source.span.start + u32::from(is_quoted(style));
    let mut walk = Walk { file, file_number: source.file, at: inner, end: source.span.end, style };
    let mut text = Text::default();
    for character in value.chars() {
        walk.character(character, &mut text);
    }
    if style == ScalarStyle::DoubleQuoted { text.quoted() } else { text }
}

/// The place of a scalar without the white space that follows a block.
pub(super) fn without_end(file: &str, source: Source) -> Source {
    let Span { start, end } = source.span;
    let length = offset(source.span.of(file).trim_end().len());
    Source::new(source.file, Span::new(start, if length == 0 { end } else { start + length }))
}

fn is_quoted(style: ScalarStyle) -> bool {
    match style {
        ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => true,
        ScalarStyle::Plain | ScalarStyle::Literal | ScalarStyle::Folded => false,
    }
}

struct Walk<'t> {
    file: &'t str,
    file_number: u32,
    at: u32,
    end: u32,
    style: ScalarStyle,
}

impl Walk<'_> {
    /// Finds the next character of the value.
    fn character(&mut self, character: char, text: &mut Text) {
        loop {
            let rest = Span::new(self.at, self.end).of(self.file);
            let Some(next) = rest.chars().next() else { return text.push_for(character, self.take(0)) };
            if self.style == ScalarStyle::DoubleQuoted && next == '\\' {
                let length = escape(rest);
                let source = self.take(length);
                // An escaped line end stands for nothing, like the indentation after it.
                if rest.get(1..).is_some_and(|rest| rest.starts_with(['\n', '\r'])) {
                    continue;
                }
                return text.push_for(character, source);
            }
            if self.style == ScalarStyle::SingleQuoted && rest.starts_with("''") {
                return text.push_for(character, self.take(2));
            }
            if next == character && next != '\n' {
                let source = self.take(next.len_utf8());
                return text.push_verbatim(next.encode_utf8(&mut [0; 4]), source);
            }
            if !next.is_whitespace() {
                // No rule of YAML leads here; the place is that of what follows.
                return text.push_for(character, Source::new(self.file_number, Span::new(self.at, self.at)));
            }
            if character == '\n' {
                return text.push_for(character, self.take(line_end(rest)));
            }
            let space = rest.len() - rest.trim_start().len();
            let source = self.take(space);
            if character.is_whitespace() {
                return text.push_for(character, source);
            }
        }
    }

    fn take(&mut self, length: usize) -> Source {
        let start = self.at;
        self.at = (start + offset(length)).min(self.end);
        Source::new(self.file_number, Span::new(start, self.at))
    }
}

/// The length of the white space up to the end of the line, that included.
fn line_end(rest: &str) -> usize {
    match rest.split_once('\n') {
        Some((line, _)) if line.trim().is_empty() => line.len() + 1,
        Some(_) | None => rest.chars().next().map_or(0, char::len_utf8),
    }
}

/// The length of the escape that `rest` starts with.
fn escape(rest: &str) -> usize {
    let Some(kind) = rest.chars().nth(1) else { return 1 };
    let digits = match kind {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        _ => 0,
    };
    let length = 1 + kind.len_utf8() + digits;
    // JSON's pairs for one character.
    let is_pair =
        kind == 'u' && rest.get(2..4).is_some_and(|high| high.eq_ignore_ascii_case("d8") || is_high(high));
    let has_low = is_pair && rest.get(6..8) == Some("\\u");
    if has_low { 12 } else { length }
}

fn is_high(digits: &str) -> bool {
    ["d8", "d9", "da", "db"].iter().any(|high| digits.eq_ignore_ascii_case(high))
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;
    use crate::tree::Tree;

    /// The value of the only scalar, and the source of each of its characters.
    fn check(yaml: &str, value: &str, sources: &[&str]) {
        let (documents, error) = parse(yaml, 0);
        assert!(error.is_none());
        let [Tree { node: crate::tree::Node::Text(text), .. }] = documents.as_slice() else {
            panic!("{yaml}")
        };
        assert_eq!(text.known(), Some(value));
        let characters = value.char_indices();
        let found: Vec<_> = characters
            .map(|(at, c)| {
                let span = Span::new(offset(at), offset(at + c.len_utf8()));
                text.runs().source(span).unwrap().span.of(yaml)
            })
            .collect();
        assert_eq!(found, sources, "{yaml:?}");
    }

    #[test]
    fn every_character_has_its_place() {
        check("abé", "abé", &["a", "b", "é"]);
        check("'it''s'", "it's", &["i", "t", "''", "s"]);
        check(
            r#""a\n\x41\u00e9\"\ud83d\ude00b""#,
            "a\nAé\"😀b",
            &["a", "\\n", "\\x41", "\\u00e9", "\\\"", "\\ud83d\\ude00", "b"],
        );
        check("\"a\\\n   b\n  c\"", "ab c", &["a", "b", "\n  ", "c"]);
        check("a  b\n  c", "a  b c", &["a", " ", " ", "b", "\n  ", "c"]);
        check("a\n\n  b", "a\nb", &["a", "\n", "b"]);
        check("|\n  a\n   b\n", "a\n b\n", &["a", "\n", " ", "b", "\n"]);
        check(">-\n  a\n  b", "a b", &["a", "\n  ", "b"]);
    }
}
