//! Whole sets of actions are closed before anything is searched.

use std::collections::HashSet;

use portcullis_authz::LayerKind;
use portcullis_iam::{Action, Effect, Polarity};

use super::classes::{self, Class};
use super::run::Asked;
use crate::actions::{Bits, universe};
use crate::fold::{Cover, Stack};
use crate::reach::Closer;

impl Asked<'_, '_> {
    /// The classes that no whole set closes, the most telling first.
    pub(super) fn classes(&mut self) -> Vec<Class> {
        let (open, ungoverned) = self.open_actions();
        let stacks: Vec<&Stack<'_>> = [&self.allowed].into_iter().chain(&self.refused).collect();
        let statements = stacks.iter().flat_map(|stack| &stack.places).flat_map(|place| &place.statements);
        let areas = self.only.iter().chain(&self.spared).map(|area| &area.cover);
        let covers: Vec<&Cover> =
            statements.map(|own| &own.cover).chain(areas).chain(&self.services).collect();
        let known = classes::split(open, covers.iter().map(|cover| &*cover.known));
        let known = known.into_iter().chain(ungoverned).map(Class::Known);
        let unknown = distinct(classes::unknown(covers.iter().copied(), &mut self.prover.library), &covers);
        let mut all: Vec<Class> = known.chain(unknown.into_iter().map(Class::Unknown)).collect();
        all.sort_by_cached_key(Class::rank);
        all
    }

    /// The actions that may be open, and apart from them those that no policy governs.
    fn open_actions(&mut self) -> (Bits, Vec<Bits>) {
        let mut open = universe().all();
        if !self.only.is_empty() {
            let mut only = universe().none();
            self.only.iter().for_each(|area| only.add(&area.cover.known));
            open.keep(&only);
        }
        for area in self.spared.iter().filter(|area| area.resources.is_none()) {
            open.remove(&area.cover.known);
        }
        let mut ungoverned = Vec::new();
        for name in ["sts:GetSessionToken", "sts:GetCallerIdentity"] {
            let mut own = (*self.prover.library.cover_of(Polarity::Only, &[name]).known).clone();
            own.keep(&open);
            open.remove(&own);
            ungoverned.push(own);
        }
        ungoverned.retain(|own| !own.is_empty());
        self.keep_allowed(&mut open);
        self.remove_denied(&mut open);
        (open, ungoverned)
    }

    /// Removes what no statement of a layer allows that must allow.
    fn keep_allowed(&mut self, open: &mut Bits) {
        for place in &self.allowed.places {
            let must = match place.kind {
                LayerKind::ServiceControl | LayerKind::Endpoint => true,
                LayerKind::Identity | LayerKind::Boundary | LayerKind::Session => {
                    self.question.allowed.resource.is_none()
                }
                LayerKind::ResourceControl | LayerKind::Resource => false,
            };
            if !must || !place.gaps.is_empty() {
                continue;
            }
            let mut silent = open.clone();
            for own in place.statements.iter().filter(|own| own.effect == Effect::Allow) {
                silent.remove(&own.cover.known);
            }
            open.remove(&silent);
            let level = place.level.map(Box::from);
            self.ledger.close(Closer::NothingAllows { layer: place.kind, level }, &silent);
        }
    }

    /// Removes what a statement denies whatever the resource and the context.
    fn remove_denied(&mut self, open: &mut Bits) {
        for place in self.allowed.places.iter().filter(|place| place.kind != LayerKind::ResourceControl) {
            for own in &place.statements {
                if own.effect != Effect::Deny || !own.is_unconditional() {
                    continue;
                }
                let mut denied = open.clone();
                denied.keep(&own.cover.known);
                open.remove(&denied);
                self.ledger.close(Closer::Statement(own.reference(place)), &denied);
            }
        }
    }
}

/// Of actions that the catalogue does not know, one for each way in which covers treat them.
fn distinct(actions: Vec<Action>, covers: &[&Cover]) -> Vec<Action> {
    let mut seen = HashSet::new();
    let mut kept = Vec::new();
    for action in actions {
        let treated: Vec<bool> = covers.iter().map(|own| own.covers_unknown(action.lower())).collect();
        if seen.insert((treated, Box::<str>::from(action.service()))) {
            kept.push(action);
        }
    }
    kept
}
