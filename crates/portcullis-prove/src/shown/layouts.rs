//! Policies laid out for people, each once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use portcullis_iam::{Policy, Span, layout};

/// The policies that were laid out so far, by their addresses and the statement that was to be shown.
#[derive(Debug, Default)]
pub(super) struct Layouts(Mutex<HashMap<(usize, Span), Layout>>);

/// The policy, kept so that its address stays its own, and how it is laid out; none when it is shown as it is.
type Layout = (Arc<Policy>, Option<Arc<Policy>>);

impl Layouts {
    /// The policy over several lines, when the part of its text that is to be shown would not fit a terminal.
    pub(super) fn readable(&self, policy: &Arc<Policy>, shown: Span) -> Option<Arc<Policy>> {
        let key = (Arc::as_ptr(policy).addr(), shown);
        if let Some((_, found)) = self.0.lock().ok().as_ref().and_then(|known| known.get(&key)) {
            return found.clone();
        }
        let found = layout::readable(policy, shown).map(Arc::new);
        if let Ok(mut known) = self.0.lock() {
            known.insert(key, (Arc::clone(policy), found.clone()));
        }
        found
    }
}
