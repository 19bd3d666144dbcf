//! What stands inside of a line: code, bold text, links.

use crate::page::CODE;
use crate::style::BOLD;
use crate::words::{safe, width as columns};

/// The text in lines of at most `width` columns: the first begins with `first`, all others with `rest`.
pub(super) fn wrapped(text: &str, first: &str, rest: &str, width: usize) -> String {
    let mut page = String::new();
    let mut line = first.to_owned();
    let mut taken = columns(first);
    let mut is_empty = true;
    for word in words(text) {
        let wanted = usize::from(!is_empty) + word.width;
        if !is_empty && width < taken + wanted {
            page = page + line.trim_end() + "\n";
            line = rest.to_owned();
            taken = columns(rest);
            is_empty = true;
        }
        if !is_empty {
            line.push(' ');
            taken += 1;
        }
        line.push_str(&word.text);
        taken += word.width;
        is_empty = false;
    }
    page + line.trim_end() + "\n"
}

/// The text in one line, with the columns that it takes.
pub(super) fn line(text: &str) -> (String, usize) {
    let words = words(text);
    let width = words.iter().map(|word| word.width + 1).sum::<usize>().saturating_sub(1);
    (words.into_iter().map(|word| word.text).collect::<Vec<_>>().join(" "), width)
}

/// A word as it is written, styles included, and the columns that it takes.
#[derive(Default)]
struct Word {
    text: String,
    width: usize,
}

/// The words of a text. A style that spans several of them is begun and ended in each.
fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = vec![Word::default()];
    for (kind, part) in parts(text) {
        for (at, piece) in part.split(' ').enumerate() {
            if 0 < at {
                words.push(Word::default());
            }
            let (Some(word), false) = (words.last_mut(), piece.is_empty()) else { continue };
            let piece = safe(piece);
            word.width += columns(&piece);
            word.text += &match kind {
                Kind::Plain => piece,
                Kind::Code => format!("{CODE}{piece}{CODE:#}"),
                Kind::Bold => format!("{BOLD}{piece}{BOLD:#}"),
            };
        }
    }
    words.retain(|word| 0 < word.width);
    words
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Plain,
    Code,
    Bold,
}

/// The text in parts of one kind each. Code keeps its marks, so that it is code without colours too.
fn parts(text: &str) -> Vec<(Kind, String)> {
    let mut parts = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let special = match c {
            '`' => between(rest, "`", "`").map(|(code, after)| (Kind::Code, format!("`{code}`"), after)),
            '*' => between(rest, "**", "**").map(|(bold, after)| (Kind::Bold, bold.to_owned(), after)),
            '[' => link(rest).map(|(text, after)| (Kind::Plain, text, after)),
            _ => None,
        };
        match special {
            Some((kind, part, after)) => {
                parts.push((Kind::Plain, std::mem::take(&mut plain)));
                parts.push((kind, part));
                rest = after;
            }
            None => {
                plain.push(c);
                rest = rest.get(c.len_utf8()..).unwrap_or_default();
            }
        }
    }
    parts.push((Kind::Plain, plain));
    parts
}

fn between<'t>(text: &'t str, open: &str, close: &str) -> Option<(&'t str, &'t str)> {
    let (inner, after) = text.strip_prefix(open)?.split_once(close)?;
    (!inner.is_empty()).then_some((inner, after))
}

/// `[text](target)`: the text, and where it leads unless that is a page beside this one.
fn link(text: &str) -> Option<(String, &str)> {
    let (label, after) = between(text, "[", "]")?;
    let (target, after) = between(after, "(", ")")?;
    let label = label.replace('`', "");
    let told = if target.contains("://") { format!("{label} ({target})") } else { label };
    Some((told, after))
}
