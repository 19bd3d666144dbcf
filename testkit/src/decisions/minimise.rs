//! The smallest case that still fails.

use serde_json::Value;

use super::case::Case;

/// A step from a JSON value to one that it holds.
type Path = Vec<Step>;

#[derive(Clone, Debug)]
enum Step {
    Member(String),
    Element(usize),
}

/// `case` without everything that can be left out while `fails` still holds of the rest.
pub fn case(case: &Case, fails: impl Fn(&Case) -> bool) -> Case {
    let mut best = case.clone();
    while let Some(smaller) = smaller(&best).find(|smaller| fails(smaller)) {
        best = smaller;
    }
    best
}

/// The case without one member or element, the large ones first; or with `*` in place of a pattern.
fn smaller(case: &Case) -> impl Iterator<Item = Case> + use<> {
    let whole = serde_json::to_value(case).unwrap_or_default();
    let mut paths = Vec::new();
    collect(&whole, &mut Vec::new(), &mut paths);
    paths.sort_by_key(Vec::len);
    let changes = [remove, widen].into_iter().flat_map(move |change| {
        let paths = paths.clone();
        paths.into_iter().map(move |path| (change, path))
    });
    changes.filter_map(move |(change, path)| {
        let mut rest = whole.clone();
        change(&mut rest, &path)?;
        serde_json::from_value(rest).ok()
    })
}

/// The paths to everything that `value` holds.
fn collect(value: &Value, here: &mut Path, paths: &mut Vec<Path>) {
    let steps: Vec<(Step, &Value)> = match value {
        Value::Object(members) => {
            members.iter().map(|(name, member)| (Step::Member(name.clone()), member)).collect()
        }
        Value::Array(elements) => {
            elements.iter().enumerate().map(|(index, element)| (Step::Element(index), element)).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return,
    };
    for (step, held) in steps {
        here.push(step);
        paths.push(here.clone());
        collect(held, here, paths);
        here.pop();
    }
}

/// `*` in place of an action or resource of a policy.
fn widen(value: &mut Value, path: &[Step]) -> Option<()> {
    let name = path.iter().rev().find_map(|step| match step {
        Step::Member(name) => Some(name.as_str()),
        Step::Element(_) => None,
    });
    let found = path.iter().try_fold(value, |value, step| match step {
        Step::Member(name) => value.get_mut(name),
        Step::Element(index) => value.get_mut(index),
    })?;
    let is_pattern =
        matches!(name, Some("Action" | "Resource")) && found.as_str().is_some_and(|text| text != "*");
    is_pattern.then(|| *found = "*".into())
}

fn remove(value: &mut Value, path: &[Step]) -> Option<()> {
    let (step, rest) = path.split_first()?;
    match (step, rest.is_empty()) {
        (Step::Member(name), true) => value.as_object_mut()?.remove(name).map(drop),
        (Step::Element(index), true) => {
            let elements = value.as_array_mut()?;
            // An empty list is another thing than a shorter one.
            (1 < elements.len()).then(|| drop(elements.remove(*index)))
        }
        (Step::Member(name), false) => remove(value.as_object_mut()?.get_mut(name)?, rest),
        (Step::Element(index), false) => remove(value.as_array_mut()?.get_mut(*index)?, rest),
    }
}
