//! `Null`: whether a key is there at all.

use super::{View, boolean};
use crate::context::{KeyState, Values};
use crate::truth::Truth;

/// The values of a `Null` condition: the states that pass. Variables and set operators mean nothing here.
#[derive(Clone, Copy, Debug)]
pub(super) struct NullOperands {
    when_absent: bool,
    when_present: bool,
}

impl NullOperands {
    pub(super) fn new<'t>(values: impl Iterator<Item = &'t str>) -> Self {
        let mut operands = Self { when_absent: false, when_present: false };
        for value in values {
            match boolean::parse(value) {
                Some(true) => operands.when_absent = true,
                Some(false) => operands.when_present = true,
                None => {}
            }
        }
        operands
    }

    pub(super) fn view(self) -> View<'static> {
        View::Null { when_absent: self.when_absent, when_present: self.when_present }
    }

    /// Whether a key in the given state passes. A key with nothing but empty values is as good as absent.
    pub(super) fn holds(self, state: &KeyState) -> Truth {
        let present = match state {
            KeyState::Absent => false,
            KeyState::Known(Values::One(value)) => !value.is_empty(),
            KeyState::Known(Values::Many(values)) => values.iter().any(|value| !value.is_empty()),
            KeyState::Unknown if self.when_absent == self.when_present => return self.when_absent.into(),
            KeyState::Unknown => return Truth::Unknown,
        };
        if present { self.when_present.into() } else { self.when_absent.into() }
    }
}
