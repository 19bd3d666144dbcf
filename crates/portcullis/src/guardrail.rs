//! `--guardrail` and `--attach`: policies that are not in force, and where they would be attached.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use portcullis_finding::proof::Supposed;
use portcullis_iam::{AccountId, Arn, PolicyKind, span};
use portcullis_snapshot::{Bounded, Proposal, Snapshot, Target};

use crate::failure::Failure;

/// The policy of the file, for the place that is named.
pub(crate) fn read(file: &Path, attach: &str) -> Result<Proposal, Failure> {
    let text = fs::read_to_string(file)
        .map_err(|error| Failure::usage(format!("cannot read `{}`: {error}", file.display())))?;
    parse(file, &text, attach)
}

/// The same of the file's text.
pub(crate) fn parse(file: &Path, text: &str, attach: &str) -> Result<Proposal, Failure> {
    let target = target(attach)?;
    let kind = match target {
        Target::ServiceControl(_) => PolicyKind::ServiceControl,
        Target::AllUsers | Target::UsersOf(_) | Target::User(_) | Target::Boundary(_) => PolicyKind::Identity,
    };
    let outcome = portcullis_iam::parse::policy(text, kind);
    match outcome.policy {
        Some(policy) => {
            Ok(Proposal { id: file.display().to_string().into(), policy: Arc::new(policy), target })
        }
        None => Err(refused(file, text, &outcome.problems)),
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
    if let Some(target) = attach.strip_prefix("boundary:").and_then(bounded) {
        return Ok(Target::Boundary(target));
    }
    if let Some(account) = AccountId::parse(attach) {
        return Ok(Target::UsersOf(account));
    }
    let user = Arn::parse(attach).filter(|arn| arn.service() == "iam" && arn.resource().starts_with("user/"));
    user.map(Target::User).ok_or_else(|| {
        Failure::usage(format!("`{attach}` is nothing to attach a policy to")).with_hint(
            "write users, an account id, a user's ARN, scp:ou-a1b2-workload, or boundary: and whose",
        )
    })
}

/// Whose permissions boundary it would be.
fn bounded(whose: &str) -> Option<Bounded> {
    if whose == "users" {
        return Some(Bounded::AllUsers);
    }
    if let Some(account) = AccountId::parse(whose) {
        return Some(Bounded::UsersOf(account));
    }
    let is_one = |arn: &Arn| {
        let kinds = ["user/", "role/"];
        arn.service() == "iam" && kinds.iter().any(|kind| arn.resource().starts_with(kind))
    };
    Arn::parse(whose).filter(is_one).map(Bounded::Principal)
}

/// Refuses a place that the snapshot does not have: nothing would change.
pub(crate) fn check(proposal: &Proposal, snapshot: &Snapshot) -> Result<(), Failure> {
    proposal.check(snapshot).map_err(|reason| Failure::usage(reason.to_string()).with_hint(reason.hint()))
}

/// The same for the report.
pub(crate) fn supposed(proposal: &Proposal) -> Supposed {
    let attached = match &proposal.target {
        Target::AllUsers => "attached to every user".to_owned(),
        Target::UsersOf(account) => format!("attached to every user of {account}"),
        Target::User(arn) => format!("attached to {arn}"),
        Target::ServiceControl(node) => format!("a service control policy of {node}"),
        Target::Boundary(Bounded::AllUsers) => "the permissions boundary of every user".to_owned(),
        Target::Boundary(Bounded::UsersOf(account)) => {
            format!("the permissions boundary of every user of {account}")
        }
        Target::Boundary(Bounded::Principal(arn)) => format!("the permissions boundary of {arn}"),
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
        let boundary = |whose: &str| Some(Target::Boundary(bounded(whose).unwrap()));
        for whose in ["users", "111111111111", alice, "arn:aws:iam::111111111111:role/robot"] {
            assert_eq!(kind(&format!("boundary:{whose}")), boundary(whose));
        }
        for wrong in [
            "boundary:",
            "boundary:root",
            "boundary:arn:aws:iam::111111111111:root",
            "",
            "scp:",
            "everybody",
            "arn:aws:iam::111111111111:role/alice",
            "1",
        ] {
            assert_eq!(kind(wrong), None, "{wrong}");
        }
    }
}
