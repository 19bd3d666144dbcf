//! What tells the actions of a class apart: the forms of their resources, and the keys of their services.

use super::formula::Formula;
use crate::actions::universe;
use crate::fold::{Matter, Scene};

/// What tells the actions of a class apart in a formula.
pub(super) struct Needs {
    resource: bool,
    service: bool,
}

impl Needs {
    pub(super) fn of(formula: &Formula, scene: &Scene<'_>) -> Self {
        let mut atoms = Vec::new();
        formula.collect_atoms(&mut atoms);
        let mut needs = Self { resource: false, service: false };
        for atom in atoms.iter().filter_map(|atom| scene.atoms.get(*atom as usize)) {
            match &atom.matter {
                Matter::Resource(_) => needs.resource = true,
                Matter::Key(variable, _) => {
                    let own = scene.variables.get(*variable);
                    needs.service |= own.is_some_and(|own| !own.key.as_str().starts_with("aws:"));
                }
                Matter::Open { .. } => {}
            }
        }
        needs
    }

    /// Actions of the same group are alike: their templates, and their service, by number.
    pub(super) fn group(&self, place: usize) -> (u32, u32) {
        let templates = if self.resource { universe().templates_of(place) } else { 0 };
        let service = if self.service { universe().service_of(place) } else { 0 };
        (templates, service)
    }
}
