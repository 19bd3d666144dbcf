//! Condition keys as variables.

use portcullis_iam::ContextKey;
use portcullis_iam::catalog::{KeyType, catalog};

use super::NotExported;
use super::glob::{self, Piece};
use super::script::Script;
use super::term::Term;

/// One value of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// This text, in every request.
    Constant(Box<str>),
    /// A string variable.
    Text(String),
    /// A Boolean variable: `true` or `false`.
    Boolean(String),
    /// A real variable.
    Number(String),
    /// A real term: seconds since 1970.
    Instant(String),
    /// An address: `NAME` is the Boolean that says whether it is of IPv6, `NAME4` and `NAME6` its bits.
    Address(String),
}

/// The variable for a value that the request is free to choose, by the type that AWS documents for the key.
pub(super) fn free(script: &mut Script, key: &ContextKey, name: &str) -> Value {
    let name = format!("|{name}|");
    let is_new = script.declare(&name, sort(key_type(key)));
    match key_type(key) {
        KeyType::String | KeyType::Binary => {
            if is_new {
                // The empty text is no value.
                script.assert(Term::new(format!("(not (= {name} \"\"))")));
            }
            Value::Text(name)
        }
        KeyType::Arn => {
            if is_new {
                script.assert(Term::new(format!("(str.in_re {name} {ARN})")));
            }
            Value::Text(name)
        }
        KeyType::Bool => Value::Boolean(name),
        KeyType::Numeric => Value::Number(name),
        KeyType::Date => Value::Instant(name),
        KeyType::Ip => {
            script.declare(&bits(&name, 4), "(_ BitVec 32)");
            script.declare(&bits(&name, 6), "(_ BitVec 128)");
            Value::Address(name)
        }
    }
}

/// Six parts between colons, the first of them `arn`; the last keeps its colons.
pub(super) const ARN: &str =
    "(re.++ (str.to_re \"arn:\") ((_ re.loop 4 4) (re.++ (re.* no-colon) (str.to_re \":\"))) any)";

/// The name of the bits of an address of a version of IP.
pub(super) fn bits(name: &str, version: u8) -> String {
    format!("|{}.{version}|", name.trim_matches('|'))
}

fn sort(key_type: KeyType) -> &'static str {
    match key_type {
        KeyType::String | KeyType::Arn | KeyType::Binary => "String",
        KeyType::Bool | KeyType::Ip => "Bool",
        KeyType::Numeric | KeyType::Date => "Real",
    }
}

/// The type of the key; a key that no catalogue knows is text.
fn key_type(key: &ContextKey) -> KeyType {
    catalog().condition_key(key.as_str()).map_or(KeyType::String, |info| info.key_type)
}

/// Whether a request may carry several values for the key; none when no catalogue knows it.
pub(super) fn is_multivalued(key: &ContextKey) -> Option<bool> {
    catalog().condition_key(key.as_str()).map(|info| info.multivalued)
}

/// The value as a string term.
pub(super) fn text(value: &Value) -> Result<String, NotExported> {
    match value {
        Value::Constant(text) => Ok(glob::quoted(text)),
        Value::Text(name) => Ok(name.clone()),
        Value::Boolean(name) => Ok(format!("(ite {name} \"true\" \"false\")")),
        Value::Number(_) => Err(NotExported("a number compared as text".into())),
        Value::Instant(_) => Err(NotExported("a date compared as text".into())),
        Value::Address(_) => Err(NotExported("an address compared as text".into())),
    }
}

/// The value as pieces of a pattern.
pub(super) fn pieces(value: &Value) -> Result<Vec<Piece>, NotExported> {
    match value {
        Value::Constant(text) => Ok(glob::literal(text)),
        Value::Text(_) | Value::Boolean(_) | Value::Number(_) | Value::Instant(_) | Value::Address(_) => {
            Ok(vec![Piece::Value(text(value)?)])
        }
    }
}

/// Whether the value is the empty text.
pub(super) fn is_empty(value: &Value) -> Term {
    match value {
        Value::Constant(text) => text.is_empty().into(),
        Value::Text(name) => Term::new(format!("(= {name} \"\")")),
        Value::Boolean(_) | Value::Number(_) | Value::Instant(_) | Value::Address(_) => Term::False,
    }
}
