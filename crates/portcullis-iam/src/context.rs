//! The context of a request: what is known of each condition key.

use std::fmt;

/// A condition key, compared without regard to ASCII case (the part after `/` included).
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ContextKey(Box<str>);

impl ContextKey {
    /// The key `text`, normalised to lower case.
    pub fn new(text: &str) -> Self {
        Self(text.to_ascii_lowercase().into())
    }

    /// The normalised key.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ContextKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for ContextKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
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
        match self.find(key) {
            Ok(index) => self.entries.get(index).map_or(&KeyState::Absent, |(_, state)| state),
            Err(_) => &KeyState::Absent,
        }
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
