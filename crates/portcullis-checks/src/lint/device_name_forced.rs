//! A grant of device creation that forces the device's name.

use portcullis_finding::Severity;

use crate::reading::alone::{ANY, Alone};
use crate::reading::self_service::Target;
use crate::reading::{Flaw, LintRule, Meant, Subject, edit};

pub(super) const RULE: LintRule =
    LintRule::new("device-name-forced", Severity::Low, include_str!("device-name-forced.md"), look);

const CREATE: &str = "iam:CreateVirtualMFADevice";

fn look(subject: &Subject<'_>) -> Vec<Flaw> {
    let Some(alone) = Alone::new(subject, "user/alice") else { return Vec::new() };
    let is_forced =
        alone.is_open(CREATE, Target::OwnDevice, &ANY) && alone.is_closed(CREATE, Target::Device, &ANY);
    let grant = if is_forced { alone.grant(CREATE, Target::OwnDevice, &ANY) } else { None };
    let Some(pattern) = grant.and_then(|grant| grant.resource) else { return Vec::new() };
    let flaw = Flaw::new(pattern.span, "a user can create a device with the user's own name, and no other")
        .label("the device must be named like the user")
        .note("names of devices are free and unique in the account: the console asks for one, and a second device needs another")
        .help("name the devices `mfa/*`");
    let any = pattern.value.split_once(":mfa/").map(|(head, _)| format!("{head}:mfa/*"));
    let edits = any.map(|any| vec![(edit::inner(pattern.span), any)]);
    vec![flaw.change(Meant::Unsure, "let the device have any name", edits)]
}
