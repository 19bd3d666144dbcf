//! A proposed change, made in a snapshot and shown as a difference.

use std::sync::Arc;

use portcullis_finding::proof::{Change, Edit};
use portcullis_iam::{Policy, PolicyKind, parse, print};
use portcullis_snapshot::{Document, Known, Snapshot};

/// The snapshot with the policies written anew.
pub(super) fn applied(snapshot: &Snapshot, change: &Change) -> Snapshot {
    let mut fixed = snapshot.clone();
    let accounts = fixed.accounts.values_mut();
    for policy in accounts.flat_map(|account| account.policies.values_mut()) {
        if let Some(edit) = change.edits.iter().find(|edit| edit.policy == policy.arn) {
            policy.document = Known::Fact(Arc::new(document(&edit.document)));
        }
    }
    fixed
}

fn document(text: &Arc<str>) -> Document {
    let policy = parse::policy(text, PolicyKind::Identity).policy.map(Arc::new);
    Document { text: Arc::clone(text), policy, fault: None }
}

/// The lines that a policy loses and gets, with what is around them.
pub(super) fn difference(snapshot: &Snapshot, edit: &Edit) -> String {
    let old = policy(snapshot, &edit.policy).map(|policy| print::pretty(&policy)).unwrap_or_default();
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), edit.document.lines().collect());
    let same = |(one, other): &(&&str, &&str)| one == other;
    let before = old.iter().zip(&new).take_while(same).count();
    let shorter = old.len().min(new.len()) - before;
    let after = old.iter().rev().zip(new.iter().rev()).take(shorter).take_while(same).count();
    let part = |lines: &[&str], mark: &str, from: usize, to: usize| -> String {
        let lines = lines.iter().take(to).skip(from);
        lines.map(|line| format!("  {mark} {line}\n")).collect()
    };
    let (old_end, new_end) = (old.len() - after, new.len() - after);
    [
        part(&old, " ", before.saturating_sub(AROUND), before),
        part(&old, "-", before, old_end),
        part(&new, "+", before, new_end),
        part(&new, " ", new_end, new_end + AROUND),
    ]
    .concat()
}

fn policy(snapshot: &Snapshot, arn: &Arc<str>) -> Option<Arc<Policy>> {
    let policy = snapshot.accounts.values().find_map(|account| account.policies.get(arn))?;
    policy.document.fact()?.policy.clone()
}

/// How many lines are shown before and after those that change.
const AROUND: usize = 2;
