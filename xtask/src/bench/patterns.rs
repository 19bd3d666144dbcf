//! Policies made to cost a prover time: whole questions, from the policy to the verdict.

use portcullis_iam::{Credential, PolicyKind};
use portcullis_prove::{Prover, Reach};
use testkit::hard::{self, Hard};

use crate::failure::Outcome;

use super::figure::{Figure, Target, Unit};
use super::question::{self, Asked, Mfa};
use super::timing;

/// How many policies of each shape.
const SEEDS: u64 = 5;

pub(super) fn run() -> Outcome<Vec<Figure>> {
    // What every question shares is read before the first.
    for hard in hard::families(1).iter().flat_map(|(_, all)| all).take(1) {
        asked(hard)?.answer(&mut Prover::new());
    }
    hard::families(SEEDS).iter().map(|(family, all)| slowest(family, all)).collect()
}

/// The slowest of a family, and how many of it are decided.
fn slowest(family: &str, all: &[Hard]) -> Outcome<Figure> {
    let (mut slowest, mut name, mut decided) = (0.0, "", 0);
    for hard in all {
        let asked = asked(hard)?;
        let (milliseconds, answer) = timing::once_milliseconds(|| asked.answer(&mut Prover::new()));
        decided += usize::from(!matches!(answer, Reach::Undecided(_)));
        if slowest < milliseconds {
            (slowest, name) = (milliseconds, &hard.name);
        }
    }
    println!("  {family}: {decided} of {} decided; the slowest is {name}", all.len());
    Ok(Figure::new(format!("patterns, {family}, slowest"), slowest, Unit::Milliseconds)
        .target(Target::AtMost(1_000.0)))
}

fn asked(hard: &Hard) -> Outcome<Asked> {
    let policy = question::policy(&hard.document, PolicyKind::Identity)?;
    let policies = question::set(vec![policy], Vec::new());
    Asked::new(hard.name.clone(), &policies, (Credential::LongTermKey, Mfa::Absent))
}
