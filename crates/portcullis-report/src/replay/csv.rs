//! CSV (RFC 4180): one row for each action of each principal, for spreadsheets.

use std::borrow::Cow;
use std::io;

use portcullis_finding::replay::{Deed, Device, Principal, Replay};
use portcullis_iam::Timestamp;

use crate::format::csv::row;

/// The columns. New ones may come at the end.
const COLUMNS: [&str; 12] = [
    "principal",
    "kind",
    "has_device",
    "is_automation",
    "fate",
    "action",
    "via",
    "events",
    "first",
    "last",
    "because",
    "regions",
];

/// Writes one row for each action of each principal, after a row with the names of the columns.
///
/// # Errors
/// When the writer fails.
pub fn write(replay: &Replay, out: &mut impl io::Write) -> io::Result<()> {
    row(COLUMNS.iter().map(|name| Cow::Borrowed(*name)), out)?;
    for principal in &replay.principals {
        for deed in &principal.deeds {
            row(cells(principal, deed).into_iter(), out)?;
        }
    }
    Ok(())
}

fn cells<'a>(principal: &'a Principal, deed: &'a Deed) -> [Cow<'a, str>; COLUMNS.len()] {
    let instant = |own: Option<Timestamp>| own.map(|own| own.to_string()).unwrap_or_default();
    let has_device = match principal.device {
        Device::Has => "true",
        Device::HasNone => "false",
        Device::Unknown => "",
    };
    [
        (&*principal.arn).into(),
        principal.kind.into(),
        has_device.into(),
        principal.habit.is_automation.to_string().into(),
        deed.fate.id().into(),
        (&*deed.action).into(),
        deed.via.as_deref().unwrap_or_default().into(),
        deed.events.to_string().into(),
        instant(deed.first).into(),
        instant(deed.last).into(),
        deed.because.join("; ").into(),
        deed.regions.join(" ").into(),
    ]
}
