//! What a comment is about: its own line, or the block that begins on the next one.

use portcullis_iam::Span;

use super::comment::{Comment, Language};

/// The part of the text that the comment is about.
pub(super) fn covered(text: &str, comment: &Comment<'_>, language: Language) -> Span {
    let from = if comment.is_alone {
        comment.span.end as usize
    } else {
        line_start(text, comment.span.start as usize)
    };
    let mut lines = lines(text, from);
    if !comment.is_alone {
        return lines.next().map_or_else(Span::default, |line| line.span(line));
    }
    // The rest of the comment's own line comes first.
    let mut lines = lines.skip(1).skip_while(|line| is_skipped(line.text, language));
    let Some(first) = lines.next() else { return Span::default() };
    let last = match language {
        Language::Hcl => by_brackets(first, lines),
        Language::Yaml => by_indentation(first, lines),
    };
    first.span(last)
}

/// A line and where it begins.
#[derive(Clone, Copy)]
struct Line<'t> {
    text: &'t str,
    start: usize,
}

impl Line<'_> {
    /// From the beginning of this line to the end of `last`.
    fn span(self, last: Line<'_>) -> Span {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Span::new(offset(self.start), offset(last.start + last.text.len()))
    }

    fn indentation(self) -> usize {
        self.text.len() - self.text.trim_start().len()
    }
}

fn lines(text: &str, from: usize) -> impl Iterator<Item = Line<'_>> {
    let mut start = from;
    text.get(from..).unwrap_or_default().split_inclusive('\n').map(move |text| {
        let line = Line { text, start };
        start += text.len();
        line
    })
}

fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1)
}

/// Whether a line says nothing: it is blank, or a comment.
fn is_skipped(line: &str, language: Language) -> bool {
    let text = line.trim();
    text.is_empty() || language.comment(text).is_some_and(|(start, _)| start == 0)
}

/// The line on which every bracket is closed again that the first line opens, and every heredoc has ended.
fn by_brackets<'t>(first: Line<'t>, lines: impl Iterator<Item = Line<'t>>) -> Line<'t> {
    let mut depth = opened(first.text);
    let mut heredoc = heredoc(first.text);
    let mut last = first;
    for line in lines {
        match heredoc {
            Some(end) if line.text.trim() == end => heredoc = None,
            Some(_) => {}
            None if depth <= 0 => break,
            None => {
                depth += opened(line.text);
                heredoc = self::heredoc(line.text);
            }
        }
        last = line;
    }
    last
}

/// The word that ends the heredoc which the line begins.
fn heredoc(line: &str) -> Option<&str> {
    let (_, mark) = line.rsplit_once("<<")?;
    let mark = mark.strip_prefix('-').unwrap_or(mark).trim_end();
    let is_word = !mark.is_empty() && mark.chars().all(|c| c.is_alphanumeric() || c == '_');
    is_word.then_some(mark)
}

/// How many brackets more a line opens than it closes, outside of quotes and comments.
fn opened(line: &str) -> i64 {
    let code = Language::Hcl.comment(line).and_then(|(start, _)| line.get(..start)).unwrap_or(line);
    let mut quoted = false;
    let mut before = ' ';
    let mut depth = 0;
    for c in code.chars() {
        match c {
            '"' if before != '\\' => quoted = !quoted,
            '{' | '[' | '(' if !quoted => depth += 1,
            '}' | ']' | ')' if !quoted => depth -= 1,
            _ => {}
        }
        before = c;
    }
    depth
}

/// The last line that is further to the right than the first; the items of a list may stand below their key.
fn by_indentation<'t>(first: Line<'t>, lines: impl Iterator<Item = Line<'t>>) -> Line<'t> {
    let own = first.indentation();
    let is_item = first.text.trim_start().starts_with("- ");
    let mut last = first;
    for line in lines {
        if is_skipped(line.text, Language::Yaml) {
            continue;
        }
        let is_below = !is_item && line.indentation() == own && line.text.trim_start().starts_with("- ");
        if line.indentation() <= own && !is_below {
            break;
        }
        last = line;
    }
    last
}

#[cfg(test)]
mod tests {
    use super::super::comment;
    use super::*;

    fn check(language: Language, text: &str, expected: &str) {
        let comments = comment::all(text, language);
        assert_eq!(covered(text, &comments[0], language).of(text), expected, "{text}");
    }

    #[test]
    fn a_comment_behind_a_line_is_about_that_line() {
        check(
            Language::Hcl,
            "a = 1\nb = 2 # portcullis: ignore[x] y\nc = 3\n",
            "b = 2 # portcullis: ignore[x] y\n",
        );
        check(Language::Yaml, "b: 2 # portcullis: ignore[x] y", "b: 2 # portcullis: ignore[x] y");
    }

    #[test]
    fn a_comment_above_a_block_is_about_the_block() {
        check(
            Language::Hcl,
            "# portcullis: ignore[x] y\n# more\n\nstatement {\n  a = \"}\" # }\n  b {\n  }\n}\nstatement {}\n",
            "statement {\n  a = \"}\" # }\n  b {\n  }\n}\n",
        );
        check(Language::Hcl, "# portcullis: ignore[x] y\na = 1\nb = 2\n", "a = 1\n");
        check(
            Language::Hcl,
            "# portcullis: ignore[x] y\npolicy = <<-EOT\n  {\"a\": [\n  EOT\nb = 2\n",
            "policy = <<-EOT\n  {\"a\": [\n  EOT\n",
        );
        check(
            Language::Yaml,
            "  # portcullis: ignore[x] y\n  Statement:\n  - Effect: Deny\n    # z\n    Action: a\n  Other: 1\n",
            "  Statement:\n  - Effect: Deny\n    # z\n    Action: a\n",
        );
        check(
            Language::Yaml,
            "# portcullis: ignore[x] y\n- Effect: Deny\n  Action: a\n\n- Effect: Allow\n",
            "- Effect: Deny\n  Action: a\n",
        );
    }

    #[test]
    fn a_comment_at_the_end_is_about_nothing() {
        check(Language::Hcl, "a = 1\n# portcullis: ignore[x] y\n", "");
        check(Language::Yaml, "# portcullis: ignore[x] y", "");
    }
}
