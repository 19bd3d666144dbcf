//! The context of a request: what is known of each condition key.

use std::cmp::Ordering;
use std::fmt;

/// A condition key, compared without regard to ASCII case (the part after `/` included).
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ContextKey {
    /// A number made of `text`, so that most different keys are told apart by one comparison.
    digest: u64,
    text: Box<str>,
}

impl ContextKey {
    /// The key `text`, normalised to lower case.
    pub fn new(text: &str) -> Self {
        let text = text.to_ascii_lowercase();
        Self { digest: digest(&text), text: text.into() }
    }

    /// The normalised key.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl Ord for ContextKey {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(&other.text)
    }
}

impl PartialOrd for ContextKey {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for ContextKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for ContextKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// The values of a condition key that is present.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Values {
    /// A single-valued key.
    One(Box<str>),
    /// A multivalued key, whatever the number of its values.
    Many(Vec<Box<str>>),
}

/// What is known of a condition key in a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyState {
    /// The request carries no such key.
    Absent,
    /// The request carries these values.
    Known(Values),
    /// Nothing is known: the key may be absent or have any value.
    Unknown,
}

/// The condition keys of a request. A key that was never set is [`KeyState::Absent`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// Sorted by key. Absent keys are not stored.
    entries: Vec<(ContextKey, KeyState)>,
}

impl Context {
    /// What is known of `key`.
    pub fn state(&self, key: &ContextKey) -> &KeyState {
        // A request has a few dozen keys at most: to walk over them is quicker than to search among them.
        let found = self.entries.iter().find(|(candidate, _)| candidate == key);
        found.map_or(&KeyState::Absent, |(_, state)| state)
    }

    /// Sets what is known of `key`, replacing what was known before.
    pub fn set(&mut self, key: ContextKey, state: KeyState) {
        match (self.find(&key), state) {
            (Ok(index), KeyState::Absent) => drop(self.entries.remove(index)),
            (Err(_), KeyState::Absent) => {}
            (Ok(index), state) => {
                if let Some(entry) = self.entries.get_mut(index) {
                    entry.1 = state;
                }
            }
            (Err(index), state) => self.entries.insert(index, (key, state)),
        }
    }

    /// The context with the single-valued `key` set to `value`.
    #[must_use]
    pub fn with(mut self, key: &str, value: &str) -> Self {
        self.set(ContextKey::new(key), KeyState::Known(Values::One(value.into())));
        self
    }

    /// The context with nothing known of `key`.
    #[must_use]
    pub fn with_unknown(mut self, key: &str) -> Self {
        self.set(ContextKey::new(key), KeyState::Unknown);
        self
    }

    /// Every key that is present or unknown, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&ContextKey, &KeyState)> {
        self.entries.iter().map(|(key, state)| (key, state))
    }

    fn find(&self, key: &ContextKey) -> Result<usize, usize> {
        self.entries.binary_search_by(|(candidate, _)| candidate.cmp(key))
    }
}

/// FNV-1a (Fowler, Noll, Vo), 64 bits.
fn digest(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |digest, byte| (digest ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
