//! What a refresh changes, for the one who commits it.

use std::collections::BTreeSet;

/// How many names of one kind are told.
const TOLD: usize = 12;

/// One line per kind of thing that came or went between two texts of the catalogue, or of the managed policies.
pub(super) fn between(old: &str, new: &str) -> Vec<String> {
    let kinds = [("service", 'S'), ("action", 'A'), ("condition key", 'K'), ("managed policy", 'M')];
    let of_kind = |(kind, letter): (&str, char)| {
        let (before, after) = (names(old, letter), names(new, letter));
        let came = line(&format!("new {kind}"), after.difference(&before));
        let went = line(&format!("gone {kind}"), before.difference(&after));
        [came, went]
    };
    kinds.into_iter().flat_map(of_kind).flatten().collect()
}

fn line<'n>(what: &str, names: impl Iterator<Item = &'n String>) -> Option<String> {
    let names: Vec<_> = names.map(String::as_str).collect();
    let told = names.get(..TOLD).map_or_else(|| names.join(" "), |first| format!("{} …", first.join(" ")));
    (!names.is_empty()).then(|| format!("{what}: {} ({told})", names.len()))
}

/// The names of the lines that begin with a letter; those within a service with its prefix.
fn names(text: &str, letter: char) -> BTreeSet<String> {
    let mut prefix = "";
    let mut names = BTreeSet::new();
    for line in text.lines() {
        let mut fields = line.split('\t');
        let (Some(kind), Some(name)) = (fields.next(), fields.next()) else { continue };
        if kind == "S" {
            prefix = name;
        }
        if kind.starts_with(letter) {
            let of_service = kind != "S" && kind != "M" && !name.contains(':');
            names.insert(if of_service { format!("{prefix}:{name}") } else { name.to_owned() });
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_come_and_go_are_told() {
        let old = "V\t1\nS\tiam\tIAM\t\nK\tiam:X\tString\t\nA\tGetUser\tR\t\nA\tPutUser\tW\t\n";
        let new = "V\t1\nS\tiam\tIAM\t\nK\tiam:X\tString\t\nA\tGetUser\tR\t0\nS\tnew\tNew\t\nA\tGo\tW\t\n";
        let expected = ["new service: 1 (new)", "new action: 1 (new:Go)", "gone action: 1 (iam:PutUser)"];
        assert_eq!(between(old, new), expected);
        assert_eq!(between(new, new), Vec::<String>::new());
    }
}
