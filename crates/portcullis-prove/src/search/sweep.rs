//! Whole sets of actions are closed before anything is searched.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use portcullis_authz::LayerKind;
use portcullis_iam::{Action, Effect, Polarity};

use super::classes::{self, Class};
use super::run::{Asked, FoldedArea};
use super::unknown::unknown;
use crate::actions::{Bits, universe};
use crate::fold::{Cover, Place};
use crate::reach::Closer;

/// What a split of actions into classes depends on.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) struct Split {
    /// The covers, by their addresses.
    covers: Box<[usize]>,
    open: Bits,
    ungoverned: Vec<Bits>,
}

/// Above this many splits all are forgotten, so that memory stays bounded.
const MOST_SPLITS: usize = 100;

impl Asked<'_, '_> {
    /// The classes of the catalogue's actions that no whole set closes, the most telling first.
    pub(super) fn known_classes(&mut self) -> Arc<[Class]> {
        let (open, ungoverned) = self.open_actions();
        let mut covers = self.covers();
        covers.sort_by_key(|cover| cover.address());
        covers.dedup_by_key(|cover| cover.address());
        let key = Split { covers: covers.iter().map(|cover| cover.address()).collect(), open, ungoverned };
        if let Some(found) = self.prover.splits.get(&key) {
            return Arc::clone(found);
        }
        let known = classes::split(key.open.clone(), covers.iter().map(|cover| &*cover.known));
        let known = known.into_iter().chain(key.ungoverned.iter().cloned());
        let mut all: Vec<Class> = known.map(Class::Known).collect();
        all.sort_by_cached_key(Class::order);
        let all: Arc<[Class]> = all.into();
        if MOST_SPLITS < self.prover.splits.len() {
            self.prover.splits.clear();
        }
        self.prover.splits.insert(key, Arc::clone(&all));
        all
    }

    /// One action that the catalogue does not know for each way in which statements treat such actions. Those that are
    /// not asked for and those that nothing allows are left out.
    ///
    /// And whether they stand for all of them.
    pub(super) fn unknown_classes(&mut self) -> (Vec<Class>, bool) {
        if self.is_of_catalogue() {
            return (Vec::new(), true);
        }
        let covers: Vec<Cover> = self.covers().into_iter().cloned().collect();
        let key: Box<[usize]> =
            covers.iter().map(Cover::address).collect::<BTreeSet<_>>().into_iter().collect();
        let all = match self.prover.recent.iter().find(|(own, _)| *own == key) {
            Some((_, found)) => Arc::clone(found),
            None => {
                let found = Arc::new(unknown(covers.iter()));
                if MOST_RECENT <= self.prover.recent.len() {
                    self.prover.recent.pop_front();
                }
                self.prover.recent.push_back((key, Arc::clone(&found)));
                found
            }
        };
        let asked = |action: &Action| {
            let covers = |area: &FoldedArea| area.cover.covers_unknown(action.lower());
            let spared = |area: &FoldedArea| area.resources.is_none() && covers(area);
            (self.only.is_empty() || self.only.iter().any(covers)) && !self.spared.iter().any(spared)
        };
        let open =
            all.actions.iter().filter(|action| asked(action) && self.may_allow(action)).cloned().collect();
        (distinct(open, &covers).into_iter().map(Class::Unknown).collect(), all.is_complete)
    }

    /// Whether none but actions of the catalogue are asked for, or allowed by a layer that must allow.
    fn is_of_catalogue(&self) -> bool {
        let is_asked = !self.only.is_empty() && self.only.iter().all(|area| area.cover.is_of_catalogue());
        let mut must = self.allowed.places.iter().filter(|place| self.must_allow(place));
        is_asked
            || must.any(|place| {
                let mut allows = place.statements.iter().filter(|own| own.effect == Effect::Allow);
                allows.all(|own| own.cover.is_of_catalogue())
            })
    }

    fn covers(&self) -> Vec<&Cover> {
        let stacks = [&self.allowed].into_iter().chain(&self.refused);
        let statements = stacks.flat_map(|stack| &stack.places).flat_map(|place| &place.statements);
        let areas = self.only.iter().chain(&self.spared).map(|area| &area.cover);
        statements.map(|own| &own.cover).chain(areas).chain(&*self.services).collect()
    }

    /// Whether every layer that must allow has a statement that may.
    fn may_allow(&self, action: &Action) -> bool {
        let mut must = self.allowed.places.iter().filter(|place| self.must_allow(place));
        must.all(|place| {
            let mut allows = place.statements.iter().filter(|own| own.effect == Effect::Allow);
            allows.any(|own| own.cover.covers_unknown(action.lower()))
        })
    }

    /// Whether nothing passes that no statement of the layer allows.
    fn must_allow(&self, place: &Place<'_>) -> bool {
        let must = match place.kind {
            LayerKind::ServiceControl | LayerKind::Endpoint => true,
            LayerKind::Identity | LayerKind::Boundary | LayerKind::Session => {
                self.question.allowed.resource.is_none()
            }
            LayerKind::ResourceControl | LayerKind::Resource => false,
        };
        must && place.gaps.is_empty()
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
            if !self.must_allow(place) {
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
fn distinct(actions: Vec<Action>, covers: &[Cover]) -> Vec<Action> {
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

/// How many lists of unknown actions are remembered: the questions about one policy set come one after the other.
const MOST_RECENT: usize = 8;
