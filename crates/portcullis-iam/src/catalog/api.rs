//! From API calls and CloudTrail events to the actions that they need.

use crate::action::Action;

use super::{Catalog, service};

/// The actions that an API call needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiActions {
    /// The action that every such call needs, or the likeliest of them when it depends on the parameters.
    pub primary: Action,
    /// Actions that some calls need as well, depending on their parameters, such as `iam:PassRole`.
    pub others: Vec<Action>,
}

/// How calls become actions.
#[derive(Debug, Default)]
pub(super) struct ApiMap {
    /// By name.
    pub(super) apis: Vec<Api>,
    /// CloudTrail event sources without `.amazonaws.com`, and the APIs that they stand for; by name.
    pub(super) event_sources: Vec<(&'static str, Vec<&'static str>)>,
}

/// One API and its calls.
#[derive(Debug)]
pub(super) struct Api {
    /// The name in botocore.
    pub(super) name: &'static str,
    /// Where an action of the call's own name is looked for, in this order.
    pub(super) prefixes: Vec<&'static str>,
    /// Calls that need other actions, by lower-case name, each with its actions, the primary one first.
    pub(super) exceptions: Vec<(&'static str, Vec<&'static str>)>,
}

impl ApiMap {
    pub(super) fn actions(&self, catalog: &Catalog, api: &str, operation: &str) -> Option<ApiActions> {
        let api = service::find(&self.apis, api, |api| api.name)?;
        if let Some((_, actions)) = service::find(&api.exceptions, operation, |(name, _)| name) {
            let mut actions = actions.iter().filter_map(|action| Action::parse(action));
            return Some(ApiActions { primary: actions.next()?, others: actions.collect() });
        }
        api.prefixes.iter().find_map(|prefix| same_name(catalog, prefix, operation))
    }

    pub(super) fn of_event_source(&self, event_source: &str) -> &[&'static str] {
        service::find(&self.event_sources, without_domain(event_source), |(name, _)| name)
            .map_or(&[], |(_, apis)| apis)
    }

    pub(super) fn event_actions(
        &self,
        catalog: &Catalog,
        event_source: &str,
        event_name: &str,
    ) -> Option<ApiActions> {
        let source = without_domain(event_source);
        let apis = self.of_event_source(event_source);
        let as_named = |name: &str| {
            let of_api = apis.iter().find_map(|api| self.actions(catalog, api, name));
            // Some services are called by AWS's own programs only, and have no API in botocore.
            of_api.or_else(|| same_name(catalog, source, name))
        };
        as_named(event_name).or_else(|| as_named(without_version(event_name)?))
    }
}

/// The action of a service that has the name of the call.
fn same_name(catalog: &Catalog, prefix: &str, operation: &str) -> Option<ApiActions> {
    let action = catalog.action_by_name(prefix, operation)?;
    Some(ApiActions { primary: Action::parse(&action.full_name())?, others: Vec::new() })
}

fn without_domain(event_source: &str) -> &str {
    event_source.strip_suffix(".amazonaws.com").unwrap_or(event_source)
}

/// The name of a call without the version of its API: `ListFunctions20150331v2` is `ListFunctions`.
fn without_version(event_name: &str) -> Option<&str> {
    let is_digit = |c: char| c.is_ascii_digit();
    let unsuffixed = event_name.trim_end_matches(is_digit).strip_suffix('v').unwrap_or(event_name);
    let undated = unsuffixed.trim_end_matches(|c: char| is_digit(c) || c == '_');
    let shorter = if unsuffixed.len() - undated.len() >= "20150331".len() { undated } else { unsuffixed };
    (shorter.len() < event_name.len() && !shorter.is_empty()).then_some(shorter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_stripped_from_event_names() {
        for (event_name, expected) in [
            ("ListFunctions20150331", Some("ListFunctions")),
            ("UpdateFunctionCode20150331v2", Some("UpdateFunctionCode")),
            ("CreateDistribution2020_05_31", Some("CreateDistribution")),
            ("GetFunctionConfigurationv2", Some("GetFunctionConfiguration")),
            ("GetDistribution", None),
            ("DescribeEC2", None),
        ] {
            assert_eq!(without_version(event_name), expected, "{event_name}");
        }
    }
}
