//! How often and when: the events of each call, of each principal, of each day.

use std::collections::{BTreeMap, HashMap};

use portcullis_finding::replay::{Fates, Rhythm, Totals};
use portcullis_iam::{Arn, Timestamp};

use super::{Fate, Judged, Wanted};
use crate::census::{Calls, Event};
use crate::request::NoRequest;

/// What is counted while events are gone through.
pub(super) struct Sums<'j> {
    judged: &'j [Option<Judged>],
    wanted: &'j Wanted,
    /// For each call.
    pub(super) calls: Vec<Seen>,
    /// The place of the principal of each call in `hours`.
    principal: Vec<Option<u32>>,
    /// For each principal, when it called.
    hours: Vec<Hours>,
    places: HashMap<Arn, u32>,
    days: BTreeMap<u32, (u64, u64)>,
    week: [[u64; 24]; 7],
    left_out: u64,
    span: Option<(u32, u32)>,
}

/// The events of one call.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seen {
    pub(super) events: u64,
    /// The first and the last, where their times are known.
    pub(super) span: Option<(u32, u32)>,
}

/// When a principal called.
#[derive(Clone, Debug, Default)]
pub(super) struct Hours {
    /// By day of the week from Monday, and hour, in UTC.
    pub(super) week: [[u32; 24]; 7],
    /// The days, as days since 1970.
    pub(super) days: std::collections::BTreeSet<u32>,
}

const HOUR: u32 = 3_600;
const DAY: u32 = 24 * HOUR;

impl<'j> Sums<'j> {
    pub(super) fn new(judged: &'j [Option<Judged>], wanted: &'j Wanted) -> Self {
        let mut places = HashMap::new();
        let principal = judged.iter().map(|own| {
            let arn = own.as_ref()?.actor.principal()?;
            let next = places.len() as u32;
            Some(*places.entry(arn.clone()).or_insert(next))
        });
        let principal: Vec<_> = principal.collect();
        Self {
            judged,
            wanted,
            calls: vec![Seen::default(); judged.len()],
            principal,
            hours: vec![Hours::default(); places.len()],
            places,
            days: BTreeMap::new(),
            week: [[0; 24]; 7],
            left_out: 0,
            span: None,
        }
    }

    /// Counts an event.
    pub(super) fn add(&mut self, event: Event) {
        let at = event.call.index();
        let judged = self.judged.get(at).and_then(Option::as_ref);
        let (Some(judged), true) = (judged, self.wanted.is_in_time(event.time)) else {
            self.left_out += 1;
            return;
        };
        if let Some(seen) = self.calls.get_mut(at) {
            seen.events += 1;
            seen.span = widened(seen.span, event.time);
        }
        if event.time == 0 {
            return;
        }
        self.span = widened(self.span, event.time);
        let is_denied = matches!(judged.fate, Fate::Denied(_));
        let day = self.days.entry(event.time / DAY).or_default();
        day.0 += 1;
        day.1 += u64::from(is_denied);
        if is_denied && let Some(count) = slot(&mut self.week, event.time) {
            *count += 1;
        }
        let place = self.principal.get(at).copied().flatten();
        if let Some(hours) = place.and_then(|place| self.hours.get_mut(place as usize)) {
            hours.days.insert(event.time / DAY);
            if let Some(count) = slot(&mut hours.week, event.time) {
                *count += 1;
            }
        }
    }

    /// When a principal called.
    pub(super) fn hours(&self, principal: &Arn) -> Option<&Hours> {
        self.hours.get(*self.places.get(principal)? as usize)
    }

    /// The days from the first event to the last.
    pub(super) fn days(&self) -> Option<std::ops::RangeInclusive<u32>> {
        self.span.map(|(first, last)| first / DAY..=last / DAY)
    }

    /// The totals over all events.
    pub(super) fn total(&self, totals: &mut Totals) {
        totals.left_out = self.left_out;
        totals.span = self.span.map(|(first, last)| (instant(first), instant(last)));
        let mut nothing: BTreeMap<NoRequest, u64> = BTreeMap::new();
        for (judged, seen) in self.judged.iter().zip(&self.calls) {
            match judged.as_ref().map(|own| &own.fate) {
                None => {}
                Some(Fate::Nothing(reason)) => *nothing.entry(*reason).or_default() += seen.events,
                Some(fate) => count(&mut totals.fates, fate, seen.events),
            }
        }
        let told = nothing.into_iter().filter(|(_, events)| 0 < *events);
        totals.nothing = told.map(|(reason, events)| (reason.words().into(), events)).collect();
    }

    /// The calls of which no action is known, the most frequent first.
    pub(super) fn unmapped(&self, calls: &Calls) -> Vec<(Box<str>, u64)> {
        let mut found: BTreeMap<Box<str>, u64> = BTreeMap::new();
        calls.each(&mut |id, call| {
            let judged = self.judged.get(id.index()).and_then(Option::as_ref);
            let seen = self.calls.get(id.index()).copied().unwrap_or_default();
            if judged.is_some_and(|own| own.fate == Fate::Nothing(NoRequest::Unmapped)) && 0 < seen.events {
                let name = format!("{} {}", call.source.unwrap_or("?"), call.name.unwrap_or("?"));
                *found.entry(name.into()).or_default() += seen.events;
            }
        });
        most_first(found)
    }

    /// When events were denied.
    pub(super) fn rhythm(&self) -> Rhythm {
        let day = |day: u32| {
            let (events, denied) = self.days.get(&day).copied().unwrap_or_default();
            (instant(day.saturating_mul(DAY)), events, denied)
        };
        Rhythm { days: self.days().into_iter().flatten().map(day).collect(), week: self.week }
    }
}

/// Adds events to those of their fate.
pub(super) fn count(fates: &mut Fates, fate: &Fate, events: u64) {
    let place = match fate {
        Fate::Nothing(_) => return,
        Fate::Passes => &mut fates.passes,
        Fate::Denied(_) => &mut fates.denied,
        Fate::Refused(_) => &mut fates.refused,
        Fate::DeniedToday(_) => &mut fates.denied_today,
        Fate::CannotTell(_) => &mut fates.cannot_tell,
    };
    *place += events;
}

/// The instant of a time of an event.
pub(super) fn instant(time: u32) -> Timestamp {
    Timestamp::from_seconds(i64::from(time))
}

/// What was counted, the most first, and what is equal in the order of names.
pub(super) fn most_first(counts: BTreeMap<Box<str>, u64>) -> Vec<(Box<str>, u64)> {
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by(|(one, a), (other, b)| b.cmp(a).then_with(|| one.cmp(other)));
    counts
}

/// The span with another time in it. An event without a time widens nothing.
pub(super) fn widened(span: Option<(u32, u32)>, time: u32) -> Option<(u32, u32)> {
    match (span, time) {
        (span, 0) => span,
        (None, time) => Some((time, time)),
        (Some((first, last)), time) => Some((first.min(time), last.max(time))),
    }
}

/// The place of a time in a week that starts on Monday.
fn slot<N>(week: &mut [[N; 24]; 7], time: u32) -> Option<&mut N> {
    // 1970 began on a Thursday.
    let (day, hour) = ((time / DAY + 3) % 7, time % DAY / HOUR);
    week.get_mut(day as usize)?.get_mut(hour as usize)
}
