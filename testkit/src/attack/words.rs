//! Texts from patterns, and their neighbours.

use portcullis_iam::ContextKey;
use portcullis_prove::{Domain, Facts};

/// What stands for `*`.
const RUNS: [&str; 5] = ["", "a", "portcullis", "a/b", "alice"];

/// Texts that `pattern` matches, or nearly: wildcards are filled, variables have their values where these are known.
pub(super) fn fillings(pattern: &str, facts: &Facts) -> Vec<String> {
    let mut texts = vec![pattern.to_owned()];
    for value in ["alice", "a"] {
        let resolved = resolved(pattern, facts, value);
        texts.extend(RUNS.map(|run| resolved.replace('*', run).replace('?', "a")));
        texts.push(resolved.replace('*', "a").replace('?', ""));
        texts.push(resolved);
    }
    texts
}

/// The pattern with every variable replaced: by what is known of its key, by its default, or by `otherwise`.
fn resolved(pattern: &str, facts: &Facts, otherwise: &str) -> String {
    let mut text = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once("${") {
        text.push_str(before);
        let Some((inner, behind)) = after.split_once('}') else {
            rest = after;
            continue;
        };
        let (key, default) = inner.split_once(',').unwrap_or((inner, ""));
        let default = default.trim().trim_matches('\'');
        match facts.domain(&ContextKey::new(key.trim()), None) {
            Domain::One(value) => text.push_str(&value),
            _ if matches!(key, "*" | "?" | "$") => text.push_str(key),
            _ if !default.is_empty() => text.push_str(default),
            _ => text.push_str(otherwise),
        }
        rest = behind;
    }
    text + rest
}

/// The text, and texts that differ from it by little: one character more or less, another case, another separator.
pub(super) fn neighbours(text: &str) -> Vec<String> {
    let mut texts = vec![text.to_owned()];
    texts.extend(["a", "/", ":", "x/y"].map(|more| format!("{text}{more}")));
    texts.push(format!("a{text}"));
    let mut shorter = text.chars();
    shorter.next_back();
    texts.push(shorter.as_str().to_owned());
    let mut shorter = text.chars();
    shorter.next();
    texts.push(shorter.as_str().to_owned());
    texts.push(text.to_ascii_uppercase());
    texts.push(text.to_ascii_lowercase());
    texts.push(text.chars().map(swapped).collect());
    for (from, to) in [("/", ":"), (":", "/"), ("-", "_"), ("/", "//")] {
        texts.push(text.replace(from, to));
    }
    texts
}

fn swapped(letter: char) -> char {
    if letter.is_ascii_lowercase() { letter.to_ascii_uppercase() } else { letter.to_ascii_lowercase() }
}
