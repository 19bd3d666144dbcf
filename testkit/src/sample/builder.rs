//! Words in which the sample's accounts are written down.

use portcullis_iam::Timestamp;

use super::documents;
use super::truth::Truth;
use crate::organization::{
    AccessKey, Account, Attachment, Device, DeviceKind, Group, Inline, KeyUse, ManagedPolicy, Password,
    PasswordPolicy, Role, Root, User,
};

/// The instant of the sample: 2026-11-02T09:00:00Z, nine in the morning of a Monday.
pub(super) fn taken() -> Timestamp {
    Timestamp::from_seconds(1_793_610_000)
}

/// An account that is being written down, with the truth about everybody in it.
pub(super) struct Plan {
    pub(super) account: Account,
    pub(super) truth: Vec<Truth>,
}

/// A user that is being written down.
pub(super) struct Person {
    user: User,
    story: &'static str,
    checks: &'static [&'static str],
    exempt: &'static [&'static str],
}

/// A role that is being written down.
pub(super) struct Actor {
    role: Role,
    story: &'static str,
    checks: &'static [&'static str],
}

/// A time so many days before the sample's instant, at some minute of a working day that the label settles.
pub(super) fn days_ago(days: i64, label: &str) -> Timestamp {
    let seven = taken().seconds() - 2 * 3600 - 86_400 * days;
    let spread = label.bytes().fold(days, |sum, byte| (sum * 31 + i64::from(byte)) % 36_000);
    Timestamp::from_seconds(seven + spread)
}

/// A user without any credential.
pub(super) fn user(name: &str, story: &'static str) -> Person {
    let user = User {
        name: name.to_owned(),
        path: "/".to_owned(),
        created: days_ago(430 + letters(name) % 270, name),
        groups: Vec::new(),
        attached: Vec::new(),
        inline: Vec::new(),
        boundary: None,
        tags: Vec::new(),
        password: None,
        keys: Vec::new(),
        devices: Vec::new(),
    };
    Person { user, story, checks: &[], exempt: &[] }
}

impl Person {
    pub(super) fn path(mut self, path: &str) -> Person {
        self.user.path = path.to_owned();
        self
    }

    /// Made so many days ago.
    pub(super) fn made(mut self, days: i64) -> Person {
        self.user.created = days_ago(days, &self.user.name);
        self
    }

    pub(super) fn groups(mut self, names: &[&str]) -> Person {
        self.user.groups = names.iter().map(|name| (*name).to_owned()).collect();
        self
    }

    /// Attaches managed policies of AWS.
    pub(super) fn aws(mut self, names: &[&str]) -> Person {
        self.user.attached.extend(names.iter().map(|name| Attachment::new(documents::aws(name).arn)));
        self
    }

    /// Attaches a managed policy of the account, by its ARN's last part.
    pub(super) fn own(mut self, name: &'static str) -> Person {
        self.user.attached.push(Attachment::new(name));
        self
    }

    /// Embeds a policy.
    pub(super) fn inline(mut self, name: &str, document: &str) -> Person {
        self.user.inline.push(inline(name, document));
        self
    }

    pub(super) fn boundary(mut self, name: &str) -> Person {
        self.user.boundary = Some(name.to_owned());
        self
    }

    pub(super) fn tag(mut self, key: &str, value: &str) -> Person {
        self.user.tags.push((key.to_owned(), value.to_owned()));
        self
    }

    /// A password, set and last used so many days ago.
    pub(super) fn password(mut self, changed: i64, used: i64) -> Person {
        let used = Some(days_ago(used, &self.user.name));
        self.user.password = Some(Password { changed: days_ago(changed, "password"), used });
        self
    }

    /// A password from the day the user was made, which was never used.
    pub(super) fn first_password(mut self) -> Person {
        self.user.password = Some(Password { changed: self.user.created, used: None });
        self
    }

    /// An active access key, made so many days ago and last used then on that service.
    pub(super) fn key(self, made: i64, used: i64, service: &str) -> Person {
        let region = (!matches!(service, "s3" | "iam" | "sts")).then(|| "eu-central-1".to_owned());
        let at = days_ago(used, service);
        self.any_key(true, made, Some(KeyUse { at, region, service: service.to_owned() }))
    }

    /// An active access key that was never used.
    pub(super) fn unused_key(self, made: i64) -> Person {
        self.any_key(true, made, None)
    }

    /// An access key that was switched off.
    pub(super) fn inactive_key(self, made: i64) -> Person {
        self.any_key(false, made, None)
    }

    fn any_key(mut self, active: bool, made: i64, used: Option<KeyUse>) -> Person {
        self.user.keys.push(AccessKey { active, rotated: days_ago(made, "key"), used });
        self
    }

    /// A virtual device that carries the user's name.
    pub(super) fn app(self) -> Person {
        let name = self.user.name.clone();
        self.device(DeviceKind::Virtual(name))
    }

    /// A virtual device of another name.
    pub(super) fn app_named(self, name: &str) -> Person {
        self.device(DeviceKind::Virtual(name.to_owned()))
    }

    pub(super) fn fido(self, name: &str) -> Person {
        self.device(DeviceKind::Fido(name.to_owned()))
    }

    pub(super) fn token(self, serial: &str) -> Person {
        self.device(DeviceKind::Hardware(serial.to_owned()))
    }

    pub(super) fn sms(self) -> Person {
        self.device(DeviceKind::Sms)
    }

    fn device(mut self, kind: DeviceKind) -> Person {
        let enabled = minutes_after(self.user.created, 26 + 9 * self.user.devices.len());
        self.user.devices.push(Device { kind, enabled });
        self
    }

    /// What the audit must find. Without it: nothing.
    pub(super) fn found(mut self, checks: &'static [&'static str]) -> Person {
        self.checks = checks;
        self
    }

    /// What the audit must find, and an exemption accepts.
    pub(super) fn exempt(mut self, checks: &'static [&'static str]) -> Person {
        self.exempt = checks;
        self
    }
}

/// A role with this trust policy.
pub(super) fn role(name: &str, trust: String, story: &'static str) -> Actor {
    let role = Role {
        name: name.to_owned(),
        path: "/".to_owned(),
        created: days_ago(710 + letters(name) % 110, name),
        trust,
        attached: Vec::new(),
        inline: Vec::new(),
        boundary: None,
        used: Some((days_ago(4, name), "eu-central-1".to_owned())),
    };
    Actor { role, story, checks: &[] }
}

impl Actor {
    pub(super) fn path(mut self, path: &str) -> Actor {
        self.role.path = path.to_owned();
        self
    }

    pub(super) fn aws(mut self, names: &[&str]) -> Actor {
        self.role.attached.extend(names.iter().map(|name| Attachment::new(documents::aws(name).arn)));
        self
    }

    pub(super) fn inline(mut self, name: &str, document: &str) -> Actor {
        self.role.inline.push(inline(name, document));
        self
    }

    pub(super) fn never_used(mut self) -> Actor {
        self.role.used = None;
        self
    }

    pub(super) fn found(mut self, checks: &'static [&'static str]) -> Actor {
        self.checks = checks;
        self
    }
}

/// A group with managed policies of AWS and of the account.
pub(super) fn group(name: &str, aws: &[&str], own: &[&'static str]) -> Group {
    let of_aws = aws.iter().map(|name| Attachment::new(documents::aws(name).arn));
    let of_account = own.iter().map(|name| Attachment::new(*name));
    let attached = of_account.chain(of_aws).collect();
    Group { name: name.to_owned(), created: days_ago(830, name), attached, inline: Vec::new() }
}

impl Plan {
    /// An account without anybody.
    pub(super) fn new(id: &str) -> Plan {
        let account = Account {
            id: id.to_owned(),
            created: days_ago(850, id),
            reported: taken(),
            root: Root {
                password: true,
                last_used: Some(days_ago(640, id)),
                devices: Vec::new(),
                keys: Vec::new(),
            },
            password_policy: Some(PasswordPolicy {
                length: 14,
                classes: true,
                max_age: None,
                reuse: Some(24),
            }),
            users: Vec::new(),
            groups: Vec::new(),
            roles: Vec::new(),
            policies: Vec::new(),
            unassigned_devices: Vec::new(),
        };
        Plan { account, truth: Vec::new() }
    }

    /// What holds for the account, its root user or one of its devices, by the end of the ARN.
    pub(super) fn note(&mut self, resource: &str, story: &'static str, checks: &'static [&'static str]) {
        self.truth.push(self.truth_of(resource, story, checks));
    }

    fn truth_of(&self, resource: &str, story: &'static str, checks: &[&'static str]) -> Truth {
        Truth::new(format!("arn:aws:iam::{}:{resource}", self.account.id), story, checks)
    }

    pub(super) fn groups(&mut self, groups: impl IntoIterator<Item = Group>) {
        self.account.groups.extend(groups);
    }

    pub(super) fn people(&mut self, people: impl IntoIterator<Item = Person>) {
        for person in people {
            let resource = format!("user{}{}", person.user.path, person.user.name);
            self.truth.push(Truth {
                exempt: person.exempt.to_vec(),
                ..self.truth_of(&resource, person.story, person.checks)
            });
            self.account.users.push(person.user);
        }
    }

    pub(super) fn actors(&mut self, actors: impl IntoIterator<Item = Actor>) {
        for actor in actors {
            self.note(&format!("role{}{}", actor.role.path, actor.role.name), actor.story, actor.checks);
            self.account.roles.push(actor.role);
        }
    }

    /// Names become ARNs, and the managed policies that are used come in, with those that nobody uses.
    pub(super) fn finish(mut self, unused: &[&str]) -> Plan {
        let id = self.account.id.clone();
        let users = self.account.users.iter_mut().map(|user| &mut user.attached);
        let groups = self.account.groups.iter_mut().map(|group| &mut group.attached);
        let roles = self.account.roles.iter_mut().map(|role| &mut role.attached);
        let mut used: Vec<String> = unused.iter().map(|name| own_arn(&id, name)).collect();
        for attachment in users.chain(groups).chain(roles).flatten() {
            attachment.arn = own_arn(&id, &attachment.arn);
            used.push(attachment.arn.clone());
        }
        for boundary in self.account.users.iter_mut().filter_map(|user| user.boundary.as_mut()) {
            *boundary = own_arn(&id, boundary);
            used.push(boundary.clone());
        }
        used.sort();
        used.dedup();
        self.account.policies = used.iter().map(|arn| managed(arn)).collect();
        self
    }
}

fn letters(name: &str) -> i64 {
    name.bytes().fold(7, |sum, byte| (sum * 31 + i64::from(byte)) % 10_007)
}

fn minutes_after(at: Timestamp, minutes: usize) -> Timestamp {
    Timestamp::from_seconds(at.seconds() + 60 * i64::try_from(minutes).unwrap_or_default())
}

fn own_arn(account: &str, name: &str) -> String {
    if name.starts_with("arn:") { name.to_owned() } else { format!("arn:aws:iam::{account}:policy/{name}") }
}

fn managed(arn: &str) -> ManagedPolicy {
    let name = arn.rsplit('/').next().unwrap_or_default();
    if arn.starts_with("arn:aws:iam::aws:") {
        return documents::aws(name);
    }
    let document = documents::own(name).to_owned();
    ManagedPolicy { arn: arn.to_owned(), created: days_ago(810, arn), version: "v1".to_owned(), document }
}

fn inline(name: &str, document: &str) -> Inline {
    Inline { name: name.to_owned(), document: documents::own(document).to_owned() }
}
