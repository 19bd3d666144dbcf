//! Pages for the terminal: Markdown as headings, wrapped paragraphs, lists, tables and indented code.
//!
//! The pages are ours: what is understood is the Markdown that they use. Colour is written as ANSI styles and never says
//! anything alone; whoever prints decides whether it stays.

mod inline;
mod table;

use anstyle::{AnsiColor, Style};

use crate::style::{BOLD, DIM};
use crate::words::safe;

/// The page in lines of at most `width` columns; code and tables keep their lines.
pub fn text(markdown: &str, width: usize) -> String {
    let width = width.clamp(MIN_WIDTH, MAX_WIDTH);
    let blocks: Vec<_> = blocks(markdown).iter().map(|block| block.text(width)).collect();
    let mut page = String::new();
    for (at, block) in blocks.iter().enumerate() {
        if 0 < at {
            page.push('\n');
        }
        page.push_str(block);
    }
    page
}

/// What stands between blank lines.
#[derive(Debug, PartialEq, Eq)]
enum Block<'m> {
    Heading(usize, &'m str),
    /// The lines of a paragraph.
    Paragraph(Vec<&'m str>),
    /// Each item with its indentation, its mark, and its lines.
    List(Vec<Item<'m>>),
    Table(Vec<&'m str>),
    /// The lines of a fenced block, and what its fence says.
    Code(&'m str, Vec<&'m str>),
}

#[derive(Debug, PartialEq, Eq)]
struct Item<'m> {
    indentation: usize,
    mark: &'m str,
    lines: Vec<&'m str>,
}

fn blocks(markdown: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut lines = markdown.lines().peekable();
    while let Some(line) = lines.next() {
        let mut take_while = |goes_on: fn(&str) -> bool| {
            let mut taken = Vec::new();
            while let Some(next) = lines.next_if(|next| goes_on(next)) {
                taken.push(next);
            }
            taken
        };
        let level = line.bytes().take_while(|byte| *byte == b'#').count();
        if let Some(info) = line.strip_prefix("```") {
            let code = take_while(|next| !next.starts_with("```"));
            take_while(|next| next.starts_with("```")).truncate(1);
            blocks.push(Block::Code(info, code));
        } else if 0 < level && line.get(level..).is_some_and(|rest| rest.starts_with(' ')) {
            blocks.push(Block::Heading(level, line.get(level..).unwrap_or_default().trim()));
        } else if line.starts_with('|') {
            let rest = take_while(|next| next.starts_with('|'));
            blocks.push(Block::Table(std::iter::once(line).chain(rest).collect()));
        } else if item(line).is_some() {
            let rest = take_while(|next| !next.trim().is_empty() && !next.starts_with("```"));
            blocks.push(Block::List(items(std::iter::once(line).chain(rest))));
        } else if !line.trim().is_empty() {
            let rest = take_while(|next| !next.trim().is_empty() && is_text(next));
            blocks.push(Block::Paragraph(std::iter::once(line).chain(rest).collect()));
        }
    }
    blocks
}

/// Whether a line goes on with a paragraph.
fn is_text(line: &str) -> bool {
    !line.starts_with("```") && !line.starts_with('|') && !line.starts_with('#') && item(line).is_none()
}

/// The item that a line begins.
fn item(line: &str) -> Option<Item<'_>> {
    let text = line.trim_start();
    let indentation = line.len() - text.len();
    let (mark, rest) = text.split_once(' ')?;
    let is_number = mark.strip_suffix('.').is_some_and(|number| {
        !number.is_empty() && number.len() < 3 && number.bytes().all(|byte| byte.is_ascii_digit())
    });
    let is_mark = mark == "-" || mark == "*" || is_number;
    is_mark.then(|| Item { indentation, mark, lines: vec![rest] })
}

fn items<'m>(lines: impl Iterator<Item = &'m str>) -> Vec<Item<'m>> {
    let mut items: Vec<Item<'m>> = Vec::new();
    for line in lines {
        match (item(line), items.last_mut()) {
            (Some(item), _) => items.push(item),
            (None, Some(last)) => last.lines.push(line.trim()),
            (None, None) => {}
        }
    }
    items
}

impl Block<'_> {
    fn text(&self, width: usize) -> String {
        match self {
            Block::Heading(level, title) => heading(*level, title, width),
            Block::Paragraph(lines) => inline::wrapped(&lines.join(" "), "", "", width),
            Block::List(items) => items.iter().map(|item| item.text(width)).collect(),
            Block::Table(rows) => table::text(rows, width),
            Block::Code(info, lines) => code(info, lines),
        }
    }
}

impl Item<'_> {
    fn text(&self, width: usize) -> String {
        let mark = if self.mark == "*" { "-" } else { self.mark };
        let first = format!("{}{mark} ", " ".repeat(self.indentation + 2));
        let rest = " ".repeat(first.len());
        inline::wrapped(&self.lines.join(" "), &first, &rest, width)
    }
}

fn heading(level: usize, title: &str, width: usize) -> String {
    let style = if level == 1 { TITLE } else { BOLD };
    let title = inline::wrapped(title, "", "", width);
    let lines: Vec<_> = title.lines().map(|line| format!("{style}{line}{style:#}\n")).collect();
    lines.concat()
}

fn code(info: &str, lines: &[&str]) -> String {
    let name = match info.split_once(' ') {
        Some((_, name)) => format!("    {DIM}{}:{DIM:#}\n", safe(name)),
        None => String::new(),
    };
    let lines: Vec<_> = lines.iter().map(|line| format!("    {CODE}{}{CODE:#}\n", safe(line))).collect();
    name + &lines.concat()
}

pub(crate) const TITLE: Style = AnsiColor::Cyan.on_default().bold();
pub(crate) const CODE: Style = AnsiColor::Green.on_default();

const MIN_WIDTH: usize = 40;
/// Longer lines of prose are hard to read.
const MAX_WIDTH: usize = 100;

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(markdown: &str) -> String {
        anstream::adapter::strip_str(&text(markdown, 40)).to_string()
    }

    #[test]
    fn prose_is_wrapped_and_code_keeps_its_lines() {
        let page = "# A **bold** title\n\nOne sentence that is long enough to be wrapped.\nAnother one with `code`.\n\n\
                    ## Next\n\n- an item that is so long that it needs two lines\n  and goes on\n- another\n\n\
                    ```json policy.json\n{\"a\":\n    1}\n```\nAfter it.\n";
        let expected = "\
A bold title

One sentence that is long enough to be
wrapped. Another one with `code`.

Next

  - an item that is so long that it
    needs two lines and goes on
  - another

    policy.json:
    {\"a\":
        1}

After it.
";
        assert_eq!(plain(page), expected);
    }

    #[test]
    fn links_tell_where_they_lead() {
        assert_eq!(
            plain("See [the guide](https://example.com/a_b)."),
            "See the guide (https://example.com/a_b).\n"
        );
        assert_eq!(plain("A list [1] and `[x](y)` and a*b*c."), "A list [1] and `[x](y)` and a*b*c.\n");
    }

    #[test]
    fn tables_are_aligned() {
        assert_eq!(
            plain("| key | means |\n|---|---|\n| `a` | one |\n| bcd | two \\| three |\n"),
            "key  means\n───  ───────────\n`a`  one\nbcd  two | three\n"
        );
    }

    #[test]
    fn a_page_cannot_move_the_cursor() {
        assert!(!plain("a\u{1b}[2J `b\u{1b}[2J`\n\n```\nc\u{1b}[2J\n```\n").contains('\u{1b}'));
    }
}
