//! The root user has a virtual device.

use portcullis_finding::{Rule, Severity};
use portcullis_snapshot::{Dump, Known};

use crate::check::{Check, Failure, Outcome, Run, Sink};
use crate::compliance;
use crate::devices;
use crate::hidden::{Hidden, known};
use crate::scope::AccountScope;

pub(super) const CHECK: Check = Check {
    rule: Rule {
        id: "root-virtual-mfa",
        severity: Severity::Medium,
        compliance: compliance::ROOT_HARDWARE_MFA,
        page: include_str!("root-virtual-mfa.md"),
    },
    run: Run::Account(look),
};

fn look(scope: &AccountScope<'_>, sink: &mut Sink) {
    sink.take(scope.arn().as_str(), outcome(scope));
}

fn outcome(scope: &AccountScope<'_>) -> Result<Outcome, Hidden> {
    let root = &scope.account.root;
    if root.has_credentials() == Known::Fact(false) || !known(root.mfa.active)? {
        return Ok(Outcome::NotApplicable);
    }
    // AWS lists root's virtual devices and no others. One of them is enough to sign in, whatever lies beside it.
    if !root.mfa.devices.iter().any(|device| devices::is_strong(device.kind) == Some(false)) {
        known(scope.account.virtual_devices.as_ref())?;
        return Ok(Outcome::Pass);
    }
    Ok(Outcome::Fail(Failure {
        severity: CHECK.rule.severity,
        message: "a virtual MFA device signs the root user in".to_owned(),
        evidence: vec![scope.told_by("a virtual device is assigned to root", Dump::VirtualMfaDevices)],
    }))
}
