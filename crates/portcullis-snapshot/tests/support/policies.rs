//! The policies of a principal as text.

use std::collections::HashMap;
use std::fmt::Write;

use portcullis_iam::{AccountId, Arn, KeyState, Layer, PolicySet, Values};
use portcullis_snapshot::{Assume, Fingerprint, Snapshot, caller_for, fingerprint, policies_for};

/// Every policy that applies to `principal`.
pub(crate) fn policies(snapshot: &Snapshot, principal: &Arn, assume: Assume) -> String {
    let set = match policies_for(snapshot, principal, assume) {
        Ok(set) => set,
        Err(error) => return format!("error: {error}\nhint: {}\n", error.hint()),
    };
    let mut out = String::new();
    layer(&mut out, "identity", &set.identity);
    if let Some(boundary) = &set.boundary {
        layer(&mut out, "boundary", boundary);
    }
    for (kind, levels) in [("SCP", &set.service_control), ("RCP", &set.resource_control)] {
        levels.iter().for_each(|level| layer(&mut out, &format!("{kind} {}", level.name), &level.layer));
    }
    let management = set.management_account.map_or("-".into(), |id| id.to_string());
    writeln!(out, "management account: {management}").unwrap();
    out
}

/// The principal as a caller.
pub(crate) fn caller(snapshot: &Snapshot, principal: &Arn) -> String {
    let set = policies_for(snapshot, principal, Assume::Unknown).unwrap_or_else(|_| PolicySet::default());
    let (caller, context) = match caller_for(snapshot, principal, &set, Assume::Unknown) {
        Ok(found) => found,
        Err(error) => return format!("error: {error}\nhint: {}\n", error.hint()),
    };
    let mut out = format!("{caller:?}\n");
    for (key, state) in context.iter() {
        let state = match state {
            KeyState::Absent => "absent".into(),
            KeyState::Unknown => "unknown".into(),
            KeyState::Known(Values::One(value)) => value.to_string(),
            KeyState::Known(Values::Many(values)) => format!("[{}]", values.join(", ")),
        };
        writeln!(out, "  {key}: {state}").unwrap();
    }
    out
}

/// The users of an account that have the same policies, one line for each set.
pub(crate) fn same(snapshot: &Snapshot, account: &str) -> String {
    let account = &snapshot.accounts[&AccountId::parse(account).unwrap()];
    let mut sets: HashMap<Fingerprint, Vec<&str>> = HashMap::new();
    for user in account.users.values() {
        sets.entry(fingerprint(account, user)).or_default().push(&user.name);
    }
    let mut lines: Vec<String> = sets.into_values().map(|users| users.join(" ") + "\n").collect();
    lines.sort();
    lines.concat()
}

fn layer(out: &mut String, name: &str, layer: &Layer) {
    writeln!(out, "{name}").unwrap();
    for attached in &layer.policies {
        let statements = attached.policy.statements.len();
        writeln!(out, "  {} ({:?}), {statements} statements", attached.id, attached.source).unwrap();
    }
    for gap in &layer.gaps {
        writeln!(out, "  gap: {}", gap.0).unwrap();
    }
}
