//! Places in files.

use portcullis_iam::span::{Position, Span};

pub use portcullis_iam::Place;

/// The lines of a text, for many questions about it.
#[derive(Clone, Debug)]
pub struct Lines<'t> {
    text: &'t str,
    /// The offset of the first byte of every line.
    starts: Vec<u32>,
}

impl<'t> Lines<'t> {
    /// The lines of `text`.
    pub fn new(text: &'t str) -> Self {
        let after_newlines = text.match_indices('\n').map(|(at, _)| offset(at + 1));
        Self { text, starts: std::iter::once(0).chain(after_newlines).collect() }
    }

    /// The line and column of the byte at `offset`; past the end, those after the last character.
    pub fn position(&self, offset: u32) -> Position {
        let before = self.starts.partition_point(|start| *start <= offset).max(1);
        let start = self.starts.get(before - 1).copied().unwrap_or_default() as usize;
        let end = boundary(self.text, offset as usize) as usize;
        let column = self.text.get(start..end).unwrap_or_default().chars().count() + 1;
        Position { line: self::offset(before), column: self::offset(column) }
    }

    /// Where `span` starts, and where it ends: the position after its last character.
    pub fn range(&self, span: Span) -> (Position, Position) {
        (self.position(span.start), self.position(span.end))
    }
}

/// The offset of the character in which the byte at `at` is; past the end, the end.
pub(crate) fn boundary(text: &str, at: usize) -> u32 {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    offset(at)
}

/// An offset in a text: texts are shorter than [`crate::MAX_FILE_BYTES`].
pub(crate) fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use portcullis_iam::span;

    use super::*;

    #[test]
    fn lines_agree_with_the_positions_of_spans() {
        for text in ["", "a", "a\nßb\n", "\n\nx\r\ny", "é"] {
            let lines = Lines::new(text);
            for at in 0..=offset(text.len()) + 2 {
                assert_eq!(lines.position(at), span::position(text, at), "{text:?} {at}");
            }
        }
    }
}
