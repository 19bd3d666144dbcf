//! What the doors say together.

use portcullis_finding::Evidence;

use super::context::Mfa;
use super::door::DoorKind;
use super::settle::Passage;
use super::{Enforcement, Extent, Opening, Power, Reach, Standing};
use crate::hidden::Hidden;

/// A door in the three states of the MFA key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tried {
    pub(super) kind: DoorKind,
    pub(super) action: Box<str>,
    pub(super) absent: Passage,
    pub(super) without: Passage,
    pub(super) with: Passage,
}

/// The standing of whoever finds the doors so. `evidence` is of the worst that is open.
pub(super) fn judge(doors: &[Tried], evidence: Vec<Evidence>) -> Standing {
    Standing { administrator: administrator(doors), enforcement: enforcement(doors, evidence) }
}

/// The worst door that is open without MFA: its place, and the state in which it is.
pub(super) fn witness(doors: &[Tried]) -> Option<(usize, Mfa)> {
    let open = |state: fn(&Tried) -> &Passage, mfa| {
        let open = doors.iter().enumerate().filter(move |(_, door)| *state(door) == Passage::Open);
        open.map(move |(at, door)| (door.kind, at, mfa))
    };
    let all = open(|door| &door.absent, Mfa::Absent).chain(open(|door| &door.without, Mfa::False));
    all.min_by_key(|(kind, at, _)| (*kind, *at)).map(|(_, at, mfa)| (at, mfa))
}

/// Whether some action opens, with MFA, by which any permission can be had.
pub(super) fn administrator(doors: &[Tried]) -> Result<bool, Hidden> {
    let takeover: Vec<_> =
        doors.iter().filter(|door| door.kind == DoorKind::Takeover).map(|door| &door.with).collect();
    if takeover.contains(&&Passage::Open) {
        return Ok(true);
    }
    hidden(takeover.into_iter()).map_or(Ok(false), Err)
}

fn enforcement(doors: &[Tried], evidence: Vec<Evidence>) -> Enforcement {
    let by_key = reach(doors, |door| &door.absent);
    let by_session = reach(doors, |door| &door.without);
    let with = reach(doors, |door| &door.with);
    if by_key.actions.is_empty() && by_session.actions.is_empty() {
        let bare = doors.iter().flat_map(|door| [&door.absent, &door.without]);
        return match hidden(bare) {
            Some(hidden) => Enforcement::Unknown(hidden),
            None if with.actions.is_empty() && hidden(doors.iter().map(|door| &door.with)).is_none() => {
                Enforcement::NoAccess
            }
            None => Enforcement::Enforced,
        };
    }
    let covers = |reach: &Reach| with.actions.iter().all(|action| reach.actions.contains(action));
    let extent = match (by_key.actions.is_empty(), by_session.actions.is_empty()) {
        (false, true) => Extent::KeysOnly,
        (true, false) => Extent::SessionsOnly,
        _ if covers(&by_key) && covers(&by_session) => Extent::Everything,
        _ => Extent::Part,
    };
    Enforcement::Open(Opening { by_key, by_session, extent, evidence })
}

fn hidden<'t>(mut passages: impl Iterator<Item = &'t Passage>) -> Option<Hidden> {
    passages.find_map(|passage| match passage {
        Passage::Hidden(hidden) => Some(hidden.clone()),
        Passage::Open | Passage::Closed => None,
    })
}

fn reach(doors: &[Tried], state: fn(&Tried) -> &Passage) -> Reach {
    let mut open: Vec<_> = doors.iter().filter(|door| *state(door) == Passage::Open).collect();
    open.sort_by_key(|door| door.kind);
    let power = match open.first().map(|door| door.kind) {
        Some(DoorKind::Takeover) => Power::Administrator,
        Some(DoorKind::Telling) => Power::Broad,
        Some(DoorKind::Named) => Power::Narrow,
        None => Power::Nothing,
    };
    let mut actions: Vec<Box<str>> = Vec::new();
    for door in open {
        if !actions.contains(&door.action) {
            actions.push(door.action.clone());
        }
    }
    Reach { power, actions }
}
