//! One account of a large organization.

use portcullis_iam::Timestamp;

use super::documents::Vocabulary;
use super::profile::{Kind, Profile, grants};
use super::random::Random;
use super::tree::{Plan, Share};
use super::{Planted, role, taken};
use crate::organization::{
    AccessKey, Account, Device, DeviceKind, KeyUse, Password, PasswordPolicy, Root, RootDevice, User,
};

/// The account and what is planted in it.
pub(super) fn account(share: &Share, plan: &Plan, vocabulary: &Vocabulary) -> (Account, Planted) {
    let random = &mut Random::new(plan.seed, 1 + share.index as u64);
    let grants = grants(&share.id, share.users, share.policy_sets, vocabulary, random);
    let habits = Habits::draw(random);
    let mut users: Vec<(User, Kind)> =
        (0..share.users).filter_map(|index| user(index, &grants.profiles, habits, random)).collect();
    if FEWEST_FOR_EMERGENCY <= users.len()
        && let Some((user, _)) = users.get_mut(EMERGENCY)
    {
        for_emergencies(user);
    }
    let orphans: Vec<String> =
        (0..share.users.div_ceil(150)).map(|index| format!("left-over-{index}")).collect();
    let mut planted = Planted::new();
    users.iter().for_each(|(user, kind)| plant(user, *kind, &mut planted));
    planted.insert(ORPHANED, orphans.len());
    let account = Account {
        id: share.id.clone(),
        created: days_ago(2000),
        reported: taken(),
        root: root(share.index),
        password_policy: Some(PasswordPolicy { length: 14, classes: true, max_age: None, reuse: Some(24) }),
        roles: role::roles(share, plan, vocabulary, random),
        users: users.into_iter().map(|(user, _)| user).collect(),
        groups: grants.groups,
        policies: grants.policies,
        unassigned_devices: orphans,
    };
    (account, planted)
}

/// How common passwords, keys and devices are in an account, in percent.
#[derive(Clone, Copy)]
struct Habits {
    password: f64,
    device: f64,
    key: f64,
}

impl Habits {
    fn draw(random: &mut Random) -> Habits {
        match random.between(0, 9) {
            0..=2 => Habits { password: 80.0, device: 95.0, key: 30.0 },
            3..=7 => Habits { password: 65.0, device: 35.0, key: 75.0 },
            _ => Habits { password: 60.0, device: 10.0, key: 90.0 },
        }
    }
}

/// A user with one of the combinations: each is used once before any is used again.
fn user(index: usize, profiles: &[Profile], habits: Habits, random: &mut Random) -> Option<(User, Kind)> {
    let profile = profiles.get(index).or_else(|| random.pick_early(profiles))?;
    let service = profile.kind == Kind::Service;
    let created = random.days(200, 1800);
    let name = format!("{}{index:05}", if service { "robot-" } else { "user-" });
    let mut user = User {
        path: if service { "/service/" } else { "/" }.to_owned(),
        created: days_ago(created),
        groups: Vec::new(),
        attached: Vec::new(),
        inline: Vec::new(),
        boundary: None,
        tags: vec![("team".to_owned(), format!("t{}", index % 23))],
        password: (!service && random.percent(habits.password)).then(|| password(created, random)),
        keys: keys(if service { 100.0 } else { habits.key }, created, random),
        devices: Vec::new(),
        name,
    };
    profile.give(&mut user);
    if !service && random.percent(habits.device) {
        user.devices.push(device(&user, random));
    }
    Some((user, profile.kind))
}

/// Which user is for emergencies, in an account with at least so many users.
const EMERGENCY: usize = 1;
const FEWEST_FOR_EMERGENCY: usize = 8;

/// Makes a user one for emergencies: with devices from the safe, and an access key that needs none.
fn for_emergencies(user: &mut User) {
    user.name = format!("break-glass-{EMERGENCY:05}");
    user.path = "/break-glass/".to_owned();
    let changed = user.created;
    user.password = Some(Password { changed, used: None });
    user.keys = vec![AccessKey { active: true, rotated: changed, used: None }];
    let kinds = [DeviceKind::Hardware("GAHT00000001".to_owned()), DeviceKind::Fido("safe".to_owned())];
    user.devices = kinds.map(|kind| Device { kind, enabled: changed }).to_vec();
}

fn password(created: i64, random: &mut Random) -> Password {
    let used = random.percent(92.0).then(|| days_ago(random.days(1, 120)));
    Password { changed: days_ago(random.days(1, created)), used }
}

fn keys(share: f64, created: i64, random: &mut Random) -> Vec<AccessKey> {
    let count = match (random.percent(share), random.percent(15.0)) {
        (false, _) => 0,
        (true, false) => 1,
        (true, true) => 2,
    };
    (0..count).map(|_| key(created, random)).collect()
}

fn key(created: i64, random: &mut Random) -> AccessKey {
    let made = random.days(1, created);
    let used = random.percent(85.0).then(|| KeyUse {
        at: days_ago(random.days(0, made)),
        region: Some("eu-central-1".to_owned()),
        service: ["s3", "ec2", "sts", "dynamodb"].get(random.zipf(4)).copied().unwrap_or("s3").to_owned(),
    });
    AccessKey { active: random.percent(95.0), rotated: days_ago(made), used }
}

fn device(user: &User, random: &mut Random) -> Device {
    let kind = match random.between(0, 99) {
        0..=9 => DeviceKind::Fido("key".to_owned()),
        10..=11 => DeviceKind::Hardware(format!("GAHT{:08}", random.between(0, 99_999_999))),
        12 => DeviceKind::Sms,
        _ => DeviceKind::Virtual(user.name.clone()),
    };
    Device { enabled: enabled(&kind, user.created), kind }
}

/// Devices come with their users; one app in eight came lately, in office hours.
fn enabled(kind: &DeviceKind, created: Timestamp) -> Timestamp {
    let age = taken().days_since(created);
    match kind {
        DeviceKind::Virtual(_) if age % 8 == 3 => {
            Timestamp::from_seconds(days_ago(1 + age % 30).seconds() + 60 * (age % 300))
        }
        DeviceKind::Virtual(_) | DeviceKind::Fido(_) | DeviceKind::Hardware(_) | DeviceKind::Sms => created,
    }
}

fn root(index: usize) -> Root {
    let devices = match index % 4 {
        0 => vec![RootDevice::Virtual(days_ago(1000))],
        _ => vec![RootDevice::Hardware],
    };
    Root { password: true, last_used: None, devices, keys: Vec::new() }
}

fn days_ago(days: i64) -> Timestamp {
    Timestamp::from_seconds(taken().seconds() - 86_400 * days - 1)
}

const ORPHANED: &str = "orphaned-device";

/// Counts the flaws of a user that follow from what was planned.
fn plant(user: &User, kind: Kind, planted: &mut Planted) {
    let device = !user.devices.is_empty();
    let active = user.keys.iter().filter(|key| key.active).count();
    let mut count = |flaw, holds: bool| *planted.entry(flaw).or_default() += usize::from(holds);
    count("console-without-mfa", user.password.is_some() && !device);
    count("access-key-without-mfa", 0 < active && !device);
    count("two-active-keys", active == 2);
    count("mfa-not-enforced", kind != Kind::Enforced);
}
