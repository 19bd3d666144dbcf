//! `--operator`: who attaches the guardrail, and the calls that detach it again.

use portcullis_iam::Arn;
use portcullis_prove::estate::{Inverse, Operator};
use portcullis_prove::{CredentialKind, Proposal, Target};
use portcullis_snapshot::Snapshot;
use portcullis_snapshot::policies::{Found, find};

use super::input;
use crate::failure::Failure;

/// Who attaches the proposals. Afterwards a user has a session with MFA, and a role a session without it.
pub(super) fn operator(
    stated: Option<&str>,
    snapshot: &Snapshot,
    proposals: &[Proposal],
) -> Result<Option<Operator>, Failure> {
    let Some(text) = stated else { return Ok(None) };
    let arn = input::principal(text)?;
    let kind = match find(snapshot, &arn) {
        Ok(Found::User(..)) => CredentialKind::SessionTokenWithMfa,
        Ok(Found::Role(..)) => CredentialKind::RoleSession,
        Ok(Found::Root(..)) => CredentialKind::Root,
        Err(reason) => return Err(Failure::usage(reason.to_string()).with_hint(reason.hint())),
    };
    let inverses = proposals.iter().flat_map(|proposal| inverses(&proposal.target, &arn, snapshot)).collect();
    Ok(Some(Operator { principal: arn, kind, inverses }))
}

/// The calls that detach a policy again, as far as one principal can make them: those in its own account.
fn inverses(target: &Target, operator: &Arn, snapshot: &Snapshot) -> Vec<Inverse> {
    let own = operator.account().and_then(|account| snapshot.accounts.get(&account));
    let users = || own.into_iter().flat_map(|account| account.users.values().map(|user| user.arn.as_str()));
    match target {
        Target::AllUsers | Target::UsersOf(_) => users().map(detach_user_policy).collect(),
        Target::User(arn) => vec![detach_user_policy(arn.as_str())],
        Target::ServiceControl(_) => {
            let organization = snapshot.organization.as_ref();
            let id =
                organization.and_then(|organization| organization.id.fact()).map_or("o-0000000000", |id| id);
            let (partition, account) = (operator.partition(), operator.account_part());
            let resource = format!(
                "arn:{partition}:organizations::{account}:policy/{id}/service_control_policy/p-portcullis"
            );
            vec![Inverse { action: "organizations:DetachPolicy".into(), resource: resource.into() }]
        }
    }
}

fn detach_user_policy(user: &str) -> Inverse {
    Inverse { action: "iam:DetachUserPolicy".into(), resource: user.into() }
}
