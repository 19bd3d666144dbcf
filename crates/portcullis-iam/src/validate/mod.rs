//! What is wrong with a policy that can be read, in two tiers.
//!
//! What AWS refuses is found by [`parse::policy`] already; [`suspicious`] finds what AWS accepts although it cannot
//! mean what was written. A rule is one function; rules about one element share a file.

mod date;
mod findings;
mod pieces;
mod rejected;
mod suspicious;

use std::collections::HashSet;

use findings::Findings;

use crate::condition::Condition;
use crate::kind::PolicyKind;
use crate::parse::{self, Parsed};
use crate::policy::Policy;
use crate::problem::{self, Problem, Tier};
use crate::span::{Span, Spanned};

/// A rule: reports what it finds in one policy.
type Rule = fn(&Scope<'_>, &mut Findings);

/// What the rules look at.
struct Scope<'p> {
    policy: &'p Policy,
    kind: PolicyKind,
}

impl<'p> Scope<'p> {
    /// Every action pattern of the policy.
    fn actions(&self) -> impl Iterator<Item = &'p Spanned<Box<str>>> {
        self.policy.statements.iter().flat_map(|statement| &statement.action.patterns)
    }

    /// Every resource pattern of the policy.
    fn resources(&self) -> impl Iterator<Item = &'p Spanned<Box<str>>> {
        let clauses = self.policy.statements.iter().filter_map(|statement| statement.resource.as_ref());
        clauses.flat_map(|clause| &clause.patterns)
    }

    /// Every test of the policy's conditions.
    fn conditions(&self) -> impl Iterator<Item = &'p Condition> {
        self.policy.statements.iter().flat_map(|statement| &statement.conditions)
    }
}

/// Reads a policy, and finds everything that is wrong with it: [`parse::policy`] and [`suspicious`] together.
///
/// What AWS refuses is not suspicious on top of that.
pub fn document(text: &str, kind: PolicyKind) -> Parsed {
    let mut parsed = parse::policy(text, kind);
    if let Some(policy) = &parsed.policy {
        let refused: HashSet<Span> =
            parsed.problems.iter().filter(is_rejected).map(|problem| problem.span).collect();
        let doubts = suspicious(policy, kind);
        parsed.problems.extend(doubts.into_iter().filter(|problem| !refused.contains(&problem.span)));
        problem::sort(&mut parsed.problems);
    }
    parsed
}

/// What AWS accepts in `policy` although it cannot mean what was written, in the order of the text.
///
/// Names are looked up in the [catalogue](crate::catalog), which has a date: what is newer than it is reported too.
pub fn suspicious(policy: &Policy, kind: PolicyKind) -> Vec<Problem> {
    let mut problems = run(&suspicious::RULES, &Scope { policy, kind });
    problem::sort(&mut problems);
    problems
}

/// What AWS refuses in `policy`.
pub(crate) fn rejected(policy: &Policy, kind: PolicyKind) -> Vec<Problem> {
    run(&rejected::RULES, &Scope { policy, kind })
}

fn is_rejected(problem: &&Problem) -> bool {
    problem.tier == Tier::Rejected
}

fn run(rules: &[Rule], scope: &Scope<'_>) -> Vec<Problem> {
    let mut findings = Findings::default();
    for rule in rules {
        if !findings.is_full() {
            rule(scope, &mut findings);
        }
    }
    findings.into_problems()
}
