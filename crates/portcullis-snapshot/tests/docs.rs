//! The documentation names every file with the command that writes it.

#[cfg(test)]
mod docs {
    use portcullis_snapshot::{Dump, State};

    const PAGE: &str = include_str!("../../../docs/snapshot.md");

    #[test]
    fn every_dump_has_a_row_with_its_command() {
        for dump in Dump::ALL.into_iter().filter(|dump| *dump != Dump::Manifest) {
            let file = format!("`{}`", dump.file_name());
            let is_row = |line: &&str| line.split('|').nth(1).is_some_and(|cell| cell.contains(&file));
            let row = PAGE.lines().find(is_row).unwrap_or_else(|| panic!("no row for {file}"));
            assert!(row.contains(&format!("`{}`", dump.command())), "{row}: no `{}`", dump.command());
        }
    }

    #[test]
    fn every_state_is_explained() {
        for state in [State::Present, State::Partial, State::Missing, State::Unreadable, State::NotAssessed] {
            assert!(PAGE.contains(&format!("| `{}` |", state.name())), "{state:?}");
        }
    }
}
