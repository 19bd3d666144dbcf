//! JSON as a tree, also when it stands in a string with unknown parts.

use portcullis_iam::json::{self, Entry, Value};
use portcullis_iam::span::Span;

use super::text::{Part, Text};
use super::{Field, Node, Tree, Unknown};
use crate::encoded::Decoded;
use crate::place::offset;
use crate::places::{Runs, Source};

/// The value as a tree; `runs` tell where `text` stands.
pub(crate) fn from_json(value: &Value<'_>, text: &str, runs: &Runs) -> Tree {
    Reader { text, runs, holes: &[] }.tree(value)
}

/// A string holds no JSON.
pub(crate) struct NoJson {
    /// Whether that is so whatever stands for what is not known of it.
    pub(super) is_certain: bool,
}

/// The tree of the JSON that a string holds.
pub(crate) fn parse(string: &Text) -> Result<Tree, NoJson> {
    let Composed { whole, holes } = compose(string);
    let value = json::parse(&whole.text).map_err(|error| {
        let is_before = |mark: &Mark| error.span.start < mark.at;
        NoJson { is_certain: holes.iter().find(|mark| !mark.in_string).is_none_or(is_before) }
    })?;
    Ok(Reader { text: &whole.text, runs: &whole.runs, holes: &holes }.tree(&value))
}

/// A text with marks where its holes are.
struct Composed {
    whole: Decoded,
    holes: Vec<Mark>,
}

/// A hole in a composed text.
struct Mark {
    /// Where its mark stands.
    at: u32,
    unknown: Unknown,
    source: Source,
    /// Whether it stands for a part of a string, and not for a value.
    in_string: bool,
}

/// What stands for a hole.
const MARK: char = '\u{fffc}';

/// The JSON text that a string holds, holes marked, as far as it can be shown.
pub(super) fn composed(string: &Text) -> Decoded {
    compose(string).whole
}

fn compose(string: &Text) -> Composed {
    let mut composed = Composed { whole: Decoded::default(), holes: Vec::new() };
    let mut quotes = Quotes::default();
    for part in string.parts() {
        match part {
            Part::Known(text, span) => {
                quotes.pass(text);
                composed.whole.append(string.known_part(), span, string.runs());
            }
            Part::Hole(hole) => composed.hole(&hole.unknown, hole.source, quotes.is_open),
        }
    }
    composed
}

impl Composed {
    fn hole(&mut self, unknown: &Unknown, source: Source, in_string: bool) {
        if !in_string {
            self.whole.push_for('"', source);
        }
        let at = offset(self.whole.text.len());
        self.holes.push(Mark { at, unknown: unknown.clone(), source, in_string });
        self.whole.push_for(MARK, source);
        if !in_string {
            self.whole.push_for('"', source);
        }
    }
}

/// Whether a place of a JSON text is inside a string.
#[derive(Default)]
struct Quotes {
    is_open: bool,
    is_escaped: bool,
}

impl Quotes {
    fn pass(&mut self, text: &str) {
        for byte in text.bytes() {
            match byte {
                _ if self.is_escaped => self.is_escaped = false,
                b'\\' if self.is_open => self.is_escaped = true,
                b'"' => self.is_open = !self.is_open,
                _ => {}
            }
        }
    }
}

struct Reader<'r> {
    text: &'r str,
    runs: &'r Runs,
    holes: &'r [Mark],
}

impl Reader<'_> {
    /// As deep as the reader of JSON goes.
    fn tree(&self, value: &Value<'_>) -> Tree {
        let node = match &value.node {
            json::Node::Null => Node::Null,
            json::Node::Bool(value) => Node::Bool(*value),
            json::Node::Number(number) => Node::Number((*number).into()),
            json::Node::String(_) => return self.string(value.span),
            json::Node::Array(items) => Node::List(items.iter().map(|item| self.tree(item)).collect()),
            json::Node::Object(entries) => Node::Map(entries.iter().map(|entry| self.field(entry)).collect()),
        };
        Tree::new(node, self.source(value.span))
    }

    fn field(&self, entry: &Entry<'_>) -> Field {
        Field {
            key: self.text(entry.key_span),
            key_source: self.source(entry.key_span),
            value: self.tree(&entry.value),
            source: self.source(entry.span()),
        }
    }

    fn string(&self, literal: Span) -> Tree {
        match self.holes_in(literal) {
            [mark] if !mark.in_string => Tree::unknown(mark.unknown.clone(), mark.source),
            _ => Tree::text(self.text(literal), self.source(literal)),
        }
    }

    fn text(&self, literal: Span) -> Text {
        let mut text = Text::default();
        let mut at = literal.start + 1;
        for mark in self.holes_in(literal) {
            text.push_escapes(self.text, Span::new(at, mark.at), self.runs);
            text.push_hole(mark.unknown.clone(), mark.source);
            at = mark.at + offset(MARK.len_utf8());
        }
        text.push_escapes(self.text, Span::new(at, literal.end.saturating_sub(1).max(at)), self.runs);
        if self.runs.is_verbatim(literal) { text.quoted() } else { text }
    }

    fn holes_in(&self, literal: Span) -> &[Mark] {
        let start = self.holes.partition_point(|mark| mark.at < literal.start);
        let end = self.holes.partition_point(|mark| mark.at < literal.end);
        self.holes.get(start..end).unwrap_or_default()
    }

    fn source(&self, span: Span) -> Source {
        self.runs.source(span).unwrap_or_default()
    }
}
