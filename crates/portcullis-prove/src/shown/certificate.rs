//! Why a property holds, and why it could not be decided, in words.

use std::collections::BTreeMap;

use portcullis_authz::{LayerKind, words};
use portcullis_finding::proof::{Assumption, Certificate, Ground};
use portcullis_iam::ContextKey;

use super::step::{self, Scene};
use crate::judgement::Proof;
use crate::reach::{Closer, Closing, Doubt};
use crate::words::statement_name;

/// Why a property holds.
pub(super) fn certificate(proof: &Proof, scene: &Scene<'_>) -> Certificate {
    Certificate {
        grounds: grounds(&proof.certificate.closings),
        shown: proof.shown.iter().map(|shown| step::step(shown, scene)).collect(),
        assuming: proof
            .assuming
            .iter()
            .map(|assumption| Assumption { id: assumption.id(), text: assumption.text() })
            .collect(),
    }
}

/// What closes the actions, most of them first. Closings that read alike are one.
fn grounds(closings: &[Closing]) -> Vec<Ground> {
    let mut found: BTreeMap<String, Ground> = BTreeMap::new();
    for closing in closings {
        let by = closer(&closing.by);
        let ground = found.entry(by.clone()).or_insert_with(|| Ground {
            by: by.into(),
            actions: 0,
            example: closing.example.clone(),
        });
        ground.actions += closing.actions;
    }
    let mut grounds: Vec<Ground> = found.into_values().collect();
    grounds.sort_by(|one, other| other.actions.cmp(&one.actions).then_with(|| one.by.cmp(&other.by)));
    grounds
}

fn closer(by: &Closer) -> String {
    match by {
        Closer::Statement(statement) => format!("by {}", statement_name(statement)),
        Closer::NothingAllows { layer, level } => format!("because {}", nothing(*layer, level.as_deref())),
        Closer::Service(rule) => format!("by the service: {rule}"),
        Closer::Together(statements) => {
            let names: Vec<String> = statements.iter().take(MOST_NAMES).map(statement_name).collect();
            let more = if MOST_NAMES < statements.len() { ", …" } else { "" };
            format!("by {}{more}, whatever the request", names.join(" or "))
        }
        Closer::OutOfQuestion => "that are left out: self-service, and what no policy governs".to_owned(),
    }
}

fn nothing(layer: LayerKind, level: Option<&str>) -> String {
    words::silent(layer, level).replace("allows it", "allows them").replace("allow it", "allow them")
}

/// What would settle it, one sentence each.
pub(super) fn doubt(doubt: &Doubt) -> Vec<Box<str>> {
    let keys = doubt.keys.iter().map(|key| words::spelling(&ContextKey::new(key)));
    let keys = keys.map(|key| format!("the value of {key} would settle it"));
    let gaps = doubt.gaps.iter().map(|gap| format!("what could not be read would settle it: {}", gap.0));
    let spent = doubt
        .spent
        .then(|| "the search came to the end of its budget: simpler policies would settle it".to_owned());
    keys.chain(gaps).chain(spent).map(String::into_boxed_str).collect()
}

const MOST_NAMES: usize = 2;
