//! The search: chooses among alternatives, and lets the theories say as early as possible that a choice is none.

use std::collections::BTreeSet;

use portcullis_iam::KeyState;

use super::formula::{Formula, Literal};
use super::memo::{Forms, Memo};
use crate::facts::Domain;
use crate::fold::{Matter, Scene};
use crate::theory::{Reading, Solved, Work};

/// What the search found.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Found {
    /// This request, as far as tests bear on it.
    Model(Model),
    /// There is none.
    Nothing,
    /// The search or a theory gave up somewhere, and nothing was found elsewhere.
    GaveUp,
}

/// What a request must have.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Model {
    /// The resource; none when no test bears on it.
    pub(crate) resource: Option<Box<str>>,
    /// States of variables, by their place.
    pub(crate) keys: Vec<(usize, KeyState)>,
    /// The literals that were met.
    pub(crate) literals: Vec<Literal>,
}

/// What the search works on.
pub(crate) struct Ground<'s, 'q> {
    pub(crate) scene: &'s Scene<'q>,
    pub(crate) memo: &'s mut Memo,
    /// What the search may cost.
    pub(crate) work: &'s Work,
    pub(crate) forms: &'s Forms,
    /// The service of the actions; none for any.
    pub(crate) service: Option<&'s str>,
    pub(crate) reading: Reading,
}

/// The search at work.
struct Search<'s, 'q> {
    ground: Ground<'s, 'q>,
    state: State,
}

#[derive(Debug, Default)]
struct State {
    /// What was decided of each atom.
    assigned: Vec<Option<bool>>,
    trail: Vec<Literal>,
    gave_up: bool,
    /// How many formulas were looked at since the last step.
    visited: usize,
}

/// What becomes of a branch.
enum Branch {
    Met,
    Failed,
}

/// A request for which `formula` holds.
pub(crate) fn model(ground: Ground<'_, '_>, formula: &Formula) -> Found {
    let state = State { assigned: vec![None; ground.scene.atoms.len()], ..State::default() };
    let mut search = Search { ground, state };
    match search.solve(vec![formula], Vec::new()) {
        Branch::Met => search.model().map_or(Found::GaveUp, Found::Model),
        Branch::Failed if search.state.gave_up => Found::GaveUp,
        Branch::Failed => Found::Nothing,
    }
}

impl Search<'_, '_> {
    /// Meets everything in `must`, and of each alternative in `open` one branch.
    fn solve<'f>(&mut self, must: Vec<&'f Formula>, open: Vec<Alternative<'f>>) -> Branch {
        if !self.ground.work.take(STEP + self.state.visited / VISITS) {
            self.state.gave_up = true;
            return Branch::Failed;
        }
        self.state.visited = 0;
        let mark = self.state.trail.len();
        let outcome = match self.propagate(must, open) {
            None => Branch::Failed,
            Some(open) => self.choose(open),
        };
        if matches!(outcome, Branch::Failed) {
            self.undo(mark);
        }
        outcome
    }

    /// Tries the branches of the narrowest alternative; a literal that failed is known not to hold in what follows.
    fn choose<'f>(&mut self, mut open: Vec<Alternative<'f>>) -> Branch {
        let narrowest = open.iter().enumerate().min_by_key(|(_, branches)| branches.len());
        let Some(at) = narrowest.map(|(at, _)| at) else {
            let exact = self.is_exact();
            self.state.gave_up |= !exact;
            return if exact { Branch::Met } else { Branch::Failed };
        };
        let branches = open.swap_remove(at);
        for branch in branches {
            if let Branch::Met = self.solve(vec![branch], open.clone()) {
                return Branch::Met;
            }
            if let Formula::Literal(own) = branch
                && !self.also(Literal { atom: own.atom, holds: !own.holds })
            {
                break;
            }
        }
        Branch::Failed
    }

    /// Takes what must hold, and narrows the alternatives until nothing more follows. None when nothing can hold.
    fn propagate<'f>(
        &mut self,
        mut must: Vec<&'f Formula>,
        mut open: Vec<Alternative<'f>>,
    ) -> Option<Vec<Alternative<'f>>> {
        loop {
            let mark = self.state.trail.len();
            while let Some(formula) = must.pop() {
                match formula {
                    Formula::True => {}
                    Formula::False => return None,
                    Formula::Literal(own) => {
                        if !self.assign(*own) {
                            return None;
                        }
                    }
                    Formula::All(parts) => must.extend(parts),
                    Formula::Any(parts) => open.push(parts.iter().collect()),
                }
            }
            if !self.is_possible(mark) {
                return None;
            }
            let mut kept = Vec::with_capacity(open.len());
            for branches in open {
                match self.narrow(branches) {
                    Narrowed::Met => {}
                    Narrowed::Failed => return None,
                    Narrowed::One(formula) => must.push(formula),
                    Narrowed::Open(branches) => kept.push(branches),
                }
            }
            open = kept;
            if must.is_empty() {
                return Some(open);
            }
        }
    }

    fn narrow<'f>(&mut self, branches: Alternative<'f>) -> Narrowed<'f> {
        let mut live = Vec::with_capacity(branches.len());
        for branch in branches {
            match self.status(branch) {
                Some(true) => return Narrowed::Met,
                Some(false) => {}
                None => live.push(branch),
            }
        }
        match live.as_slice() {
            [] => Narrowed::Failed,
            [one] => Narrowed::One(one),
            _ => Narrowed::Open(live),
        }
    }

    /// Whether a formula holds under what was decided so far, where that tells.
    fn status(&mut self, formula: &Formula) -> Option<bool> {
        self.state.visited += 1;
        match formula {
            Formula::True => Some(true),
            Formula::False => Some(false),
            Formula::Literal(own) => {
                self.state.assigned.get(own.atom as usize).copied().flatten().map(|holds| holds == own.holds)
            }
            Formula::All(parts) => {
                let mut all = Some(true);
                for part in parts {
                    match self.status(part) {
                        Some(false) => return Some(false),
                        Some(true) => {}
                        None => all = None,
                    }
                }
                all
            }
            Formula::Any(parts) => {
                let mut any = Some(false);
                for part in parts {
                    match self.status(part) {
                        Some(true) => return Some(true),
                        Some(false) => {}
                        None => any = None,
                    }
                }
                any
            }
        }
    }

    /// Decides an atom; false when it was decided otherwise.
    fn assign(&mut self, literal: Literal) -> bool {
        let Some(slot) = self.state.assigned.get_mut(literal.atom as usize) else { return false };
        if let Some(holds) = *slot {
            return holds == literal.holds;
        }
        *slot = Some(literal.holds);
        self.state.trail.push(literal);
        true
    }

    /// Decides an atom; false when that cannot be.
    fn also(&mut self, literal: Literal) -> bool {
        let mark = self.state.trail.len();
        self.assign(literal) && self.is_possible(mark)
    }

    /// Whether the theory of each variable that was decided on since `mark` still finds a value. The resource comes
    /// last, as it takes longest.
    fn is_possible(&mut self, mark: usize) -> bool {
        let scene = self.ground.scene;
        let (mut variables, mut resource) = (BTreeSet::new(), false);
        for literal in self.state.trail.iter().skip(mark) {
            match scene.atoms.get(literal.atom as usize).map(|atom| &atom.matter) {
                Some(Matter::Open { .. }) if self.ground.reading == Reading::Possible => {}
                Some(Matter::Open { .. }) | None => return false,
                Some(Matter::Resource(_)) => resource = true,
                Some(Matter::Key(variable, _)) => {
                    variables.insert(*variable);
                }
            }
        }
        variables.into_iter().all(|variable| self.key(variable) != Solved::None)
            && (!resource || self.resource() != Solved::None)
    }

    /// A resource that meets what was decided.
    fn resource(&mut self) -> Solved<Box<str>> {
        let tests = self.of(|matter| matches!(matter, Matter::Resource(_)));
        let Ground { scene, memo, forms, reading, work, .. } = &mut self.ground;
        memo.resource(scene, forms, &tests, (*reading, work))
    }

    /// A state of a variable that meets what was decided.
    fn key(&mut self, variable: usize) -> Solved<KeyState> {
        let tests = self.of(|matter| matches!(matter, Matter::Key(own, _) if *own == variable));
        let domain = self.domain(variable);
        let Ground { scene, memo, reading, work, .. } = &mut self.ground;
        memo.key(scene, (variable, &domain), &tests, (*reading, work))
    }

    fn domain(&self, variable: usize) -> Domain {
        match (self.ground.scene.variables.get(variable), self.ground.service) {
            (Some(own), Some(service)) => self.ground.scene.domain(&own.key, Some(service)),
            (Some(own), None) => own.domain.clone(),
            (None, _) => Domain::Absent,
        }
    }

    fn of(&self, is_meant: impl Fn(&Matter) -> bool) -> Vec<Literal> {
        let meant = |literal: &&Literal| {
            self.ground.scene.atoms.get(literal.atom as usize).is_some_and(|atom| is_meant(&atom.matter))
        };
        self.state.trail.iter().filter(meant).copied().collect()
    }

    /// Whether every theory has a value for what was decided, and none gave up.
    fn is_exact(&mut self) -> bool {
        matches!(self.resource(), Solved::Some(_))
            && (0..self.ground.scene.variables.len())
                .all(|variable| matches!(self.key(variable), Solved::Some(_)))
    }

    fn model(&mut self) -> Option<Model> {
        let Solved::Some(resource) = self.resource() else { return None };
        let mut keys = Vec::new();
        for variable in 0..self.ground.scene.variables.len() {
            let Solved::Some(state) = self.key(variable) else { return None };
            keys.push((variable, state));
        }
        Some(Model { resource: Some(resource), keys, literals: self.state.trail.clone() })
    }

    fn undo(&mut self, mark: usize) {
        for literal in self.state.trail.drain(mark..) {
            if let Some(slot) = self.state.assigned.get_mut(literal.atom as usize) {
                *slot = None;
            }
        }
    }
}

/// What a step costs, and how many formulas may be looked at for the cost of one more word.
const STEP: usize = 32;
const VISITS: usize = 4;

/// The branches of an alternative, of which one must hold.
type Alternative<'f> = Vec<&'f Formula>;

/// An alternative after what was decided.
enum Narrowed<'f> {
    Met,
    Failed,
    One(&'f Formula),
    Open(Alternative<'f>),
}
