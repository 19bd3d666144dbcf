//! Tables.

use crate::page::inline;
use crate::style::{BOLD, DIM};

/// The rows of a table with its columns aligned; one entry a line where they would be too wide.
pub(super) fn text(rows: &[&str], width: usize) -> String {
    let rows: Vec<Vec<String>> = rows.iter().map(|row| cells(row)).collect();
    let Some((heading, rows)) = rows.split_first() else { return String::new() };
    let rows: Vec<_> = rows.iter().filter(|row| !is_rule(row)).collect();
    let wide = |column: usize| {
        let cells = std::iter::once(heading).chain(rows.iter().copied());
        cells.filter_map(|row| row.get(column)).map(|cell| inline::line(cell).1).max().unwrap_or_default()
    };
    let widths: Vec<_> = (0..heading.len()).map(wide).collect();
    if width < widths.iter().map(|column| column + 2).sum::<usize>() {
        return rows.iter().map(|row| entry(heading, row, width)).collect();
    }
    let rule: Vec<_> = widths.iter().map(|column| "─".repeat(*column)).collect();
    let mut text = format!("{BOLD}{}{BOLD:#}\n{DIM}{}{DIM:#}\n", line(heading, &widths), rule.join("  "));
    for row in rows {
        text += &line(row, &widths);
        text.push('\n');
    }
    text
}

/// A row as a list of what its cells are.
fn entry(heading: &[String], row: &[String], width: usize) -> String {
    let cells = heading.iter().zip(row).filter(|(_, cell)| !cell.is_empty());
    let lines = cells.enumerate().map(|(at, (name, cell))| {
        let (first, rest) = if at == 0 { ("- ", "  ") } else { ("  ", "    ") };
        inline::wrapped(&format!("{name}: {cell}"), first, rest, width)
    });
    lines.collect()
}

fn line(cells: &[String], widths: &[usize]) -> String {
    let mut text = String::new();
    for (at, (cell, column)) in cells.iter().zip(widths).enumerate() {
        if 0 < at {
            text.push_str("  ");
        }
        let (cell, taken) = inline::line(cell);
        text += &cell;
        text += &" ".repeat(column.saturating_sub(taken));
    }
    text.trim_end().to_owned()
}

/// The cells of a row; `\|` is no border.
fn cells(row: &str) -> Vec<String> {
    let row = row.trim().replace("\\|", "\0");
    let inner = row.strip_prefix('|').unwrap_or(&row);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    inner.split('|').map(|cell| cell.trim().replace('\0', "|")).collect()
}

/// Whether it is the line under the heading.
fn is_rule(row: &[String]) -> bool {
    row.iter().all(|cell| cell.contains('-') && cell.chars().all(|c| c == '-' || c == ':'))
}
