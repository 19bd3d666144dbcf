//! Facts that may be hidden.

use std::fmt;

use portcullis_iam::Gap;

use crate::dump::Dump;

/// A fact, or what hides it. Nothing hidden ever becomes `false`, zero or empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Known<T> {
    /// The fact.
    Fact(T),
    /// The fact is hidden.
    Unknown(Missing),
}

/// What hides a fact: a dump, and why it does not tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Missing {
    /// The dump that would tell.
    pub dump: Dump,
    /// Why it does not.
    pub why: Why,
}

/// Why a dump does not tell a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Why {
    /// There is no such file.
    NoFile,
    /// There is a file, but it could not be read.
    Unreadable,
    /// AWS refused the call, as the file or the manifest says.
    Refused,
    /// The file has no entry for this user, role, group, policy or target.
    NoEntry,
    /// The entry has no such field or column, or a value of no meaning.
    NoField,
    /// AWS itself does not tell: `no_information`, `not_supported`.
    NotTold,
    /// The list is cut short: there are further pages.
    CutShort,
}

impl<T> Known<T> {
    /// The fact, when it is known.
    pub fn fact(&self) -> Option<&T> {
        match self {
            Known::Fact(fact) => Some(fact),
            Known::Unknown(_) => None,
        }
    }

    /// What hides the fact, when it is hidden.
    pub fn missing(&self) -> Option<Missing> {
        match self {
            Known::Fact(_) => None,
            Known::Unknown(missing) => Some(*missing),
        }
    }

    /// The fact by reference.
    pub fn as_ref(&self) -> Known<&T> {
        match self {
            Known::Fact(fact) => Known::Fact(fact),
            Known::Unknown(missing) => Known::Unknown(*missing),
        }
    }

    /// Another fact that follows from this one.
    pub fn map<U>(self, follow: impl FnOnce(T) -> U) -> Known<U> {
        match self {
            Known::Fact(fact) => Known::Fact(follow(fact)),
            Known::Unknown(missing) => Known::Unknown(missing),
        }
    }

    /// Another fact that follows from this one, and may itself be hidden.
    pub fn and_then<U>(self, follow: impl FnOnce(T) -> Known<U>) -> Known<U> {
        match self {
            Known::Fact(fact) => follow(fact),
            Known::Unknown(missing) => Known::Unknown(missing),
        }
    }

    /// This fact, or when it is hidden the `other`.
    pub fn or(self, other: Known<T>) -> Known<T> {
        match self {
            Known::Fact(fact) => Known::Fact(fact),
            Known::Unknown(_) => other,
        }
    }
}

impl<T: Copy> Known<&T> {
    /// The fact by value.
    pub fn copied(self) -> Known<T> {
        self.map(|fact| *fact)
    }
}

impl Missing {
    /// `dump` does not tell, because of `why`.
    pub const fn new(dump: Dump, why: Why) -> Self {
        Self { dump, why }
    }
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = self.dump.file_name();
        match self.why {
            Why::NoFile => write!(f, "{file} is missing"),
            Why::Unreadable => write!(f, "{file} could not be read"),
            Why::Refused => write!(f, "AWS refused the call for {file}"),
            Why::NoEntry => write!(f, "{file} has no entry for it"),
            Why::NoField => write!(f, "{file} does not have the field"),
            Why::NotTold => write!(f, "AWS does not tell it in {file}"),
            Why::CutShort => write!(f, "{file} lacks further pages"),
        }
    }
}

impl From<Missing> for Gap {
    fn from(missing: Missing) -> Gap {
        Gap(missing.to_string().into())
    }
}
