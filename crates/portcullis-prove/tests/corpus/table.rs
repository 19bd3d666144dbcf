//! Where we differ from the collector on purpose: a table of which every row holds, and every difference is in a row.

use std::collections::BTreeSet;

/// The differences that were seen: document, what about, theirs, ours.
#[derive(Default)]
pub(crate) struct Differences(BTreeSet<[String; 4]>);

/// A row of a table: `document | what about | theirs | ours | why, and the page of AWS`. A document or a matter that is
/// `*` is any.
struct Row<'t> {
    text: &'t str,
    cells: Vec<&'t str>,
}

impl Differences {
    /// Takes note of what is said of `about`, where the two are not the same.
    pub(crate) fn compare(&mut self, document: &str, about: &str, theirs: &str, ours: &str) {
        if theirs != ours {
            self.0.insert([document, about, theirs, ours].map(str::to_owned));
        }
    }

    /// Every difference is in a row of the table, and every row explains one, and names a page of AWS.
    pub(crate) fn check(&self, table: &str) {
        let lines = table.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let row = |text| Row { text, cells: str::split(text, " | ").collect() };
        let rows: Vec<Row<'_>> = lines.map(row).collect();
        let unlisted = self.0.iter().filter(|seen| !rows.iter().any(|row| row.explains(seen)));
        let mut wrong: Vec<String> =
            unlisted.map(|seen| format!("not in the table: {}", seen.join(" | "))).collect();
        for row in &rows {
            if !self.0.iter().any(|seen| row.explains(seen)) {
                wrong.push(format!("no difference any more: {}", row.text));
            }
            if row.cells.len() != 5 || !row.cells[4].contains("docs.aws.amazon.com/") {
                wrong.push(format!("names no page of AWS: {}", row.text));
            }
        }
        assert!(wrong.is_empty(), "{} are wrong\n{}", wrong.len(), wrong.join("\n"));
    }
}

impl Row<'_> {
    fn explains(&self, seen: &[String; 4]) -> bool {
        let fits = |(at, seen): (usize, &String)| {
            self.cells.get(at).is_some_and(|cell| cell == seen || (at < 2 && *cell == "*"))
        };
        seen.iter().enumerate().all(fits)
    }
}
