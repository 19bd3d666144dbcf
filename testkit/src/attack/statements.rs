//! What a question says, read for its words.

use portcullis_iam::pattern::matches_text;
use portcullis_iam::policy_set::Layer;
use portcullis_iam::{Action, Polarity, Policy, PolicySet, Statement};
use portcullis_prove::{Area, Question};

/// Every policy of every layer.
pub(super) fn policies<'q>(question: &Question<'q>) -> impl Iterator<Item = &'q Policy> {
    [Some(question.allowed), question.refused].into_iter().flatten().flat_map(of_set)
}

fn of_set(set: &PolicySet) -> impl Iterator<Item = &Policy> {
    let levels = set.service_control.iter().chain(&set.resource_control).map(|level| &level.layer);
    let optional = [&set.boundary, &set.session, &set.resource, &set.endpoint].into_iter().flatten();
    let layers = std::iter::once(&set.identity).chain(optional).chain(levels);
    layers.flat_map(|layer: &Layer| &layer.policies).map(|attached| &*attached.policy)
}

/// Every statement.
pub(super) fn statements<'q>(question: &Question<'q>) -> impl Iterator<Item = &'q Statement> {
    policies(question).flat_map(|policy| &policy.statements)
}

/// Every area.
pub(super) fn areas<'q>(question: &Question<'q>) -> impl Iterator<Item = &'q Area> {
    question.only.iter().chain(question.spared)
}

/// Whether the area names the action, whatever the resource.
pub(super) fn names(area: &Area, action: &Action) -> bool {
    let mut patterns = area.actions.iter().map(|pattern| pattern.to_ascii_lowercase());
    patterns.any(|pattern| matches_text(&pattern, action.lower())) == (area.polarity == Polarity::Only)
}
