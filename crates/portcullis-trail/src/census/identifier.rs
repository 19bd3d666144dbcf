//! What tells events apart.

use sha2::{Digest, Sha256};

/// The identifier of an event: the 128 bits of the UUID that CloudTrail gives it. Of a text that is no UUID, 128 bits of
/// its SHA-256.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EventId(pub [u8; 16]);

impl EventId {
    /// The identifier in `eventID`.
    pub fn parse(text: &str) -> Self {
        Self(uuid(text.as_bytes()).unwrap_or_else(|| digest(&[text.as_bytes()])))
    }

    /// An identifier for a record without any: no other record of any object has it.
    pub fn of_place(object: &str, record: u64) -> Self {
        Self(digest(&[object.as_bytes(), &[0], &record.to_le_bytes()]))
    }

    /// A number that is as random as the identifier.
    pub(crate) fn number(self) -> u64 {
        let [a, b, c, d, e, f, g, h, ..] = self.0;
        // The bits of a UUID that say its version and variant are in the middle: these are all random.
        u64::from_le_bytes([a, b, c, d, e, f, g, h]) ^ self.second()
    }

    fn second(self) -> u64 {
        let [.., a, b, c, d, e, f, g, h] = self.0;
        u64::from_le_bytes([a, b, c, d, e, f, g, h]).rotate_left(32)
    }
}

fn digest(parts: &[&[u8]]) -> [u8; 16] {
    let mut hash = Sha256::new();
    parts.iter().for_each(|part| hash.update(part));
    let whole: [u8; 32] = hash.finalize().into();
    whole.first_chunk().copied().unwrap_or_default()
}

/// The bits of `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx`.
fn uuid(text: &[u8]) -> Option<[u8; 16]> {
    let text: &[u8; 36] = text.try_into().ok()?;
    if DASHES.iter().any(|at| text.get(*at) != Some(&b'-')) {
        return None;
    }
    let mut bits = [0; 16];
    for (byte, at) in bits.iter_mut().zip(DIGITS) {
        *byte = hex(*text.get(at)?)? << 4 | hex(*text.get(at + 1)?)?;
    }
    Some(bits)
}

const DASHES: [usize; 4] = [8, 13, 18, 23];
/// Where the two digits of each byte begin.
const DIGITS: [usize; 16] = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];

/// The value of a digit.
fn hex(digit: u8) -> Option<u8> {
    // Which digits come is as good as random: to branch on them would be to guess wrong.
    HEX.get(usize::from(digit)).copied().filter(|value| *value != NO_DIGIT)
}

const NO_DIGIT: u8 = u8::MAX;

/// The value of each byte as a digit.
static HEX: [u8; 256] = {
    let mut table = [NO_DIGIT; 256];
    let mut value = 0;
    while value < 16 {
        let [lower, upper] = [b"0123456789abcdef", b"0123456789ABCDEF"];
        #[expect(
            clippy::indexing_slicing,
            reason = "evaluated by the compiler, which refuses what is out of bounds"
        )]
        {
            table[lower[value as usize] as usize] = value;
            table[upper[value as usize] as usize] = value;
        }
        value += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_is_its_bits_in_either_case() {
        let id = EventId::parse("00112233-4455-6677-8899-AABBCCDDEEFF");
        assert_eq!(id, EventId::parse("00112233-4455-6677-8899-aabbccddeeff"));
        assert_eq!(
            id.0,
            [0, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff]
        );
    }

    #[test]
    fn other_texts_are_told_apart_too() {
        let texts = [
            "",
            "a",
            "00112233-4455-6677-8899-aabbccddeef",
            "00112233-4455-6677-8899-aabbccddeeffa",
            "0011223344455-6677-8899-aabbccddeefg",
            "00112233-4455-6677-8899-aabbccddeefg",
            "é0112233-4455-6677-8899-aabbccddeef",
        ];
        let ids: std::collections::BTreeSet<_> = texts.iter().map(|text| EventId::parse(text)).collect();
        assert_eq!(ids.len(), texts.len());
        assert_ne!(EventId::of_place("a", 1), EventId::of_place("a", 2));
    }
}
