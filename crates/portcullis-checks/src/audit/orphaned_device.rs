//! A virtual device that belongs to nobody.

use portcullis_finding::{Rule, Severity};
use portcullis_snapshot::{Dump, Known};

use crate::check::{Check, Failure, Outcome, Run, Sink};
use crate::hidden::Hidden;
use crate::scope::AccountScope;

pub(super) const CHECK: Check = Check {
    rule: Rule {
        id: "orphaned-device",
        severity: Severity::Low,
        compliance: &[],
        page: include_str!("orphaned-device.md"),
    },
    run: Run::Account(look),
};

fn look(scope: &AccountScope<'_>, sink: &mut Sink) {
    let devices = match scope.account.virtual_devices.as_ref() {
        Known::Fact(devices) => devices,
        Known::Unknown(missing) => {
            return sink.take(scope.arn().as_str(), Err(Hidden::Missing(missing)));
        }
    };
    for device in devices {
        let outcome = match device.user {
            Some(_) => Outcome::Pass,
            None => Outcome::Fail(Failure {
                severity: CHECK.rule.severity,
                message: "the virtual device is assigned to nobody, and blocks its name".to_owned(),
                evidence: vec![scope.told_by("the device has no user", Dump::VirtualMfaDevices)],
            }),
        };
        sink.take(&device.serial, Ok(outcome));
    }
}
