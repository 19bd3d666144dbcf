//! Every call once, with a number.

use std::sync::{Arc, PoisonError, RwLock};

use hashbrown::HashMap;

use crate::call::Call;

/// The number of a call, in the order in which calls were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CallId(pub(crate) u32);

/// Every call that was found.
#[derive(Debug, Default)]
pub struct Calls {
    all: RwLock<All>,
}

#[derive(Debug, Default)]
struct All {
    numbers: HashMap<Arc<[u8]>, CallId>,
    keys: Vec<Arc<[u8]>>,
}

impl Calls {
    /// The number of the call with this key.
    pub(crate) fn id(&self, key: &[u8]) -> CallId {
        let known = self.all.read().unwrap_or_else(PoisonError::into_inner).numbers.get(key).copied();
        known.unwrap_or_else(|| self.all.write().unwrap_or_else(PoisonError::into_inner).add(key))
    }

    /// The key of a call.
    pub(crate) fn key(&self, id: CallId) -> Arc<[u8]> {
        let all = self.all.read().unwrap_or_else(PoisonError::into_inner);
        // INVARIANT: numbers are given by this list alone, and nothing leaves it.
        all.keys.get(id.0 as usize).cloned().unwrap_or_default()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.read().unwrap_or_else(PoisonError::into_inner).keys.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Gives every call with its number to `each`.
    pub fn each(&self, each: &mut dyn FnMut(CallId, &Call<'_>)) {
        let all = self.all.read().unwrap_or_else(PoisonError::into_inner);
        for (number, key) in all.keys.iter().enumerate() {
            if let Some(call) = Call::from_key(key) {
                each(CallId(number as u32), &call);
            }
        }
    }
}

impl All {
    fn add(&mut self, key: &[u8]) -> CallId {
        if let Some(known) = self.numbers.get(key) {
            return *known;
        }
        let (key, id): (Arc<[u8]>, _) = (key.into(), CallId(self.keys.len() as u32));
        self.numbers.insert(Arc::clone(&key), id);
        self.keys.push(key);
        id
    }
}

impl CallId {
    /// The place of the call in lists of all calls.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}
