//! The comments themselves.

use portcullis_iam::Span;
use portcullis_source::Format;

/// How a format writes comments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    /// `#`, `//`, `/* */`; blocks in brackets.
    Hcl,
    /// `#`; blocks by indentation.
    Yaml,
}

/// A comment that accepts flaws.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Comment<'t> {
    /// The rules that it names, each with its place.
    pub(super) rules: Vec<(&'t str, Span)>,
    /// Why.
    pub(super) reason: &'t str,
    /// The comment from its first word on.
    pub(super) span: Span,
    /// Whether it stands on a line of its own, and so is about what follows.
    pub(super) is_alone: bool,
}

impl Language {
    /// The language of a format; none when it has no comments.
    pub(super) fn of(format: Format) -> Option<Self> {
        match format {
            Format::Terraform => Some(Language::Hcl),
            Format::CloudFormationYaml | Format::Yaml => Some(Language::Yaml),
            Format::PolicyJson
            | Format::Json
            | Format::CloudFormationJson
            | Format::TerraformConfigurationJson
            | Format::TerraformJson => None,
        }
    }

    fn marks(self) -> &'static [&'static str] {
        match self {
            Language::Hcl => &["#", "//", "/*"],
            Language::Yaml => &["#"],
        }
    }

    /// Where the comment of a line begins, and where its words do.
    pub(super) fn comment(self, line: &str) -> Option<(usize, usize)> {
        let mut quoted = false;
        let mut before = None;
        for (at, c) in line.char_indices() {
            let rest = line.get(at..).unwrap_or_default();
            let mark = self.marks().iter().find(|mark| rest.starts_with(**mark));
            let is_apart = self == Language::Hcl || before.is_none_or(char::is_whitespace);
            match (c, mark) {
                ('"', _) if before != Some('\\') => quoted = !quoted,
                (_, Some(mark)) if !quoted && is_apart => return Some((at, at + mark.len())),
                _ => {}
            }
            before = Some(c);
        }
        None
    }
}

/// Every comment of the text that is one of ours, in its order.
pub(super) fn all(text: &str, language: Language) -> Vec<Comment<'_>> {
    let mut comments = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        comments.extend(read(line, start, language));
        start += line.len();
    }
    comments
}

/// The comment of the line that begins at `start`.
fn read(line: &str, start: usize, language: Language) -> Option<Comment<'_>> {
    let (mark, words) = language.comment(line)?;
    let comment = line.get(words..)?.trim_end().trim_end_matches("*/");
    let words = words + (comment.len() - comment.trim_start().len());
    let comment = comment.trim();
    let rest = comment.strip_prefix("portcullis:")?.trim_start();
    let rest = rest.strip_prefix("ignore").unwrap_or(rest);
    let span = |from: usize, length: usize| span(start + from, length);
    let (list, reason) = match rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((list, reason)) => (list, reason),
        None => ("", rest),
    };
    let list_at = words + (comment.len() - rest.len()) + 1;
    let mut rules = Vec::new();
    let mut at = list_at;
    for entry in list.split(',') {
        let name = entry.trim();
        if !name.is_empty() {
            rules.push((name, span(at + (entry.len() - entry.trim_start().len()), name.len())));
        }
        at += entry.len() + 1;
    }
    let reason = reason.trim().trim_start_matches([':', '-', '–', '—']).trim();
    let is_alone = line.get(..mark)?.trim().is_empty();
    Some(Comment { rules, reason, span: span(words, comment.len()), is_alone })
}

fn span(start: usize, length: usize) -> Span {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span::new(offset(start), offset(start + length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_read_where_they_are_comments() {
        for (language, line, rules, reason) in [
            (Language::Hcl, "# portcullis: ignore[a-b] why not\n", vec!["a-b"], "why not"),
            (Language::Hcl, "  x = 1 // portcullis: ignore[a, b]: why\n", vec!["a", "b"], "why"),
            (Language::Hcl, "/* portcullis: ignore[a] why */", vec!["a"], "why"),
            (Language::Yaml, "- Effect: Deny # portcullis:ignore[a] why\r\n", vec!["a"], "why"),
            (Language::Yaml, "# portcullis: ignore[a]\n", vec!["a"], ""),
            (Language::Yaml, "# portcullis: ignore all of it\n", vec![], "all of it"),
        ] {
            let all = all(line, language);
            let [comment] = all.as_slice() else { panic!("{line}: {all:?}") };
            let names: Vec<_> = comment.rules.iter().map(|(name, _)| *name).collect();
            assert_eq!((names, comment.reason), (rules, reason), "{line}");
            for (name, span) in &comment.rules {
                assert_eq!(span.of(line), *name);
            }
            assert!(comment.span.of(line).starts_with("portcullis:"), "{line}");
        }
    }

    #[test]
    fn what_is_no_comment_accepts_nothing() {
        for (language, line) in [
            (Language::Hcl, "x = \"# portcullis: ignore[a] why\""),
            (Language::Yaml, "x: \"y # portcullis: ignore[a] why\""),
            (Language::Yaml, "x: y# portcullis: ignore[a] why"),
            (Language::Yaml, "// portcullis: ignore[a] why"),
            (Language::Hcl, "# see portcullis: ignore[a] why"),
        ] {
            assert_eq!(all(line, language), [], "{line}");
        }
    }
}
