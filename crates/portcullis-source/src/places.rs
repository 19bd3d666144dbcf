//! From places in the text of a policy to places in files.

use std::sync::Arc;

use portcullis_iam::span::Span;

use crate::place::{Place, offset};

/// Where every part of a policy's text stands in the files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    files: Files,
    runs: Runs,
    /// The places of whole values, where the runs alone do not tell them, sorted by span.
    wholes: Vec<(Span, Source)>,
    /// Whether the files say it in another syntax than the one that was read.
    is_translated: bool,
}

/// The paths of the files that are read together; [`Source::file`] counts them.
pub(crate) type Files = Arc<[Arc<str>]>;

/// A part of one of the files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Source {
    /// The number of the file.
    pub(crate) file: u32,
    pub(crate) span: Span,
}

/// The pieces of a text in its order, each with its place. A piece reaches to the next one; the first starts at 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Runs(Vec<Run>);

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    /// Where it starts in the text.
    pub(crate) start: u32,
    pub(crate) source: Source,
    /// Whether the text is the same, byte for byte, as the file's.
    pub(crate) verbatim: bool,
}

impl Places {
    pub(crate) fn new(files: &Files, runs: Runs, mut wholes: Vec<(Span, Source)>) -> Self {
        wholes.sort_by_key(|(span, _)| *span);
        Self { files: Arc::clone(files), runs, wholes, is_translated: false }
    }

    /// Where `span` of the policy's text stands: exactly where it was written, or the smallest part of the file that
    /// it was made of.
    pub fn place(&self, span: Span) -> Place {
        let source = self.whole(span).or_else(|| self.runs.source(span)).or_else(|| self.around(span));
        source.unwrap_or_default().place(&self.files)
    }

    /// The place of `span` when the file says there, byte for byte, what the policy's text says: replacing the one
    /// replaces the other. For a string ask for what is inside its quotes: not every format writes quotes.
    pub fn verbatim(&self, span: Span) -> Option<Place> {
        let is_verbatim = !self.is_translated && self.runs.is_verbatim(span);
        is_verbatim.then(|| self.runs.source(span).unwrap_or_default().place(&self.files))
    }

    /// The same places, when what was read as file number `file` is made of the one that `native` tells.
    pub(crate) fn translate(&mut self, file: u32, native: &Runs) {
        let is_part = |source: &Source| source.file == file;
        if !self.runs.0.iter().any(|run| is_part(&run.source)) {
            return;
        }
        self.is_translated = true;
        self.runs = self.runs.translated(file, native);
        for (_, source) in self.wholes.iter_mut().filter(|(_, source)| is_part(source)) {
            *source = native.source(source.span).unwrap_or(*source);
        }
    }

    /// What was recorded for exactly this span.
    fn whole(&self, span: Span) -> Option<Source> {
        let at = self.wholes.binary_search_by_key(&span, |(whole, _)| *whole).ok()?;
        self.wholes.get(at).map(|(_, source)| *source)
    }

    /// The smallest whole value around the span.
    fn around(&self, span: Span) -> Option<Source> {
        let around =
            self.wholes.iter().filter(|(whole, _)| whole.start <= span.start && span.end <= whole.end);
        around.min_by_key(|(whole, _)| whole.end - whole.start).map(|(_, source)| *source)
    }
}

impl Source {
    pub(crate) const fn new(file: u32, span: Span) -> Self {
        Self { file, span }
    }

    pub(crate) fn place(self, files: &Files) -> Place {
        let path = files.get(self.file as usize).cloned().unwrap_or_else(|| Arc::from(""));
        Place { path, span: self.span }
    }

    /// Its first byte.
    pub(crate) fn first(self) -> Self {
        let Span { start, end } = self.span;
        Self { span: Span::new(start, end.min(start.saturating_add(1))), ..self }
    }

    /// Its last byte.
    pub(crate) fn last(self) -> Self {
        let Span { start, end } = self.span;
        Self { span: Span::new(start.max(end.saturating_sub(1)), end), ..self }
    }

    /// What is between its first and its last byte.
    pub(crate) fn inside(self) -> Self {
        let Span { start, end } = self.span;
        Self { span: Span::new(end.min(start + 1), end.max(start + 2) - 1), ..self }
    }

    /// From the start of this to the end of `end`, when that is a part of one file.
    pub(crate) fn to(self, end: Source) -> Option<Self> {
        let is_part = self.file == end.file && self.span.start <= end.span.end;
        is_part.then(|| Self { span: Span::new(self.span.start, end.span.end), ..self })
    }
}

impl Runs {
    /// A text that stands in a file as it is, from `start` on.
    pub(crate) fn slice(file: u32, start: u32) -> Self {
        let source = Source::new(file, Span::new(start, u32::MAX));
        Self(vec![Run { start: 0, source, verbatim: true }])
    }

    /// The text from `start` on, which is after what was pushed before, stands for `source`; with `verbatim`, it is
    /// the same.
    pub(crate) fn push(&mut self, start: usize, source: Source, verbatim: bool) {
        let run = Run { start: offset(start), source, verbatim };
        match self.0.last_mut() {
            Some(last) if last.start == run.start => *last = run,
            Some(last) if last.goes_on_in(&run) => last.source.span.end = source.span.end,
            Some(_) | None => self.0.push(run),
        }
    }

    /// The pieces with what stands in file number `file` replaced by where `native` says that it comes from.
    fn translated(&self, file: u32, native: &Runs) -> Self {
        let mut runs = Self::default();
        let ends = self.0.iter().skip(1).map(|run| run.start).chain([u32::MAX]);
        for (run, end) in self.0.iter().zip(ends) {
            if run.source.file != file {
                runs.0.push(*run);
            } else if run.verbatim {
                let Span { start, end: last } = run.source.span;
                let span = Span::new(start, last.min(start.saturating_add(end - run.start)));
                for (part, inner) in native.parts(span) {
                    let start = run.start + (part.start - span.start);
                    runs.push(start as usize, inner.source, inner.verbatim);
                }
            } else {
                let source = native.source(run.source.span).unwrap_or(run.source);
                runs.push(run.start as usize, source, false);
            }
        }
        runs
    }

    /// The pieces of `span`, each with its part of the text.
    pub(crate) fn parts(&self, span: Span) -> impl Iterator<Item = (Span, Run)> {
        let first = self.0.partition_point(|run| run.start <= span.start).saturating_sub(1);
        let runs = self.0.get(first..).unwrap_or_default();
        let ends = runs.iter().skip(1).map(|run| run.start).chain([u32::MAX]);
        let clipped = runs.iter().zip(ends).map(move |(run, end)| {
            let part = Span::new(run.start.max(span.start), end.min(span.end));
            let inside = Span::new(run.start_of(part.start), run.end_of(part.end));
            (
                part,
                Run {
                    start: part.start,
                    source: Source::new(run.source.file, inside),
                    verbatim: run.verbatim,
                },
            )
        });
        clipped.take_while(move |(part, _)| part.start < part.end)
    }

    /// From where the first byte stands to where the last one stands, when this is a part of one file.
    pub(crate) fn source(&self, span: Span) -> Option<Source> {
        let first = self.at(span.start)?;
        let start = first.start_of(span.start);
        let start = Source::new(first.source.file, Span::new(start, start));
        if span.end <= span.start {
            return Some(start);
        }
        let last = self.at(span.end - 1)?;
        let end = last.end_of(span.end);
        start.to(Source::new(last.source.file, Span::new(end, end)))
    }

    /// Whether the file says the same as the text.
    pub(crate) fn is_verbatim(&self, span: Span) -> bool {
        let last = self.at(span.end.max(span.start + 1) - 1);
        self.at(span.start).is_some_and(|first| first.verbatim && last == Some(first))
    }

    fn at(&self, at: u32) -> Option<&Run> {
        let after = self.0.partition_point(|run| run.start <= at);
        self.0.get(after.checked_sub(1)?)
    }
}

impl Run {
    /// Whether `next` starts, in the text and in the file, where this one ends.
    fn goes_on_in(&self, next: &Run) -> bool {
        let end = self.source.span.start.checked_add(next.start - self.start);
        let is_next = self.source.file == next.source.file && end == Some(next.source.span.start);
        self.verbatim && next.verbatim && is_next
    }

    /// Where the byte at `at` of the text starts.
    fn start_of(&self, at: u32) -> u32 {
        if !self.verbatim {
            return self.source.span.start;
        }
        self.source.span.start.saturating_add(at.saturating_sub(self.start)).min(self.source.span.end)
    }

    /// Where what ends before the byte at `at` of the text ends.
    fn end_of(&self, at: u32) -> u32 {
        if self.verbatim { self.start_of(at) } else { self.source.span.end }
    }
}
