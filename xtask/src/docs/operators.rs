//! The condition operators.

use portcullis_iam::condition::{Family, Test};

use crate::failure::Outcome;

use super::markdown::{code, table};

pub(super) fn render() -> Outcome<String> {
    let rows = Test::ALL.into_iter().map(|(name, test)| row(name, test));
    Ok(format!(
        "# Condition operators\n\n\
         Several values of one key are alternatives: one of them must match, or for a negated operator none may.\n\
         `…IfExists` passes when the key is absent, whatever the operator. `Null` has no `IfExists`.\n\n\
         | qualifier | several values in the request | key absent or empty |\n|---|---|---|\n\
         | none | the operator is for keys with one value | as in the table below |\n\
         | `ForAllValues:` | every one passes | passes, negated operators too |\n\
         | `ForAnyValue:` | at least one passes | fails, negated operators too |\n\n{}",
        table(["operator", "compares", "negated", "key absent"], rows),
    ))
}

fn row(name: &str, test: Test) -> [String; 4] {
    let absent = match test {
        Test::Null => "passes for `true`, fails for `false`",
        _ if test.is_negated() => "passes",
        _ => "fails",
    };
    let negated = if test.is_negated() { "yes" } else { "" };
    [code(name), compares(test.family()).to_owned(), negated.to_owned(), absent.to_owned()]
}

fn compares(family: Family) -> &'static str {
    match family {
        Family::String => "text",
        Family::Numeric => "numbers",
        Family::Date => "instants",
        Family::Bool => "true or false",
        Family::Binary => "bytes, in base64",
        Family::Ip => "addresses and ranges",
        Family::Arn => "ARNs, part by part",
        Family::Null => "whether the key is there",
    }
}
