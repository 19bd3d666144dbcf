//! Policy variables: `${key}`, `${key, 'default'}`, and the escapes `${*}`, `${?}` and `${$}`.

use std::borrow::Cow;

use crate::context::{Context, ContextKey, KeyState, Values};
use crate::pattern::{Part, Piece, Wildcards, push_text};

/// A policy variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// The condition key whose value it takes.
    pub key: ContextKey,
    /// Its value when the key has none.
    pub default: Option<Box<str>>,
}

/// What a variable stands for in one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value<'t> {
    /// This text, taken literally.
    Text(&'t str),
    /// Nothing: what contains it matches nothing.
    Unset,
    /// It depends on what is unknown.
    Unknown,
}

impl Variable {
    /// What it stands for under `context`. Only single-valued keys have a value here, and an empty one is none.
    pub fn value<'t>(&'t self, context: &'t Context) -> Value<'t> {
        match context.state(&self.key) {
            KeyState::Known(Values::One(text)) if !text.is_empty() => Value::Text(text),
            KeyState::Known(Values::One(_) | Values::Many(_)) | KeyState::Absent => {
                self.default.as_deref().map_or(Value::Unset, Value::Text)
            }
            KeyState::Unknown => Value::Unknown,
        }
    }
}

/// The pieces of `text`: variables, and between them text and wildcards. What is no well-formed variable is text.
pub(crate) fn split(text: &str, wildcards: Wildcards) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut plain = text;
    let mut rest = text;
    while let Some(start) = rest.find("${") {
        let inner = rest.get(start + 2..).unwrap_or_default();
        let Some((piece, after)) = variable(inner) else {
            rest = inner;
            continue;
        };
        let before = plain.len() - rest.len() + start;
        push(&mut pieces, plain.get(..before).unwrap_or_default(), wildcards);
        pieces.push(piece);
        (plain, rest) = (after, after);
    }
    push(&mut pieces, plain, wildcards);
    pieces
}

fn push(pieces: &mut Vec<Piece>, text: &str, wildcards: Wildcards) {
    let mut parts = Vec::new();
    push_text(&mut parts, text, wildcards);
    pieces.extend(parts.into_iter().map(|part| Piece::Part(part.into_owned())));
}

/// The variable whose text after `${` starts `inner`, and what follows its brace.
fn variable(inner: &str) -> Option<(Piece, &str)> {
    for escape in ["*", "?", "$"] {
        if let Some(after) = inner.strip_prefix(escape).and_then(|rest| rest.strip_prefix('}')) {
            return Some((Piece::Part(Part::Text(Cow::Borrowed(escape))), after));
        }
    }
    // No further than to what no key contains: the way to a brace at the end of a hostile text is long.
    let end = inner.find(['}', ',', '$', '{', '*', '?', '\''])?;
    let key = inner.get(..end)?.trim();
    if key.is_empty() || !inner.get(end..)?.starts_with(['}', ',']) {
        return None;
    }
    let rest = inner.get(end..)?;
    let (default, after) = match rest.strip_prefix('}') {
        Some(after) => (None, after),
        None => {
            let (default, after) =
                rest.strip_prefix(',')?.trim_start().strip_prefix('\'')?.split_once('\'')?;
            (Some(default.into()), after.trim_start().strip_prefix('}')?)
        }
    };
    Some((Piece::Variable(Variable { key: ContextKey::new(key), default }), after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::{Pattern, Resolved, matches};
    use crate::policy::Version;

    fn check(pattern: &str, version: Version, text: &str, expected: Option<bool>) {
        let context = Context::default().with("aws:username", "al*ce").with("aws:PrincipalTag/Empty", "");
        let pattern_value = Pattern::parse(pattern, version, Wildcards::Active);
        let found = match pattern_value.resolve(&context) {
            Resolved::Ready(parts) => Some(matches(&parts, text)),
            Resolved::Unset | Resolved::Open(_) => None,
        };
        assert_eq!(found, expected, "{pattern} over {text}");
    }

    #[test]
    fn variables_take_values_defaults_and_escapes() {
        check("home/${aws:username}/*", Version::V2012, "home/al*ce/x", Some(true));
        check("home/${AWS:UserName}", Version::V2012, "home/alice", Some(false));
        check("home/${aws:username}", Version::V2008, "home/${aws:username}", Some(true));
        check("${none, 'team'}-x", Version::V2012, "team-x", Some(true));
        check("${none,'a*'}", Version::V2012, "ab", Some(false));
        check("${none}", Version::V2012, "", None);
        check("${aws:PrincipalTag/empty}", Version::V2012, "", None);
        check("${aws:PrincipalTag/empty, 'd'}", Version::V2012, "d", Some(true));
        check("a${*}b${?}c${$}{x}", Version::V2012, "a*b?c${x}", Some(true));
        check("a${*}", Version::V2012, "ab", Some(false));
        check("a${open", Version::V2012, "a${open", Some(true));
        check("${}${${aws:username}", Version::V2012, "${}${al*ce", Some(true));
    }
}
