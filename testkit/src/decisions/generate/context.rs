//! The context of a request.

use crate::decisions::case::{ContextEntry, Simulation};
use crate::decisions::choices::Choices;

use super::condition::{KEYS, Key};

/// Gives the request its condition keys: each is absent, known, or unknown.
pub(super) fn fill(request: &mut Simulation, choices: &mut Choices<'_>) {
    let has_unknowns = choices.chance(60);
    for key in &KEYS {
        match choices.below(8) {
            0..=2 => {}
            5.. if has_unknowns => request.unknown_context_keys.push(key.name.to_owned()),
            _ => request.context_entries.push(entry(key, choices)),
        }
    }
}

/// Makes each unknown key absent or known.
pub(super) fn settle(request: &mut Simulation, choices: &mut Choices<'_>) {
    for name in std::mem::take(&mut request.unknown_context_keys) {
        let known = KEYS.iter().find(|key| key.name == name).filter(|_| choices.chance(70));
        request.context_entries.extend(known.map(|key| entry(key, choices)));
    }
}

fn entry(key: &Key, choices: &mut Choices<'_>) -> ContextEntry {
    let is_list = key.kind.ends_with("List");
    let count = if is_list { choices.below(4) } else { 1 };
    ContextEntry {
        context_key_name: key.name.to_owned(),
        context_key_values: (0..count).map(|_| choices.pick(key.given).to_owned()).collect(),
        context_key_type: key.kind.to_owned(),
    }
}
