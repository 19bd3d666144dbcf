//! What every engine must say alike of one case, and what must hold of each.

use portcullis_authz::{Answer, Compiled, Unsettled, decide, spec};
use portcullis_iam::{KeyState, Request, Values};

use super::case::{Case, Expect};
use super::choices::Choices;
use super::generate;
use super::read::{self, Input, Unreadable};

/// A way to decide, with its name.
pub type Engine = (&'static str, fn(&Input) -> Answer);

/// The engines of the project.
pub const ENGINES: [Engine; 3] = [
    ("spec", |input| spec::decide(&input.request, &input.policies)),
    ("decide", |input| decide(&input.request, &input.policies)),
    ("compiled", |input| Compiled::new(&input.policies).decide(&input.request)),
];

/// What the reference semantics say of `case`, when every engine says the same and keeps its promises; else what is
/// wrong.
pub fn check(case: &Case) -> Result<Answer, String> {
    check_input(&read::input(case).map_err(|Unreadable(reason)| reason)?)
}

/// The same for what a case is read as.
pub fn check_input(input: &Input) -> Result<Answer, String> {
    let reference = spec::decide(&input.request, &input.policies);
    for (name, engine) in ENGINES {
        let answer = engine(input);
        if answer.outcomes != reference.outcomes {
            let (theirs, ours) = (Expect::from(&answer), Expect::from(&reference));
            return Err(format!("{name} says {theirs:?}, and the reference semantics {ours:?}"));
        }
        names_what_would_settle_it(&answer, input).map_err(|reason| format!("{name} {reason}"))?;
    }
    Ok(reference)
}

/// Whether the answer of a case with more known is among those that were possible.
///
/// `bytes` choose what becomes known of each unknown key.
pub fn check_refined(case: &Case, answer: &Answer, bytes: &[u8]) -> Result<(), String> {
    let refined = generate::with_keys_known(case, &mut Choices::new(bytes));
    let input = read::input(&refined).map_err(|Unreadable(reason)| reason)?;
    let later = spec::decide(&input.request, &input.policies);
    if later.outcomes.or(answer.outcomes) == answer.outcomes {
        return Ok(());
    }
    let (before, after) = (Expect::from(answer), Expect::from(&later));
    Err(format!("{after:?} with {:?}, where {before:?} was possible", refined.request.context_entries))
}

/// A settled answer names nothing; an open one names unknown keys and gaps that would settle it.
fn names_what_would_settle_it(answer: &Answer, input: &Input) -> Result<(), String> {
    let Unsettled { keys, gaps } = &answer.unsettled;
    if answer.outcomes.is_settled() != (keys.is_empty() && gaps.is_empty()) {
        return Err(format!("names {keys:?} and {gaps:?} for {:?}", Expect::from(answer)));
    }
    if let Some(key) = keys.iter().find(|key| input.request.context.state(key) != &KeyState::Unknown) {
        return Err(format!("names {key}, which is not unknown"));
    }
    if !gaps.is_empty() {
        return Ok(());
    }
    for state in [KeyState::Absent, KeyState::Known(Values::One("true".into()))] {
        let mut request: Request = input.request.clone();
        keys.iter().for_each(|key| request.context.set(key.clone(), state.clone()));
        let left = spec::decide(&request, &input.policies).unsettled.keys;
        if !left.is_empty() {
            return Err(format!("names {keys:?}, but not {left:?}"));
        }
    }
    Ok(())
}
