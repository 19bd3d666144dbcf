//! Bytes in base64: those that the tests name, and others.

use portcullis_iam::catalog::KeyType;
use portcullis_iam::condition::{Family, View};

use super::value::ValueTests;

/// Bytes of each kind that the tests can tell apart.
pub(super) fn push_candidates(tests: &ValueTests<'_, '_>, texts: &mut Vec<String>) {
    if !tests.concern(Family::Binary, KeyType::Binary) {
        return;
    }
    let named: Vec<&Vec<u8>> = tests.views().flat_map(operands).collect();
    // One more than there are named: one of them is none of those.
    let others = (0..=named.len()).map(|number| encode(format!("portcullis{number}").as_bytes()));
    texts.extend(named.iter().map(|bytes| encode(bytes)).chain(others));
}

fn operands(view: View<'_>) -> &[Vec<u8>] {
    match view {
        View::Bytes(all) => all,
        View::Text { .. }
        | View::Numbers(_)
        | View::Instants(_)
        | View::Booleans { .. }
        | View::Blocks(_)
        | View::Arns { .. }
        | View::Null { .. } => &[],
    }
}

/// Padded base64 in the standard alphabet.
fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let bits =
            (0..3).fold(0, |bits, index| bits << 8 | u32::from(chunk.get(index).copied().unwrap_or(0)));
        for digit in 0..4 {
            let sextet = (bits >> (18 - 6 * digit) & 63) as usize;
            let digit = ALPHABET.get(sextet).copied().map_or('=', char::from).to_owned();
            text.push(if (text.len() % 4) <= chunk.len() { digit } else { '=' });
        }
    }
    text
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodes_with_padding() {
        let cases = [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")];
        for (text, expected) in cases {
            assert_eq!(encode(text.as_bytes()), expected);
        }
        assert_eq!(encode(&[0xFF, 0xEF]), "/+8=");
    }
}
