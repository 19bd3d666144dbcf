//! The formula of a question holds for exactly those requests that the evaluator allows.

use portcullis_authz::{Access, decide, service_rule};
use portcullis_iam::{ContextKey, KeyState, Request, Truth, Values};
use testkit::decisions::generate::{ENOUGH_BYTES, case, with_keys_known};
use testkit::decisions::{Choices, Input, choices, read};

use super::build::{Class, allowed};
use super::formula::Formula;
use crate::actions::universe;
use crate::facts::{Domain, Facts};
use crate::fold::{Matter, Scene, Stack};
use crate::prover::Prover;
use crate::question::Frame;
use crate::theory::Reading;

/// The generated case of a seed, with every key known.
fn input(seed: u64) -> Option<(Input, Vec<u8>)> {
    let bytes = choices::bytes(seed, ENOUGH_BYTES);
    let case = with_keys_known(&case(&bytes), &mut Choices::new(&bytes));
    Some((read::input(&case).ok()?, bytes))
}

/// A frame to which the request belongs: some of its keys are stated, others are free.
fn frame(request: &Request, choices: &mut Choices<'_>) -> Frame {
    // Whether an entry with an id names the caller is no test of the formula: no generated request carries an id.
    let mut facts = Facts::default().with("aws:userid", Domain::Absent);
    for (key, state) in request.context.iter() {
        let (prefix, rest) = key.as_str().split_once(':').unwrap_or_default();
        let free = prefix == "aws" && !rest.starts_with("principaltag/") && choices.chance(50);
        let domain = match state {
            _ if free => continue,
            KeyState::Known(Values::One(value)) => Domain::One(value.clone()),
            KeyState::Known(Values::Many(values)) => Domain::Many(values.clone()),
            KeyState::Unknown | KeyState::Absent => Domain::Hidden,
        };
        facts.state(key, domain);
    }
    Frame { caller: request.caller.clone(), credential: request.credential, facts }
}

/// The formula's truth for the request; none when some atom is open.
fn holds(formula: &Formula, scene: &Scene<'_>, request: &Request, reading: Reading) -> Option<bool> {
    let all = |parts: &[Formula]| -> Option<Vec<bool>> {
        parts.iter().map(|part| holds(part, scene, request, reading)).collect()
    };
    match formula {
        Formula::True => Some(true),
        Formula::False => Some(false),
        Formula::All(parts) => all(parts).map(|truths| truths.into_iter().all(|truth| truth)),
        Formula::Any(parts) => all(parts).map(|truths| truths.into_iter().any(|truth| truth)),
        Formula::Literal(own) => {
            let truth = match &scene.atoms[own.atom as usize].matter {
                Matter::Key(_, test) => test.matcher.holds(&request.context),
                Matter::Resource(test) => test.pattern.matches(&request.resource, &request.context),
                Matter::Open { .. } => return None,
            };
            Some(reading.counts(truth, own.holds))
        }
    }
}

fn check(seed: u64) -> bool {
    let Some((input, bytes)) = input(seed) else { return false };
    let request = &input.request;
    let clock = ["aws:currenttime", "aws:epochtime"].map(ContextKey::new);
    let told = clock.iter().any(|key| *request.context.state(key) != KeyState::Absent);
    if told || service_rule::of(request).is_some_and(|rule| rule.holds != Truth::False) {
        return false;
    }
    let frame = frame(request, &mut Choices::new(&bytes));
    let mut prover = Prover::new();
    let mut scene = Scene::new(&frame);
    let stack = Stack::new(&input.policies, &mut scene, &mut prover.library);
    let place = universe().matching(request.action.lower()).iter().next();
    let class = Class { request, place };
    let access = decide(request, &input.policies).access();
    let truth = |reading| holds(&allowed(&stack, &class, reading), &scene, request, reading);
    match (truth(Reading::Possible), truth(Reading::Certain)) {
        (Some(possible), Some(certain)) => {
            let told = format!("seed {seed}: {access:?}, possible {possible}, certain {certain}");
            assert!(possible || access == Access::Denied, "{told}: {request:?}");
            assert!(!certain || access == Access::Allowed, "{told}: {request:?}");
            assert_eq!(possible == certain, access != Access::Undetermined, "{told}: {request:?}");
            true
        }
        _ => false,
    }
}

#[test]
fn the_formula_agrees_with_the_evaluator() {
    let checked = (0..4_000).filter(|seed| check(*seed)).count();
    assert!(1_000 < checked, "only {checked} cases were told");
}
