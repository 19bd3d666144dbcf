//! Text for people: safe, wrapped, and as wide as it looks.

use portcullis_iam::AccountId;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// `text` without anything that could move a cursor or turn the direction of a line: names come from the account.
pub(crate) fn safe(text: &str) -> String {
    text.chars().map(|c| if is_hostile(c) { '\u{fffd}' } else { c }).collect()
}

/// Whether a character can move a cursor or turn the direction of a line.
pub(crate) fn is_hostile(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The columns that `text` takes on a terminal.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// `text` in exactly `columns` columns: cut with an ellipsis, or filled with blanks.
pub(crate) fn fit(text: &str, columns: usize) -> String {
    let mut fitted = String::new();
    let mut taken = 0;
    let cut = columns < width(text);
    let room = if cut { columns.saturating_sub(1) } else { columns };
    for c in text.chars() {
        let wide = c.width().unwrap_or(0);
        if room < taken + wide {
            break;
        }
        fitted.push(c);
        taken += wide;
    }
    if cut {
        fitted.push('…');
        taken += 1;
    }
    fitted.push_str(&" ".repeat(columns.saturating_sub(taken)));
    fitted
}

/// `text` in lines of at most `columns` columns, broken at blanks where there are any.
pub(crate) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let taken = lines.last().map_or(0, |line| width(line));
        let fits = taken + usize::from(0 < taken) + width(word) <= columns;
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if fits => {
                line.push(' ');
                line.push_str(word);
            }
            Some(_) | None => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The resource as the account's own people call it: `user/ci/robot`, `root`; the whole ARN where it is of another shape.
pub(crate) fn short_name(resource: &str, account: Option<AccountId>) -> String {
    let own = account.and_then(|account| resource.split_once(&format!(":iam::{account}:")));
    safe(own.map_or(resource, |(_, rest)| rest))
}

/// A number in five columns as a rule: `9,999`, `12k`, `3M`. Cut, not rounded: it never says more than there is.
pub(crate) fn short(number: u32) -> String {
    match number {
        0..=9_999 => grouped(number as usize),
        10_000..=999_999 => format!("{}k", number / 1_000),
        1_000_000.. => format!("{}M", grouped(number as usize / 1_000_000)),
    }
}

/// `1 user`, `2 users`, `1,000 users`.
pub(crate) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { many })
}

/// A number with its thousands apart.
pub(crate) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if 0 < at && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_move_the_cursor() {
        assert_eq!(safe("a\u{1b}[2Jb\u{202e}c"), "a\u{fffd}[2Jb\u{fffd}c");
    }

    #[test]
    fn text_is_fitted_by_what_it_shows() {
        assert_eq!(fit("alice", 7), "alice  ");
        assert_eq!(fit("alice", 4), "ali…");
        assert_eq!(fit("東京都", 5), "東京…");
    }

    #[test]
    fn lines_break_at_blanks_and_long_words_stand_alone() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("abcdefghij k", 4), ["abcdefghij", "k"]);
    }

    #[test]
    fn large_numbers_are_cut() {
        let shown = [9_999, 10_000, 212_428, 4_294_967_295].map(short);
        assert_eq!(shown, ["9,999", "10k", "212k", "4,294M"]);
    }

    #[test]
    fn thousands_are_apart() {
        assert_eq!(
            (grouped(7), grouped(1234), grouped(1_000_000)),
            ("7".into(), "1,234".into(), "1,000,000".into())
        );
    }
}
