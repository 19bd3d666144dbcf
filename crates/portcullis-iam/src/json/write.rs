//! JSON values to text.

use super::{Node, Value};

/// The value on one line, without any white space.
pub fn minified(value: &Value<'_>) -> String {
    let mut writer = Writer { text: String::new(), indent: None };
    writer.value(value);
    writer.text
}

/// The value over several lines, indented by two blanks, without a newline at the end.
pub fn pretty(value: &Value<'_>) -> String {
    let mut writer = Writer { text: String::new(), indent: Some(0) };
    writer.value(value);
    writer.text
}

struct Writer {
    text: String,
    /// The depth of the block that is being written; none when all goes on one line.
    indent: Option<usize>,
}

impl Writer {
    fn value(&mut self, value: &Value<'_>) {
        match &value.node {
            Node::Null => self.text.push_str("null"),
            Node::Bool(true) => self.text.push_str("true"),
            Node::Bool(false) => self.text.push_str("false"),
            Node::Number(number) => self.text.push_str(number),
            Node::String(string) => self.string(string),
            Node::Array(items) => self.block(['[', ']'], items, Self::value),
            Node::Object(entries) => self.block(['{', '}'], entries, |writer, entry| {
                writer.string(&entry.key);
                writer.text.push_str(if writer.indent.is_some() { ": " } else { ":" });
                writer.value(&entry.value);
            }),
        }
    }

    fn block<T>(&mut self, brackets: [char; 2], items: &[T], write: impl Fn(&mut Self, &T)) {
        let [open, close] = brackets;
        self.text.push(open);
        self.indent = self.indent.map(|depth| depth + 1);
        for (number, item) in items.iter().enumerate() {
            if 0 < number {
                self.text.push(',');
            }
            self.new_line();
            write(self, item);
        }
        self.indent = self.indent.map(|depth| depth - 1);
        if !items.is_empty() {
            self.new_line();
        }
        self.text.push(close);
    }

    fn new_line(&mut self) {
        if let Some(depth) = self.indent {
            self.text.push('\n');
            self.text.extend(std::iter::repeat_n("  ", depth));
        }
    }

    /// Characters beyond U+00FF are escaped: IAM refuses them in the text of a policy.
    fn string(&mut self, string: &str) {
        self.text.push('"');
        for character in string.chars() {
            match character {
                '"' => self.text.push_str("\\\""),
                '\\' => self.text.push_str("\\\\"),
                '\n' => self.text.push_str("\\n"),
                '\r' => self.text.push_str("\\r"),
                '\t' => self.text.push_str("\\t"),
                '\u{0}'..='\u{1f}' | '\u{7f}' | '\u{100}'.. => self.escape(character),
                _ => self.text.push(character),
            }
        }
        self.text.push('"');
    }

    fn escape(&mut self, character: char) {
        for unit in character.encode_utf16(&mut [0; 2]) {
            self.text.push_str(&format!("\\u{unit:04x}"));
        }
    }
}
