//! A call as bytes, by which calls are told apart, and back.

use super::{Call, FIELDS};

/// The length that stands for a field that is not there.
const NONE: u16 = u16::MAX;

/// The longest text that is kept of a field, in bytes.
const LONGEST: usize = 4096;

impl<'b> Call<'b> {
    /// Writes the call to `key`, in place of what is there. Calls are equal when their keys are, unless a field is longer
    /// than any that AWS writes: of such only the beginning is kept.
    pub(crate) fn to_key(self, key: &mut Vec<u8>) {
        key.clear();
        for field in self.fields() {
            match field.map(shortened) {
                Some(text) => {
                    key.extend_from_slice(&(text.len() as u16).to_le_bytes());
                    key.extend_from_slice(text.as_bytes());
                }
                None => key.extend_from_slice(&NONE.to_le_bytes()),
            }
        }
    }

    /// The call that `key` was written for; none for other bytes.
    pub(crate) fn from_key(key: &'b [u8]) -> Option<Self> {
        let mut fields = [None; FIELDS];
        let mut rest = key;
        for field in &mut fields {
            let (length, after) = rest.split_first_chunk()?;
            rest = after;
            let length = u16::from_le_bytes(*length);
            if length != NONE {
                let (text, after) = rest.split_at_checked(usize::from(length))?;
                *field = Some(std::str::from_utf8(text).ok()?);
                rest = after;
            }
        }
        rest.is_empty().then(|| Self::of_fields(fields))
    }
}

fn shortened(text: &str) -> &str {
    if text.len() <= LONGEST {
        text
    } else {
        text.get(..text.floor_char_boundary(LONGEST)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::{array, option};

    use super::*;

    fn field() -> impl Strategy<Value = Option<String>> {
        option::of(prop_oneof![Just(String::new()), "[a-zé]{0,9}"])
    }

    proptest! {
        #[test]
        fn a_key_tells_the_whole_call(fields in array::uniform23(field())) {
            let call = Call::of_fields(fields.each_ref().map(|field| field.as_deref()));
            let mut key = vec![1, 2, 3];
            call.to_key(&mut key);
            prop_assert_eq!(Call::from_key(&key), Some(call));
            for end in 0..key.len() {
                prop_assert_eq!(Call::from_key(&key[..end]), None);
            }
        }
    }

    #[test]
    fn what_is_too_long_is_cut_between_characters() {
        let text = "é".repeat(LONGEST);
        let mut key = Vec::new();
        Call { agent: Some(&text), ..Call::default() }.to_key(&mut key);
        assert_eq!(Call::from_key(&key).unwrap().agent.unwrap().len(), LONGEST);
    }
}
