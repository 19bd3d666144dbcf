//! Any text as JSON: we take what serde_json takes, and read the same from it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use portcullis_iam::json::{self, Fault, Node, Value};

fuzz_target!(|text: &str| {
    let other = serde_json::from_str::<serde_json::Value>(text);
    match (json::parse(text), other) {
        (Ok(value), Ok(other)) => {
            assert!(same(&value, &other), "{value:?} is not {other:?}");
            let written = json::write::minified(&value);
            assert_eq!(
                json::write::minified(&json::parse(&written).expect("what is written can be read")),
                written
            );
        }
        (Err(error), Ok(_)) => assert_eq!(error.fault, Fault::TooDeep, "{error:?}"),
        (Ok(_), Err(error)) => assert!(error.to_string().contains("recursion limit"), "{error}"),
        (Err(_), Err(_)) => {}
    }
});

/// Whether both hold the same. Of a key that repeats, serde_json keeps the last.
fn same(value: &Value<'_>, other: &serde_json::Value) -> bool {
    match (&value.node, other) {
        (Node::Null, serde_json::Value::Null) => true,
        (Node::Bool(ours), serde_json::Value::Bool(theirs)) => ours == theirs,
        (Node::Number(ours), serde_json::Value::Number(theirs)) => {
            // It spells exponents its own way.
            ours.contains(['e', 'E']) || *ours == theirs.to_string()
        }
        (Node::String(ours), serde_json::Value::String(theirs)) => ours == theirs,
        (Node::Array(ours), serde_json::Value::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(ours, theirs)| same(ours, theirs))
        }
        (Node::Object(ours), serde_json::Value::Object(theirs)) => theirs.iter().all(|(key, theirs)| {
            ours.iter().rev().find(|entry| entry.key == *key).is_some_and(|entry| same(&entry.value, theirs))
        }),
        _ => false,
    }
}
