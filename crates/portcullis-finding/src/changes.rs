//! The difference between two audits.

use std::collections::{BTreeMap, BTreeSet};

use portcullis_iam::Timestamp;

use crate::audit::Audit;
use crate::finding::{Finding, Status};

/// An earlier audit, as far as a comparison needs it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EarlierAudit {
    /// When its snapshot was taken, where that is known.
    pub taken_at: Option<Timestamp>,
    /// Its findings.
    pub findings: Vec<EarlierFinding>,
}

/// A finding of an earlier audit, in the words of its JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlierFinding {
    /// The finding's id.
    pub id: String,
    /// The id of the check.
    pub check: String,
    /// The account, where it had one.
    pub account: Option<String>,
    /// `fail`, `unknown` or `exempt`.
    pub status: String,
    /// The severity.
    pub severity: String,
    /// The message.
    pub message: String,
}

/// What changed since an earlier audit. Only checks and accounts that were audited now are compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// When the earlier snapshot was taken, where that is known.
    pub since: Option<Timestamp>,
    /// Ids of findings that fail now and did not.
    pub new: Vec<String>,
    /// Findings that failed and are gone.
    pub fixed: Vec<EarlierFinding>,
    /// Ids of findings that failed and are accepted by an exemption now.
    pub accepted: Vec<String>,
    /// Ids of findings that failed and cannot be settled now: not fixed, only out of sight.
    pub out_of_sight: Vec<String>,
    /// How many findings fail as before.
    pub unchanged: u32,
}

/// Compares an audit with an earlier one.
pub fn compare(earlier: &EarlierAudit, now: &Audit) -> Changes {
    let mut changes = Changes { since: earlier.taken_at, ..Changes::default() };
    let mut failed: BTreeMap<&str, &EarlierFinding> = earlier
        .findings
        .iter()
        .filter(|finding| finding.status == Status::Fail.as_str())
        .map(|finding| (finding.id.as_str(), finding))
        .collect();
    for finding in &now.findings {
        let id = finding.id().0;
        let before = failed.remove(id.as_str());
        match (finding.status, before) {
            (Status::Fail, None) => changes.new.push(id),
            (Status::Fail, Some(_)) => changes.unchanged += 1,
            (Status::Exempt, Some(_)) => changes.accepted.push(id),
            (Status::Unknown, Some(_)) => changes.out_of_sight.push(id),
            (Status::Unknown | Status::Exempt, None) => {}
        }
    }
    settle(&mut changes, failed.into_values(), now);
    changes
}

/// Sorts the findings that are gone: fixed, out of sight, or not looked at this time.
fn settle<'e>(changes: &mut Changes, gone: impl Iterator<Item = &'e EarlierFinding>, now: &Audit) {
    let checks: BTreeSet<_> = now.checks.iter().map(|tally| tally.rule.id).collect();
    let accounts: BTreeSet<_> = now.coverage.accounts.iter().map(|account| account.account).collect();
    let accounts: BTreeSet<_> = accounts.iter().map(|account| account.as_str()).collect();
    let unsettled: BTreeSet<_> =
        now.findings.iter().filter(|finding| finding.status == Status::Unknown).map(place).collect();
    for finding in gone {
        let account = finding.account.as_deref();
        let looked_at = account.is_none_or(|account| accounts.contains(account));
        if !checks.contains(finding.check.as_str()) || !looked_at {
            continue;
        }
        if unsettled.contains(&(finding.check.as_str(), account.map(str::to_owned))) {
            changes.out_of_sight.push(finding.id.clone());
        } else {
            changes.fixed.push(finding.clone());
        }
    }
    changes.out_of_sight.sort();
}

fn place(finding: &Finding) -> (&str, Option<String>) {
    (finding.rule.id, finding.account.map(|account| account.to_string()))
}
