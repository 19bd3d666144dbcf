//! JSON: the versioned contract for programs. The schema is `docs/replay.schema.json`.

use std::collections::BTreeMap;
use std::io;

use portcullis_finding::replay::{self, Device, Fates, Replay};
use portcullis_iam::Timestamp;
use serde::Serialize;

/// The version of the contract. It grows when a member changes its meaning or goes away; new members may come.
pub const VERSION: u32 = 1;

/// Writes the replay as indented JSON with one principal a line, and a newline at the end.
///
/// # Errors
/// When the writer fails.
pub fn write(replay: &Replay, out: &mut impl io::Write) -> io::Result<()> {
    let about = serde_json::to_string_pretty(&root(replay))?;
    out.write_all(about.strip_suffix("\n}").unwrap_or(&about).as_bytes())?;
    out.write_all(b",\n  \"principals\": [")?;
    for (at, one) in replay.principals.iter().enumerate() {
        out.write_all(if at == 0 { b"\n    " } else { b",\n    " })?;
        serde_json::to_writer(&mut *out, &principal(one))?;
    }
    out.write_all(b"\n  ]\n}\n")
}

/// All but the principals.
#[derive(Serialize)]
struct Root<'a> {
    version: u32,
    tool: Tool<'a>,
    asked: Asked<'a>,
    first: Option<String>,
    last: Option<String>,
    read: Read<'a>,
    events: Events<'a>,
    unmapped: BTreeMap<&'a str, u64>,
    exemptions: Exemptions<'a>,
    blind_spots: &'a [Box<str>],
    days: Vec<Day>,
    week: [[u64; 24]; 7],
}

#[derive(Serialize)]
struct Tool<'a> {
    name: &'static str,
    version: &'a str,
    catalog: &'a str,
}

#[derive(Serialize)]
struct Asked<'a> {
    logs: &'a [Box<str>],
    snapshot: Option<&'a str>,
    guardrail: Vec<Guardrail<'a>>,
    principals: &'a [Box<str>],
    accounts: Vec<&'a str>,
    since: Option<String>,
    until: Option<String>,
}

#[derive(Serialize)]
struct Guardrail<'a> {
    file: &'a str,
    attached: &'a str,
}

#[derive(Serialize)]
struct Read<'a> {
    objects: u64,
    bytes: u64,
    records: u64,
    skipped: BTreeMap<&'a str, u64>,
    faults: BTreeMap<&'a str, &'a str>,
    delivered_again: u64,
    without_identifier: u64,
}

#[derive(Serialize)]
struct Events<'a> {
    left_out: u64,
    not_decided_by_policies: BTreeMap<&'a str, u64>,
    #[serde(flatten)]
    fates: Counts,
}

#[derive(Serialize)]
struct Counts {
    passes: u64,
    denied: u64,
    cannot_tell: u64,
    refused: u64,
    denied_today: u64,
}

#[derive(Serialize)]
struct Exemptions<'a> {
    is_least: bool,
    patterns: Vec<Exemption<'a>>,
}

#[derive(Serialize)]
struct Exemption<'a> {
    pattern: &'a str,
    principals: u64,
}

#[derive(Serialize)]
struct Day {
    day: String,
    events: u64,
    denied: u64,
}

#[derive(Serialize)]
struct Principal<'a> {
    arn: &'a str,
    kind: &'a str,
    has_device: Option<bool>,
    is_automation: bool,
    signs: &'a [Box<str>],
    events: Counts,
    sign_ins: SignIns,
    addresses: BTreeMap<&'a str, u64>,
    agents: BTreeMap<&'a str, u64>,
    deeds: Vec<Deed<'a>>,
    needs: Vec<Need<'a>>,
}

#[derive(Serialize)]
struct Need<'a> {
    action: &'a str,
    resources: &'a [Box<str>],
}

#[derive(Serialize)]
struct SignIns {
    with_mfa: u64,
    without_mfa: u64,
    failed: u64,
}

#[derive(Serialize)]
struct Deed<'a> {
    fate: &'static str,
    action: &'a str,
    via: Option<&'a str>,
    because: &'a [Box<str>],
    events: u64,
    first: Option<String>,
    last: Option<String>,
    regions: &'a [Box<str>],
}

fn root(replay: &Replay) -> Root<'_> {
    let Replay { tool, asked, totals, .. } = replay;
    Root {
        version: VERSION,
        tool: Tool { name: "portcullis", version: &tool.version, catalog: &tool.catalog },
        asked: Asked {
            logs: &asked.logs,
            snapshot: asked.snapshot.as_deref(),
            guardrail: asked
                .guardrail
                .iter()
                .map(|own| Guardrail { file: &own.file, attached: &own.attached })
                .collect(),
            principals: &asked.principals,
            accounts: asked.accounts.iter().map(portcullis_iam::AccountId::as_str).collect(),
            since: instant(asked.since),
            until: instant(asked.until),
        },
        first: instant(totals.span.map(|(first, _)| first)),
        last: instant(totals.span.map(|(_, last)| last)),
        read: Read {
            objects: totals.objects,
            bytes: totals.bytes,
            records: totals.records,
            skipped: counts(&totals.skipped),
            faults: totals.faults.iter().map(|(name, why)| (&**name, &**why)).collect(),
            delivered_again: totals.again,
            without_identifier: totals.unnamed,
        },
        events: Events {
            left_out: totals.left_out,
            not_decided_by_policies: counts(&totals.nothing),
            fates: fates(totals.fates),
        },
        unmapped: counts(&replay.unmapped),
        exemptions: Exemptions {
            is_least: replay.exemptions.is_least,
            patterns: replay
                .exemptions
                .patterns
                .iter()
                .map(|own| Exemption { pattern: &own.pattern, principals: own.principals })
                .collect(),
        },
        blind_spots: &replay.blind_spots,
        days: replay
            .rhythm
            .days
            .iter()
            .map(|(day, events, denied)| Day {
                day: day.to_string().chars().take(10).collect(),
                events: *events,
                denied: *denied,
            })
            .collect(),
        week: replay.rhythm.week,
    }
}

fn principal(own: &replay::Principal) -> Principal<'_> {
    let [with_mfa, without_mfa, failed] = own.sign_ins;
    Principal {
        arn: &own.arn,
        kind: own.kind,
        has_device: match own.device {
            Device::Has => Some(true),
            Device::HasNone => Some(false),
            Device::Unknown => None,
        },
        is_automation: own.habit.is_automation,
        signs: &own.habit.signs,
        events: fates(own.fates),
        sign_ins: SignIns { with_mfa, without_mfa, failed },
        addresses: counts(&own.addresses),
        agents: counts(&own.agents),
        deeds: own.deeds.iter().map(deed).collect(),
        needs: own
            .needs
            .iter()
            .map(|need| Need { action: &need.action, resources: &need.resources })
            .collect(),
    }
}

fn deed(own: &replay::Deed) -> Deed<'_> {
    Deed {
        fate: own.fate.id(),
        action: &own.action,
        via: own.via.as_deref(),
        because: &own.because,
        events: own.events,
        first: instant(own.first),
        last: instant(own.last),
        regions: &own.regions,
    }
}

fn fates(own: Fates) -> Counts {
    let Fates { passes, denied, refused, denied_today, cannot_tell } = own;
    Counts { passes, denied, cannot_tell, refused, denied_today }
}

fn counts(own: &[(Box<str>, u64)]) -> BTreeMap<&str, u64> {
    own.iter().map(|(name, count)| (&**name, *count)).collect()
}

fn instant(own: Option<Timestamp>) -> Option<String> {
    own.map(|own| own.to_string())
}
