//! Tests that see nothing but the characters of a value: those of strings, ARNs and truth values.

use portcullis_iam::Truth;
use portcullis_iam::catalog::KeyType;
use portcullis_iam::condition::{Case, Family, Matcher, View};
use portcullis_iam::pattern::{ArnMeaning, ArnPattern, Part, Pattern, Resolved};

use super::glob::{Glob, Problem, samples, solve};
use super::value::{Kind, ValueTests};
use super::{Reading, Solved};

/// A value that meets every test, all of which are of strings, ARNs or truth values.
pub(super) fn value(tests: &ValueTests<'_, '_>) -> Solved<Box<str>> {
    let has_arns = tests.tests.iter().any(|(matcher, _)| matcher.operator().test.family() == Family::Arn);
    let branches: &[Branch] = match (tests.kind, has_arns) {
        (Kind::Typed(KeyType::Arn, None), _) => &[Branch::Arn],
        (_, true) => &[Branch::Arn, Branch::NoArn],
        (_, false) => &[Branch::Any],
    };
    let mut unknown = false;
    for branch in branches {
        let Some(problem) = problem(tests, *branch) else { continue };
        match solve(&problem, &|text| tests.are_met_by(text), tests.work) {
            Solved::Some(text) => return Solved::Some(text),
            Solved::None => {}
            Solved::Unknown => unknown = true,
        }
    }
    if unknown { Solved::Unknown } else { Solved::None }
}

/// All values that can meet every test, and perhaps more, when a test of strings lists them.
pub(super) fn listed(tests: &ValueTests<'_, '_>) -> Option<Vec<Box<str>>> {
    let own = tests.tests.iter().filter(|(matcher, _)| matcher.operator().test.family() == Family::String);
    let own: Vec<(&Matcher, bool)> = own.copied().collect();
    let problem = problem(&ValueTests { tests: &own, ..*tests }, Branch::Any)?;
    problem.clauses.iter().find_map(|clause| clause.iter().map(Glob::text).collect())
}

/// Values that the tests' patterns cover.
pub(super) fn push_candidates(tests: &ValueTests<'_, '_>, texts: &mut Vec<String>) {
    let mut globs = Vec::new();
    for (matcher, _) in tests.tests {
        for meaning in meanings(tests, matcher, Branch::Arn) {
            globs.extend(meaning.glob);
        }
    }
    texts.extend(globs.iter().flat_map(samples));
    texts.push("portcullis".to_owned());
    texts.push("arn:aws:s3:::portcullis".to_owned());
}

/// Which values are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Branch {
    /// All.
    Any,
    /// ARNs.
    Arn,
    /// What is no ARN: all comparisons of ARNs are constants.
    NoArn,
}

/// The tests as patterns; none, when one of them can never be met.
fn problem(tests: &ValueTests<'_, '_>, branch: Branch) -> Option<Problem> {
    let mut problem = Problem::default();
    match branch {
        Branch::Any => problem.clauses.push(vec![Glob::any_text()]),
        Branch::Arn => problem.clauses.push(vec![Glob::any_arn()]),
        Branch::NoArn => {
            problem.clauses.push(vec![Glob::any_text()]);
            problem.barred.push(Glob::any_arn());
        }
    }
    for test in tests.tests {
        let (matcher, holds) = test;
        if branch == Branch::NoArn && matcher.operator().test.family() == Family::Arn {
            if !tests.is_met(test, "portcullis") {
                return None;
            }
            continue;
        }
        let wanted = *holds != matcher.operator().test.is_negated();
        if !add(&mut problem, meanings(tests, matcher, branch), wanted, tests.reading) {
            return None;
        }
    }
    Some(problem)
}

/// Adds that a value is among `meanings`, or is not; false, when that cannot be.
fn add(problem: &mut Problem, meanings: Vec<Meaning>, wanted: bool, reading: Reading) -> bool {
    // What may match counts where a match counts for the tests, or where the lack of one must be certain.
    let counts = |meaning: &Meaning| match (wanted, reading) {
        (true, Reading::Certain) | (false, Reading::Possible) => meaning.certain,
        (true, Reading::Possible) | (false, Reading::Certain) => true,
    };
    let mut globs = Vec::new();
    for meaning in meanings.into_iter().filter(counts) {
        match meaning.glob {
            Some(glob) => globs.push(glob),
            None => return wanted,
        }
    }
    if wanted {
        let met = !globs.is_empty();
        problem.clauses.push(globs);
        return met;
    }
    problem.barred.extend(globs);
    true
}

/// What one value of a condition matches.
#[derive(Clone, Debug)]
struct Meaning {
    /// These texts; all, when there is none.
    glob: Option<Glob>,
    /// Whether it surely matches them; else it may, as a variable is unknown or AWS documents nothing.
    certain: bool,
}

/// What each value of the condition matches, negations aside. ARN patterns: among ARNs.
fn meanings(tests: &ValueTests<'_, '_>, matcher: &Matcher, branch: Branch) -> Vec<Meaning> {
    match matcher.view() {
        View::Text { patterns, case } => {
            patterns.iter().filter_map(|pattern| string(tests, pattern, case)).collect()
        }
        View::Booleans { holds_true, holds_false, varying } => {
            let listed = [(holds_true, "true"), (holds_false, "false")];
            let listed =
                listed.into_iter().filter(|(listed, _)| *listed).map(|(_, text)| boolean(text, true));
            listed.chain(varying.iter().flat_map(|pattern| varying_boolean(tests, pattern))).collect()
        }
        View::Arns { patterns, no_arn } if branch != Branch::NoArn => {
            patterns.iter().filter_map(|pattern| arn(tests, pattern, no_arn)).collect()
        }
        View::Arns { .. }
        | View::Numbers(_)
        | View::Instants(_)
        | View::Bytes(_)
        | View::Blocks(_)
        | View::Null { .. } => Vec::new(),
    }
}

fn string(tests: &ValueTests<'_, '_>, pattern: &Pattern, case: Case) -> Option<Meaning> {
    let (glob, certain) = match pattern.resolve(tests.context) {
        Resolved::Ready(parts) => (Glob::of_parts(&parts, case), true),
        Resolved::Open(parts) => (Glob::of_parts(&parts, case), false),
        Resolved::Unset => return None,
    };
    Some(Meaning { glob: Some(glob), certain })
}

/// `text` in any case.
fn boolean(text: &str, certain: bool) -> Meaning {
    Meaning { glob: Some(Glob::of_text(text, Case::Ignored)), certain }
}

fn varying_boolean(tests: &ValueTests<'_, '_>, pattern: &Pattern) -> Vec<Meaning> {
    let parts = match pattern.resolve(tests.context) {
        Resolved::Ready(parts) => parts,
        Resolved::Open(_) => return vec![boolean("true", false), boolean("false", false)],
        Resolved::Unset => return Vec::new(),
    };
    let written: String =
        parts.iter().map(|part| if let Part::Text(text) = part { text.as_ref() } else { "" }).collect();
    let same = ["true", "false"].into_iter().filter(|text| written.eq_ignore_ascii_case(text));
    same.map(|text| boolean(text, true)).collect()
}

fn arn(tests: &ValueTests<'_, '_>, pattern: &ArnPattern, no_arn: Truth) -> Option<Meaning> {
    // What is unknown for all ARNs.
    let unknown = (no_arn == Truth::Unknown).then_some(Meaning { glob: None, certain: false });
    match pattern.meaning(tests.context) {
        ArnMeaning::Parts(six) => Some(Meaning { glob: Some(Glob::of_arn(&six)), certain: true }),
        ArnMeaning::Nothing => None,
        ArnMeaning::NoArn => unknown,
        ArnMeaning::Open { is_arn: false, .. } if unknown.is_some() => unknown,
        ArnMeaning::Open { parts, .. } => {
            Some(Meaning { glob: Some(Glob::of_parts(&parts, Case::Sensitive)), certain: false })
        }
    }
}
