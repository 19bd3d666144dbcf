//! The catalogue answers what AWS's references say. The cases are tables in `tests/catalog`.

use std::collections::BTreeSet;

use portcullis_iam::catalog::{self, catalog};

/// Compares `answer` of the first column with the rest of each row.
fn check(table: &str, answer: impl Fn(&str) -> String) {
    let mut count = 0;
    for row in table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (question, expected) = row.split_once(" =").unwrap_or((row, ""));
        assert_eq!(answer(question).trim(), expected.trim(), "{question}");
        count += 1;
    }
    assert!(count > 0);
}

#[test]
fn actions() {
    check(include_str!("catalog/actions.txt"), |question| {
        let (service, name) = question.split_once(':').unwrap();
        let Some(action) = catalog().action_by_name(service, name) else { return "unknown".into() };
        let resources: Vec<_> = action
            .resources
            .iter()
            .map(|used| format!("{}{}", used.resource_type, if used.required { "*" } else { "" }))
            .collect();
        format!("{} | {} | {}", action.full_name(), action.access.name(), resources.join(" "))
    });
}

#[test]
fn condition_keys() {
    check(include_str!("catalog/keys.txt"), |question| {
        let Some(key) = catalog().condition_key(question) else { return "unknown".into() };
        let second = key.other_type.map(|other| format!(" or {}", other.name())).unwrap_or_default();
        let several = if key.multivalued { "several " } else { "" };
        format!("{} | {several}{}{second}", key.name, key.key_type.name())
    });
}

#[test]
fn api_calls() {
    check(include_str!("catalog/api_calls.txt"), |question| {
        let (api, operation) = question.split_once(' ').unwrap();
        let actions = match api.ends_with(".amazonaws.com") {
            true => catalog().event_actions(api, operation),
            false => catalog().api_actions(api, operation),
        };
        let Some(actions) = actions else { return "unknown".into() };
        let others: Vec<_> = actions.others.iter().map(|action| action.as_str()).collect();
        format!("{} | {}", actions.primary, others.join(" ")).trim_end_matches([' ', '|']).to_owned()
    });
}

#[test]
fn patterns_cover_the_actions_that_they_name() {
    check(include_str!("catalog/patterns.txt"), |question| {
        let names: Vec<_> = catalog().actions_matching(question).map(|action| action.full_name()).collect();
        names.join(" ")
    });
    assert_eq!(catalog().actions_matching("*").count(), catalog().actions().count());
    assert_eq!(catalog().actions_matching("*:*").count(), catalog().actions().count());
}

#[test]
fn every_record_is_whole() {
    assert!(catalog().services().len() > 400);
    let mut names = BTreeSet::new();
    for service in catalog().services() {
        assert!(!service.actions().is_empty(), "{}", service.prefix);
        for action in service.actions() {
            assert!(names.insert(action.full_name().to_ascii_lowercase()));
            assert_eq!(
                service.action(&action.name.to_uppercase()).map(|found| found.name),
                Some(action.name)
            );
            for used in &action.resources {
                assert!(service.resource_type(used.resource_type).is_some());
            }
        }
        for resource in service.resource_types() {
            assert!(resource.arn.contains(':'), "{} {}", service.prefix, resource.name);
        }
    }
    assert!(names.len() > 20_000);
}

#[test]
fn every_key_of_an_action_is_known() {
    let unknown: BTreeSet<_> = catalog()
        .actions()
        .flat_map(|action| action.keys.iter().chain(action.resources.iter().flat_map(|used| &used.keys)))
        .filter(|key| catalog().condition_key(key).is_none())
        .collect();
    assert_eq!(unknown, BTreeSet::new());
}

#[test]
fn managed_policies_are_found_by_arn() {
    let policies = catalog::managed_policies();
    assert!(policies.len() > 1_000);
    for policy in policies {
        assert_eq!(catalog::managed_policy(&policy.arn()).map(|found| found.name), Some(policy.name));
        assert!(policy.document.starts_with('{') && policy.document.ends_with('}'), "{}", policy.name);
    }
    let job_function = catalog::managed_policy("arn:aws:iam::aws:policy/job-function/ViewOnlyAccess");
    assert_eq!(job_function.map(|policy| policy.path), Some("job-function/"));
    assert_eq!(catalog::managed_policy("arn:aws:iam::aws:policy/ViewOnlyAccess"), None);
    assert_eq!(catalog::managed_policy("arn:aws-cn:iam::aws:policy/AdministratorAccess"), None);
}
