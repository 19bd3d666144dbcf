//! Texts that a pattern covers and that read as people write them.

use super::{Class, Glob, Token};

/// What stands for a `*` that is worth a word.
pub(super) const WORD: &str = "portcullis";

/// Texts that `glob` covers, the one that reads best first.
pub(in crate::theory) fn samples(glob: &Glob) -> [String; 2] {
    [fill(glob, Style::Worded), fill(glob, Style::Short)]
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    /// A word for each run that stands apart.
    Worded,
    /// Nothing for each run.
    Short,
}

fn fill(glob: &Glob, style: Style) -> String {
    let mut text = String::with_capacity(glob.tokens.len() + 16);
    let is_arn = is_arn(glob);
    let mut colons = 0;
    for (index, token) in glob.tokens.iter().enumerate() {
        match *token {
            Token::Char(character) => {
                colons += usize::from(character == ':');
                text.push(character);
            }
            Token::One(class) => push_one(&mut text, class, glob.tokens.get(index + 1), style),
            Token::Run(_) if style == Style::Short => {}
            Token::Run(_) if !stands_apart(glob, index) => {}
            Token::Run(_) if is_arn && is_whole_part(glob, index) => {
                text.push_str(ARN_PARTS.get(colons).copied().unwrap_or(WORD));
            }
            Token::Run(_) => text.push_str(WORD),
        }
    }
    text
}

/// A single character, unless a word for the run behind it takes its place.
fn push_one(text: &mut String, class: Class, next: Option<&Token>, style: Style) {
    let worded = style == Style::Worded && next == Some(&Token::Run(class));
    if !worded {
        text.push('x');
    }
}

/// Whether nothing or a separator stands on each side of the run: letters beside it make a word of their own.
fn stands_apart(glob: &Glob, index: usize) -> bool {
    let before = index.checked_sub(1).and_then(|before| glob.tokens.get(before));
    let after = glob.tokens.get(index + 1);
    [before, after].into_iter().flatten().all(|token| match token {
        Token::Char(character) => !character.is_alphanumeric(),
        Token::One(_) | Token::Run(_) => true,
    })
}

fn is_arn(glob: &Glob) -> bool {
    let start = "arn:".chars().map(Token::Char);
    glob.tokens.iter().take(4).copied().eq(start)
}

/// Whether the run is all there is between two colons.
fn is_whole_part(glob: &Glob, index: usize) -> bool {
    let colon = Some(&Token::Char(':'));
    let before = index.checked_sub(1).and_then(|before| glob.tokens.get(before));
    before == colon && glob.tokens.get(index + 1) == colon
}

/// What the parts of an ARN between its colons often are.
const ARN_PARTS: [&str; 5] = ["arn", "aws", "s3", "us-east-1", "111111111111"];
