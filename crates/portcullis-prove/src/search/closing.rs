//! The certificate: what closes which actions.

use std::collections::BTreeMap;

use portcullis_authz::LayerKind;
use portcullis_iam::Effect;

use super::build::Class;
use crate::actions::{Bits, universe};
use crate::fold::Stack;
use crate::reach::{Certificate, Closer, Closing};

/// Gathers what closes actions.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    closed: BTreeMap<Closer, (usize, Box<str>)>,
}

impl Ledger {
    /// These actions are closed by `by`.
    pub(crate) fn close(&mut self, by: Closer, actions: &Bits) {
        let count = actions.count();
        let example = actions.iter().next().and_then(|place| universe().action(place));
        if let (Some(example), true) = (example, 0 < count) {
            self.add(by, count, example.as_str());
        }
    }

    /// An action that the catalogue does not know is closed by `by`.
    pub(crate) fn close_unknown(&mut self, by: Closer, example: &str) {
        self.add(by, 0, example);
    }

    fn add(&mut self, by: Closer, count: usize, example: &str) {
        let entry = self.closed.entry(by).or_insert_with(|| (0, example.into()));
        entry.0 += count;
    }

    /// The certificate.
    pub(crate) fn certificate(self) -> Certificate {
        let closing = |(by, (actions, example))| Closing { by, actions, example };
        let mut closings: Vec<Closing> = self.closed.into_iter().map(closing).collect();
        closings.sort_by_key(|closing| std::cmp::Reverse(closing.actions));
        Certificate { closings }
    }
}

/// What closes a class of which the search found nothing: the statements that deny in it, else the layer in which
/// nothing allows.
pub(crate) fn of_class(stack: &Stack<'_>, class: &Class<'_>) -> Closer {
    let mut denies = Vec::new();
    for place in &stack.places {
        for own in &place.statements {
            if own.effect == Effect::Deny && class.is_covered_by(&own.cover) {
                if own.is_unconditional() {
                    return Closer::Statement(own.reference(place));
                }
                denies.push(own.reference(place));
            }
        }
    }
    if let Some(nothing) = nothing_allows(stack, class) {
        return nothing;
    }
    denies.sort();
    if denies.is_empty() {
        return Closer::NothingAllows { layer: LayerKind::Identity, level: None };
    }
    Closer::Together(denies)
}

/// The first layer that has no Allow for the class.
fn nothing_allows(stack: &Stack<'_>, class: &Class<'_>) -> Option<Closer> {
    stack.places.iter().find_map(|place| {
        let needed = !matches!(place.kind, LayerKind::ResourceControl | LayerKind::Resource);
        let allows =
            |own: &crate::fold::Folded<'_>| own.effect == Effect::Allow && class.is_covered_by(&own.cover);
        let silent = needed && place.gaps.is_empty() && !place.statements.iter().any(allows);
        silent.then(|| Closer::NothingAllows { layer: place.kind, level: place.level.map(Box::from) })
    })
}
