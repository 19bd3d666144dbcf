//! What the files of one account tell, by dump.

use std::collections::BTreeMap;
use std::sync::Arc;

use portcullis_iam::{Arn, Timestamp};

use super::super::authorization_details::{Details, UserDetails};
use super::super::credential_report::Report;
use super::super::part::{Content, Part};
use super::super::place::Place;
use super::super::report_row::Row;
use super::ledger::Ledger;
use crate::account::PasswordPolicy;
use crate::device::{Device, VirtualDevice};
use crate::input::{InputId, Origin};
use crate::principal::{Group, ManagedPolicy, Role};

/// What the files of one account tell. Where two of them tell of the same thing, the later file counts.
#[derive(Default)]
pub(super) struct Facts {
    pub(super) ledger: Ledger,
    pub(super) users: Vec<(InputId, UserDetails)>,
    pub(super) groups: BTreeMap<Arc<str>, Group>,
    pub(super) roles: BTreeMap<Box<str>, Role>,
    pub(super) policies: BTreeMap<Arc<str>, ManagedPolicy>,
    pub(super) rows: Vec<(InputId, Row)>,
    pub(super) root_row: Option<(InputId, Row)>,
    /// When the oldest of the credential reports was made.
    pub(super) generated: Option<Timestamp>,
    pub(super) summary: Option<BTreeMap<Box<str>, i64>>,
    pub(super) virtual_devices: Vec<VirtualDevice>,
    /// The device lists of users, by name.
    pub(super) devices: BTreeMap<Box<str>, Vec<Device>>,
    pub(super) password_policy: Option<Option<PasswordPolicy>>,
}

impl Facts {
    /// What the parts of one account tell.
    pub(super) fn gather(parts: Vec<(InputId, Part)>) -> Self {
        let mut facts = Self::default();
        for (input, part) in parts {
            facts.ledger.note(&part);
            facts.take(input, part);
        }
        facts.virtual_devices.sort_by(|a, b| a.serial.cmp(&b.serial));
        facts.virtual_devices.dedup_by(|a, b| a.serial == b.serial);
        facts
    }

    /// An ARN of the account.
    pub(super) fn any_arn(&self) -> Option<&Arn> {
        let users = self.users.iter().map(|(_, user)| &user.arn);
        let rows = self.root_row.iter().chain(&self.rows).map(|(_, row)| &row.arn);
        users.chain(self.roles.values().map(|role| &role.arn)).chain(rows).next()
    }

    fn take(&mut self, input: InputId, part: Part) {
        let key = match part.place {
            Place::Account { key, .. } => key,
            Place::Organization { .. } | Place::Manifest | Place::Ignored => None,
        };
        match part.content {
            Content::Details(details) => self.take_details(input, details),
            Content::Report(report) => self.take_report(input, report),
            Content::Summary(summary) => self.summary = Some(summary),
            Content::Virtual(devices) => self.virtual_devices.extend(devices.devices),
            Content::Devices(devices) => {
                if let Some(user) = devices.user.or(key) {
                    self.devices.insert(user, devices.devices);
                }
            }
            Content::PasswordPolicy(policy) => self.password_policy = Some(policy),
            Content::Ignored
            | Content::Unreadable
            | Content::Refused
            | Content::Description(_)
            | Content::Roots(_)
            | Content::Units(_)
            | Content::Accounts(_)
            | Content::Policies(_)
            | Content::Policy(_)
            | Content::Targets(_)
            | Content::Features(_)
            | Content::Manifest(_) => {}
        }
    }

    fn take_details(&mut self, input: InputId, details: Details) {
        self.users.extend(details.users.into_iter().map(|user| (input, user)));
        for mut group in details.groups {
            group.origin.input = input;
            self.groups.insert(group.name.clone(), group);
        }
        for mut role in details.roles {
            role.origin.input = input;
            self.roles.insert(role.name.clone(), role);
        }
        for mut policy in details.policies {
            policy.origin = policy.origin.map(|origin| Origin { input, ..origin });
            self.policies.insert(policy.arn.clone(), policy);
        }
    }

    fn take_report(&mut self, input: InputId, report: Report) {
        self.root_row = report.root.map(|row| (input, row)).or(self.root_row.take());
        self.rows.extend(report.users.into_iter().map(|row| (input, row)));
        self.generated = self.generated.into_iter().chain(report.generated).min();
    }
}
