//! Settles a decision that depends on unknown keys, by trying values for them.

use portcullis_authz::{Access, Answer};
use portcullis_iam::{ContextKey, Gap, KeyState, Request};

use super::candidates::Candidates;
use crate::hidden::Hidden;

/// Whether a request can pass.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Passage {
    /// There is such a request that the evaluator allows.
    Open,
    /// No such request is allowed.
    Closed,
    /// It depends on what is unknown, and no value that was tried opens it.
    Hidden(Hidden),
}

/// How many requests are decided for one door at most.
const BUDGET: u32 = 128;

/// Whether a request like `request`, with some values for its unknown keys, is allowed. If so, `request` is that one.
pub(crate) fn passage(
    decide: &impl Fn(&Request) -> Answer,
    candidates: &Candidates,
    request: &mut Request,
) -> Passage {
    let mut budget = BUDGET;
    search(decide, candidates, request, &mut budget)
}

fn search(
    decide: &impl Fn(&Request) -> Answer,
    candidates: &Candidates,
    request: &mut Request,
    budget: &mut u32,
) -> Passage {
    let answer = decide(request);
    *budget = budget.saturating_sub(1);
    match answer.access() {
        Access::Allowed => return Passage::Open,
        Access::Denied => return Passage::Closed,
        Access::Undetermined => {}
    }
    let hidden = why(&answer);
    let key = answer.unsettled.keys.iter().find(|key| !candidates.states(key).is_empty());
    let Some(key) = key.cloned().filter(|_| answer.unsettled.gaps.is_empty()) else {
        return Passage::Hidden(hidden);
    };
    let before = request.context.state(&key).clone();
    for candidate in candidates.states(&key) {
        let state = candidate.state(&request.context);
        if state == KeyState::Unknown {
            continue;
        }
        if *budget == 0 {
            break;
        }
        request.context.set(key.clone(), state);
        if search(decide, candidates, request, budget) == Passage::Open {
            return Passage::Open;
        }
    }
    request.context.set(key, before);
    Passage::Hidden(hidden)
}

fn why(answer: &Answer) -> Hidden {
    match answer.unsettled.gaps.first() {
        Some(Gap(gap)) => Hidden::Gap(Gap(gap.clone())),
        None => Hidden::Keys(answer.unsettled.keys.iter().map(ContextKey::clone).collect()),
    }
}
