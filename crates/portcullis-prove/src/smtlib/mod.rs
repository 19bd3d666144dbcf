//! A question as a problem of SMT-LIB 2.6, for outside solvers to judge the prover by.
//!
//! The problem is encoded from the policies and the order of evaluation, not from the prover's formula: strings for
//! texts, regular expressions for patterns, bit-vectors for addresses, reals for numbers and times, a Boolean for
//! whether a key is there, and as many elements of each set as its tests can tell apart. The two share what the
//! question is about and nothing else: which actions there are, what their resources look like, and what is known of
//! the condition keys.

mod area;
mod cell;
mod condition;
mod encoder;
mod forms;
mod glob;
mod grant;
mod key;
mod order;
mod principal;
mod resource;
mod script;
mod service_rule;
mod term;
mod value;
mod variable;

use portcullis_iam::{Arn, Caller};

use crate::actions::Place;
use crate::question::Question;
use crate::theory::Reading;

use encoder::Encoder;
use script::Script;
use term::{Holds, Term};

/// Why a question has no problem: what it asks cannot be said exactly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotExported(pub Box<str>);

/// The problems of which one is satisfiable exactly when a request such as `question` asks for exists: one for each part
/// of the space of requests, as solvers find the parts easier than the whole.
///
/// What is unknown is read as `reading` says: [`Reading::Certain`] asks for a request that passes whatever the truth
/// is, [`Reading::Possible`] for one that may pass. A question is open when one of the first is satisfiable, and closed
/// when none of the second is.
pub fn problems(question: &Question<'_>, reading: Reading) -> Result<Vec<String>, NotExported> {
    let slots = encoder::slots(question);
    let mut problems = Vec::new();
    for cell in cell::cells(question, place(&question.frame.caller)) {
        let mut script = Script::default();
        let holds = passes(&mut Encoder::new(question, &cell, reading, &mut script, &slots))?;
        let passes = match reading {
            Reading::Certain => holds.must,
            Reading::Possible => holds.may,
        };
        if passes != Term::False {
            problems.push(script.finish(&Term::all([passes, cell.membership()])));
        }
    }
    // What is short is soon decided, and one that is satisfiable decides them all.
    problems.sort_by_key(String::len);
    Ok(problems)
}

/// Where the caller's own resources are.
fn place(caller: &Caller) -> Place<'_> {
    let arn = match caller {
        Caller::Anonymous | Caller::Service(_) => None,
        Caller::Root(arn) | Caller::User(arn) => Some(arn),
        Caller::Role(session) => Some(&session.role),
        Caller::FederatedUser(session) => Some(&session.session),
    };
    Place { partition: arn.map_or("aws", Arn::partition), account: arn.map_or("", Arn::account_part) }
}

/// Whether a request of the encoder's cell is one that the question asks for.
fn passes(encoder: &mut Encoder<'_>) -> Result<Holds, NotExported> {
    let question = encoder.question;
    let counts = if question.only.is_empty() { true.into() } else { area::is_in(encoder, question.only)? };
    let counts = counts.and(area::is_in(encoder, question.spared)?.not());
    if counts.may == Term::False {
        return Ok(false.into());
    }
    let allowed = order::is_allowed(encoder, question.allowed)?;
    let refused = match question.refused {
        Some(policies) => order::is_allowed(encoder, policies)?.not(),
        None => true.into(),
    };
    Ok(counts.and(allowed).and(refused))
}
