//! What the records cannot show: that nothing would have been denied is worth as much as what was recorded.

use std::collections::{BTreeMap, BTreeSet};

use portcullis_finding::replay::Totals;
use portcullis_snapshot::{Known, LastUse, Snapshot};

use super::person::People;
use super::sums::Sums;
use crate::census::Calls;

/// What was recorded of what.
#[derive(Default)]
struct Recorded {
    accounts: BTreeSet<Box<str>>,
    regions: BTreeSet<Box<str>>,
    /// The services of which there are data events.
    data: BTreeSet<Box<str>>,
    /// Denials that do not say what denied, and all of them.
    denials: (u64, u64),
    untimed: u64,
}

/// Everything that the records cannot show, one sentence each.
pub(super) fn all(
    calls: &Calls,
    sums: &Sums<'_>,
    totals: &Totals,
    (people, snapshot): (&People, Option<&Snapshot>),
) -> Vec<Box<str>> {
    let recorded = Recorded::new(calls, sums);
    let mut spots = Vec::new();
    spots.extend(recorded.data_events());
    spots.extend(recorded.global_region());
    spots.extend(days(sums));
    spots.extend(recorded.denials());
    spots.extend(objects(totals));
    if let Some(snapshot) = snapshot {
        spots.extend(recorded.accounts(snapshot));
        spots.extend(keys(people, snapshot, totals));
    }
    spots.into_iter().map(Into::into).collect()
}

impl Recorded {
    fn new(calls: &Calls, sums: &Sums<'_>) -> Self {
        let mut own = Self::default();
        calls.each(&mut |id, call| {
            let Some(seen) = sums.calls.get(id.index()).filter(|seen| 0 < seen.events) else { return };
            own.accounts.extend(call.account.map(Into::into));
            own.regions.extend(call.region.map(Into::into));
            if call.category == Some("data") {
                own.data.extend(call.source.map(Into::into));
            }
            if call.is_denied() {
                own.denials.0 += if call.denial.is_none() { seen.events } else { 0 };
                own.denials.1 += seen.events;
            }
            if seen.span.is_none() {
                own.untimed += seen.events;
            }
        });
        own
    }

    fn data_events(&self) -> Option<String> {
        if self.data.is_empty() {
            return Some(
                "no data events: calls on S3 objects, Lambda functions, DynamoDB items and the like are recorded only where a trail is told to, and none are here"
                    .into(),
            );
        }
        let names: Vec<&str> = self.data.iter().map(|own| own.trim_end_matches(".amazonaws.com")).collect();
        Some(format!(
            "data events of {} alone: those of other services are recorded only where a trail is told to",
            names.join(", ")
        ))
    }

    /// The events of IAM, STS (global endpoint) and the console's root sign-ins are recorded in one Region.
    fn global_region(&self) -> Option<String> {
        let is_commercial =
            self.regions.iter().any(|region| !region.starts_with("cn-") && !region.starts_with("us-gov-"));
        let missing = is_commercial && !self.regions.contains("us-east-1");
        missing.then(|| {
            "no events of us-east-1, where those of IAM and of other global services are recorded".into()
        })
    }

    fn denials(&self) -> Option<String> {
        let (silent, all) = self.denials;
        (0 < silent).then(|| format!("{silent} of {all} recorded denials do not say what denied"))
    }

    fn accounts(&self, snapshot: &Snapshot) -> Option<String> {
        let missing: Vec<String> = snapshot
            .accounts
            .keys()
            .filter(|id| !self.accounts.contains(id.as_str()))
            .map(ToString::to_string)
            .collect();
        let first: Vec<&str> = missing.iter().map(String::as_str).take(MOST_NAMED).collect();
        let more = if missing.len() > first.len() { ", …" } else { "" };
        let count = missing.len();
        let noun = if count == 1 { "account" } else { "accounts" };
        (0 < count)
            .then(|| format!("no events of {count} {noun} of the snapshot: {}{more}", first.join(", ")))
    }
}

const MOST_NAMED: usize = 5;

/// Days without any event between the first and the last.
fn days(sums: &Sums<'_>) -> Option<String> {
    let silent: Vec<_> =
        sums.rhythm().days.into_iter().filter(|(_, events, _)| *events == 0).map(|(day, ..)| day).collect();
    let first = silent.first()?.to_string();
    let first = first.split('T').next().unwrap_or_default();
    let count = silent.len();
    let noun = if count == 1 { "day" } else { "days" };
    Some(format!(
        "no events on {count} {noun} between the first and the last event, the first of them {first}"
    ))
}

fn objects(totals: &Totals) -> Option<String> {
    let count = totals.faults.len();
    let noun = if count == 1 { "object was" } else { "objects were" };
    (0 < count).then(|| format!("{count} {noun} not read to the end: what follows the damage is missing"))
}

/// Access keys that AWS says were used in the recorded time for a service of which there is no event of the user.
fn keys(people: &People, snapshot: &Snapshot, totals: &Totals) -> Option<String> {
    let (first, last) = totals.span?;
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (_, user) in snapshot.users() {
        let Known::Fact(keys) = &user.access_keys else { continue };
        let sources = people.get(user.arn.as_str()).map(|person| &person.sources);
        for key in keys {
            let (LastUse::At(at), Some(service)) = (key.last_used, &key.last_used_service) else { continue };
            let is_seen =
                sources.is_some_and(|own| own.iter().any(|source| source.split('.').next() == Some(service)));
            if (first..=last).contains(&at) && !is_seen {
                found.entry(user.name.to_string()).or_default().insert(service.to_string());
            }
        }
    }
    let told: Vec<String> = found
        .iter()
        .take(MOST_NAMED)
        .map(|(user, services)| {
            format!("{user} ({})", services.iter().cloned().collect::<Vec<_>>().join(", "))
        })
        .collect();
    let more = if found.len() > told.len() { ", …" } else { "" };
    let count = found.len();
    let noun = if count == 1 { "user" } else { "users" };
    (0 < count).then(|| {
        format!(
            "access keys of {count} {noun} were last used for a service of which no event is here: {}{more}",
            told.join(", ")
        )
    })
}
