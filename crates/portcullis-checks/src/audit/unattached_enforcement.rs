//! A policy that denies everything without MFA, and binds nobody.

use std::collections::BTreeSet;
use std::sync::Arc;

use portcullis_finding::{Evidence, Rule, Severity};
use portcullis_iam::Gap;
use portcullis_snapshot::{Account, Document, Known, Organization};

use crate::check::{Check, Failure, Outcome, Run, Sink};
use crate::compliance;
use crate::guards::{self, Attachments};
use crate::hidden::{Hidden, known};
use crate::scope::Scope;

pub(super) const CHECK: Check = Check {
    rule: Rule {
        id: "unattached-enforcement",
        severity: Severity::Medium,
        compliance: compliance::MFA_ENFORCED,
        page: include_str!("unattached-enforcement.md"),
    },
    run: Run::Snapshot(look),
};

fn look(scope: &Scope<'_>, sink: &mut Sink) {
    sink.among(("policy", "policies"), Known::Fact(()));
    scope.selected().for_each(|account| of_account(account, sink));
    let organization = scope.snapshot.organization.as_ref();
    for policy in organization.into_iter().flat_map(Organization::service_control) {
        let said = asks(policy.document.as_ref()).and_then(|asks| match (asks, organization) {
            (true, Some(organization)) => {
                let nobody = binds_nobody(organization, known(policy.targets.as_ref())?);
                Ok(outcome(&format!("the control policy {} ", policy.called()), nobody))
            }
            (true | false, _) => Ok(Outcome::NotApplicable),
        });
        sink.take_for(None, policy.arn.as_ref().unwrap_or(&policy.id), said);
    }
}

fn of_account(account: &Account, sink: &mut Sink) {
    let attachments = Attachments::of(account);
    let own = account.policies.values().filter(|policy| !policy.is_of_aws());
    for policy in own {
        let nobody = match (
            attachments.somebody.contains(&*policy.arn),
            attachments.empty_groups.contains(&*policy.arn),
        ) {
            (true, _) => None,
            (false, true) => Some("it is attached to a group without members only"),
            (false, false) => Some("it is attached to nobody"),
        };
        let said = asks(policy.document.as_ref()).and_then(|asks| match (asks, nobody, attachments.hidden) {
            (false, _, _) => Ok(Outcome::NotApplicable),
            (true, Some(_), Some(missing)) => Err(Hidden::Missing(missing)),
            (true, nobody, _) => Ok(outcome("", nobody)),
        });
        sink.take_for(Some(account.id), &policy.arn, said);
    }
    sink.rest_of(account, "policies");
}

/// Why a control policy with these targets binds nobody, where that is so.
fn binds_nobody(organization: &Organization, targets: &BTreeSet<Arc<str>>) -> Option<&'static str> {
    let management = organization.management_account.fact().map(|id| id.as_str());
    if organization.service_control_enabled == Known::Fact(false) {
        return Some("service control policies are not enabled");
    }
    if targets.is_empty() {
        return Some("it is attached to no root, unit or account");
    }
    let alone = targets.iter().all(|target| Some(&**target) == management);
    alone.then_some("it is attached to the management account only, which control policies do not bind")
}

/// Whether the document denies for lack of MFA.
fn asks(document: Known<&Arc<Document>>) -> Result<bool, Hidden> {
    let document = known(document)?;
    let unreadable = || Hidden::Gap(Gap("a policy has no meaning".into()));
    let policy = document.policy.as_ref().ok_or_else(unreadable)?;
    Ok(guards::guards(policy).next().is_some())
}

fn outcome(which: &str, nobody: Option<&'static str>) -> Outcome {
    let Some(nobody) = nobody else { return Outcome::Pass };
    Outcome::Fail(Failure {
        severity: CHECK.rule.severity,
        message: format!("{which}asks for MFA, and enforces nothing: {nobody}"),
        evidence: vec![Evidence::decision(nobody)],
    })
}
