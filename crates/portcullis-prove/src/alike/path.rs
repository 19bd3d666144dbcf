//! A pattern as a path of tokens, and where a name leads on it.

use portcullis_iam::pattern::{Part, Pattern, Piece};

/// A pattern as single tokens.
#[derive(Debug)]
pub(super) struct Path(Vec<Token>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    Char(char),
    One,
    Run,
    /// The value of a variable: nothing that a name leads into.
    Variable,
}

impl Path {
    pub(super) fn new(pattern: &Pattern) -> Self {
        let mut tokens = Vec::new();
        match pattern {
            Pattern::Fixed(parts) => parts.iter().for_each(|part| push(&mut tokens, part)),
            Pattern::Varying(pieces) => {
                for piece in pieces {
                    match piece {
                        Piece::Part(part) => push(&mut tokens, part),
                        Piece::Variable(_) => tokens.push(Token::Variable),
                    }
                }
            }
        }
        Self(tokens)
    }

    /// Appends where the name leads from each place at which a part may begin: the places at which one may end.
    pub(super) fn push_effect(&self, name: &str, key: &mut Vec<u8>) {
        for start in (0..=self.0.len()).filter(|at| self.may_begin(*at)) {
            let mut places = vec![start];
            for character in name.chars() {
                places = self.after(&places, character);
                if places.is_empty() {
                    break;
                }
            }
            let ends = places.into_iter().filter(|at| self.may_end(*at));
            let mut led = false;
            for end in ends {
                key.extend((end as u16).to_be_bytes());
                led = true;
            }
            if led {
                key.extend((start as u16 | 0x8000).to_be_bytes());
            }
        }
        key.push(b'.');
    }

    /// The places after one character, in order.
    fn after(&self, places: &[usize], character: char) -> Vec<usize> {
        let mut next = Vec::new();
        for start in places {
            let mut at = *start;
            loop {
                match self.0.get(at) {
                    Some(Token::Run) => {
                        next.push(at);
                        at += 1;
                        continue;
                    }
                    Some(Token::One) => next.push(at + 1),
                    Some(Token::Char(own)) if *own == character => next.push(at + 1),
                    Some(Token::Char(_) | Token::Variable) | None => {}
                }
                break;
            }
        }
        next.sort_unstable();
        next.dedup();
        next
    }

    /// Whether a part of a text may begin at this place.
    fn may_begin(&self, at: usize) -> bool {
        match at.checked_sub(1).and_then(|before| self.0.get(before)) {
            None | Some(Token::Char('/' | ':') | Token::One | Token::Run | Token::Variable) => true,
            // A place on a run that comes next is reached after any text.
            Some(Token::Char(_)) => matches!(self.0.get(at), Some(Token::Run)),
        }
    }

    /// Whether a part of a text may end at this place.
    fn may_end(&self, at: usize) -> bool {
        matches!(
            self.0.get(at),
            None | Some(Token::Char('/' | ':') | Token::One | Token::Run | Token::Variable)
        )
    }
}

fn push(tokens: &mut Vec<Token>, part: &Part<'_>) {
    match part {
        Part::Text(text) => tokens.extend(text.chars().map(Token::Char)),
        Part::One => tokens.push(Token::One),
        Part::Run => tokens.push(Token::Run),
    }
}
