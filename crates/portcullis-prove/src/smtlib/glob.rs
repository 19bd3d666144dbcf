//! Text with wildcards as regular expressions and string terms.

use super::NotExported;
use super::term::Term;

/// A piece of a pattern whose variables have been replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// This character.
    Literal(char),
    /// `?`.
    One,
    /// `*`.
    Run,
    /// The value of this string variable.
    Value(String),
}

/// What the wildcard at an index of a pattern may be made of: one such character, and any run.
pub(super) type Characters<'c> = &'c dyn Fn(&[Piece], usize) -> (&'static str, &'static str);

/// The pieces of `text`, every `*` and `?` of it a wildcard.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    text.chars()
        .map(|character| match character {
            '*' => Piece::Run,
            '?' => Piece::One,
            literal => Piece::Literal(literal),
        })
        .collect()
}

/// The pieces of `text`, all of it literal.
pub(super) fn literal(text: &str) -> Vec<Piece> {
    text.chars().map(Piece::Literal).collect()
}

/// `text` as a string of SMT-LIB.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\"\""),
            ' '..='~' if character != '\\' => quoted.push(character),
            other => quoted.push_str(&format!("\\u{{{:x}}}", u32::from(other))),
        }
    }
    quoted + "\""
}

/// Whether the string term `subject` matches the whole of `pattern`.
pub(super) fn matches(pattern: &[Piece], subject: &str) -> Result<Term, NotExported> {
    matches_by(pattern, subject, &|_, _| ("re.allchar", "any"))
}

/// The same, where `characters` says what wildcards may be made of.
pub(super) fn matches_by(
    pattern: &[Piece],
    subject: &str,
    characters: Characters<'_>,
) -> Result<Term, NotExported> {
    if pattern == [Piece::Run] && characters(pattern, 0).1 == "any" {
        return Ok(Term::True);
    }
    let has_value = pattern.iter().any(|piece| matches!(piece, Piece::Value(_)));
    let has_wildcard = pattern.iter().any(|piece| matches!(piece, Piece::One | Piece::Run));
    match (has_wildcard, has_value) {
        (false, _) => Ok(Term::new(format!("(= {subject} {})", concatenated(pattern)))),
        (true, false) => Ok(Term::new(format!("(str.in_re {subject} {})", regex(pattern, characters)))),
        (true, true) if is_free(pattern, characters) => Ok(leftmost(pattern, subject)),
        (true, true) => Err(NotExported("a variable beside wildcards that are bound".into())),
    }
}

/// The regular expression of a pattern without values.
pub(super) fn regex(pattern: &[Piece], characters: Characters<'_>) -> String {
    let mut parts = Vec::new();
    let mut text = String::new();
    for (index, piece) in pattern.iter().enumerate() {
        let (one, run) = characters(pattern, index);
        let wildcard = match piece {
            Piece::Literal(character) => {
                text.push(*character);
                continue;
            }
            Piece::One => one,
            Piece::Run | Piece::Value(_) => run,
        };
        flush(&mut parts, &mut text);
        parts.push(wildcard.to_owned());
    }
    flush(&mut parts, &mut text);
    match parts.as_slice() {
        [] => "(str.to_re \"\")".to_owned(),
        [only] => only.clone(),
        _ => format!("(re.++ {})", parts.join(" ")),
    }
}

fn flush(parts: &mut Vec<String>, text: &mut String) {
    if !text.is_empty() {
        parts.push(format!("(str.to_re {})", quoted(text)));
        text.clear();
    }
}

/// The string term of a pattern without wildcards.
fn concatenated(pattern: &[Piece]) -> String {
    let mut parts = Vec::new();
    let mut text = String::new();
    for piece in pattern {
        match piece {
            Piece::Literal(character) => text.push(*character),
            Piece::Value(name) => {
                parts.extend((!text.is_empty()).then(|| quoted(&text)));
                text.clear();
                parts.push(name.clone());
            }
            Piece::One | Piece::Run => {}
        }
    }
    parts.extend((!text.is_empty() || parts.is_empty()).then(|| quoted(&text)));
    match parts.as_slice() {
        [only] => only.clone(),
        _ => format!("(str.++ {})", parts.join(" ")),
    }
}

/// Whether all wildcards are `*` and may stand for anything.
fn is_free(pattern: &[Piece], characters: Characters<'_>) -> bool {
    pattern.iter().enumerate().all(|(index, piece)| match piece {
        Piece::Literal(_) | Piece::Value(_) => true,
        Piece::One => false,
        Piece::Run => characters(pattern, index).1 == "any",
    })
}

/// Runs between texts that may hold variables: the texts stand in this order, each as far left as it can.
fn leftmost(pattern: &[Piece], subject: &str) -> Term {
    let texts: Vec<String> = pattern.split(|piece| *piece == Piece::Run).map(concatenated).collect();
    let (Some((first, rest)), Some(last)) = (texts.split_first(), texts.last()) else { return Term::True };
    let mut terms = vec![
        Term::new(format!("(str.prefixof {first} {subject})")),
        Term::new(format!("(str.suffixof {last} {subject})")),
    ];
    let mut end = format!("(str.len {first})");
    for text in rest.iter().take(rest.len().saturating_sub(1)).filter(|text| *text != "\"\"") {
        let found = format!("(str.indexof {subject} {text} {end})");
        terms.push(Term::new(format!("(>= {found} 0)")));
        end = format!("(+ {found} (str.len {text}))");
    }
    terms.push(Term::new(format!("(<= (+ {end} (str.len {last})) (str.len {subject}))")));
    Term::all(terms)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: &[Piece], expected: &str) {
        assert_eq!(matches(pattern, "s").map(|term| term.to_string()), Ok(expected.into()));
    }

    #[test]
    fn patterns_have_the_shortest_form() {
        check(&pieces("*"), "true");
        check(&pieces("a\"ß"), "(= s \"a\"\"\\u{df}\")");
        check(&pieces(""), "(= s \"\")");
        check(&pieces("a*?"), "(str.in_re s (re.++ (str.to_re \"a\") any re.allchar))");
    }

    #[test]
    fn values_stand_where_their_variables_stood() {
        let home = |tail: &str| [literal("home/"), vec![Piece::Value("k".into())], pieces(tail)].concat();
        check(&home("/x"), "(= s (str.++ \"home/\" k \"/x\"))");
        let prefix = "(str.prefixof (str.++ \"home/\" k \"/\") s)";
        let fits = "(<= (+ (str.len (str.++ \"home/\" k \"/\")) (str.len \"\")) (str.len s))";
        check(&home("/*"), &format!("(and {prefix} (str.suffixof \"\" s) {fits})"));
        assert!(matches(&home("?"), "s").is_err());
    }
}
