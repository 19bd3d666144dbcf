//! Source text with what is to be said of it underlined: one look for every command that shows a policy.

use std::ops::Range;

use annotate_snippets::{Level, Message, Renderer};
use anstyle::AnsiColor;
use portcullis_iam::Span;

/// The renderer for lines of `width` columns. Its colours are ANSI styles; whoever prints decides whether they stay.
pub fn renderer(width: usize) -> Renderer {
    Renderer::styled()
        .error(AnsiColor::Red.on_default().bold())
        .warning(AnsiColor::Yellow.on_default().bold())
        .info(AnsiColor::Green.on_default().bold())
        .term_width(width)
}

/// The span as the renderer takes it.
pub fn range(span: Span) -> Range<usize> {
    span.start as usize..span.end as usize
}

/// `note: …` below the source.
pub fn note(text: &str) -> Message<'static> {
    Level::NOTE.message(annotate_snippets::normalize_untrusted_str(text))
}

/// `help: …` below the source.
pub fn help(text: &str) -> Message<'static> {
    Level::HELP.message(annotate_snippets::normalize_untrusted_str(text))
}
