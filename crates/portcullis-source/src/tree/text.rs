//! Strings with parts that are not known.

use portcullis_iam::span::Span;

use super::Unknown;
use crate::encoded::Decoded;
use crate::place::offset;
use crate::places::{Runs, Source};

/// A string, where its parts stand, and the places of what is not known of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Text {
    known: Decoded,
    /// The unknown parts, in the order of the string.
    holes: Vec<Hole>,
    /// Whether it was written between double quotes.
    is_quoted: bool,
}

/// An unknown part of a string, of any length.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Hole {
    /// Before which byte of the known text it belongs.
    pub(crate) at: u32,
    pub(crate) unknown: Unknown,
    pub(crate) source: Source,
}

/// A part of a string.
pub(crate) enum Part<'t> {
    /// Text, and its span in the known text.
    Known(&'t str, Span),
    /// Something unknown.
    Hole(&'t Hole),
}

impl From<Decoded> for Text {
    fn from(known: Decoded) -> Self {
        Self { known, holes: Vec::new(), is_quoted: false }
    }
}

impl Text {
    /// A text that stands at `source` as it is.
    pub(crate) fn verbatim(text: &str, source: Source) -> Self {
        let mut known = Decoded::default();
        known.push_verbatim(text, source);
        known.into()
    }

    /// A text that `source` makes.
    pub(crate) fn made(text: &str, source: Source) -> Self {
        let mut made = Self::default();
        made.push_made(text, source);
        made
    }

    /// A string of which nothing is known.
    pub(crate) fn hole(unknown: Unknown, source: Source) -> Self {
        Self { holes: vec![Hole { at: 0, unknown, source }], ..Self::default() }
    }

    /// The same, known to stand between double quotes.
    #[must_use]
    pub(crate) fn quoted(mut self) -> Self {
        self.is_quoted = true;
        self
    }

    pub(crate) fn is_quoted(&self) -> bool {
        self.is_quoted
    }

    /// The whole text, when all of it is known.
    pub(crate) fn known(&self) -> Option<&str> {
        self.holes.is_empty().then_some(self.known.text.as_str())
    }

    /// What is known, without the holes.
    pub(crate) fn known_part(&self) -> &str {
        &self.known.text
    }

    pub(crate) fn runs(&self) -> &Runs {
        &self.known.runs
    }

    pub(crate) fn holes(&self) -> &[Hole] {
        &self.holes
    }

    /// The length of what is known, in bytes.
    pub(crate) fn len(&self) -> usize {
        self.known.text.len()
    }

    /// Its parts in their order.
    pub(crate) fn parts(&self) -> impl Iterator<Item = Part<'_>> {
        let ends = self.holes.iter().map(|hole| hole.at).chain([offset(self.len())]);
        let starts = std::iter::once(0).chain(self.holes.iter().map(|hole| hole.at));
        let holes = self.holes.iter().map(Some).chain([None]);
        starts.zip(ends).zip(holes).flat_map(|((start, end), hole)| {
            let span = Span::new(start, end);
            let text = span.of(&self.known.text);
            [(!text.is_empty()).then_some(Part::Known(text, span)), hole.map(Part::Hole)]
                .into_iter()
                .flatten()
        })
    }

    pub(crate) fn push_str(&mut self, other: &Text) {
        self.push_part(other, Span::new(0, offset(other.len())));
    }

    /// Appends a part of another text, with the holes in it and at its ends.
    pub(crate) fn push_part(&mut self, other: &Text, span: Span) {
        let inside = other.holes.iter().filter(|hole| span.start <= hole.at && hole.at <= span.end);
        let base = offset(self.len());
        self.holes.extend(inside.map(|hole| Hole { at: base + (hole.at - span.start), ..hole.clone() }));
        self.known.append(&other.known.text, span, &other.known.runs);
    }

    /// Appends a part of what is known of another text.
    pub(super) fn push_known(&mut self, other: &Text, span: Span) {
        self.known.append(&other.known.text, span, &other.known.runs);
    }

    /// The parts between the delimiters.
    pub(crate) fn split(&self, delimiter: &str) -> Vec<Text> {
        let mut parts = Vec::new();
        let mut at = 0;
        for piece in self.known.text.split(delimiter) {
            let mut part = Text::default();
            part.push_part(self, Span::new(offset(at), offset(at + piece.len())));
            parts.push(part);
            at += piece.len() + delimiter.len();
        }
        parts
    }

    /// A part of the text.
    fn part(&self, start: usize, end: usize) -> Text {
        let mut part = Text::default();
        part.push_part(self, Span::new(offset(start), offset(end.max(start))));
        part
    }

    /// The text without white space around it.
    pub(crate) fn trimmed(&self) -> Text {
        let known = &self.known.text;
        self.part(known.len() - known.trim_start().len(), known.trim_end().len())
    }

    /// The text without line ends after it.
    pub(crate) fn without_line_ends(&self) -> Text {
        self.part(0, self.known.text.trim_end_matches(['\n', '\r']).len())
    }

    /// The text without its first character.
    pub(crate) fn without_first(&self) -> Text {
        self.part(self.known.text.chars().next().map_or(0, char::len_utf8), self.len())
    }

    /// The text with something else of the same length for every `from`.
    pub(crate) fn replaced(&self, from: &str, to: &str) -> Text {
        let mut replaced = Text::default();
        let mut at = 0;
        for (found, _) in self.known.text.match_indices(from) {
            replaced.push_str(&self.part(at, found));
            let end = found + from.len();
            let source = self.known.runs.source(Span::new(offset(found), offset(end))).unwrap_or_default();
            replaced.push_made(to, source);
            at = end;
        }
        replaced.push_str(&self.part(at, self.len()));
        if self.is_quoted { replaced.quoted() } else { replaced }
    }

    pub(super) fn into_known(self) -> Decoded {
        self.known
    }

    pub(crate) fn push_hole(&mut self, unknown: Unknown, source: Source) {
        let at = offset(self.len());
        self.holes.push(Hole { at, unknown, source });
    }

    /// Appends a text that `source` makes.
    pub(crate) fn push_made(&mut self, text: &str, source: Source) {
        text.chars().for_each(|character| self.known.push_for(character, source));
    }

    /// Appends a text that stands at `source` as it is.
    pub(crate) fn push_verbatim(&mut self, text: &str, source: Source) {
        self.known.push_verbatim(text, source);
    }

    /// Appends a character that `source` makes.
    pub(crate) fn push_for(&mut self, character: char, source: Source) {
        self.known.push_for(character, source);
    }

    /// Appends what a part of a JSON string literal stands for.
    pub(crate) fn push_escapes(&mut self, outer: &str, inner: Span, runs: &Runs) {
        crate::encoded::escapes(outer, inner, runs, &mut self.known);
    }

    /// The text for people: holes by their names.
    pub(crate) fn shown(&self) -> String {
        let part = |part| match part {
            Part::Known(text, _) => text.to_owned(),
            Part::Hole(hole) => format!("${{{}}}", hole.unknown.what),
        };
        if let ([hole], "") = (self.holes.as_slice(), self.known.text.as_str()) {
            return hole.unknown.what.to_string();
        }
        self.parts().map(part).collect()
    }
}
