//! What could not be decided while a rule looked at a document.
//!
//! A rule asks whether requests pass. Where the answer depends on what is unknown, the rule takes it for the answer that
//! speaks against a flaw; asked once more, for the one that speaks for it. What it finds then and did not find before is
//! no flaw and no pass, but unknown.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use portcullis_iam::ContextKey;
use portcullis_prove::reach::Doubt;
use portcullis_source::Document;

use crate::hidden::Hidden;

/// The doubts of one look at a document.
#[derive(Debug, Default)]
pub(crate) struct Doubts {
    leaning: Cell<Leaning>,
    why: RefCell<BTreeSet<Why>>,
}

/// For what an answer counts that depends on what is unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Leaning {
    /// Against a flaw: what is found is certain.
    #[default]
    Against,
    /// For a flaw: what is found is possible.
    For,
}

/// What a decision depends on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Why {
    /// A key, or what the files leave open.
    Key(ContextKey),
    /// The search was given up.
    Spent,
}

impl Doubts {
    /// Looks again, or for the first time.
    pub(crate) fn lean(&self, leaning: Leaning) {
        self.leaning.set(leaning);
    }

    /// What was doubted since the last time, which is forgotten.
    pub(crate) fn take(&self) -> BTreeSet<Why> {
        self.why.take()
    }

    /// Takes note of a doubt, and says whether it counts for a flaw. A part of the document that is missing counts as no
    /// reason of its own: the report tells of it already, and that no rule has seen it.
    pub(crate) fn count(&self, why: impl IntoIterator<Item = Why>) -> bool {
        let why: BTreeSet<Why> = why.into_iter().collect();
        let counts = !why.is_empty() && self.leaning.get() == Leaning::For;
        self.why.borrow_mut().extend(why);
        counts
    }
}

/// Why the prover could not decide.
pub(crate) fn of_prover(doubt: &Doubt) -> Vec<Why> {
    if !doubt.gaps.is_empty() {
        return Vec::new();
    }
    let keys = doubt.keys.iter().map(|key| Why::Key(ContextKey::new(key)));
    let spent = (doubt.spent || doubt.unconfirmed).then_some(Why::Spent);
    keys.chain(spent).collect()
}

/// Why a look at one request could not decide.
pub(crate) fn of_passage(hidden: &Hidden) -> Vec<Why> {
    match hidden {
        Hidden::Keys(keys) => keys.iter().cloned().map(Why::Key).collect(),
        Hidden::Words(_) => vec![Why::Spent],
        Hidden::Missing(_) | Hidden::Gap(_) => Vec::new(),
    }
}

/// The reasons in words: what the files leave open by the names that they give it.
pub(crate) fn words(why: &BTreeSet<Why>, documents: &[&Document]) -> String {
    let name = |key: &ContextKey| {
        let mut open = documents.iter().flat_map(|document| &document.placeholders);
        let own = open.find(|one| ContextKey::new(&one.key) == *key);
        own.map_or_else(|| key.to_string(), |one| one.what.clone())
    };
    let keys: BTreeSet<String> = why
        .iter()
        .filter_map(|own| match own {
            Why::Key(key) => Some(name(key)),
            Why::Spent => None,
        })
        .map(|name| format!("`{name}`"))
        .collect();
    if keys.is_empty() {
        return "the policy is too intricate: the search came to the end of its budget".to_owned();
    }
    format!("this depends on {}, of which nothing is known here", joined(&keys))
}

/// What would settle it.
pub(crate) fn remedy(why: &BTreeSet<Why>) -> &'static str {
    if why.iter().any(|own| matches!(own, Why::Key(_))) {
        "lint the policy as it is deployed, such as a plan from `terraform show -json`; until then this is no pass"
    } else {
        "split the policy: simpler ones can be decided; until then this is no pass"
    }
}

fn joined(names: &BTreeSet<String>) -> String {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    match names.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        names => names.concat(),
    }
}

#[cfg(test)]
mod tests {
    use portcullis_iam::Gap;

    use super::*;

    #[test]
    fn a_search_that_was_given_up_counts_for_a_flaw_only_when_asked_again() {
        let doubts = Doubts::default();
        let spent = Doubt { spent: true, ..Doubt::default() };
        assert!(!doubts.count(of_prover(&spent)));
        assert!(words(&doubts.take(), &[]).contains("end of its budget"));
        doubts.lean(Leaning::For);
        assert!(doubts.count(of_prover(&spent)));
        assert!(remedy(&doubts.take()).starts_with("split the policy"));
        assert!(doubts.take().is_empty());
    }

    #[test]
    fn a_part_that_is_missing_is_told_by_the_report_itself() {
        let missing = Doubt { gaps: [Gap("`var.actions`".into())].into(), spent: true, ..Doubt::default() };
        let doubts = Doubts::default();
        doubts.lean(Leaning::For);
        assert!(!doubts.count(of_prover(&missing)));
        assert!(doubts.take().is_empty());
    }

    #[test]
    fn what_is_no_placeholder_has_its_own_name() {
        let why = BTreeSet::from([Why::Key(ContextKey::new("aws:SourceVpc")), Why::Spent]);
        assert_eq!(words(&why, &[]), "this depends on `aws:sourcevpc`, of which nothing is known here");
    }
}
