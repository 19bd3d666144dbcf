//! Both engines on the same cases.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;

use portcullis_authz::decide;
use testkit::decisions::{Case, case, choices, generate, minimise, read};

use crate::differences::Differences;
use crate::engine::{Engine, Said};
use crate::fit;

/// What was found.
#[derive(Default)]
pub(crate) struct Report {
    same: u64,
    /// Cases that the other engine does not take, or that only we can put.
    apart: u64,
    known: BTreeMap<String, u64>,
    unknown: Vec<String>,
}

impl Report {
    /// Whether every difference is a known one.
    pub(crate) fn is_clean(&self) -> bool {
        self.unknown.is_empty()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known: u64 = self.known.values().sum();
        writeln!(f, "{} alike, {known} differ as written, {} not comparable", self.same, self.apart)?;
        for (id, count) in &self.known {
            writeln!(f, "  {id}: {count}")?;
        }
        write!(f, "{} unknown differences", self.unknown.len())?;
        self.unknown.iter().take(SHOWN).try_for_each(|text| write!(f, "\n{text}"))
    }
}

/// Compares the written cases. A difference that is listed and does not show is one too.
pub(crate) fn written(
    cases: &[Case],
    differences: &Differences,
    engine: &mut Engine,
    report: &mut Report,
) -> Result<(), String> {
    for case in cases {
        let listed = differences.of_case(&case.name);
        match (difference(case, engine)?, listed) {
            (None, None) => report.apart += 1,
            (Some(None), None) => report.same += 1,
            (Some(Some(_)), Some(known)) => *report.known.entry(known.id.clone()).or_default() += 1,
            (Some(Some(text)), None) => report.unknown.push(format!("{}: {text}", case.name)),
            (None | Some(None), Some(known)) => {
                report.unknown.push(format!("{}: {} does not show any more", case.name, known.id));
            }
        }
    }
    Ok(())
}

/// Compares a generated batch. What differs is made as small as possible first, so that it shows what differs.
pub(crate) fn generated(
    count: u64,
    seed: u64,
    differences: &Differences,
    engine: &mut Engine,
    report: &mut Report,
) -> Result<(), String> {
    for number in 0..count {
        let bytes = choices::bytes(seed.wrapping_add(number), generate::ENOUGH_BYTES);
        let case = fit::fitted(generate::case(&bytes));
        match difference(&case, engine)? {
            None => report.apart += 1,
            Some(None) => report.same += 1,
            Some(Some(_)) => {
                let (smallest, text) = smallest(&case, engine)?;
                match differences.of_text(&format!("{text} {smallest}")) {
                    Some(known) => *report.known.entry(known.id.clone()).or_default() += 1,
                    None => report.unknown.push(format!("{text}\n  {smallest}")),
                }
            }
        }
    }
    Ok(())
}

/// The smallest case that differs as `case` does, as JSON, and how it differs.
fn smallest(case: &Case, engine: &mut Engine) -> Result<(String, String), String> {
    let engine = RefCell::new(engine);
    let differs = |case: &Case| difference(case, &mut engine.borrow_mut()).ok().flatten().flatten();
    // Who calls, and on what, stays: another caller or resource would be another difference.
    let fixed = |smaller: &Case| {
        smaller.request.caller_arn == case.request.caller_arn
            && smaller.request.resource_arns == case.request.resource_arns
    };
    let smallest = minimise::case(case, |case| fixed(case) && differs(case).is_some());
    let text = differs(&smallest).unwrap_or_default();
    serde_json::to_string(&smallest).map(|json| (json, text)).map_err(|error| error.to_string())
}

/// How the engines differ, if they do; none when the case is not comparable.
fn difference(case: &Case, engine: &mut Engine) -> Result<Option<Option<String>>, String> {
    let (Ok(input), true) = (read::input(case), case.facts.is_empty()) else {
        return Ok(None);
    };
    let answer = decide(&input.request, &input.policies);
    if !answer.outcomes.is_settled() || !case.request.unknown_context_keys.is_empty() {
        return Ok(None);
    }
    let ours = case::name(answer.decision());
    match engine.ask(case)? {
        Said::Nothing => Ok(None),
        Said::Decision(theirs) if theirs == ours => Ok(Some(None)),
        Said::Decision(theirs) => Ok(Some(Some(format!("ours {ours}, theirs {theirs}")))),
    }
}

/// How many unknown differences are printed.
const SHOWN: usize = 20;
