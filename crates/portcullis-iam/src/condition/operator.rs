//! The condition operators and their qualifiers.

use std::fmt;

/// A condition operator with its qualifiers, such as `ForAnyValue:StringLikeIfExists`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Operator {
    /// `ForAllValues:`, `ForAnyValue:` or neither.
    pub quantifier: Quantifier,
    /// The comparison.
    pub test: Test,
    /// Whether `IfExists` was written.
    pub presence: Presence,
}

/// How many of a request's values must pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quantifier {
    /// No qualifier: for single-valued keys.
    Single,
    /// `ForAllValues:`.
    ForAllValues,
    /// `ForAnyValue:`.
    ForAnyValue,
}

/// What an absent key means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Presence {
    /// The operator decides: a positive one fails, a negated one passes.
    Required,
    /// `…IfExists`: an absent key passes.
    IfExists,
}

/// The comparison of an operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each variant is the AWS operator of the same name")]
pub enum Test {
    StringEquals,
    StringNotEquals,
    StringEqualsIgnoreCase,
    StringNotEqualsIgnoreCase,
    StringLike,
    StringNotLike,
    NumericEquals,
    NumericNotEquals,
    NumericLessThan,
    NumericLessThanEquals,
    NumericGreaterThan,
    NumericGreaterThanEquals,
    DateEquals,
    DateNotEquals,
    DateLessThan,
    DateLessThanEquals,
    DateGreaterThan,
    DateGreaterThanEquals,
    Bool,
    BinaryEquals,
    IpAddress,
    NotIpAddress,
    ArnEquals,
    ArnLike,
    ArnNotEquals,
    ArnNotLike,
    Null,
}

/// The type of the values that an operator compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each variant is the AWS family of operators of the same name")]
pub enum Family {
    String,
    Numeric,
    Date,
    Bool,
    Binary,
    Ip,
    Arn,
    Null,
}

impl Operator {
    /// The operator that `text` spells exactly: `[ForAllValues:|ForAnyValue:]Name[IfExists]`.
    pub fn parse(text: &str) -> Option<Self> {
        Self::parse_by(text, |found, name| found == name)
    }

    /// The operator that `text` spells, whatever the case of its letters.
    pub fn parse_ignoring_case(text: &str) -> Option<Self> {
        Self::parse_by(text, |found, name| found.eq_ignore_ascii_case(name))
    }

    /// Every operator with every qualifier, plain ones first.
    pub fn all() -> impl Iterator<Item = Self> {
        let quantifiers = [Quantifier::Single, Quantifier::ForAllValues, Quantifier::ForAnyValue];
        let qualifiers = [Presence::Required, Presence::IfExists]
            .into_iter()
            .flat_map(move |presence| quantifiers.map(|quantifier| (quantifier, presence)));
        qualifiers
            .flat_map(|(quantifier, presence)| Test::ALL.map(|(_, test)| Self { quantifier, test, presence }))
    }

    fn parse_by(text: &str, same: fn(&str, &str) -> bool) -> Option<Self> {
        let (quantifier, rest) = match text.split_once(':') {
            None => (Quantifier::Single, text),
            Some((prefix, rest)) if same(prefix, "ForAllValues") => (Quantifier::ForAllValues, rest),
            Some((prefix, rest)) if same(prefix, "ForAnyValue") => (Quantifier::ForAnyValue, rest),
            Some(_) => return None,
        };
        let suffix_at = rest.len().saturating_sub(IF_EXISTS.len());
        let (name, presence) = match rest.split_at_checked(suffix_at) {
            Some((name, suffix)) if same(suffix, IF_EXISTS) => (name, Presence::IfExists),
            Some(_) | None => (rest, Presence::Required),
        };
        let test = Test::ALL.into_iter().find(|(known, _)| same(name, known))?.1;
        Some(Self { quantifier, test, presence })
    }
}

const IF_EXISTS: &str = "IfExists";

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.quantifier {
            Quantifier::Single => "",
            Quantifier::ForAllValues => "ForAllValues:",
            Quantifier::ForAnyValue => "ForAnyValue:",
        })?;
        f.write_str(self.test.name())?;
        f.write_str(match self.presence {
            Presence::Required => "",
            Presence::IfExists => IF_EXISTS,
        })
    }
}

impl Test {
    /// Every comparison with its AWS name, in the order of the IAM guide.
    pub const ALL: [(&'static str, Test); 27] = [
        ("StringEquals", Test::StringEquals),
        ("StringNotEquals", Test::StringNotEquals),
        ("StringEqualsIgnoreCase", Test::StringEqualsIgnoreCase),
        ("StringNotEqualsIgnoreCase", Test::StringNotEqualsIgnoreCase),
        ("StringLike", Test::StringLike),
        ("StringNotLike", Test::StringNotLike),
        ("NumericEquals", Test::NumericEquals),
        ("NumericNotEquals", Test::NumericNotEquals),
        ("NumericLessThan", Test::NumericLessThan),
        ("NumericLessThanEquals", Test::NumericLessThanEquals),
        ("NumericGreaterThan", Test::NumericGreaterThan),
        ("NumericGreaterThanEquals", Test::NumericGreaterThanEquals),
        ("DateEquals", Test::DateEquals),
        ("DateNotEquals", Test::DateNotEquals),
        ("DateLessThan", Test::DateLessThan),
        ("DateLessThanEquals", Test::DateLessThanEquals),
        ("DateGreaterThan", Test::DateGreaterThan),
        ("DateGreaterThanEquals", Test::DateGreaterThanEquals),
        ("Bool", Test::Bool),
        ("BinaryEquals", Test::BinaryEquals),
        ("IpAddress", Test::IpAddress),
        ("NotIpAddress", Test::NotIpAddress),
        ("ArnEquals", Test::ArnEquals),
        ("ArnLike", Test::ArnLike),
        ("ArnNotEquals", Test::ArnNotEquals),
        ("ArnNotLike", Test::ArnNotLike),
        ("Null", Test::Null),
    ];

    /// The AWS name of the comparison.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, test)| *test == self).map_or("", |(name, _)| name)
    }

    /// The type of value that it compares.
    pub fn family(self) -> Family {
        match self {
            Test::StringEquals
            | Test::StringNotEquals
            | Test::StringEqualsIgnoreCase
            | Test::StringNotEqualsIgnoreCase
            | Test::StringLike
            | Test::StringNotLike => Family::String,
            Test::NumericEquals
            | Test::NumericNotEquals
            | Test::NumericLessThan
            | Test::NumericLessThanEquals
            | Test::NumericGreaterThan
            | Test::NumericGreaterThanEquals => Family::Numeric,
            Test::DateEquals
            | Test::DateNotEquals
            | Test::DateLessThan
            | Test::DateLessThanEquals
            | Test::DateGreaterThan
            | Test::DateGreaterThanEquals => Family::Date,
            Test::Bool => Family::Bool,
            Test::BinaryEquals => Family::Binary,
            Test::IpAddress | Test::NotIpAddress => Family::Ip,
            Test::ArnEquals | Test::ArnLike | Test::ArnNotEquals | Test::ArnNotLike => Family::Arn,
            Test::Null => Family::Null,
        }
    }

    /// Whether the comparison is a negated one: passes on an absent key, and fails when any value matches.
    pub fn is_negated(self) -> bool {
        matches!(
            self,
            Test::StringNotEquals
                | Test::StringNotEqualsIgnoreCase
                | Test::StringNotLike
                | Test::NumericNotEquals
                | Test::DateNotEquals
                | Test::NotIpAddress
                | Test::ArnNotEquals
                | Test::ArnNotLike
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_reads_back() {
        for operator in Operator::all() {
            let text = operator.to_string();
            assert_eq!(Operator::parse(&text), Some(operator), "{text}");
            assert_eq!(Operator::parse_ignoring_case(&text.to_ascii_uppercase()), Some(operator));
        }
        assert_eq!(Operator::all().count(), 27 * 6);
    }

    #[test]
    fn only_the_exact_spelling_is_exact() {
        for text in
            ["stringlike", "StringLikeIfexists", "forAnyValue:Bool", "ForAnyValue::Bool", "IfExists", "", "ß"]
        {
            assert_eq!(Operator::parse(text), None, "{text}");
        }
    }
}
