//! `BinaryEquals`: both sides are base64, and their bytes are compared.

use super::View;
use crate::truth::Truth;

/// The values of a `BinaryEquals` condition; what is no base64 matches nothing and is left out.
#[derive(Clone, Debug)]
pub(super) struct BinaryOperands(Box<[Vec<u8>]>);

impl BinaryOperands {
    pub(super) fn new<'t>(values: impl Iterator<Item = &'t str>) -> Self {
        Self(values.filter_map(decode).collect())
    }

    pub(super) fn view(&self) -> View<'_> {
        View::Bytes(&self.0)
    }

    /// Whether `value` holds the same bytes as any of the condition's values.
    pub(super) fn matches(&self, value: &str) -> Truth {
        decode(value).is_some_and(|value| self.0.contains(&value)).into()
    }
}

/// Whether `text` is base64 that can be compared.
pub(super) fn is_operand(text: &str) -> bool {
    decode(text).is_some()
}

/// The bytes of padded base64 in the standard alphabet.
fn decode(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(4) {
        return None;
    }
    let digits = text.strip_suffix("==").or_else(|| text.strip_suffix('=')).unwrap_or(text);
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut held) = (0u32, 0u32);
    for byte in digits.bytes() {
        bits = (bits << 6 | u32::from(sextet(byte)?)) & 0xFFF_FFFF;
        held += 6;
        if 8 <= held {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 0xFF).ok()?);
        }
    }
    Some(bytes)
}

fn sextet(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_padded_base64_only() {
        assert_eq!(decode("QmluYXJ5VmFsdWVJbkJhc2U2NA==").as_deref(), Some(&b"BinaryValueInBase64"[..]));
        assert_eq!(decode("/+8="), Some(vec![0xFF, 0xEF]));
        assert_eq!(decode(""), Some(vec![]));
        for text in ["QQ", "Q===", "Q Q=", "QQ-_", "=QQ="] {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
