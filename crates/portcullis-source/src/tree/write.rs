//! Trees as JSON text, with the places of all its parts.

use portcullis_iam::span::Span;

use super::text::{Hole, Part, Text};
use super::{Field, Node, Tree};
use crate::place::offset;
use crate::places::Source;

/// JSON text, and where its parts stand.
#[derive(Default)]
pub(super) struct Written {
    pub(super) out: Text,
    /// The places of whole values.
    pub(super) wholes: Vec<(Span, Source)>,
}

/// What becomes of the unknown parts.
#[derive(Clone, Copy)]
pub(super) enum Holes<'n> {
    /// They stay unknown.
    Kept,
    /// This text stands for them.
    Named(&'n dyn Fn(&Hole) -> String),
}

/// The tree as JSON.
pub(super) fn write(tree: &Tree, holes: Holes<'_>) -> Written {
    let mut writer = Writer { written: Written::default(), holes };
    writer.value(tree);
    writer.written
}

/// The tree as a string of JSON.
pub(crate) fn to_json(tree: &Tree) -> Text {
    write(tree, Holes::Kept).out
}

struct Writer<'n> {
    written: Written,
    holes: Holes<'n>,
}

impl Writer<'_> {
    /// As deep as the tree, which its reader has bounded.
    fn value(&mut self, tree: &Tree) {
        let start = self.at();
        let source = tree.source;
        match &tree.node {
            Node::Null => self.word("null", source),
            Node::Bool(true) => self.word("true", source),
            Node::Bool(false) => self.word("false", source),
            Node::Number(number) => self.word(number, source),
            Node::Text(text) => self.string(text, source),
            Node::Unknown(unknown) => match self.holes {
                Holes::Kept => self.written.out.push_hole(unknown.clone(), source),
                Holes::Named(_) => self.string(&Text::hole(unknown.clone(), source), source),
            },
            Node::List(items) => {
                self.token('[', source.first());
                for (number, item) in items.iter().enumerate() {
                    self.comma(number, item.source);
                    self.value(item);
                }
                self.token(']', source.last());
            }
            Node::Map(fields) => self.map(fields, tree),
            Node::Json(inner) => self.string(&to_json(inner), source),
        }
        self.whole(start, source);
    }

    fn map(&mut self, fields: &[Field], tree: &Tree) {
        let source = tree.source;
        let start = self.at();
        self.token('{', source.first());
        // What is said of a whole map points at its first word.
        let first = fields.first().map(|first| first.key_source);
        let first = first.filter(|first| first.span.start == source.span.start);
        if let Some(head) = tree.head.or(first) {
            self.whole(start, head);
        }
        for (number, field) in fields.iter().enumerate() {
            self.comma(number, field.source);
            let start = self.at();
            self.string(&field.key, field.key_source);
            self.token(':', field.key_source.last());
            self.value(&field.value);
            self.whole(start, field.source);
        }
        self.token('}', source.last());
    }

    fn string(&mut self, text: &Text, source: Source) {
        // What has no quotes starts and ends where its text does.
        let is_quoted = text.is_quoted();
        let quote = |writer: &mut Self, at: Source| match is_quoted {
            true => writer.written.out.push_verbatim("\"", at),
            false => writer.token('"', at),
        };
        let begin = Source::new(source.file, Span::new(source.span.start, source.span.start));
        let start = self.at();
        quote(self, if is_quoted { source.first() } else { begin });
        for part in text.parts() {
            match part {
                Part::Known(_, span) => self.escaped(text, span),
                Part::Hole(hole) => match self.holes {
                    Holes::Kept => self.written.out.push_hole(hole.unknown.clone(), hole.source),
                    Holes::Named(name) => self.written.out.push_made(&name(hole), hole.source),
                },
            }
        }
        let end = Source::new(source.file, Span::new(source.span.end, source.span.end));
        quote(self, if is_quoted { source.last() } else { end });
        self.whole(start, source);
    }

    fn escaped(&mut self, text: &Text, span: Span) {
        for (part, run) in text.runs().parts(span) {
            let piece = part.of(text.known_part());
            let mut at = part.start;
            for chunk in piece.split_inclusive(needs_escape) {
                let plain = chunk.strip_suffix(needs_escape).unwrap_or(chunk);
                let plain_end = at + offset(plain.len());
                self.written.out.push_known(text, Span::new(at, plain_end));
                let end = at + offset(chunk.len());
                if plain_end < end {
                    let source = text.runs().source(Span::new(plain_end, end)).unwrap_or(run.source);
                    self.escape(chunk.chars().next_back().unwrap_or_default(), source);
                }
                at = end;
            }
        }
    }

    fn escape(&mut self, character: char, source: Source) {
        let escaped = match character {
            '"' => "\\\"".to_owned(),
            '\\' => "\\\\".to_owned(),
            control => format!("\\u{:04x}", u32::from(control)),
        };
        escaped.chars().for_each(|character| self.token(character, source));
    }

    /// Null, a truth or a number. None is said to be what the file says: formats write them in more ways than JSON
    /// does (`NULL` and `~` of YAML, `1 == 1` of Terraform).
    fn word(&mut self, word: &str, source: Source) {
        self.written.out.push_made(word, source);
    }

    fn comma(&mut self, number: usize, next: Source) {
        if 0 < number {
            self.token(',', next.first());
        }
    }

    fn token(&mut self, token: char, source: Source) {
        self.written.out.push_for(token, source);
    }

    fn whole(&mut self, start: usize, source: Source) {
        let span = Span::new(offset(start), offset(self.at()));
        if self.written.wholes.last() != Some(&(span, source)) {
            self.written.wholes.push((span, source));
        }
    }

    fn at(&self) -> usize {
        self.written.out.len()
    }
}

fn needs_escape(character: char) -> bool {
    matches!(character, '"' | '\\' | '\0'..='\x1f')
}
