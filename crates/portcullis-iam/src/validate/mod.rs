//! What is wrong with a policy that can be read, in two tiers.
//!
//! [`rejected`] is what AWS refuses; [`parse::policy`](crate::parse::policy) runs it on everything that it reads.

mod date;
mod findings;
mod rejected;

use crate::kind::PolicyKind;
use crate::policy::Policy;
use crate::problem::Problem;
use findings::Findings;

/// A rule: reports what it finds in one policy.
type Rule = fn(&Scope<'_>, &mut Findings);

/// What the rules look at.
struct Scope<'p> {
    policy: &'p Policy,
    kind: PolicyKind,
}

/// What AWS refuses in `policy`.
pub(crate) fn rejected(policy: &Policy, kind: PolicyKind) -> Vec<Problem> {
    run(&rejected::RULES, &Scope { policy, kind })
}

fn run(rules: &[Rule], scope: &Scope<'_>) -> Vec<Problem> {
    let mut findings = Findings::default();
    for rule in rules {
        rule(scope, &mut findings);
    }
    findings.into_problems()
}
