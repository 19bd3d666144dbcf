//! `--guardrail` and `--attach`: a policy that is not in force, and where it would be attached.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use portcullis_finding::proof::Supposed;
use portcullis_iam::{AccountId, Arn, PolicyKind, parse, span};
use portcullis_prove::{Proposal, Target};
use portcullis_snapshot::Snapshot;

use crate::failure::Failure;

/// The policy of the file, for the place that is named.
pub(super) fn read(file: &Path, attach: &str) -> Result<Proposal, Failure> {
    let target = target(attach)?;
    let kind = match target {
        Target::ServiceControl(_) => PolicyKind::ServiceControl,
        Target::AllUsers | Target::UsersOf(_) | Target::User(_) => PolicyKind::Identity,
    };
    let text = fs::read_to_string(file)
        .map_err(|error| Failure::usage(format!("cannot read `{}`: {error}", file.display())))?;
    let outcome = parse::policy(&text, kind);
    match outcome.policy {
        Some(policy) => {
            Ok(Proposal { id: file.display().to_string().into(), policy: Arc::new(policy), target })
        }
        None => Err(refused(file, &text, &outcome.problems)),
    }
}

fn refused(file: &Path, text: &str, problems: &[portcullis_iam::Problem]) -> Failure {
    let problem = problems.first();
    let place = problem.map(|problem| span::position(text, problem.span.start));
    let place = place.map(|at| format!(":{}:{}", at.line, at.column)).unwrap_or_default();
    let why = problem.map_or("it is no policy", |problem| problem.message.as_str());
    Failure::usage(format!("{}{place}: {why}", file.display()))
        .with_hint("give a policy document, as JSON, that AWS would accept")
}

fn target(attach: &str) -> Result<Target, Failure> {
    if attach == "users" {
        return Ok(Target::AllUsers);
    }
    if let Some(node) = attach.strip_prefix("scp:").filter(|node| !node.is_empty()) {
        return Ok(Target::ServiceControl(node.into()));
    }
    if let Some(account) = AccountId::parse(attach) {
        return Ok(Target::UsersOf(account));
    }
    let user = Arn::parse(attach).filter(|arn| arn.service() == "iam" && arn.resource().starts_with("user/"));
    user.map(Target::User).ok_or_else(|| {
        Failure::usage(format!("`{attach}` is nothing to attach a policy to"))
            .with_hint("write users, an account id, a user's ARN, or scp:ou-a1b2-workload")
    })
}

/// Refuses a place that the snapshot does not have: nothing would change.
pub(super) fn check(proposal: &Proposal, snapshot: &Snapshot) -> Result<(), Failure> {
    proposal.check(snapshot).map_err(|reason| Failure::usage(reason.to_string()).with_hint(reason.hint()))
}

/// The same for the report.
pub(super) fn supposed(proposal: &Proposal) -> Supposed {
    let attached = match &proposal.target {
        Target::AllUsers => "attached to every user".to_owned(),
        Target::UsersOf(account) => format!("attached to every user of {account}"),
        Target::User(arn) => format!("attached to {arn}"),
        Target::ServiceControl(node) => format!("a service control policy of {node}"),
    };
    Supposed { file: proposal.id.as_ref().into(), attached: attached.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_told_apart() {
        let kind = |text: &str| target(text).ok();
        assert_eq!(kind("users"), Some(Target::AllUsers));
        assert_eq!(kind("scp:ou-a1b2-workload"), Some(Target::ServiceControl("ou-a1b2-workload".into())));
        assert_eq!(kind("111111111111"), AccountId::parse("111111111111").map(Target::UsersOf));
        let alice = "arn:aws:iam::111111111111:user/alice";
        assert_eq!(kind(alice), Arn::parse(alice).map(Target::User));
        for wrong in ["", "scp:", "everybody", "arn:aws:iam::111111111111:role/alice", "1"] {
            assert_eq!(kind(wrong), None, "{wrong}");
        }
    }
}
