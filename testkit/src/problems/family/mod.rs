//! Families of problems: each makes policies of one kind hard.

mod globs;
mod layers;
mod mfa;
mod ranges;
mod sets;

use serde_json::{Value, json};

use super::Problem;
use crate::decisions::{Case, Choices, Simulation, case};

/// A family.
#[derive(Clone, Copy)]
pub(super) struct Family {
    pub(super) make: fn(&mut Choices<'_>) -> Problem,
}

impl Default for Family {
    fn default() -> Self {
        LAYERS
    }
}

const LAYERS: Family = Family { make: layers::problem };
const MFA: Family = Family { make: mfa::problem };
const GLOBS: Family = Family { make: globs::problem };
const RANGES: Family = Family { make: ranges::problem };
const SETS: Family = Family { make: sets::problem };

/// Every family as often as it is worth.
pub(super) const WEIGHTED: [Family; 10] =
    [LAYERS, LAYERS, LAYERS, LAYERS, MFA, MFA, MFA, GLOBS, RANGES, SETS];

/// Problems that are hard on purpose.
pub(super) fn adversarial() -> Vec<(String, Problem)> {
    globs::adversarial()
}

/// A user with these identity policies.
fn user(documents: Vec<Value>) -> Case {
    Case {
        name: "problem".to_owned(),
        why: String::new(),
        source: String::new(),
        request: Simulation {
            policy_input_list: documents,
            action_names: vec!["s3:GetObject".to_owned()],
            caller_arn: Some(ALICE.to_owned()),
            ..Simulation::default()
        },
        facts: case::Facts::default(),
        expect: None,
    }
}

/// A document of these statements.
fn document(statements: &[Value]) -> Value {
    json!({"Version": "2012-10-17", "Statement": statements})
}

/// Between `least` and `most` of what `one` makes.
fn some<'b, T>(
    choices: &mut Choices<'b>,
    (least, most): (usize, usize),
    mut one: impl FnMut(&mut Choices<'b>) -> T,
) -> Vec<T> {
    let count = least + choices.below(most - least + 1);
    (0..count).map(|_| one(choices)).collect()
}

const ALICE: &str = "arn:aws:iam::111111111111:user/alice";
