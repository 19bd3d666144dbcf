//! Identifiers in AWS's shapes, the same ones for the same names on every run.

use portcullis_iam::Timestamp;

/// A unique id such as `AIDA…`: the prefix and seventeen letters and digits made from the name.
pub(crate) fn unique(prefix: &str, account: &str, name: &str) -> String {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut state = hash(&[prefix, account, name]);
    let mut id = String::from(prefix);
    for _ in 0..17 {
        let letter = ALPHABET.get((state >> 59) as usize).copied().unwrap_or(b'A');
        id.push(char::from(letter));
        state = state.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(17) ^ 0x5bd1_e995;
    }
    id
}

/// The time as the AWS CLI and the credential report print it.
pub(super) fn time(at: Timestamp) -> String {
    at.to_string().replace('Z', "+00:00")
}

fn hash(parts: &[&str]) -> u64 {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0]));
    let hash = bytes
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    hash ^ (hash >> 29)
}
