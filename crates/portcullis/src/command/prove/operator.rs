//! `--operator`: who attaches the guardrail, and the calls that detach it again.

use portcullis_iam::Arn;
use portcullis_prove::CredentialKind;
use portcullis_prove::estate::{Inverse, Operator};
use portcullis_snapshot::Snapshot;
use portcullis_snapshot::policies::{Found, find};
use portcullis_snapshot::{Bounded, Proposal, Target};

use crate::failure::Failure;
use crate::given;

/// Who attaches the proposals. Afterwards a user has a session with MFA, and a role a session without it.
pub(super) fn operator(
    stated: Option<&str>,
    snapshot: &Snapshot,
    proposals: &[Proposal],
) -> Result<Option<Operator>, Failure> {
    let Some(text) = stated else { return Ok(None) };
    let arn = given::principal(text)?;
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
        Target::Boundary(bounded) => match bounded {
            Bounded::AllUsers | Bounded::UsersOf(_) => {
                users().map(|arn| unbound(arn, had_one(arn, snapshot))).collect()
            }
            Bounded::Principal(arn) => vec![unbound(arn.as_str(), had_one(arn.as_str(), snapshot))],
        },
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

/// Whether a principal has a boundary today: then it is put back.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Earlier {
    Boundary,
    None,
}

fn had_one(arn: &str, snapshot: &Snapshot) -> Earlier {
    let found = Arn::parse(arn).and_then(|arn| find(snapshot, &arn).ok());
    let has = match found {
        Some(Found::User(_, user)) => user.grants.fact().is_none_or(|grants| grants.boundary.is_some()),
        Some(Found::Role(_, role)) => role.grants.boundary.is_some(),
        Some(Found::Root(..)) | None => false,
    };
    if has { Earlier::Boundary } else { Earlier::None }
}

fn unbound(arn: &str, earlier: Earlier) -> Inverse {
    let kind = if arn.contains(":role/") { "Role" } else { "User" };
    let verb = match earlier {
        Earlier::Boundary => "Put",
        Earlier::None => "Delete",
    };
    Inverse { action: format!("iam:{verb}{kind}PermissionsBoundary").into(), resource: arn.into() }
}

fn detach_user_policy(user: &str) -> Inverse {
    Inverse { action: "iam:DetachUserPolicy".into(), resource: user.into() }
}
