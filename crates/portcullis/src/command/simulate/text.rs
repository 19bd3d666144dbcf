//! The answer for people: the decision, the statement that decides in its source, and why others do not match.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Write;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Snippet};

use portcullis_authz::explain::{Reason, StatementReport};
use portcullis_authz::simulation::{Case, Simulation};
use portcullis_authz::{Access, Explanation, Truth, words};
use portcullis_iam::{Effect, layout};
use portcullis_report::snippet::{help, note, range, renderer};

use crate::failure::Failure;
use crate::terminal::Terminal;

/// The files of the policies, by the id that a policy has in the answer. A policy without one is shown by its id.
pub(super) type Files = BTreeMap<String, String>;

/// How much is told of the statements that do not decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Detail {
    /// Those that came close.
    Near,
    /// All.
    Full,
}

/// Writes the answer to every request of the simulation.
pub(super) fn write(
    simulation: &Simulation,
    files: &Files,
    detail: Detail,
    terminal: &mut Terminal,
) -> Result<(), Failure> {
    let renderer = renderer(terminal.width());
    for (index, case) in simulation.cases().enumerate() {
        let gap = if index == 0 { "" } else { "\n" };
        let explanation = portcullis_authz::explain(&case.request, &case.policies);
        let answer = Answer { case, explanation: &explanation, files, detail };
        writeln!(terminal.data(), "{gap}{}", renderer.render(&[answer.group()]))?;
    }
    Ok(())
}

struct Answer<'a> {
    case: &'a Case,
    explanation: &'a Explanation,
    files: &'a Files,
    detail: Detail,
}

impl<'a> Answer<'a> {
    fn group(&self) -> Group<'a> {
        let request = &self.case.request;
        let (level, name) = match self.explanation.answer.access() {
            Access::Allowed => (Level::INFO, "allowed"),
            Access::Denied => (Level::ERROR, "denied"),
            Access::Undetermined => (Level::WARNING, "undetermined"),
        };
        let title = format!("{} on {}", request.action, request.resource);
        let mut group = Group::with_title(level.with_name(Some(name)).primary_title(title));
        let deciding: Vec<&StatementReport> =
            self.explanation.deciding().filter(|one| self.shows(one)).collect();
        for report in deciding.iter().take(MOST_SNIPPETS) {
            group = group.elements(self.snippet(report));
        }
        if MOST_SNIPPETS < deciding.len() {
            let more = deciding.len() - MOST_SNIPPETS;
            group = group.element(note(&format!("{more} more statements decide the same")));
        }
        let notes = words::reason(&self.explanation.reason).into_iter().chain(self.others());
        group = group.elements(notes.map(|text| note(&text)));
        let settle = words::settle(request, &self.case.policies, &self.explanation.answer);
        group.elements(settle.iter().map(|text| help(text)))
    }

    /// Whether a deciding statement is shown: of those that allow, in short, the ones that grant, not those that
    /// merely let it pass.
    fn shows(&self, report: &StatementReport) -> bool {
        match (&self.explanation.reason, self.detail) {
            (Reason::Allowed { by: Some(layer) }, Detail::Near) => report.layer == *layer,
            (Reason::Allowed { .. }, Detail::Full) => true,
            (Reason::Allowed { by: None }, Detail::Near) => false,
            (
                Reason::Service(_)
                | Reason::ExplicitDeny
                | Reason::ImplicitDeny { .. }
                | Reason::Undetermined,
                _,
            ) => true,
        }
    }

    /// The statement underlined in its policy, with what the request has for each of its condition keys.
    fn snippet(&self, report: &StatementReport) -> Option<Snippet<'a, Annotation<'a>>> {
        let policy = self.case.policy(&report.policy)?;
        let place = self.place(report);
        let (policy, place) = match layout::readable(policy, report.span) {
            Some(readable) => (Cow::Owned(readable), format!("{place} (laid out)")),
            None => (Cow::Borrowed(policy), place),
        };
        let statement = policy.statements.get(report.index)?;
        let label = match (report.applies, report.effect) {
            (Truth::Unknown, _) => "it depends on whether this statement matches",
            (Truth::True | Truth::False, Effect::Allow) => "this statement allows it",
            (Truth::True | Truth::False, Effect::Deny) => "this statement denies it",
        };
        let keys = statement.conditions.iter().take(MOST_KEYS).map(|condition| {
            let state = self.case.request.context.state(&condition.key);
            let met = words::met(condition.operator.value, state);
            AnnotationKind::Context.span(range(condition.key_span)).label(met)
        });
        let primary = AnnotationKind::Primary.span(range(statement.span)).label(label);
        let source = Snippet::source(policy.text.to_string()).path(place);
        Some(source.annotation(primary).annotations(keys))
    }

    /// Why other statements are not about the request.
    fn others(&self) -> Vec<String> {
        let mut others: Vec<&StatementReport> =
            self.explanation.statements.iter().filter(|one| self.counts(one)).collect();
        others.sort_by_key(|report| words::distance(report));
        let most = match self.detail {
            Detail::Near => MOST_OTHERS,
            Detail::Full => usize::MAX,
        };
        let more = others.len().saturating_sub(most);
        let told = others.iter().take(most).filter_map(|report| {
            let why = words::mismatch(report, self.case.policy(&report.policy))?;
            let (place, line) = (self.place(report), report.start().line);
            Some(format!("{} of {place}:{line} does not match: {why}", words::statement(report)))
        });
        let rest = (0 < more).then(|| format!("{more} more statements do not match; --explain tells why"));
        told.chain(rest).collect()
    }

    /// Whether a statement that does not match is worth telling: in short, one that would have changed the decision
    /// and is about the action.
    fn counts(&self, report: &StatementReport) -> bool {
        let could_change = match (&self.explanation.reason, self.explanation.answer.access()) {
            (Reason::ImplicitDeny { layer, .. }, _) => {
                report.effect == Effect::Allow && report.layer == *layer
            }
            (_, Access::Allowed) => report.effect == Effect::Deny,
            (_, Access::Denied | Access::Undetermined) => false,
        };
        report.applies == Truth::False
            && match self.detail {
                Detail::Near => could_change && words::distance(report) < words::OTHER_ACTION,
                Detail::Full => true,
            }
    }

    fn place(&self, report: &StatementReport) -> String {
        self.files.get(&*report.policy).cloned().unwrap_or_else(|| report.policy.to_string())
    }
}

const MOST_SNIPPETS: usize = 3;
const MOST_KEYS: usize = 4;
const MOST_OTHERS: usize = 5;
