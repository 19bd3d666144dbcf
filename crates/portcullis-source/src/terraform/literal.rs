//! The literal parts of strings: what they stand for, with the place of every character.

use portcullis_iam::span::Span;

use crate::place::offset;
use crate::places::Source;
use crate::tree::Text;

/// How a literal is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// Between quotes, where a backslash starts an escape.
    Quoted,
    /// In a heredoc or a template file, of whose lines this many leading spaces do not count.
    Plain { indent: usize },
}

/// Appends what the literal at `source` of the file's text stands for.
pub(super) fn push(file: &str, source: Source, style: Style, out: &mut Text) {
    let mut reader = Reader { file, source, at: source.span.start, is_line_start: true };
    while reader.at < source.span.end {
        reader.step(style, out);
    }
}

struct Reader<'t> {
    file: &'t str,
    source: Source,
    at: u32,
    is_line_start: bool,
}

impl Reader<'_> {
    fn step(&mut self, style: Style, out: &mut Text) {
        let rest = Span::new(self.at, self.source.span.end).of(self.file);
        if let Style::Plain { indent } = style
            && self.is_line_start
        {
            let space = rest.bytes().take(indent).take_while(|byte| matches!(byte, b' ' | b'\t')).count();
            self.take(space);
            self.is_line_start = false;
            return;
        }
        // `$${` and `%%{` stand for what would start a template.
        if let Some(after) = ["$${", "%%{"].iter().find(|escape| rest.starts_with(**escape)) {
            let source = self.take(1);
            let marker = after.chars().next().unwrap_or_default();
            out.push_for(marker, Source::new(source.file, Span::new(source.span.start, source.span.end + 1)));
            self.take(1);
            let brace = self.take(1);
            out.push_verbatim("{", brace);
            return;
        }
        if style == Style::Quoted && rest.starts_with('\\') {
            let (character, length) = escape(rest);
            out.push_for(character, self.take(length));
            return;
        }
        let length = plain(rest, style);
        let text = rest.get(..length).unwrap_or_default();
        self.is_line_start = text.ends_with('\n');
        out.push_verbatim(text, self.take(length));
    }

    /// Passes the next bytes; nothing at all would never end.
    fn take(&mut self, length: usize) -> Source {
        let start = self.at;
        self.at = (start + offset(length)).min(self.source.span.end);
        Source::new(self.source.file, Span::new(start, self.at))
    }
}

/// How many bytes stand for themselves: at least one character.
fn plain(rest: &str, style: Style) -> usize {
    let first = rest.chars().next().map_or(1, char::len_utf8);
    let is_end = |(at, byte): (usize, u8)| match byte {
        b'\\' => style == Style::Quoted,
        b'$' | b'%' => rest.as_bytes().get(at + 1) == Some(&byte),
        _ => false,
    };
    let mut bytes = rest.bytes().enumerate().skip(first);
    match style {
        Style::Quoted => bytes.find(|byte| is_end(*byte)).map_or(rest.len(), |(at, _)| at),
        Style::Plain { .. } if rest.starts_with('\n') => first,
        // To the end of the line, after which spaces may not count.
        Style::Plain { .. } => {
            let end = bytes.find(|(at, byte)| *byte == b'\n' || is_end((*at, *byte)));
            end.map_or(rest.len(), |(at, byte)| at + usize::from(byte == b'\n'))
        }
    }
}

/// The character that the escape at the start of `rest` stands for, and its length.
fn escape(rest: &str) -> (char, usize) {
    let second = rest.chars().nth(1);
    let code = |digits: usize| {
        let code = rest.get(2..2 + digits).and_then(|hex| u32::from_str_radix(hex, 16).ok());
        (code.and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER), 2 + digits)
    };
    match second {
        Some('n') => ('\n', 2),
        Some('r') => ('\r', 2),
        Some('t') => ('\t', 2),
        Some('u') => code(4),
        Some('U') => code(8),
        Some(character) => (character, 1 + character.len_utf8()),
        None => ('\\', 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(raw: &str, style: Style, value: &str, sources: &[&str]) {
        let mut text = Text::default();
        push(raw, Source::new(0, Span::new(0, offset(raw.len()))), style, &mut text);
        assert_eq!(text.known(), Some(value));
        let spans = value.char_indices().map(|(at, c)| Span::new(offset(at), offset(at + c.len_utf8())));
        let found: Vec<_> = spans.map(|span| text.runs().source(span).unwrap().span.of(raw)).collect();
        assert_eq!(found, sources, "{raw}");
    }

    #[test]
    fn every_character_has_its_place() {
        check(r#"a\"é\n\u00e9"#, Style::Quoted, "a\"é\né", &["a", "\\\"", "é", "\\n", "\\u00e9"]);
        check("$${a}", Style::Quoted, "${a}", &["$$", "{", "a", "}"]);
        check("a$%%%{", Style::Quoted, "a$%%{", &["a", "$", "%", "%%", "{"]);
        check(
            "  a\\\n    b\n",
            Style::Plain { indent: 2 },
            "a\\\n  b\n",
            &["a", "\\", "\n", " ", " ", "b", "\n"],
        );
    }
}
