//! Templates become texts.

use portcullis_iam::Timestamp;

use super::event::uuid;
use super::identity::{digits, time};
use crate::large::random::Random;

/// What stands for the letters of a template.
#[derive(Clone, Copy)]
pub(super) struct Values<'a> {
    pub(super) name: &'a str,
    pub(super) object: &'a str,
    pub(super) account: &'a str,
    pub(super) region: &'a str,
    pub(super) caller: &'a str,
    pub(super) at: Timestamp,
}

/// Appends a template with everything in its place.
pub(super) fn fill(out: &mut String, template: &str, values: &Values<'_>, random: &mut Random) {
    let mut parts = template.split('$');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (letter, rest) = part.split_at_checked(1).unwrap_or_default();
        match letter {
            "n" => out.push_str(values.name),
            "k" => out.push_str(values.object),
            "a" => out.push_str(values.account),
            "r" => out.push_str(values.region),
            "w" => out.push_str(values.caller),
            "x" => letters(out, b"0123456789abcdef", 17, random),
            "u" => uuid(out, number(random)),
            "i" => letters(out, BASE64, 76, random),
            "o" => {
                // Tokens of one time have much in common.
                (0..9).for_each(|_| out.push_str(ORIGIN));
                letters(out, BASE64, 240, random);
            }
            "d" => digits(out, random.between(0, 99_999) as i64, 5),
            "t" => time(out, values.at),
            other => {
                out.push('$');
                out.push_str(other);
            }
        }
        out.push_str(rest);
    }
}

/// A number of 128 bits.
pub(super) fn number(random: &mut Random) -> u128 {
    u128::from(random.next()) << 64 | u128::from(random.next())
}

/// Appends random letters.
pub(super) fn letters(out: &mut String, alphabet: &[u8], count: usize, random: &mut Random) {
    let mut word = 0;
    for index in 0..count {
        if index % 10 == 0 {
            word = random.next();
        }
        let letter = alphabet.get((word & 0x3f) as usize % alphabet.len()).copied().unwrap_or(b'a');
        out.push(char::from(letter));
        word >>= 6;
    }
}

const ORIGIN: &str = "IQoJb3JpZ2luX2VjEJr//////////wEaDGV1LWNlbnRyYWwtMSJHMEUCIQDk";

pub(super) const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
pub(super) const WORD: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
