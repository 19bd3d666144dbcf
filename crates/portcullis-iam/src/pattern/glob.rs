//! Matching of `*` and `?` over a whole text, without backtracking over more than one `*`.

use super::Part;

/// Whether `parts` cover the whole of `text`.
///
/// What stands before the first `*` is held against the start, what stands after the last `*` against the end,
/// and everything between is found from left to right, each at its first place: a later `*` can always take up
/// what an earlier one leaves, so no earlier choice is ever revisited.
pub(super) fn matches(parts: &[Part<'_>], text: &str) -> bool {
    match parts {
        [] => text.is_empty(),
        [Part::Text(literal)] => literal == text,
        [Part::Run] => true,
        [Part::Text(literal), Part::Run] => text.starts_with(literal.as_ref()),
        _ => by_segment(parts, text),
    }
}

fn by_segment(parts: &[Part<'_>], text: &str) -> bool {
    let mut segments = parts.split(|part| matches!(part, Part::Run));
    let Some(head) = segments.next() else { return text.is_empty() };
    let Some(mut rest) = strip_start(head, text) else { return false };
    let Some(tail) = segments.next_back() else { return rest.is_empty() };
    let Some(trimmed) = strip_end(tail, rest) else { return false };
    rest = trimmed;
    for segment in segments {
        let Some(after) = find(segment, rest) else { return false };
        rest = after;
    }
    true
}

/// What is left of `text` after `segment` at its start.
fn strip_start<'t>(segment: &[Part<'_>], text: &'t str) -> Option<&'t str> {
    segment.iter().try_fold(text, |rest, part| match part {
        Part::Text(literal) => rest.strip_prefix(literal.as_ref()),
        Part::One | Part::Run => strip_first(rest),
    })
}

/// What is left of `text` before `segment` at its end.
fn strip_end<'t>(segment: &[Part<'_>], text: &'t str) -> Option<&'t str> {
    segment.iter().rev().try_fold(text, |rest, part| match part {
        Part::Text(literal) => rest.strip_suffix(literal.as_ref()),
        Part::One | Part::Run => {
            let mut characters = rest.chars();
            characters.next_back().map(|_| characters.as_str())
        }
    })
}

/// What is left of `text` after the first place of `segment`.
fn find<'t>(segment: &[Part<'_>], text: &'t str) -> Option<&'t str> {
    let mut from = text;
    loop {
        let (at, after) = match segment.split_first() {
            None => return Some(from),
            Some((Part::Text(literal), others)) => {
                let at = from.get(position(literal, from)?..)?;
                (at, strip_start(others, at.get(literal.len()..)?))
            }
            Some((Part::One | Part::Run, _)) => (from, strip_start(segment, from)),
        };
        if let Some(after) = after {
            return Some(after);
        }
        from = strip_first(at)?;
    }
}

/// The first place of `literal` in `text`. The search of the standard library is linear, but costs more to set up than
/// short texts take to compare.
fn position(literal: &str, text: &str) -> Option<usize> {
    if literal.is_empty() || SHORT < literal.len() * text.len() {
        return text.find(literal);
    }
    text.as_bytes().windows(literal.len()).position(|window| window == literal.as_bytes())
}

/// The most comparisons of bytes that are cheaper than a search.
const SHORT: usize = 2_048;

fn strip_first(text: &str) -> Option<&str> {
    let mut characters = text.chars();
    characters.next().map(|_| characters.as_str())
}

#[cfg(test)]
mod tests {
    use crate::pattern::matches_text;

    #[test]
    fn patterns_cover_whole_texts() {
        let cases = [
            ("", "", true),
            ("", "a", false),
            ("*", "", true),
            ("**", "anything", true),
            ("?", "ß", true),
            ("?", "", false),
            ("?", "ab", false),
            ("a*", "a", true),
            ("*a", "ba", true),
            ("a*a", "a", false),
            ("a*a", "aa", true),
            ("*ab*ab*", "xabyabz", true),
            ("*ab*ab*", "xaby", false),
            ("*?b*", "ab", true),
            ("*?b*", "b", false),
            ("*a?c*", "abaaxxc", false),
            ("*a?c*", "abaaxcabc", true),
            ("x*y?", "xyy", true),
            ("x*y?", "xy", false),
            ("*é?", "aéü", true),
            ("Get*", "get", false),
            ("a?*?c", "abc", false),
            ("a?*?c", "abbc", true),
        ];
        for (pattern, text, expected) in cases {
            assert_eq!(matches_text(pattern, text), expected, "{pattern} over {text}");
        }
    }

    #[test]
    fn hostile_patterns_end_at_once() {
        let pattern = format!("{}b", "*a".repeat(2_000));
        let text = "a".repeat(60_000);
        assert!(!matches_text(&pattern, &text));
        let pattern = format!("{}b*", "*a?".repeat(1_000));
        assert!(!matches_text(&pattern, &text));
    }
}
