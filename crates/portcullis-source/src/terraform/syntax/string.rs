//! Strings of JSON as templates of the native syntax.

use std::iter::Peekable;
use std::str::CharIndices;

use portcullis_iam::Span;

use crate::place::offset;

/// A part of a string.
pub(super) struct Part {
    pub(super) span: Span,
    /// What the native syntax writes; none when that is the same.
    pub(super) text: Option<String>,
}

/// The parts of the string between whose quotes `raw` stands, from `start` on.
pub(super) fn parts(raw: &str, start: u32) -> Vec<Part> {
    let mut reader = Reader { raw: raw.char_indices().peekable(), all: raw, start };
    let mut within = vec![Within::Template { is_outer: true }];
    let mut parts = Vec::new();
    while let Some(one) = reader.next() {
        let is_literal = matches!(within.last(), Some(Within::Template { is_outer: true }));
        parts.push(if is_literal { literal(&one) } else { code(&one) });
        match (within.last().copied(), one.value) {
            (Some(Within::Template { .. }), mark @ ('$' | '%')) => {
                let next = reader.following();
                if next == Some('{') {
                    parts.extend(reader.next().map(|brace| code(&brace)));
                    within.push(Within::Code { depth: 0 });
                } else if next == Some(mark) && reader.after_following() == Some('{') {
                    parts.extend(reader.next().map(|mark| code(&mark)));
                    parts.extend(reader.next().map(|brace| code(&brace)));
                }
            }
            (Some(Within::Template { is_outer: false }), '\\') => {
                parts.extend(reader.next().map(|next| code(&next)));
            }
            (Some(Within::Template { is_outer: false }), '"') => drop(within.pop()),
            (Some(Within::Code { .. }), '"') => within.push(Within::Template { is_outer: false }),
            (Some(Within::Code { depth }), '{') => deeper(&mut within, depth + 1),
            (Some(Within::Code { depth: 0 }), '}') => drop(within.pop()),
            (Some(Within::Code { depth }), '}') => deeper(&mut within, depth - 1),
            (Some(Within::Template { .. } | Within::Code { .. }) | None, _) => {}
        }
    }
    parts
}

/// What a character is a part of.
#[derive(Clone, Copy)]
enum Within {
    /// Of a text: the string of JSON, or a string in the code of a template.
    Template { is_outer: bool },
    /// Of the code of a template, inside of so many braces.
    Code { depth: usize },
}

fn deeper(within: &mut [Within], depth: usize) {
    if let Some(last) = within.last_mut() {
        *last = Within::Code { depth };
    }
}

/// A character of the string, its escape resolved.
struct One<'r> {
    value: char,
    /// How it is written.
    raw: &'r str,
    span: Span,
}

/// In a text both syntaxes know most escapes.
fn literal(one: &One<'_>) -> Part {
    let is_same = one.raw.chars().count() == 1 || ["\\\"", "\\\\", "\\n", "\\r", "\\t"].contains(&one.raw);
    let text = match one.value {
        _ if is_same => None,
        value @ ('$' | '%' | '/') => Some(value.to_string()),
        value => Some(format!("\\U{:08x}", u32::from(value))),
    };
    Part { span: one.span, text }
}

/// In the code of a template there are no escapes.
fn code(one: &One<'_>) -> Part {
    let is_same = one.raw.chars().count() == 1;
    let text = match one.value {
        '\n' | '\r' => " ".to_owned(),
        value => value.to_string(),
    };
    Part { span: one.span, text: (!is_same).then_some(text) }
}

struct Reader<'r> {
    raw: Peekable<CharIndices<'r>>,
    all: &'r str,
    start: u32,
}

impl<'r> Reader<'r> {
    fn next(&mut self) -> Option<One<'r>> {
        let (at, first) = self.raw.next()?;
        let value = if first == '\\' { self.escape()? } else { first };
        let end = self.raw.peek().map_or(self.all.len(), |(end, _)| *end);
        let span = Span::new(self.start + offset(at), self.start + offset(end));
        Some(One { value, raw: self.all.get(at..end)?, span })
    }

    fn escape(&mut self) -> Option<char> {
        Some(match self.raw.next()?.1 {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'u' => self.unicode()?,
            other => other,
        })
    }

    fn unicode(&mut self) -> Option<char> {
        let high = self.four()?;
        if !(0xd800..0xdc00).contains(&high) {
            return char::from_u32(high);
        }
        self.raw.next()?;
        self.raw.next()?;
        let low = self.four()?.checked_sub(0xdc00)?;
        char::from_u32(0x10000 + ((high - 0xd800) << 10) + low)
    }

    fn four(&mut self) -> Option<u32> {
        (0..4).try_fold(0, |value, _| Some(value * 16 + self.raw.next()?.1.to_digit(16)?))
    }

    /// The next character as it is written.
    fn following(&mut self) -> Option<char> {
        self.raw.peek().map(|(_, next)| *next)
    }

    /// The one after the next.
    fn after_following(&mut self) -> Option<char> {
        let at = self.raw.peek()?.0;
        self.all.get(at..)?.chars().nth(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(json: &str, expected: &str) {
        let text =
            parts(json, 0).into_iter().map(|part| part.text.unwrap_or_else(|| part.span.of(json).to_owned()));
        assert_eq!(text.collect::<String>(), expected, "{json}");
    }

    #[test]
    fn templates_lose_their_escapes_and_texts_keep_them() {
        for (json, expected) in [
            (r"plain", r"plain"),
            (r#"{\"Version\": \"x\"}\n"#, r#"{\"Version\": \"x\"}\n"#),
            (r"a\/b\u00e9\b", r"a/b\U000000e9\U00000008"),
            (r"\ud83d\ude00", r"\U0001f600"),
            (r#"${jsonencode({\"a\": {\"b\": \"}\"}})} \"c\""#, r#"${jsonencode({"a": {"b": "}"}})} \"c\""#),
            (r#"${f(\"x${g(\"y\")}\")}\"z\""#, r#"${f("x${g("y")}")}\"z\""#),
            (r#"$${aws:username} \"x\""#, r#"$${aws:username} \"x\""#),
            (r#"${f(\"a\\\"b\")}"#, r#"${f("a\"b")}"#),
        ] {
            check(json, expected);
        }
    }
}
