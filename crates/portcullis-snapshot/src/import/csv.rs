//! Comma-separated values, as RFC 4180 has them.

use std::borrow::Cow;

/// The records of a text, one after the other, each with the line on which it starts.
pub(super) struct Records<'t> {
    rest: &'t str,
    line: u32,
}

impl<'t> Records<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { rest: text, line: 1 }
    }

    /// The next field, and whether it ends its record.
    fn field(&mut self) -> (Cow<'t, str>, bool) {
        match self.rest.strip_prefix('"') {
            Some(quoted) => self.quoted(quoted),
            None => {
                let end = self.rest.find([',', '\n']).unwrap_or(self.rest.len());
                let (field, rest) = self.rest.split_at(end);
                self.rest = rest;
                (Cow::Borrowed(field.strip_suffix('\r').unwrap_or(field)), self.separator())
            }
        }
    }

    /// A field after its opening quote. What follows the closing quote up to the separator is dropped.
    fn quoted(&mut self, mut rest: &'t str) -> (Cow<'t, str>, bool) {
        let mut field = String::new();
        loop {
            let end = rest.find('"').unwrap_or(rest.len());
            let (part, after) = rest.split_at(end);
            field.push_str(part);
            match after.strip_prefix("\"\"") {
                Some(after) => {
                    field.push('"');
                    rest = after;
                }
                None => {
                    rest = after.strip_prefix('"').unwrap_or(after);
                    break;
                }
            }
        }
        let lines = field.bytes().filter(|byte| *byte == b'\n').count();
        self.line = self.line.saturating_add(super::fault::saturate(lines));
        let end = rest.find([',', '\n']).unwrap_or(rest.len());
        self.rest = rest.get(end..).unwrap_or_default();
        (Cow::Owned(field), self.separator())
    }

    fn separator(&mut self) -> bool {
        match self.rest.strip_prefix(',') {
            Some(rest) => {
                self.rest = rest;
                false
            }
            None => {
                self.rest = self.rest.strip_prefix('\n').unwrap_or(self.rest);
                true
            }
        }
    }
}

impl<'t> Iterator for Records<'t> {
    type Item = (u32, Vec<Cow<'t, str>>);

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let line = self.line;
        let mut fields = Vec::new();
        loop {
            let (field, last) = self.field();
            fields.push(field);
            if last {
                break;
            }
        }
        self.line = self.line.saturating_add(1);
        Some((line, fields))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(u32, &[&str])]) {
        let records: Vec<(u32, Vec<Cow<'_, str>>)> = Records::new(text).collect();
        let records: Vec<(u32, Vec<&str>)> = records
            .iter()
            .map(|(line, fields)| (*line, fields.iter().map(AsRef::as_ref).collect()))
            .collect();
        let expected: Vec<(u32, Vec<&str>)> =
            expected.iter().map(|(line, fields)| (*line, fields.to_vec())).collect();
        assert_eq!(records, expected);
    }

    #[test]
    fn records_end_with_either_line_end_or_the_text() {
        check("a,b\r\nc,\nd", &[(1, &["a", "b"]), (2, &["c", ""]), (3, &["d"])]);
        check("", &[]);
    }

    #[test]
    fn quotes_hide_commas_and_line_ends() {
        check("\"a,\"\"b\"\"\nc\",d\ne", &[(1, &["a,\"b\"\nc", "d"]), (3, &["e"])]);
        check("\"open", &[(1, &["open"])]);
    }
}
