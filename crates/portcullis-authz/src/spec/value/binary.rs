//! `BinaryEquals`: "byte for byte against a base-64 encoded representation of the binary value".
//! No variables, no wildcards.

use crate::spec::holds::Holds;

/// Whether both texts encode the same bytes; what is no base-64 matches nothing.
pub(super) fn equals(operand: &str, value: &str) -> Holds {
    match (decode(operand), decode(value)) {
        (Some(operand), Some(value)) => (operand == value).into(),
        (None, _) | (_, None) => Holds::No,
    }
}

/// The bytes of padded base-64 (RFC 4648, section 4), bit by bit.
fn decode(text: &str) -> Option<Vec<u8>> {
    let body = text.trim_end_matches('=');
    let padding = text.len() - body.len();
    if !text.len().is_multiple_of(4) || 2 < padding {
        return None;
    }
    let mut bits = Vec::new();
    for character in body.bytes() {
        let number = ALPHABET.iter().position(|letter| *letter == character)?;
        bits.extend((0..6).rev().map(|bit| number >> bit & 1 == 1));
    }
    // Bits that fill no byte are padding.
    let bytes = bits.chunks_exact(8);
    Some(bytes.map(|byte| byte.iter().fold(0, |number, bit| number << 1 | u8::from(*bit))).collect())
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
