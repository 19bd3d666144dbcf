//! Cases are pairs of text and what is read, or where and why reading stops.

use super::*;
use crate::span::position;

/// The value as text that shows structure and spans: `[1@1..2]@0..3`.
fn show(value: &Value<'_>) -> String {
    let node = match &value.node {
        Node::Null => "null".into(),
        Node::Bool(bool) => bool.to_string(),
        Node::Number(number) => (*number).to_owned(),
        Node::String(Cow::Borrowed(text)) => format!("{text:?}"),
        Node::String(Cow::Owned(text)) => format!("copy {text:?}"),
        Node::Array(items) => format!("[{}]", items.iter().map(show).collect::<Vec<_>>().join(" ")),
        Node::Object(entries) => {
            format!("{{{}}}", entries.iter().map(show_entry).collect::<Vec<_>>().join(" "))
        }
    };
    format!("{node}@{}..{}", value.span.start, value.span.end)
}

fn show_entry(entry: &Entry<'_>) -> String {
    format!("{}@{}..{}:{}", entry.key, entry.key_span.start, entry.key_span.end, show(&entry.value))
}

fn check(text: &str, expected: &str) {
    let read = match parse(text) {
        Ok(value) => show(&value),
        Err(error) => {
            let at = position(text, error.span.start);
            format!("{}:{} {error}", at.line, at.column)
        }
    };
    assert_eq!(read, expected, "{}", text.chars().take(60).collect::<String>());
}

#[test]
fn values_know_their_places() {
    check("null", "null@0..4");
    check(" [true, false ] ", "[true@2..6 false@8..13]@1..15");
    check(r#"{"a":{"b":1}}"#, "{a@1..4:{b@6..9:1@10..11}@5..12}@0..13");
    check("[]", "[]@0..2");
    check("{ }", "{}@0..3");
}

#[test]
fn repeated_keys_are_kept() {
    check(r#"{"a":1,"a":2}"#, "{a@1..4:1@5..6 a@7..10:2@11..12}@0..13");
}

#[test]
fn numbers_keep_their_spelling() {
    for number in ["0", "-0", "12", "1.50", "1e3", "-2.5E-07", "123456789012345678901234567890"] {
        check(number, &format!("{number}@0..{}", number.len()));
    }
    for wrong in ["01", "-", "1.", "1.e1", "1e", "--1", "1.2.3", "1e+-2"] {
        check(wrong, "1:1 invalid number");
    }
    check(".5", "1:1 expected a JSON value, found `.`");
    check("+1", "1:1 expected a JSON value, found `+`");
}

#[test]
fn strings_are_copied_only_for_escapes() {
    check(r#""aß""#, r#""aß"@0..5"#);
    check(r#""a\nb""#, r#"copy "a\nb"@0..6"#);
    check(r#""\"\\\/\b\f\r\t""#, r#"copy "\"\\/\u{8}\u{c}\r\t"@0..16"#);
    check(r#""\u00e9\ud83d\ude00""#, r#"copy "é😀"@0..20"#);
}

#[test]
fn special_bytes_are_found_wherever_they_stand() {
    for length in 0..20 {
        for (special, message) in
            [("\u{1}", "U+0001"), ("\u{1f}", "U+001F"), ("\\x", "escape"), ("\n", "closed")]
        {
            let text = format!("\"{}{special}aaaaaaaaaaaaaaaa\"", "é".repeat(length));
            let error = parse(&text).expect_err(special);
            assert!(error.to_string().contains(message), "{text}: {error}");
        }
        let text = format!("\"{}\u{7f}\u{80} !#[]\"", "é".repeat(length));
        assert!(matches!(parse(&text).map(|value| value.node), Ok(Node::String(Cow::Borrowed(_)))), "{text}");
    }
}

#[test]
fn broken_strings_are_located() {
    check(r#"["abc"#, "1:2 the string is not closed");
    check("[\"abc\n\"]", "1:2 the string is not closed");
    check("\"a\tb\"", "1:3 a string holds the control character U+0009");
    check(r#""a\x""#, "1:3 invalid escape in a string");
    check(r#""\u12g4""#, "1:2 invalid escape in a string");
    check(r#""\u+123""#, "1:2 invalid escape in a string");
    check(r#""\ud800""#, "1:2 an escape names half a character (a lone surrogate)");
    check(r#""\udc00\ud800""#, "1:2 an escape names half a character (a lone surrogate)");
    check(r#""\"#, "1:2 invalid escape in a string");
}

#[test]
fn what_is_no_json_is_located() {
    check("", "1:1 the text ends where a JSON value is expected");
    check("{", "1:2 the text ends where a key in double quotes is expected");
    check("{'a':1}", "1:2 expected a key in double quotes, found `'`");
    check("{\n  \"a\" 1}", "2:7 expected `:`, found `1`");
    check("[1 2]", "1:4 expected `,` or `]`, found `2`");
    check("[1,]", "1:4 expected a value, found `]`");
    check("{\"a\":1,}", "1:8 expected a key in double quotes, found `}`");
    check("{} {}", "1:4 text after the end of the JSON value");
    check("nul", "1:1 expected a JSON value, found `n`");
    check("\u{feff}{}", "1:1 the text starts with a byte order mark");
    check("[ß]", "1:2 expected a value, found `ß`");
}

#[test]
fn depth_has_a_limit() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert!(parse(&nested(MAX_DEPTH)).is_ok());
    check(&nested(MAX_DEPTH + 1), "1:129 nested deeper than 128 levels");
    check(&"{\"a\":".repeat(1 << 18), "1:641 nested deeper than 128 levels");
}

#[test]
fn every_prefix_of_a_document_is_refused_without_panic() {
    let text = r#"{"aß": [1.5e3, "x\u00e9\ud83d\ude00", {"b": null}], "c": [true, false]}"#;
    for (end, _) in text.char_indices() {
        let prefix = text.split_at(end).0;
        assert!(parse(prefix).is_err(), "{prefix}");
    }
}
