//! Files and functions stay short enough to be read at once.

use super::Complaint;
use super::tree::Tree;

const MAX_FILE: usize = 600;
const MAX_FUNCTION: usize = 60;

/// What may stand before `fn`.
const QUALIFIERS: [&str; 8] =
    ["pub", "pub(crate)", "pub(super)", "const", "async", "unsafe", "extern", "\"C\""];

pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for (path, text) in tree.rust() {
        let lines: Vec<_> = text.lines().collect();
        if lines.len() > MAX_FILE {
            let message = format!("{} lines, more than {MAX_FILE}", lines.len());
            complaints.push(Complaint::new(path, 0, message));
        }
        for (at, name) in functions(&lines) {
            let length = length(lines.get(at..).unwrap_or_default());
            if length > MAX_FUNCTION {
                let message = format!("`{name}` has {length} lines, more than {MAX_FUNCTION}");
                complaints.push(Complaint::new(path, at + 1, message));
            }
        }
    }
    complaints
}

/// Where functions begin, from 0, and their names.
fn functions<'t>(lines: &[&'t str]) -> Vec<(usize, &'t str)> {
    lines.iter().enumerate().filter_map(|(at, line)| Some((at, function_name(line)?))).collect()
}

fn function_name(line: &str) -> Option<&str> {
    let (before, after) = line.trim_start().split_once("fn ")?;
    let is_qualifier = |word: &str| QUALIFIERS.contains(&word) || word.starts_with("pub(in");
    before.split_whitespace().all(is_qualifier).then(|| after.split(['(', '<']).next())?
}

/// The lines of the function that begins with the first line. The sources are formatted, so that it ends with the
/// first closing brace of its own indentation, or with its signature when it has no body.
fn length(lines: &[&str]) -> usize {
    let first = lines.first().copied().unwrap_or_default();
    let indentation = first.len() - first.trim_start().len();
    let closing = format!("{:indentation$}}}", "");
    let signature = lines.iter().position(|line| line.ends_with(['{', ';', '}'])).unwrap_or_default();
    match lines.get(signature) {
        Some(line) if line.ends_with('{') => {
            lines.iter().position(|line| *line == closing).map_or(lines.len(), |end| end + 1)
        }
        Some(_) | None => signature + 1,
    }
}
