//! Records as CloudTrail writes them: without white space between the parts. What is not asked for is stepped over string
//! by string, so that most bytes are looked at only by the search for the next quotation mark.

use memchr::memchr2;

use super::Record;
use super::fields::{Fields, Slot, Spelling};

/// The record that the text starts with, and where it ends; none where the form is another, or the text ends too early.
pub(crate) fn one(text: &str) -> Option<(Record<'_>, usize)> {
    let mut cursor = Cursor { text, at: 0 };
    let mut record = Record::default();
    cursor.members(&mut record)?;
    Some((record, cursor.at))
}

/// A place in a text.
struct Cursor<'b> {
    text: &'b str,
    at: usize,
}

impl<'b> Cursor<'b> {
    /// Reads an object.
    fn members(&mut self, fields: &mut dyn Fields<'b>) -> Option<()> {
        self.take(b'{')?;
        if self.peek()? == b'}' {
            return self.take(b'}');
        }
        loop {
            let name = self.name()?;
            self.take(b':')?;
            self.member(fields.slot(name))?;
            match self.next()? {
                b',' => {}
                b'}' => return Some(()),
                _ => return None,
            }
        }
    }

    fn member(&mut self, slot: Slot<'_, 'b>) -> Option<()> {
        let is_object = self.peek()? == b'{';
        match slot {
            Slot::Object(inner) if is_object => self.members(inner),
            Slot::Session(inner) if is_object => self.members(inner.get_or_insert_default()),
            other => {
                let (value, spelling) = self.value()?;
                other.take(value, spelling);
                Some(())
            }
        }
    }

    /// The name of a member, which has no escapes.
    fn name(&mut self) -> Option<&'b str> {
        match self.string()? {
            (quoted, Spelling::Plain) => quoted.get(1..quoted.len() - 1),
            (_, Spelling::Escaped) => None,
        }
    }

    /// A value, as JSON.
    fn value(&mut self) -> Option<(&'b str, Spelling)> {
        match self.peek()? {
            b'"' => self.string(),
            b'{' | b'[' => Some((self.nested()?, Spelling::Plain)),
            _ => Some((self.word()?, Spelling::Plain)),
        }
    }

    /// A string with its quotation marks.
    fn string(&mut self) -> Option<(&'b str, Spelling)> {
        let start = self.at;
        self.take(b'"')?;
        let mut spelling = Spelling::Plain;
        loop {
            let rest = self.text.as_bytes().get(self.at..)?;
            let found = mark(rest)?;
            match rest.get(found)? {
                b'"' => {
                    self.at += found + 1;
                    return Some((self.text.get(start..self.at)?, spelling));
                }
                _ => {
                    spelling = Spelling::Escaped;
                    self.at += found + 2;
                }
            }
        }
    }

    /// A list or an object, whose brackets are only counted.
    fn nested(&mut self) -> Option<&'b str> {
        let start = self.at;
        let mut depth = 0_usize;
        loop {
            match self.peek()? {
                b'"' => {
                    self.string()?;
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth -= 1,
                b' ' | b'\t' | b'\n' | b'\r' => return None,
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return self.text.get(start..self.at);
            }
        }
    }

    /// A number, a truth or null.
    fn word(&mut self) -> Option<&'b str> {
        let start = self.at;
        while matches!(self.peek()?, b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'+' | b'-' | b'.') {
            self.at += 1;
        }
        let word = self.text.get(start..self.at)?;
        (!word.is_empty()).then_some(word)
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn next(&mut self) -> Option<u8> {
        let next = self.peek()?;
        self.at += 1;
        Some(next)
    }

    fn take(&mut self, expected: u8) -> Option<()> {
        (self.next()? == expected).then_some(())
    }
}

/// The first quotation mark or backslash. Most strings are short: their bytes are looked at eight at a time, before the
/// search for the long ones is set going.
fn mark(bytes: &[u8]) -> Option<usize> {
    let (words, _) = bytes.as_chunks::<8>();
    for (place, word) in words.iter().take(SHORT).enumerate() {
        let word = u64::from_le_bytes(*word);
        let found = zeros(word ^ QUOTES) | zeros(word ^ BACKSLASHES);
        if found != 0 {
            return Some(8 * place + found.trailing_zeros() as usize / 8);
        }
    }
    let looked_at = 8 * words.len().min(SHORT);
    memchr2(b'"', b'\\', bytes.get(looked_at..)?).map(|place| looked_at + place)
}

/// So many times eight bytes are a short string.
const SHORT: usize = 5;

const ONES: u64 = u64::from_le_bytes([1; 8]);
const QUOTES: u64 = u64::from_le_bytes([b'"'; 8]);
const BACKSLASHES: u64 = u64::from_le_bytes([b'\\'; 8]);

/// The highest bit of each byte that is 0, from the first such byte on: after it other bits may be set.
fn zeros(word: u64) -> u64 {
    word.wrapping_sub(ONES) & !word & ONES << 7
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::{collection, sample};

    use super::super::checked;
    use super::*;

    const PLAIN: &str = r#"{"eventVersion":"1.08","userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::111111111111:user/a","sessionContext":{"sessionIssuer":{},"attributes":{"mfaAuthenticated":"false"}}},"eventTime":"2026-11-24T09:00:00Z","eventName":"x\"y","readOnly":false,"requestParameters":{"a":["}",{"b":"\\"}]},"responseElements":null,"resources":[],"apiVersion":1.5}"#;

    #[test]
    fn the_form_of_cloudtrail_is_scanned() {
        let text = format!("{PLAIN},{{");
        let (record, end) = one(&text).unwrap();
        assert_eq!(end, PLAIN.len());
        assert_eq!(record, checked(PLAIN).unwrap());
        assert_eq!(record.name.as_deref(), Some("x\"y"));
        assert_eq!(record.identity.session.unwrap().mfa.as_deref(), Some("false"));
        assert_eq!((record.parameters, record.response), (Some(r#"{"a":["}",{"b":"\\"}]}"#), None));
    }

    #[test]
    fn the_first_mark_is_found_wherever_it_is() {
        for length in 0..80 {
            for at in 0..length {
                for (own, later) in [(b'"', b'\\'), (b'\\', b'"'), (b'"', b'!'), (b'\\', b'#')] {
                    let mut bytes = vec![b'#'; length];
                    bytes[at] = own;
                    bytes[at + 1..].fill(later);
                    assert_eq!(mark(&bytes), Some(at), "{length}");
                }
            }
            assert_eq!(mark(&vec![b'!'; length]), None);
        }
    }

    #[test]
    fn every_beginning_is_no_record() {
        for end in 0..PLAIN.len() {
            assert!(one(PLAIN.get(..end).unwrap()).is_none(), "{end}");
        }
    }

    #[test]
    fn another_form_is_left_to_the_other_reader() {
        for text in
            [r#"{ "eventName":"a"}"#, r#"{"eventName" :"a"}"#, r#"{"a":[1, 2]}"#, r#"{"event\u004eame":"a"}"#]
        {
            assert!(one(text).is_none(), "{text}");
            assert!(checked(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn what_is_no_object_is_no_session() {
        for session in ["null", "\"x\"", "[]", "1"] {
            let text = format!(r#"{{"userIdentity":{{"sessionContext":{session}}}}}"#);
            let (record, _) = one(&text).unwrap();
            assert_eq!(record.identity.session, None);
            assert_eq!(record, checked(&text).unwrap());
        }
    }

    /// Values of every type, tricky ones among them.
    const VALUES: [&str; 18] = [
        "null",
        "true",
        "\"false\"",
        "1.5e-3",
        "\"\"",
        "\"a\"",
        r#""\"""#,
        r#""\\""#,
        r#""\u00e9\ud83d\ude00""#,
        "\"é{}[],:\"",
        "{}",
        "[]",
        r#"{"type":"a","arn":"}"}"#,
        r#"{"attributes":{"mfaAuthenticated":"true"},"sessionIssuer":{"type":"Role"}}"#,
        r#"[{"a":[]},"]"]"#,
        r#"{"sessionContext":null}"#,
        r#"{"sessionContext":{"attributes":{}}}"#,
        "[1,{\"b\":null}]",
    ];

    const NAMES: [&str; 10] = [
        "eventID",
        "eventName",
        "userIdentity",
        "sessionContext",
        "requestParameters",
        "readOnly",
        "type",
        "arn",
        "x",
        "",
    ];

    fn text() -> impl Strategy<Value = String> {
        let value = prop_oneof![
            4 => sample::select(&VALUES[..]).prop_map(str::to_owned),
            1 => object(sample::select(&VALUES[..]).prop_map(str::to_owned)),
        ];
        object(value)
    }

    fn object(value: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
        let member =
            (sample::select(&NAMES[..]), value).prop_map(|(name, value)| format!("\"{name}\":{value}"));
        collection::vec(member, 0..6).prop_map(|members| format!("{{{}}}", members.join(",")))
    }

    proptest! {
        #[test]
        fn the_two_readers_agree(text in text()) {
            let (record, end) = one(&text).unwrap();
            prop_assert_eq!(end, text.len());
            prop_assert_eq!(record, checked(&text).unwrap());
        }

        /// Whatever is done to a text, the scan reads what the other reader reads, or leaves it alone.
        #[test]
        fn where_one_reads_the_other_reads_the_same(text in text(), at: sample::Index, by in sample::select(&["", "\"", "\\", "{", "}", "[", "]", ",", ":", " ", "é", "u"][..]), length in 0..3_usize) {
            let mut characters: Vec<char> = text.chars().collect();
            let at = at.index(characters.len());
            characters.splice(at..(at + length).min(characters.len()), by.chars());
            let text: String = characters.into_iter().collect();
            if let Some((record, end)) = one(&text) && let Ok(expected) = checked(text.get(..end).unwrap()) {
                prop_assert_eq!(record, expected);
            }
        }
    }
}
