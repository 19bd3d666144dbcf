//! Nobody without MFA weakens what asks for MFA, or removes a device.

use portcullis_finding::{Rule, Severity};
use portcullis_snapshot::Known;

use super::{Concern, Property};
use crate::area::Area;
use crate::case::{Among, Case, Ruling};
use crate::credential::CredentialKind;
use crate::judgement::Flaw;
use crate::prover::Prover;
use crate::tally::Tally;

pub(super) const PROPERTY: Property = Property {
    rule: Rule {
        id: "cannot-disarm-without-mfa",
        severity: Severity::High,
        compliance: &[],
        page: include_str!("cannot-disarm-without-mfa.md"),
    },
    concerns: Concern::Users,
    run,
};

fn run(case: &Case<'_>, prover: &mut Prover) -> Vec<Ruling> {
    let only = [Area::of_actions(actions(case))];
    let kinds = [CredentialKind::AccessKey, CredentialKind::Console];
    kinds
        .into_iter()
        .map(|kind| {
            let mut tally = Tally::default();
            for frame in case.frames(kind) {
                let answer = case.ask(prover, &frame, Among { only: &only, spared: &[] });
                tally.close(answer, |witness| {
                    let request = witness.request();
                    let message =
                        format!("may disarm MFA by {} on {} with {kind}", request.action, request.resource);
                    Flaw { message: message.into(), ..case.open(kind, witness) }
                });
            }
            Ruling { kind: Some(kind), verdict: tally.verdict() }
        })
        .collect()
}

/// The actions that disarm, as far as AWS takes them from principals of the account.
fn actions(case: &Case<'_>) -> impl Iterator<Item = &'static str> {
    let organization = case.estate.snapshot.organization.as_ref();
    let manages = organization.is_none_or(|organization| match organization.management_account {
        Known::Fact(management) => management == case.account.id,
        Known::Unknown(_) => true,
    });
    let of_management = if manages { &OF_THE_MANAGEMENT_ACCOUNT[..] } else { &[] };
    DEVICES.iter().chain(&GUARDRAIL).chain(of_management).copied()
}

/// Authorized on the user whose device it is, and on the device.
const DEVICES: [&str; 2] = ["iam:DeactivateMFADevice", "iam:DeleteVirtualMFADevice"];

/// Take a guardrail off, change what it says, or change whom it reaches. Authorized on the user, the group or the policy;
/// for the membership of a group, on the group.
const GUARDRAIL: [&str; 19] = [
    "iam:AttachGroupPolicy",
    "iam:AttachUserPolicy",
    "iam:CreatePolicyVersion",
    "iam:DeleteGroup",
    "iam:DeleteGroupPolicy",
    "iam:DeletePolicy",
    "iam:DeletePolicyVersion",
    "iam:DeleteUserPermissionsBoundary",
    "iam:DeleteUserPolicy",
    "iam:DetachGroupPolicy",
    "iam:DetachUserPolicy",
    "iam:PutGroupPolicy",
    "iam:PutUserPermissionsBoundary",
    "iam:PutUserPolicy",
    "iam:RemoveUserFromGroup",
    "iam:SetDefaultPolicyVersion",
    "iam:UpdateGroup",
    "iam:UpdateUser",
    "organizations:LeaveOrganization",
];

/// The same for service control policies. AWS takes them from the management account, and from accounts that it has
/// delegated them to.
const OF_THE_MANAGEMENT_ACCOUNT: [&str; 6] = [
    "organizations:DeletePolicy",
    "organizations:DetachPolicy",
    "organizations:DisablePolicyType",
    "organizations:MoveAccount",
    "organizations:RemoveAccountFromOrganization",
    "organizations:UpdatePolicy",
];
