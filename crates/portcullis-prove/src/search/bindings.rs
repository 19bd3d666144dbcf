//! Keys that requests choose and that policies compare with each other: values are tried for them.
//!
//! `s3:prefix` like `home/${aws:SourceIdentity}` cannot be told key by key. Values are taken for what stands in the
//! variable, and the question is asked anew for each. A witness that is found so is one; that none is found so is no
//! proof.

use std::collections::BTreeSet;

use portcullis_iam::{ContextKey, KeyState, PolicySet, Values};

use crate::facts::Domain;
use crate::fold::Scene;
use crate::question::{Frame, Question};

/// The frames to try, the simplest first.
pub(crate) fn frames(question: &Question<'_>, scene: &Scene<'_>) -> Vec<Frame> {
    let keys: Vec<ContextKey> = scene.chosen_keys().into_iter().collect();
    let mut frames = vec![question.frame.clone()];
    for key in keys.iter().take(MOST_KEYS) {
        let domains = candidates(question, scene, key);
        frames = frames
            .iter()
            .flat_map(|frame| {
                domains.iter().map(|domain| {
                    let mut frame = frame.clone();
                    frame.facts.state(key, domain.clone());
                    frame
                })
            })
            .take(MOST_FRAMES)
            .collect();
    }
    frames
}

/// Absent where it may be, a value of no meaning, the values that policies compare the key with, and what is known of
/// the caller.
fn candidates(question: &Question<'_>, scene: &Scene<'_>, key: &ContextKey) -> Vec<Domain> {
    let mut values = BTreeSet::new();
    for policies in std::iter::once(question.allowed).chain(question.refused) {
        collect(policies, key, &mut values);
    }
    let own = scene.context.iter().filter_map(|(key, state)| match state {
        KeyState::Known(Values::One(value)) if CALLER.contains(&key.as_str()) => Some(value.clone()),
        KeyState::Known(_) | KeyState::Absent | KeyState::Unknown => None,
    });
    let multivalued =
        portcullis_iam::catalog::catalog().condition_key(key.as_str()).is_some_and(|info| info.multivalued);
    let value = |text: Box<str>| if multivalued { Domain::Many(vec![text]) } else { Domain::One(text) };
    let plain = ["portcullis".into()];
    let texts = plain.into_iter().chain(own).chain(values).take(MOST_VALUES);
    let may_lack = scene.domain(key, None) != Domain::Free { absent: crate::facts::Optional::No };
    may_lack.then_some(Domain::Absent).into_iter().chain(texts.map(value)).collect()
}

fn collect(policies: &PolicySet, key: &ContextKey, values: &mut BTreeSet<Box<str>>) {
    let layers = portcullis_authz::LayerKind::ALL.into_iter().flat_map(|kind| kind.of(policies));
    let attached = layers.flat_map(|(_, layer)| &layer.policies);
    let statements = attached.flat_map(|attached| &attached.policy.statements);
    let conditions = statements.flat_map(|statement| &statement.conditions);
    let own = conditions.filter(|condition| condition.key == *key);
    for value in own.flat_map(|condition| &condition.values) {
        if !value.value.contains("${") {
            values.insert(value.value.replace('*', "portcullis").replace('?', "x").into());
        }
    }
}

/// What is known of the caller and worth comparing with.
const CALLER: [&str; 4] = ["aws:username", "aws:principalarn", "aws:principalaccount", "aws:userid"];

const MOST_KEYS: usize = 2;
const MOST_VALUES: usize = 8;
const MOST_FRAMES: usize = 64;
