//! Cases as Markdown: dumps, what is intended and what is supposed, one fenced block each.

use std::sync::Arc;

use portcullis_guardrail::{Intent, intent};
use portcullis_iam::{Arn, PolicyKind, Timestamp, parse};
use portcullis_prove::{CredentialKind, Estate, Inverse, Operator};
use portcullis_snapshot::import::import;
use portcullis_snapshot::{Bounded, Proposal, Snapshot, Target};
use testkit::rule_pages;

/// The time of every case, and of its snapshot where it has no manifest.
const NOW: &str = "2026-11-24T09:00:00Z";

/// A case, read.
pub(crate) struct Case {
    snapshot: Snapshot,
    before: Option<Snapshot>,
    intent: Intent,
    proposals: Vec<Proposal>,
    operator: Option<Operator>,
}

impl Case {
    /// What is looked at.
    pub(crate) fn estate(&self) -> Estate<'_> {
        Estate {
            snapshot: &self.snapshot,
            before: self.before.as_ref(),
            intent: &self.intent,
            proposals: &self.proposals,
            operator: self.operator.as_ref(),
            now: Timestamp::parse(NOW).unwrap(),
        }
    }
}

/// Reads a case.
pub(crate) fn read(text: &str) -> Case {
    let blocks = rule_pages::files(text);
    let (mut files, mut earlier) = (Vec::new(), Vec::new());
    let mut case_before = false;
    let (mut intent, mut proposals, mut operator) = (Intent::default(), Vec::new(), None);
    for (name, body) in blocks {
        if name == "portcullis.toml" {
            intent = intent::parse(&body, &["no-access-without-mfa"]).unwrap();
        } else if let Some(target) = name.strip_prefix("proposal to ") {
            proposals.push(proposal(target, &body));
        } else if let Some(arn) = name.strip_prefix("inverses of ") {
            operator = Some(taken_back(arn, &body));
        } else if let Some(name) = name.strip_prefix("before/") {
            case_before = true;
            earlier.push((place(name), body));
        } else {
            files.push((place(&name), body));
        }
    }
    let before = case_before.then(|| {
        let shared = files.iter().filter(|(path, _)| !earlier.iter().any(|(own, _)| own == path)).cloned();
        snapshot(shared.chain(earlier.iter().cloned()).collect())
    });
    Case { snapshot: snapshot(files), before, intent, proposals, operator }
}

fn snapshot(mut files: Vec<(String, String)>) -> Snapshot {
    if !files.iter().any(|(path, _)| path == "manifest.json") {
        files.push(("manifest.json".into(), format!("{{\"version\": 1, \"taken_at\": \"{NOW}\"}}")));
    }
    import(&files).unwrap()
}

/// The path in the folder of the account, where the name has no folder.
fn place(name: &str) -> String {
    let has_folder = name.contains("organization/") || name.starts_with(|first: char| first.is_ascii_digit());
    if has_folder || name == "manifest.json" { name.to_owned() } else { format!("111111111111/{name}") }
}

fn proposal(target: &str, body: &str) -> Proposal {
    let target = match target {
        "all-users" => Target::AllUsers,
        "boundary of all-users" => Target::Boundary(Bounded::AllUsers),
        text if text.starts_with("boundary of ") => {
            let arn = text.trim_start_matches("boundary of ");
            Target::Boundary(Bounded::Principal(Arn::parse(arn).unwrap()))
        }
        arn if arn.starts_with("arn:") => Target::User(Arn::parse(arn).unwrap()),
        node => Target::ServiceControl(node.into()),
    };
    let policy = Arc::new(parse::policy(body, PolicyKind::Identity).policy.unwrap());
    Proposal { id: "proposal".into(), policy, target }
}

/// One inverse on each line: the action and the resource.
fn taken_back(arn: &str, body: &str) -> Operator {
    let inverse = |line: &str| {
        let (action, resource) = line.split_once(' ').unwrap();
        Inverse { action: action.into(), resource: resource.into() }
    };
    let principal = Arn::parse(arn).unwrap();
    let kind =
        if arn.contains(":role/") { CredentialKind::RoleSession } else { CredentialKind::ConsoleWithMfa };
    Operator { principal, kind, inverses: body.lines().map(inverse).collect() }
}
