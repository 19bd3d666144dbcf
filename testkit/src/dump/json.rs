//! JSON as the AWS CLI prints it: members in AWS's order, four spaces a level.

/// A JSON value whose members stay in the order in which they were written.
pub(super) enum Json {
    /// A string.
    Text(String),
    /// A whole number.
    Number(i64),
    /// `true` or `false`.
    Flag(bool),
    /// An array.
    List(Vec<Json>),
    /// An object.
    Object(Vec<(&'static str, Json)>),
    /// JSON that somebody else wrote, laid out anew.
    Raw(String),
}

/// A string.
pub(super) fn text(value: impl Into<String>) -> Json {
    Json::Text(value.into())
}

/// An array of what the iterator gives.
pub(super) fn list(items: impl IntoIterator<Item = Json>) -> Json {
    Json::List(items.into_iter().collect())
}

/// An object with these members.
pub(super) fn object<const N: usize>(members: [(&'static str, Json); N]) -> Json {
    Json::Object(members.into())
}

/// The object with one more member, when there is a value for it.
pub(super) fn with(object: Json, name: &'static str, value: Option<Json>) -> Json {
    match (object, value) {
        (Json::Object(mut members), Some(value)) => {
            members.push((name, value));
            Json::Object(members)
        }
        (object, _) => object,
    }
}

/// The value as a file of the AWS CLI's output.
pub(super) fn file(value: &Json) -> Vec<u8> {
    let mut out = Vec::new();
    print(value, 0, &mut out);
    out.push(b'\n');
    out
}

/// The JSON text without the white space between its parts.
pub(super) fn compact(text: &str) -> String {
    let mut quoted = false;
    let mut escaped = false;
    let keep = |letter: &char| {
        let inside = quoted;
        if *letter == '"' && !escaped {
            quoted = !quoted;
        }
        escaped = *letter == '\\' && !escaped;
        inside || !letter.is_ascii_whitespace()
    };
    text.chars().filter(keep).collect()
}

fn print(value: &Json, depth: usize, out: &mut Vec<u8>) {
    match value {
        Json::Text(text) => quote(text, out),
        Json::Number(number) => out.extend(number.to_string().into_bytes()),
        Json::Flag(flag) => out.extend(flag.to_string().into_bytes()),
        Json::List(items) => enclose(b'[', b']', depth, items, out, |item, out| print(item, depth + 1, out)),
        Json::Object(members) => enclose(b'{', b'}', depth, members, out, |(name, value), out| {
            quote(name, out);
            out.extend(b": ");
            print(value, depth + 1, out);
        }),
        Json::Raw(text) => lay_out(text, depth, out),
    }
}

fn enclose<T>(
    open: u8,
    close: u8,
    depth: usize,
    items: &[T],
    out: &mut Vec<u8>,
    mut each: impl FnMut(&T, &mut Vec<u8>),
) {
    out.push(open);
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        new_line(depth + 1, out);
        each(item, out);
    }
    if !items.is_empty() {
        new_line(depth, out);
    }
    out.push(close);
}

fn quote(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    for byte in text.bytes() {
        match byte {
            b'"' | b'\\' => out.extend([b'\\', byte]),
            b'\n' => out.extend(b"\\n"),
            _ => out.push(byte),
        }
    }
    out.push(b'"');
}

/// Prints JSON text anew from this depth on. It must be well-formed: nothing here checks it.
fn lay_out(text: &str, mut depth: usize, out: &mut Vec<u8>) {
    let mut quoted = false;
    let mut escaped = false;
    let mut opened = false;
    for byte in text.bytes() {
        if quoted {
            out.push(byte);
            quoted = byte != b'"' || escaped;
            escaped = byte == b'\\' && !escaped;
            continue;
        }
        if byte.is_ascii_whitespace() {
            continue;
        }
        let closing = matches!(byte, b']' | b'}');
        if closing {
            depth = depth.saturating_sub(1);
        }
        if opened != closing {
            new_line(depth, out);
        }
        opened = matches!(byte, b'[' | b'{');
        match byte {
            b'[' | b'{' => depth += 1,
            b'"' => quoted = true,
            _ => {}
        }
        out.push(byte);
        match byte {
            b',' => new_line(depth, out),
            b':' => out.push(b' '),
            _ => {}
        }
    }
}

fn new_line(depth: usize, out: &mut Vec<u8>) {
    out.push(b'\n');
    out.resize(out.len() + 4 * depth, b' ');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &Json, expected: &str) {
        assert_eq!(String::from_utf8(file(value)).unwrap(), format!("{expected}\n"));
    }

    #[test]
    fn an_empty_list_stays_on_its_line() {
        check(&object([("Tags", list([]))]), "{\n    \"Tags\": []\n}");
    }

    #[test]
    fn text_is_escaped() {
        check(&text("a \"b\"\\\n"), r#""a \"b\"\\\n""#);
    }

    #[test]
    fn a_document_is_laid_out_at_its_depth() {
        let document =
            r#"{"Statement":[{"Sid" : "a: {b}, \"c\"", "Action":[ ], "On":true}], "Version":"2012-10-17"}"#;
        let expected = r#"{
    "Document": {
        "Statement": [
            {
                "Sid": "a: {b}, \"c\"",
                "Action": [],
                "On": true
            }
        ],
        "Version": "2012-10-17"
    }
}"#;
        check(&object([("Document", Json::Raw(document.to_owned()))]), expected);
    }
}
