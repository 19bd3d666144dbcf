//! Principals that are judged alike: one of them is judged for all.
//!
//! Users of one account whose policies are the same are alike when nothing that a property looks at tells them apart:
//! what the policies make of their names, tags and ids ([`Alike`]), and the few facts of the user itself that
//! properties ask for ([`Traits`]).

use std::collections::HashMap;
use std::sync::Arc;

use portcullis_iam::{Arn, PolicySet};
use portcullis_snapshot::{Account, Fingerprint, Known, User, fingerprint};

use crate::alike::{Alike, AlikeKey};
use crate::credential::{Base, CredentialKind, holds};
use crate::enrol::{self, PasswordChange};
use crate::estate::Estate;
use crate::exempt;
use crate::property::Property;
use crate::run::Options;
use portcullis_snapshot::Who;
use portcullis_snapshot::proposal::Proposal;

/// Principals of one account that are judged alike, in the order of their ARNs; never empty.
#[derive(Clone, Debug)]
pub(crate) struct Group<'s> {
    pub(crate) account: &'s Account,
    pub(crate) members: Vec<Who<'s>>,
    /// The policies of all of them.
    pub(crate) policies: Arc<PolicySet>,
}

impl<'s> Group<'s> {
    /// The members with equal traits, in the order of their first ones; those without are left out.
    pub(crate) fn parts(&self, traits: impl Fn(Who<'s>) -> Option<Traits>) -> Vec<Vec<Who<'s>>> {
        let mut parts: Vec<Vec<Who<'s>>> = Vec::new();
        let mut places: HashMap<Traits, usize> = HashMap::new();
        for who in &self.members {
            let Some(own) = traits(*who) else { continue };
            let next = parts.len();
            match parts.get_mut(*places.entry(own).or_insert(next)) {
                Some(part) => part.push(*who),
                None => parts.push(vec![*who]),
            }
        }
        parts
    }
}

/// The principals of the account that are asked about, by what they are judged on.
pub(crate) fn groups<'s>(
    estate: &Estate<'s>,
    account: &'s Account,
    asked: &[&'static Property],
    options: &Options,
) -> Vec<Group<'s>> {
    let wanted = |who: &Who<'s>| {
        options.asks_about(who.arn(account))
            && asked.iter().any(|own| own.traits(estate, account, *who).is_some())
    };
    let mut desk = Desk { estate, account, sets: HashMap::new(), earlier: HashMap::new() };
    let mut groups: Vec<Group<'s>> = Vec::new();
    let mut places: HashMap<Key, usize> = HashMap::new();
    for user in account.users.values().filter(|user| wanted(&Who::User(user))) {
        let (key, policies) = desk.key(user);
        let next = groups.len();
        match key.and_then(|key| groups.get_mut(*places.entry(key).or_insert(next))) {
            Some(group) => group.members.push(Who::User(user)),
            None => groups.push(Group { account, members: vec![Who::User(user)], policies }),
        }
    }
    for group in &mut groups {
        group.members.sort_by_key(|who| who.arn(account));
    }
    let others = account.roles.values().map(Who::Role).chain([Who::Root]).filter(wanted);
    groups.extend(others.map(|who| {
        let policies = Arc::new(estate.policies(account, who));
        Group { account, members: vec![who], policies }
    }));
    groups
}

/// What users are judged on. Users with equal keys are judged alike.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    policies: Fingerprint,
    before: Option<(Fingerprint, AlikeKey)>,
    name: AlikeKey,
    /// Which proposals are for this user alone.
    proposals: Vec<bool>,
}

/// What a property looks at beside policies and names. Users who are alike and have equal traits are judged alike.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Traits {
    /// The place of the principal among the declared ones for emergencies.
    break_glass: Option<usize>,
    /// What enrolment depends on.
    enrolment: Option<Enrolment>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Enrolment {
    /// Whether the user has an access key and a password.
    held: [Known<bool>; 2],
    password_change: PasswordChange,
    /// Whether there is a device under the user's name.
    device: Option<bool>,
}

impl Traits {
    /// Those of a principal that may be one for emergencies.
    pub(crate) fn near_break_glass(estate: &Estate<'_>, arn: &Arn) -> Self {
        let mut declared = estate.intent.break_glass.iter();
        let break_glass = declared.position(|own| own.principal.is(arn.as_str()));
        Self { break_glass, ..Self::default() }
    }

    /// Those of a user who is to enrol.
    pub(crate) fn of_enrolment(estate: &Estate<'_>, account: &Account, user: &User) -> Self {
        let serial = enrol::serial(user);
        let devices = account.virtual_devices.fact();
        let held = [CredentialKind::AccessKey, CredentialKind::Console];
        let enrolment = Enrolment {
            held: held.map(|kind| holds(kind, Who::User(user))),
            password_change: enrol::password_change(user, estate.now),
            device: devices.map(|devices| devices.iter().any(|device| *device.serial == *serial)),
        };
        Self { enrolment: Some(enrolment), ..Self::default() }
    }
}

/// Makes the keys of the users of one account.
struct Desk<'d, 's> {
    estate: &'d Estate<'s>,
    account: &'s Account,
    sets: HashMap<(Fingerprint, Vec<bool>), Set>,
    /// What the policies of the earlier snapshot ask of names.
    earlier: HashMap<Fingerprint, Alike>,
}

/// What is remembered of one policy set.
struct Set {
    policies: Arc<PolicySet>,
    alike: Alike,
}

impl<'s> Desk<'_, 's> {
    /// The user's key, and its policies. No key where the user is not in the snapshot under its own ARN.
    fn key(&mut self, user: &'s User) -> (Option<Key>, Arc<PolicySet>) {
        let (estate, account) = (self.estate, self.account);
        let is_own = |proposal: &Proposal| proposal.target.is_alone(&user.arn);
        let proposals: Vec<bool> = estate.proposals.iter().map(is_own).collect();
        let policies = fingerprint(account, user);
        let set = self.sets.entry((policies.clone(), proposals.clone())).or_insert_with(|| {
            let policies = estate.policies(account, Who::User(user));
            let mut alike = Alike::new(&policies);
            exempt::patterns(estate, account, &policies).iter().for_each(|pattern| alike.also(pattern));
            Set { alike, policies: Arc::new(policies) }
        });
        let base = Base::new(estate.snapshot, &user.arn, &set.policies, estate.now);
        let shared = set.policies.clone();
        let Ok(base) = base else { return (None, shared) };
        let name = set.alike.key(&user.arn, base.context());
        let before = self.before(user, &base);
        (Some(Key { policies, before, name, proposals }), shared)
    }

    /// The policies that the user had in the earlier snapshot, and what they make of it.
    fn before(&mut self, user: &User, base: &Base) -> Option<(Fingerprint, AlikeKey)> {
        let (estate, account) = (self.estate, self.account);
        let before = estate.before?.accounts.get(&account.id)?;
        let earlier = before.users.get(&user.name).filter(|own| own.arn == user.arn)?;
        let policies = fingerprint(before, earlier);
        let alike = self.earlier.entry(policies.clone()).or_insert_with(|| {
            let policies = estate.policies_before(account, Who::User(user));
            Alike::new(&policies.unwrap_or_default())
        });
        let key = alike.key(&user.arn, base.context());
        Some((policies, key))
    }
}
