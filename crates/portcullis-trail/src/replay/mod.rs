//! Recorded calls under a guardrail that is not in force: who would have been denied what.

mod blind_spots;
mod bound;
mod cover;
mod exempt;
mod fate;
mod habit;
mod person;
mod sums;
mod unseen;

use std::io;

use portcullis_finding::audit::Tool;
use portcullis_finding::replay::{Asked, Replay, Totals};
use portcullis_iam::{AccountId, Timestamp};

pub use bound::{EVERYWHERE, Supposed};
pub use fate::{Denier, Fate, Judged};
pub(crate) use unseen::is_limited;

use crate::call::Call;
use crate::census::Found;
use bound::Bounds;
use sums::Sums;

/// Which events are asked about: an empty list means every one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The ARNs of principals.
    pub principals: Vec<Box<str>>,
    /// The accounts of callers.
    pub accounts: Vec<AccountId>,
    /// Events before it are left out.
    pub since: Option<Timestamp>,
    /// Events from it on are left out.
    pub until: Option<Timestamp>,
}

/// What is known of a replay before any event is looked at.
#[derive(Clone, Debug)]
pub struct Given {
    /// What makes the report.
    pub tool: Tool,
    /// What was asked.
    pub asked: Asked,
    /// What was read: objects, bytes, records, what was skipped, faults and records without an identifier.
    pub read: Totals,
}

/// Replays what was found.
///
/// # Errors
/// When what did not fit into memory cannot be read again.
pub fn replay(found: Found, supposed: Supposed<'_>, wanted: &Wanted, given: Given) -> io::Result<Replay> {
    let mut bounds = Bounds::new(supposed);
    let mut judged = Vec::with_capacity(found.calls.len());
    found.calls.each(&mut |_, call| {
        let own = fate::judge(call, &mut bounds);
        judged.push(wanted.is_asked(call, &own).then_some(own));
    });
    let mut sums = Sums::new(&judged, wanted);
    let (calls, again) = found.events(&mut |event| sums.add(event))?;
    let mut totals = Totals { again, ..given.read };
    sums.total(&mut totals);
    let people = person::all(&calls, &judged, &sums, supposed.snapshot);
    let exemptions = exempt::all(&people, supposed.snapshot);
    let blind_spots = blind_spots::all(&calls, &sums, &totals, (&people, supposed.snapshot));
    Ok(Replay {
        tool: given.tool,
        asked: given.asked,
        unmapped: sums.unmapped(&calls),
        rhythm: sums.rhythm(),
        principals: person::told(people),
        exemptions,
        blind_spots,
        totals,
    })
}

impl Wanted {
    fn is_asked(&self, call: &Call<'_>, judged: &Judged) -> bool {
        let account = || call.caller_account.or(call.account).and_then(AccountId::parse);
        let of_account =
            self.accounts.is_empty() || account().is_some_and(|own| self.accounts.contains(&own));
        let principal = judged.actor.principal();
        let is_named = |name: &str| principal.is_some_and(|own| own.as_str() == name);
        of_account && (self.principals.is_empty() || self.principals.iter().any(|name| is_named(name)))
    }

    fn is_in_time(&self, time: u32) -> bool {
        let time = i64::from(time);
        self.since.is_none_or(|since| since.seconds() <= time)
            && self.until.is_none_or(|until| time < until.seconds())
    }
}
