//! Generated cases whose parts collide on purpose: few actions, resources, keys and values, so that statements
//! match often, nearly match often, and every layer decides now and then.

mod condition;
mod context;
mod layers;
mod principal;
mod statement;
mod words;

use super::case::{Case, Facts, Simulation};
use super::choices::Choices;

/// The case that `bytes` describe. Every run of bytes describes one.
pub fn case(bytes: &[u8]) -> Case {
    case_of(&mut Choices::new(bytes))
}

/// The case that `choices` make.
pub fn case_of(choices: &mut Choices<'_>) -> Case {
    let who = words::caller(choices);
    let (action, resource) = words::action_and_resource(choices);
    let mut case = Case {
        name: "generated".to_owned(),
        why: String::new(),
        source: String::new(),
        request: Simulation {
            action_names: vec![action.to_owned()],
            resource_arns: vec![resource.to_owned()],
            caller_arn: Some(who.arn.to_owned()),
            resource_owner: owner(choices),
            management_account: management_account(choices),
            ..Simulation::default()
        },
        facts: Facts {
            credential: words::credential(choices, &who),
            role_arn: who.role.map(str::to_owned),
            issuer_arn: who.issuer.map(str::to_owned),
            ..Facts::default()
        },
        expect: None,
    };
    layers::fill(&mut case, choices);
    context::fill(&mut case.request, choices);
    case
}

/// The case with each unknown key absent or known.
pub fn with_keys_known(case: &Case, choices: &mut Choices<'_>) -> Case {
    let mut case = case.clone();
    context::settle(&mut case.request, choices);
    case
}

/// How many bytes make a case that runs out of them seldom.
pub const ENOUGH_BYTES: usize = 700;

fn owner(choices: &mut Choices<'_>) -> Option<String> {
    match choices.below(8) {
        0..=3 => None,
        4 | 5 => Some("arn:aws:iam::111111111111:root".to_owned()),
        _ => Some("arn:aws:iam::222222222222:root".to_owned()),
    }
}

fn management_account(choices: &mut Choices<'_>) -> Option<String> {
    match choices.below(10) {
        0..=6 => None,
        7 => Some("333333333333".to_owned()),
        8 => Some("111111111111".to_owned()),
        _ => Some("222222222222".to_owned()),
    }
}
