//! Markdown as the pages need it.

/// A table with a heading row.
pub(super) fn table<const N: usize>(
    heading: [&str; N],
    rows: impl IntoIterator<Item = [String; N]>,
) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let mut text = line(&heading.map(str::to_owned)) + &format!("|{}\n", "---|".repeat(N));
    text.extend(rows.into_iter().map(|row| line(&row.map(|cell| cell.replace('|', "\\|")))));
    text
}

/// As code.
pub(super) fn code(text: &str) -> String {
    format!("`{text}`")
}
