//! The command that replays a witness.

use portcullis_finding::proof::{KeySource, ShownKey, ShownWitness, SupposedPolicies};
use portcullis_iam::Values;
use portcullis_iam::catalog::catalog;

use crate::words::width;

/// The `portcullis simulate` command for a witness, for a POSIX shell; none when flags cannot say it and the request
/// must be given as JSON.
pub fn command(witness: &ShownWitness, snapshot: &str) -> Option<String> {
    Some(words(witness, snapshot)?.join(" "))
}

/// The same on lines of at most `columns` columns, as far as its words allow.
pub(super) fn lines(witness: &ShownWitness, snapshot: &str, columns: usize) -> Option<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words(witness, snapshot)? {
        match lines.last_mut() {
            Some(line) if width(line) + width(&word) + CONTINUED.len() < columns => {
                *line = format!("{line} {word}");
            }
            Some(_) | None => lines.push(word),
        }
    }
    Some(lines.join(&format!("{CONTINUED}\n  ")))
}

/// Says that a command goes on.
const CONTINUED: &str = " \\";

/// The command and each flag with its value.
fn words(witness: &ShownWitness, snapshot: &str) -> Option<Vec<String>> {
    if witness.supposed != SupposedPolicies::default() || !witness.context.iter().all(fits_a_flag) {
        return None;
    }
    let mut words = vec!["portcullis simulate".to_owned()];
    let mut flag = |name: &str, value: &str| words.push(format!("--{name} {}", quoted(value)));
    flag("snapshot", snapshot);
    flag("principal", &witness.principal);
    if let Some(caller) = &witness.caller {
        flag("caller", caller);
    }
    if let Some(credential) = witness.credential {
        flag("credential", credential);
    }
    flag("action", &witness.action);
    flag("resource", &witness.resource);
    if let Some(owner) = &witness.resource_owner {
        flag("resource-owner", owner.as_str());
    }
    for key in witness.context.iter().filter(|key| matters(key)) {
        for value in values(&key.values) {
            flag("context", &format!("{}={value}", key.name));
        }
    }
    for key in &witness.unknown {
        flag("unknown", key);
    }
    Some(words)
}

/// Whether the command needs the key: what the snapshot tells need not be said, nor what changes nothing.
fn matters(key: &ShownKey) -> bool {
    match key.source {
        KeySource::Credential | KeySource::Chosen => true,
        KeySource::Principal | KeySource::Incidental => false,
    }
}

/// Whether `--context` would take the key for what it is: by its number of values, or as AWS defines it.
fn fits_a_flag(key: &ShownKey) -> bool {
    let is_list = || catalog().condition_key(&key.name).is_some_and(|known| known.multivalued);
    match &key.values {
        _ if !matters(key) => true,
        Values::One(_) => !is_list(),
        Values::Many(values) => 1 < values.len() || (values.len() == 1 && is_list()),
    }
}

fn values(values: &Values) -> &[Box<str>] {
    match values {
        Values::One(value) => std::slice::from_ref(value),
        Values::Many(values) => values,
    }
}

/// A word as a POSIX shell takes it unchanged.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_./:=@,+-".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str, values: Values) -> ShownKey {
        ShownKey { name: name.into(), values, source: KeySource::Chosen }
    }

    #[test]
    fn words_are_quoted_for_a_shell() {
        let words = ["arn:aws:iam::111111111111:user/alice", "*", "it's", ""].map(quoted);
        assert_eq!(words, ["arn:aws:iam::111111111111:user/alice", "'*'", r"'it'\''s'", "''"]);
    }

    #[test]
    fn a_list_of_one_value_fits_a_flag_where_aws_defines_a_list() {
        let one = || Values::Many(vec!["a".into()]);
        assert!(fits_a_flag(&key("aws:TagKeys", one())));
        assert!(!fits_a_flag(&key("aws:SourceIp", one())));
        assert!(!fits_a_flag(&key("aws:TagKeys", Values::One("a".into()))));
        assert!(fits_a_flag(&key("aws:SourceIp", Values::One("203.0.113.7".into()))));
    }
}
