//! From places in the text of a policy to places in files.

use std::sync::Arc;

use portcullis_iam::span::Span;

use crate::place::{Place, offset};

/// Where every part of a policy's text stands in the files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    files: Vec<Arc<str>>,
    /// The pieces of the text in its order. A piece reaches to the next one; the first starts at 0.
    pieces: Vec<Piece>,
    /// The places of whole values, where the pieces alone do not tell them, sorted by span.
    wholes: Vec<(Span, Source)>,
}

/// A piece of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    start: u32,
    source: Source,
    /// Whether the text is the same, byte for byte, as the file's.
    verbatim: bool,
}

/// A part of one of the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Source {
    /// The number of the file.
    pub(crate) file: u32,
    pub(crate) span: Span,
}

impl Places {
    /// A text that stands in the file as it is, from `start` on.
    pub(crate) fn slice(path: &Arc<str>, start: u32) -> Self {
        let source = Source { file: 0, span: Span::new(start, u32::MAX) };
        let pieces = vec![Piece { start: 0, source, verbatim: true }];
        Self { files: vec![Arc::clone(path)], pieces, wholes: Vec::new() }
    }

    /// Nothing yet: pieces are pushed in the order of the text.
    pub(crate) fn empty(files: Vec<Arc<str>>) -> Self {
        Self { files, pieces: Vec::new(), wholes: Vec::new() }
    }

    /// The text from `start` on stands for `source`; with `verbatim`, it is the same.
    pub(crate) fn push(&mut self, start: usize, source: Source, verbatim: bool) {
        let start = offset(start);
        if let Some(last) = self.pieces.last_mut() {
            if last.start == start {
                *last = Piece { start, source, verbatim };
                return;
            }
            let length = start - last.start;
            let goes_on = last.source.file == source.file
                && last.source.span.start.checked_add(length) == Some(source.span.start);
            if verbatim && last.verbatim && goes_on {
                last.source.span.end = source.span.end;
                return;
            }
        }
        self.pieces.push(Piece { start, source, verbatim });
    }

    /// Ends the pushing.
    #[must_use]
    pub(crate) fn finished(mut self) -> Self {
        self.wholes.sort_by_key(|(span, _)| *span);
        self
    }

    /// The files in which the text stands.
    pub(crate) fn files(&self) -> &[Arc<str>] {
        &self.files
    }

    /// Where `span` of the policy's text stands: exactly where it was written, or the smallest part of the file that
    /// it was made of.
    pub fn place(&self, span: Span) -> Place {
        let source = self.source(span).unwrap_or(Source { file: 0, span: Span::default() });
        let path = self.files.get(source.file as usize).cloned().unwrap_or_else(|| Arc::from(""));
        Place { path, span: source.span }
    }

    /// The same as [`Places::place`], by the number of the file.
    pub(crate) fn source(&self, span: Span) -> Option<Source> {
        self.whole(span).or_else(|| self.joined(span)).or_else(|| self.around(span))
    }

    /// The place of `span` when the file says there, byte for byte, what the policy's text says: replacing the one
    /// replaces the other.
    pub fn verbatim(&self, span: Span) -> Option<Place> {
        let (first, last) = (self.piece(span.start)?, self.piece(span.end.max(span.start + 1) - 1)?);
        (first == last && first.verbatim).then(|| self.place(span))
    }

    fn piece(&self, at: u32) -> Option<&Piece> {
        let after = self.pieces.partition_point(|piece| piece.start <= at);
        self.pieces.get(after.checked_sub(1)?)
    }

    /// What was recorded for exactly this span.
    fn whole(&self, span: Span) -> Option<Source> {
        let at = self.wholes.binary_search_by_key(&span, |(whole, _)| *whole).ok()?;
        self.wholes.get(at).map(|(_, source)| *source)
    }

    /// From where the first byte stands to where the last one stands, when this is a part of one file.
    fn joined(&self, span: Span) -> Option<Source> {
        let first = self.piece(span.start)?;
        let start = first.start_of(span.start);
        if span.end <= span.start {
            return Some(Source { file: first.source.file, span: Span::new(start, start) });
        }
        let last = self.piece(span.end - 1)?;
        let end = last.end_of(span.end);
        let is_part = first.source.file == last.source.file && start <= end;
        is_part.then_some(Source { file: first.source.file, span: Span::new(start, end) })
    }

    /// The smallest whole value around the span.
    fn around(&self, span: Span) -> Option<Source> {
        let around =
            self.wholes.iter().filter(|(whole, _)| whole.start <= span.start && span.end <= whole.end);
        around.min_by_key(|(whole, _)| whole.end - whole.start).map(|(_, source)| *source)
    }
}

impl Piece {
    /// Where the byte at `at` of the text starts.
    fn start_of(&self, at: u32) -> u32 {
        if !self.verbatim {
            return self.source.span.start;
        }
        self.source.span.start.saturating_add(at - self.start).min(self.source.span.end)
    }

    /// Where what ends before the byte at `at` of the text ends.
    fn end_of(&self, at: u32) -> u32 {
        if self.verbatim { self.start_of(at) } else { self.source.span.end }
    }
}
