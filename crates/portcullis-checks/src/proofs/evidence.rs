//! A request that should not pass, or that should, as evidence: the request, what decides it, and what should have.

use portcullis_finding::proof::{Excerpt, KeySource, ShownStep, ShownWitness, StatementPart};
use portcullis_finding::{Evidence, Origin};
use portcullis_iam::{Arn, Span, Values};
use portcullis_prove::{CredentialKind, Step, shown};
use portcullis_snapshot::Snapshot;

/// The requests of a way in which a property fails with such a credential, each with the statements that matter.
pub(crate) fn of_steps(steps: &[Step], kind: Option<CredentialKind>, snapshot: &Snapshot) -> Vec<Evidence> {
    steps.iter().flat_map(|step| of_step(step, kind, snapshot)).collect()
}

/// That the requests are those of another user, who is judged alike.
pub(crate) fn shared(of: &Arn, principal: &Arn) -> Option<Evidence> {
    let fact = || format!("shown for {of}, to whom the same policies apply in the same way");
    (of != principal).then(|| Evidence::decision(fact()))
}

fn of_step(step: &Step, kind: Option<CredentialKind>, snapshot: &Snapshot) -> Vec<Evidence> {
    let shown = shown::shown(step, kind, snapshot);
    let request = Evidence::decision(request(&shown));
    [request].into_iter().chain(shown.statements.iter().map(statement)).collect()
}

/// `s3:GetObject on * is allowed with an access key, when aws:SourceIp = 192.0.2.1`
fn request(shown: &ShownStep) -> String {
    let witness = &shown.witness;
    let (action, resource, with) = (&witness.action, &witness.resource, &witness.credential_words);
    format!("{action} on {resource} is {} with {with}{}", shown.decision, chosen(witness))
}

/// What the request must carry for it.
fn chosen(witness: &ShownWitness) -> String {
    let keys = witness.context.iter().filter(|key| key.source == KeySource::Chosen);
    let keys: Vec<String> = keys.map(|key| format!("{} = {}", key.name, values(&key.values))).collect();
    if keys.is_empty() { String::new() } else { format!(", when {}", keys.join(" and ")) }
}

fn values(values: &Values) -> String {
    match values {
        Values::One(value) => value.to_string(),
        Values::Many(values) => values.join(", "),
    }
}

fn statement(excerpt: &Excerpt) -> Evidence {
    let marks: Vec<String> = match excerpt.part {
        StatementPart::Decides => Vec::new(),
        StatementPart::PassedBy => excerpt.marks.iter().map(|mark| remark(excerpt, mark)).collect(),
    };
    let why = if marks.is_empty() { String::new() } else { format!(": {}", marks.join(", ")) };
    Evidence {
        fact: format!("{}{why}", excerpt.label).into(),
        origin: Origin::Statement {
            policy: excerpt.policy.clone(),
            sid: excerpt.sid.clone(),
            position: excerpt.position,
        },
    }
}

/// What is said of a part of the statement, by name where that is a condition that fails.
fn remark(excerpt: &Excerpt, (span, text): &(Span, Box<str>)) -> String {
    let part = excerpt.text.get(span.start as usize..span.end as usize).unwrap_or_default();
    match text.strip_suffix(NO_MATCH) {
        Some(state) => format!("{} is {state}", part.trim_matches('"')),
        None => text.to_string(),
    }
}

/// How a remark on a condition that fails ends.
const NO_MATCH: &str = ": no match";
