//! Sets of texts that patterns describe: which text lies in all of these and in none of those?

mod bits;
mod letters;
mod names;
mod product;
mod relate;
mod sample;
mod solve;
mod states;

use portcullis_iam::condition::Case;
use portcullis_iam::pattern::{Part, Reach, Token as ResourceToken};

use crate::form::{Form, FormPart, HoleReach};

pub(crate) use names::name;
pub use relate::{contains, intersects};
pub(super) use sample::samples;
pub(super) use solve::{Problem, solve};

/// The texts that a row of characters and wildcards covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Glob {
    tokens: Vec<Token>,
    case: Case,
}

/// A character or a wildcard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    /// This character.
    Char(char),
    /// One character of the class.
    One(Class),
    /// Any number of them, also none. No two stand side by side.
    Run(Class),
}

/// Which characters a wildcard takes; each class holds the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    /// Neither `:` nor `/`.
    Name,
    /// Not `:`.
    Segment,
    /// Any.
    Any,
}

impl Glob {
    /// What `parts` cover when every wildcard goes anywhere.
    pub(super) fn of_parts(parts: &[Part<'_>], case: Case) -> Self {
        let mut glob = Self::empty(case);
        glob.push_parts(parts, Class::Any);
        glob
    }

    /// The ARNs whose six parts are covered by `six`, the last of which may hold colons.
    pub(super) fn of_arn(six: &[Vec<Part<'_>>]) -> Self {
        let mut glob = Self::empty(Case::Sensitive);
        glob.push_text("arn");
        for (index, parts) in six.iter().enumerate().skip(1) {
            glob.push_text(":");
            glob.push_parts(parts, if index < 5 { Class::Segment } else { Class::Any });
        }
        glob
    }

    /// Every ARN.
    pub(super) fn any_arn() -> Self {
        Self::of_arn(&[
            vec![],
            vec![Part::Run],
            vec![Part::Run],
            vec![Part::Run],
            vec![Part::Run],
            vec![Part::Run],
        ])
    }

    /// Every text but the empty one.
    pub(super) fn any_text() -> Self {
        Self { tokens: vec![Token::One(Class::Any), Token::Run(Class::Any)], case: Case::Sensitive }
    }

    /// `text` alone; with [`Case::Ignored`], which takes a text in lower case, its other spellings too.
    pub(super) fn of_text(text: &str, case: Case) -> Self {
        let mut glob = Self::empty(case);
        glob.push_text(text);
        glob
    }

    /// What the tokens of a resource pattern cover.
    pub(super) fn of_resource(tokens: &[ResourceToken]) -> Self {
        let class = |reach: Reach| match reach {
            Reach::Part => Class::Segment,
            Reach::Anywhere => Class::Any,
        };
        let mut glob = Self::empty(Case::Sensitive);
        for token in tokens {
            glob.push(match *token {
                ResourceToken::Char(character) => Token::Char(character),
                ResourceToken::One(reach) => Token::One(class(reach)),
                ResourceToken::Run(reach) => Token::Run(class(reach)),
            });
        }
        glob
    }

    /// What has the form.
    pub(super) fn of_form(form: &Form) -> Self {
        let mut glob = Self::empty(Case::Sensitive);
        for part in &form.0 {
            let hole = match part {
                FormPart::Text(text) => {
                    glob.push_text(text);
                    continue;
                }
                FormPart::Hole(hole) => hole,
            };
            let class = match hole.reach {
                HoleReach::Name => Class::Name,
                HoleReach::Segment => Class::Segment,
                HoleReach::Rest => Class::Any,
            };
            if !hole.empty {
                glob.push(Token::One(class));
            }
            glob.push(Token::Run(class));
        }
        glob
    }

    /// Whether it covers the whole of `text`.
    pub(super) fn covers(&self, text: &str) -> bool {
        let folded;
        let text = match self.case {
            Case::Sensitive => text,
            Case::Ignored => {
                folded = letters::lower(text);
                &folded
            }
        };
        relate::covers(&self.tokens, text)
    }

    /// The text, when it covers just one.
    pub(super) fn text(&self) -> Option<Box<str>> {
        let character = |token: &Token| match *token {
            Token::Char(own) if self.case == Case::Sensitive => Some(own),
            Token::Char(_) | Token::One(_) | Token::Run(_) => None,
        };
        self.tokens.iter().map(character).collect::<Option<String>>().map(Box::from)
    }

    fn empty(case: Case) -> Self {
        Self { tokens: Vec::new(), case }
    }

    fn push_parts(&mut self, parts: &[Part<'_>], class: Class) {
        for part in parts {
            match part {
                Part::Text(text) => self.push_text(text),
                Part::One => self.push(Token::One(class)),
                Part::Run => self.push(Token::Run(class)),
            }
        }
    }

    fn push_text(&mut self, text: &str) {
        match self.case {
            Case::Sensitive => self.tokens.extend(text.chars().map(Token::Char)),
            Case::Ignored => self.tokens.extend(letters::lower(text).chars().map(Token::Char)),
        }
    }

    /// Two runs side by side are one of the larger class.
    fn push(&mut self, token: Token) {
        match (self.tokens.last_mut(), token) {
            (Some(Token::Run(own)), Token::Run(class)) => *own = class.max(*own),
            _ => self.tokens.push(token),
        }
    }
}

impl Class {
    fn holds(self, character: char) -> bool {
        match self {
            Self::Name => !matches!(character, ':' | '/'),
            Self::Segment => character != ':',
            Self::Any => true,
        }
    }
}
