//! Statements in the text of their policies: those that decide, and those that look as if they should have.

use std::sync::Arc;

use portcullis_authz::explain::{Element, Reason, StatementReport};
use portcullis_authz::{Access, Explanation, LayerKind, Truth, statement, words};
use portcullis_finding::proof::{Excerpt, StatementPart, TextLayout};
use portcullis_iam::{Effect, Polarity, Policy, PolicySet, Request, Span, Statement};

use super::layouts::Layouts;

/// The statements that decide a request, then those that were passed by, the nearest first.
pub(super) fn excerpts(
    decided: (&Request, &PolicySet),
    explanation: &Explanation,
    layouts: &Layouts,
) -> Vec<Excerpt> {
    let mut found = deciding(decided, explanation, layouts);
    let mut passed: Vec<&StatementReport> =
        explanation.statements.iter().filter(|report| is_passed_by(report, explanation)).collect();
    passed.sort_by_key(|report| nearness(report));
    let passed = passed.into_iter().take(MOST);
    found.extend(passed.filter_map(|report| excerpt(decided, (report, StatementPart::PassedBy), layouts)));
    found
}

/// The statements that decide a request: of those that allow, the ones that grant.
pub(super) fn deciding(
    decided: (&Request, &PolicySet),
    explanation: &Explanation,
    layouts: &Layouts,
) -> Vec<Excerpt> {
    let granting = |report: &&StatementReport| match &explanation.reason {
        Reason::Allowed { by } => *by == Some(report.layer),
        Reason::Service(_) | Reason::ExplicitDeny | Reason::ImplicitDeny { .. } | Reason::Undetermined => {
            true
        }
    };
    let reports = explanation.deciding().filter(granting).take(MOST);
    reports.filter_map(|report| excerpt(decided, (report, StatementPart::Decides), layouts)).collect()
}

/// Whether the statement would have changed the decision, and comes near to it: a Deny about MFA, one that spares the
/// action, or an Allow of the layer that lacks one.
fn is_passed_by(report: &StatementReport, explanation: &Explanation) -> bool {
    if report.applies != Truth::False {
        return false;
    }
    let about_action = words::distance(report) < words::OTHER_ACTION;
    match (&explanation.reason, explanation.answer.access()) {
        (Reason::ImplicitDeny { layer, .. }, _) => {
            report.effect == Effect::Allow && report.layer == *layer && about_action
        }
        (_, Access::Allowed) => report.effect == Effect::Deny && report.layer != LayerKind::ResourceControl,
        (_, Access::Denied | Access::Undetermined) => false,
    }
}

/// How near a statement is to having decided: one whose condition fails, then one about other resources, then one that
/// is about other actions.
fn nearness(report: &StatementReport) -> (u8, usize) {
    (words::distance(report), report.index)
}

fn excerpt(
    (request, policies): (&Request, &PolicySet),
    (report, part): (&StatementReport, StatementPart),
    layouts: &Layouts,
) -> Option<Excerpt> {
    let policy = policy(policies, &report.policy)?;
    let own = policy.statements.get(report.index)?;
    if part == StatementPart::PassedBy && is_about_something_else(own, report) {
        return None;
    }
    let laid_out = layouts.readable(policy, own.span);
    let (shown, layout) = match &laid_out {
        Some(readable) => (readable, TextLayout::LaidOut),
        None => (policy, TextLayout::Own),
    };
    let statement = shown.statements.get(report.index)?;
    Some(Excerpt {
        part,
        policy: Arc::clone(&report.policy),
        sid: report.sid.clone(),
        effect: report.effect,
        position: report.start(),
        text: Arc::clone(&shown.text),
        layout,
        span: statement.span,
        label: label(report, part).into(),
        marks: marks(request, statement, report, part),
    })
}

/// Whether a statement that does not match is no near miss: it lists other actions, and has nothing to do with MFA.
fn is_about_something_else(own: &Statement, report: &StatementReport) -> bool {
    match report.mismatch.as_ref().map(|mismatch| &mismatch.element) {
        Some(Element::Action) => !mentions_mfa(own),
        Some(Element::Layer | Element::Principal) => !mentions_mfa(own),
        Some(Element::Resource | Element::Condition(_)) | None => false,
    }
}

fn mentions_mfa(own: &Statement) -> bool {
    own.conditions.iter().any(|condition| condition.key.as_str().starts_with("aws:multifactorauth"))
}

fn policy<'p>(policies: &'p PolicySet, id: &str) -> Option<&'p Arc<Policy>> {
    let mut layers = LayerKind::ALL.into_iter().flat_map(|kind| kind.of(policies));
    layers
        .find_map(|(_, layer)| layer.policies.iter().find(|attached| *attached.id == *id))
        .map(|attached| &attached.policy)
}

fn label(report: &StatementReport, part: StatementPart) -> &'static str {
    match (part, report.applies, report.effect) {
        (StatementPart::Decides, Truth::Unknown, _) => "it depends on whether this statement matches",
        (StatementPart::Decides, Truth::True | Truth::False, Effect::Allow) => "this statement allows it",
        (StatementPart::Decides, Truth::True | Truth::False, Effect::Deny) => "this statement denies it",
        (StatementPart::PassedBy, _, Effect::Allow) => "this statement does not allow it",
        (StatementPart::PassedBy, _, Effect::Deny) => "this statement does not stop it",
    }
}

/// What the request has for the conditions of a statement, and why a statement that was passed by does not match.
fn marks(
    request: &Request,
    own: &Statement,
    report: &StatementReport,
    part: StatementPart,
) -> Vec<(Span, Box<str>)> {
    let element = report.mismatch.as_ref().map(|mismatch| &mismatch.element);
    if part == StatementPart::PassedBy && matches!(element, Some(Element::Action)) {
        return vec![spared(request, own)];
    }
    if part == StatementPart::PassedBy && matches!(element, Some(Element::Resource)) {
        let span = own.resource.as_ref().map_or(own.span, |clause| clause.span);
        return vec![(span, "does not match the resource".into())];
    }
    let failing = match element {
        Some(Element::Condition(condition)) => Some((&condition.key, condition.operator)),
        Some(Element::Layer | Element::Principal | Element::Action | Element::Resource) | None => None,
    };
    let mut marks = Vec::new();
    for condition in &own.conditions {
        let fails = failing == Some((&condition.key, condition.operator.value));
        if part == StatementPart::PassedBy && !fails {
            continue;
        }
        let met = words::met(condition.operator.value, request.context.state(&condition.key));
        let text = if fails { format!("{met}: no match") } else { met };
        marks.push((condition.key_span, text.into()));
    }
    marks
}

/// The pattern that spares the action, or the list that does not have it.
fn spared(request: &Request, own: &Statement) -> (Span, Box<str>) {
    let action = &request.action;
    match own.action.polarity {
        Polarity::Only => (own.action.span, format!("does not list {action}").into()),
        Polarity::Except => {
            let covers = |pattern: &&portcullis_iam::Spanned<Box<str>>| {
                let alone = portcullis_iam::policy::Clause {
                    polarity: Polarity::Only,
                    patterns: vec![(*pattern).clone()],
                    span: pattern.span,
                };
                statement::covers_action(&alone, action)
            };
            let pattern = own.action.patterns.iter().find(covers);
            (pattern.map_or(own.action.span, |found| found.span), format!("spares {action}").into())
        }
    }
}

/// How many statements of a kind are shown.
const MOST: usize = 3;
