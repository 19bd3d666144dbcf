//! A user without a device gets through everything that it takes to have one.

use portcullis_finding::{Rule, Severity};
use portcullis_snapshot::{Known, User};

use super::{Concern, Property};
use crate::area::Area;
use crate::case::{Among, Case, Ruling, plain_request};
use crate::credential::{CredentialKind, holds};
use crate::enrol::{self, Device, PasswordChange};
use crate::exposure;
use crate::judgement::{Assumption, Flaw, Step};
use crate::prover::Prover;
use crate::question::Frame;
use crate::reach::{Certificate, Reach};
use crate::self_service;
use crate::tally::Tally;
use crate::words;
use portcullis_snapshot::Who;

pub(super) const PROPERTY: Property = Property {
    rule: Rule {
        id: "can-enrol",
        severity: Severity::Medium,
        compliance: &[],
        page: include_str!("can-enrol.md"),
    },
    concerns: Concern::Unenrolled,
    run,
};

fn run(case: &Case<'_>, prover: &mut Prover) -> Vec<Ruling> {
    let Who::User(user) = case.who else { return Vec::new() };
    let kinds = [CredentialKind::AccessKey, CredentialKind::Console];
    let held = kinds.into_iter().filter(|kind| holds(*kind, case.who) != Known::Fact(false));
    held.map(|kind| {
        let mut way = Way { case, prover, user, kind, steps: Vec::new(), tally: Tally::default() };
        case.frames(kind).iter().for_each(|frame| way.walk(frame));
        way.tally.assuming(Assumption::DevicesAskForMfa);
        if way.tally.is_closed() {
            way.tally.behind(exposure::of(way.case, way.prover));
        }
        Ruling { kind: Some(kind), verdict: way.tally.verdict() }
    })
    .collect()
}

/// A user's way to a device.
struct Way<'w, 's> {
    case: &'w Case<'s>,
    prover: &'w mut Prover,
    user: &'w User,
    kind: CredentialKind,
    steps: Vec<Step>,
    tally: Tally,
}

/// Whether a user goes on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Onward {
    Yes,
    No,
}

impl Way<'_, '_> {
    /// The whole way, up to the first step that is blocked.
    fn walk(&mut self, frame: &Frame) {
        let in_console = self.kind == CredentialKind::Console;
        if in_console && self.change_password(frame) == Onward::No {
            return;
        }
        let own = self.user.arn.as_str();
        if in_console && self.stage(frame, ("sees its devices", "iam:ListMFADevices"), own) == Onward::No {
            return;
        }
        if self.create(frame) == Onward::No {
            return;
        }
        let last = [
            ("enables the device", "iam:EnableMFADevice"),
            ("brings the device back in step", "iam:ResyncMFADevice"),
        ];
        for stage in last {
            if self.stage(frame, stage, own) == Onward::No {
                return;
            }
        }
        self.steps.drain(..).for_each(|step| self.tally.shown(step));
    }

    /// One call on one resource.
    fn stage(&mut self, frame: &Frame, (title, action): (&str, &str), resource: &str) -> Onward {
        let only = [Area::of_actions([action]).on([resource])];
        match self.case.ask(self.prover, frame, Among { only: &only, spared: &[] }) {
            Reach::Open(witness) => {
                self.steps.push(Step::open(title, &witness, &self.case.policies, None));
                Onward::Yes
            }
            Reach::Undecided(doubt) => {
                self.tally.doubt(doubt);
                Onward::Yes
            }
            Reach::Closed(certificate) => {
                self.blocked(frame, (Severity::High, title, action), resource, &certificate);
                Onward::No
            }
        }
    }

    /// The change of a password that is too old, or that may have to be changed at the first sign-in.
    fn change_password(&mut self, frame: &Frame) -> Onward {
        let (severity, onward, title) = match enrol::password_change(self.user, self.case.estate.now) {
            PasswordChange::No => return Onward::Yes,
            PasswordChange::Due => (Severity::High, Onward::No, "changes its password, which is too old"),
            PasswordChange::Perhaps => {
                let title = "changes its password at the first sign-in, if that is asked of it";
                (Severity::Medium, Onward::Yes, title)
            }
        };
        match enrol::change_password(self.case, self.prover, (self.user, frame)) {
            (Reach::Open(witness), policies) => {
                self.steps.push(Step::open("changes its password", &witness, &policies, None));
                Onward::Yes
            }
            (Reach::Undecided(doubt), _) => {
                self.tally.doubt(doubt);
                Onward::Yes
            }
            (Reach::Closed(certificate), _) => {
                let own = self.user.arn.as_str();
                self.blocked(frame, (severity, title, self_service::CHANGE_PASSWORD), own, &certificate);
                onward
            }
        }
    }

    /// A device under a name that is free.
    fn create(&mut self, frame: &Frame) -> Onward {
        let (title, action) = ("creates a device", "iam:CreateVirtualMFADevice");
        match enrol::create(self.case, self.prover, (self.user, frame)) {
            Device::Free(witness) => {
                self.steps.push(Step::open(title, &witness, &self.case.policies, None));
                Onward::Yes
            }
            Device::Unsure(doubt) => {
                self.tally.doubt(doubt);
                Onward::Yes
            }
            Device::Refused(certificate) => {
                let resource = enrol::serial(self.user);
                self.blocked(frame, (Severity::High, title, action), &resource, &certificate);
                Onward::No
            }
            Device::Taken(witness) => {
                let serial = &witness.request().resource;
                let message = format!(
                    "is blocked, with {}, where it {title}: the only name that is allowed to it is taken by {serial}, \
                     which an administrator must delete first",
                    self.kind
                );
                let step = Step::open("tries a name that is taken", &witness, &self.case.policies, None);
                let steps = self.steps.iter().cloned().chain([step]).collect();
                self.tally.flaw(Flaw { severity: Severity::Medium, message: message.into(), steps });
                Onward::No
            }
        }
    }

    fn blocked(
        &mut self,
        frame: &Frame,
        (severity, title, action): (Severity, &str, &str),
        resource: &str,
        closed: &Certificate,
    ) {
        let request = plain_request(frame, action, resource);
        let step = request.map(|request| Step::decided(title, request, &self.case.policies));
        let by = words::reason(closed, action, step.as_ref());
        let message = format!("is blocked, with {}, where it {title}: {}", self.kind, by.text);
        let steps = self.steps.iter().cloned().chain(step).collect();
        let severity = if by.denies { severity } else { severity.min(Severity::Medium) };
        self.tally.flaw(Flaw { severity, message: message.into(), steps });
    }
}
