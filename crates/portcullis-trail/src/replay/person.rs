//! What is told of each principal.

use std::collections::{BTreeMap, BTreeSet};

use portcullis_finding::replay::{Deed, DeedFate, Device, Fates, Need, Principal};
use portcullis_snapshot::policies::{Found, find};
use portcullis_snapshot::{Known, Snapshot};

use super::sums::{Sums, count, instant, most_first, widened};
use super::{Denier, Fate, Judged, habit};
use crate::call::Call;
use crate::census::Calls;
use crate::request::Actor;

/// What was gathered of one principal.
#[derive(Debug, Default)]
pub(super) struct Person {
    pub(super) actor: Option<Actor>,
    pub(super) fates: Fates,
    pub(super) sign_ins: [u64; 3],
    pub(super) addresses: BTreeMap<Box<str>, u64>,
    pub(super) agents: BTreeMap<Box<str>, u64>,
    /// Event sources that it called.
    pub(super) sources: BTreeSet<Box<str>>,
    /// Events that were signed with a key of the user itself, without any session.
    pub(super) by_key: u64,
    /// Events of console sessions.
    pub(super) by_console: u64,
    /// The resources of each action that it called by itself and that passed.
    needs: BTreeMap<Box<str>, BTreeSet<Box<str>>>,
    deeds: BTreeMap<DeedKey, Sum>,
    principal: Option<Principal>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct DeedKey {
    fate: DeedFate,
    action: Box<str>,
    via: Option<Box<str>>,
    because: Vec<Box<str>>,
}

#[derive(Clone, Debug, Default)]
struct Sum {
    events: u64,
    span: Option<(u32, u32)>,
    regions: BTreeSet<Box<str>>,
}

/// Everybody who called, by ARN.
pub(super) type People = BTreeMap<Box<str>, Person>;

/// What is told of everybody who called.
pub(super) fn all(
    calls: &Calls,
    judged: &[Option<Judged>],
    sums: &Sums<'_>,
    snapshot: Option<&Snapshot>,
) -> People {
    let mut people = People::new();
    calls.each(&mut |id, call| {
        let (Some(Some(judged)), Some(seen)) = (judged.get(id.index()), sums.calls.get(id.index())) else {
            return;
        };
        let Some(arn) = arn(&judged.actor).filter(|_| 0 < seen.events) else { return };
        let person = people.entry(arn.into()).or_default();
        person.add(call, judged, (seen.events, seen.span));
    });
    for (arn, person) in &mut people {
        person.principal = person.finish(arn, sums, snapshot);
    }
    people
}

/// Those of whom there is something to tell, the most denied first.
pub(super) fn told(people: People) -> Vec<Principal> {
    let mut told: Vec<Principal> = people
        .into_values()
        .filter_map(|person| person.principal)
        .filter(|own| !own.deeds.is_empty())
        .collect();
    told.sort_by(|one, other| {
        let rank = |own: &Principal| {
            (own.fates.denied, own.fates.cannot_tell, own.fates.denied_today, own.fates.refused)
        };
        rank(other).cmp(&rank(one)).then_with(|| one.arn.cmp(&other.arn))
    });
    told
}

fn arn(actor: &Actor) -> Option<&str> {
    match actor {
        Actor::User(arn) | Actor::Root(arn) => Some(arn.as_str()),
        Actor::Role(session) => Some(session.role.as_str()),
        Actor::Federated(session) => Some(session.session.as_str()),
        Actor::Service(_) | Actor::Unbound(_) => None,
    }
}

fn kind(actor: &Actor) -> &'static str {
    match actor {
        Actor::User(_) => "user",
        Actor::Root(_) => "root user",
        Actor::Role(_) => "role",
        Actor::Federated(_) => "federated user",
        Actor::Service(_) | Actor::Unbound(_) => "",
    }
}

impl Person {
    fn add(&mut self, call: &Call<'_>, judged: &Judged, (events, span): (u64, Option<(u32, u32)>)) {
        self.actor.get_or_insert_with(|| judged.actor.clone());
        count(&mut self.fates, &judged.fate, events);
        match call.outcome {
            Some("with MFA") => self.sign_ins[0] += events,
            Some("without MFA") => self.sign_ins[1] += events,
            Some("failed") => self.sign_ins[2] += events,
            _ => {}
        }
        // Of a forwarded call the record tells the service's address.
        if call.via.is_none() {
            for (field, counts) in [(call.address, &mut self.addresses), (call.agent, &mut self.agents)] {
                if let Some(text) = field {
                    *counts.entry(text.into()).or_default() += events;
                }
            }
            self.by_key += if call.mfa.is_none() && call.key == Some("AKIA") { events } else { 0 };
            self.by_console += if call.console.is_some() { events } else { 0 };
        }
        self.sources.extend(call.source.map(Into::into));
        if let (Some((action, _)), None, false) = (&judged.actions, call.via, call.is_denied()) {
            let resources = self.needs.entry(action.as_str().into()).or_default();
            resources.insert(
                call.resource.filter(|own| *own == "*" || own.starts_with("arn:")).unwrap_or("*").into(),
            );
        }
        if let Some((fate, because)) = deed(&judged.fate) {
            let action = judged.actions.as_ref().map_or("", |(action, _)| action.as_str()).into();
            let key = DeedKey { fate, action, via: call.via.map(Into::into), because };
            let sum = self.deeds.entry(key).or_default();
            sum.events += events;
            for time in span.into_iter().flat_map(|(first, last)| [first, last]) {
                sum.span = widened(sum.span, time);
            }
            sum.regions.extend(call.region.map(Into::into));
        }
    }

    fn finish(&self, arn: &str, sums: &Sums<'_>, snapshot: Option<&Snapshot>) -> Option<Principal> {
        let actor = self.actor.as_ref()?;
        let mut deeds: Vec<Deed> = self.deeds.iter().map(|(key, sum)| sum.deed(key)).collect();
        deeds.sort_by(|one, other| {
            (one.fate, other.events)
                .cmp(&(other.fate, one.events))
                .then_with(|| one.action.cmp(&other.action))
        });
        let habit = habit::of(self, actor.principal().and_then(|arn| sums.hours(arn)), sums.days());
        Some(Principal {
            arn: arn.into(),
            kind: kind(actor),
            device: device(actor, snapshot),
            needs: if habit.is_automation { self.needs() } else { Vec::new() },
            habit,
            fates: self.fates,
            deeds,
            sign_ins: self.sign_ins,
            addresses: most_first(self.addresses.clone()),
            agents: most_first(self.agents.clone()),
        })
    }
}

impl Person {
    /// What a role needs in its place.
    fn needs(&self) -> Vec<Need> {
        let needs = self.needs.iter().map(|(action, resources)| Need {
            action: action.clone(),
            // Whatever else was seen, one call whose resource is not known may have been on any.
            resources: match resources.contains("*") {
                true => vec!["*".into()],
                false => resources.iter().cloned().collect(),
            },
        });
        needs.collect()
    }
}

impl Sum {
    fn deed(&self, key: &DeedKey) -> Deed {
        Deed {
            fate: key.fate,
            action: key.action.clone(),
            via: key.via.clone(),
            because: key.because.clone(),
            events: self.events,
            first: self.span.map(|(first, _)| instant(first)),
            last: self.span.map(|(_, last)| instant(last)),
            regions: self.regions.iter().cloned().collect(),
        }
    }
}

/// What is told of a call one by one, and why.
fn deed(fate: &Fate) -> Option<(DeedFate, Vec<Box<str>>)> {
    let deniers = |own: &[Denier]| own.iter().map(|denier| denier.to_string().into()).collect();
    Some(match fate {
        Fate::Nothing(_) | Fate::Passes => return None,
        Fate::Denied(own) => (DeedFate::Denied, deniers(own)),
        Fate::DeniedToday(own) => (DeedFate::DeniedToday, deniers(own)),
        Fate::CannotTell(because) => (DeedFate::CannotTell, because.iter().cloned().collect()),
        Fate::Refused(by) => (DeedFate::Refused, by.clone()),
    })
}

fn device(actor: &Actor, snapshot: Option<&Snapshot>) -> Device {
    let found = match actor {
        Actor::User(arn) => snapshot.and_then(|snapshot| find(snapshot, arn).ok()),
        Actor::Root(_) | Actor::Role(_) | Actor::Federated(_) | Actor::Service(_) | Actor::Unbound(_) => None,
    };
    match found {
        Some(Found::User(_, user)) => match user.mfa.active {
            Known::Fact(true) => Device::Has,
            Known::Fact(false) => Device::HasNone,
            Known::Unknown(_) => Device::Unknown,
        },
        Some(Found::Root(_) | Found::Role(..)) | None => Device::Unknown,
    }
}
