//! Who puts a guardrail in force can take it back afterwards.

use portcullis_finding::{Rule, Severity};

use super::{Concern, Property};
use crate::area::Area;
use crate::case::{Among, Case, Ruling, plain_request};
use crate::judgement::{Flaw, Step};
use crate::prover::Prover;
use crate::reach::Reach;
use crate::tally::Tally;
use crate::words;

pub(super) const PROPERTY: Property = Property {
    rule: Rule {
        id: "operator-can-roll-back",
        severity: Severity::Critical,
        compliance: &[],
        page: include_str!("operator-can-roll-back.md"),
    },
    concerns: Concern::Operator,
    run,
};

fn run(case: &Case<'_>, prover: &mut Prover) -> Vec<Ruling> {
    let Some(operator) = case.estate.operator else { return Vec::new() };
    let mut tally = Tally::default();
    for frame in case.frames(operator.kind) {
        for inverse in &operator.inverses {
            let title = format!("takes it back by {} on {}", inverse.action, inverse.resource);
            let only = [Area::of_actions([&*inverse.action]).on([&*inverse.resource])];
            match case.ask(prover, &frame, Among { only: &only, spared: &[] }) {
                Reach::Open(witness) => tally.shown(Step::open(title, &witness, &case.policies, None)),
                Reach::Undecided(doubt) => tally.doubt(doubt),
                Reach::Closed(certificate) => {
                    let request = plain_request(&frame, &inverse.action, &inverse.resource);
                    let steps = request.map(|request| Step::decided(title, request, &case.policies));
                    let by = words::reason(&certificate, &inverse.action, steps.as_ref()).text;
                    let message = format!(
                        "could not take it back with {}: {} on {} is refused: {by}",
                        operator.kind, inverse.action, inverse.resource
                    );
                    let steps = steps.into_iter().collect();
                    tally.flaw(Flaw { severity: Severity::Critical, message: message.into(), steps });
                }
            }
        }
    }
    vec![Ruling { kind: Some(operator.kind), verdict: tally.verdict() }]
}
