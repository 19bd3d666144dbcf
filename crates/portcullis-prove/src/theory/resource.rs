//! The resource of a request.

use portcullis_iam::pattern::{ResourceMeaning, ResourcePattern};

use super::glob::{Glob, Problem, solve};
use super::{Reading, ResourceTests, Solved};
use crate::form::Form;

/// A resource that meets every test.
pub fn resource(question: &ResourceTests<'_>) -> Solved<Box<str>> {
    if let Some(text) = question.forms.iter().map(Form::sample).find(|text| meets(question, text)) {
        return Solved::Some(text.into());
    }
    let Some(mut problem) = problem(question) else { return Solved::None };
    let mut unknown = false;
    for form in question.forms {
        problem.clauses.push(vec![Glob::of_form(form)]);
        match solve(&problem, &|text| meets(question, text), question.work) {
            Solved::Some(text) => return Solved::Some(text),
            Solved::None => {}
            Solved::Unknown => unknown = true,
        }
        problem.clauses.pop();
    }
    if unknown { Solved::Unknown } else { Solved::None }
}

fn meets(question: &ResourceTests<'_>, text: &str) -> bool {
    let met = |(pattern, holds): &(&ResourcePattern, bool)| {
        question.reading.counts(pattern.matches(text, question.context), *holds)
    };
    question.tests.iter().all(met)
}

/// The tests as patterns; none, when one of them can never be met.
fn problem(question: &ResourceTests<'_>) -> Option<Problem> {
    let mut problem = Problem::default();
    for (pattern, holds) in question.tests {
        let (globs, certain) = match pattern.meaning(question.context) {
            ResourceMeaning::Everything if *holds => continue,
            ResourceMeaning::Everything => return None,
            ResourceMeaning::Nothing => (Vec::new(), true),
            ResourceMeaning::AnyOf(lists) => {
                (lists.iter().map(|list| Glob::of_resource(list)).collect(), true)
            }
            ResourceMeaning::Open(list) => (vec![Glob::of_resource(&list)], false),
        };
        match (holds, question.reading) {
            (true, Reading::Certain) if !certain => return None,
            (true, Reading::Certain | Reading::Possible) if globs.is_empty() => return None,
            (true, Reading::Certain | Reading::Possible) => problem.clauses.push(globs),
            (false, Reading::Possible) if !certain => {}
            (false, Reading::Certain | Reading::Possible) => problem.barred.extend(globs),
        }
    }
    Some(problem)
}
