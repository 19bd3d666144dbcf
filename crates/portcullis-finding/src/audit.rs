//! A whole audit: the value that every format prints.

use std::collections::BTreeMap;

use portcullis_iam::AccountId;
use portcullis_iam::Timestamp;

use crate::changes::Changes;
use crate::coverage::Coverage;
use crate::finding::{Finding, Severity, Status};
use crate::rule::Rule;

/// Everything that an audit says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audit {
    /// What made it.
    pub tool: Tool,
    /// When the snapshot was taken, where that is known.
    pub taken_at: Option<Timestamp>,
    /// The time that the audit was asked to take as now.
    pub audited_at: Timestamp,
    /// What was audited.
    pub selection: Selection,
    /// How complete the view was.
    pub coverage: Coverage,
    /// One entry for each check that ran, in the order of the table of checks.
    pub checks: Vec<CheckTally>,
    /// Worst account first, worst finding first.
    pub findings: Vec<Finding>,
    /// The difference to an earlier audit, where one was given.
    pub changes: Option<Changes>,
}

/// The program that made an audit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tool {
    /// The version of Portcullis.
    pub version: Box<str>,
    /// The day of the catalogue of AWS actions that it knows, such as `2026-11-20`.
    pub catalog: Box<str>,
}

/// What was audited: empty lists mean everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// The ids of the checks that were asked for.
    pub only: Vec<String>,
    /// The ids of the checks that were left out.
    pub skip: Vec<String>,
    /// The accounts that were asked for.
    pub accounts: Vec<AccountId>,
}

/// How often a check came to which outcome. Its findings are those that did not pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckTally {
    /// The rule of the check.
    pub rule: &'static Rule,
    /// Resources without the flaw.
    pub pass: u32,
    /// Resources that the check does not concern, such as the root user of an account that has no root credentials.
    pub not_applicable: u32,
    /// Findings that are certain.
    pub fail: u32,
    /// Findings that could not be settled.
    pub unknown: u32,
    /// Findings that an exemption accepts.
    pub exempt: u32,
}

impl Audit {
    /// Whether something could not be settled.
    pub fn is_incomplete(&self) -> bool {
        self.findings.iter().any(|finding| finding.status == Status::Unknown)
    }

    /// Whether a certain finding is at or above `threshold`.
    pub fn fails_on(&self, threshold: Severity) -> bool {
        self.findings.iter().any(|finding| finding.status == Status::Fail && threshold <= finding.severity)
    }

    /// How many certain findings there are of each severity, per account and over all (`None`).
    pub fn failures(&self) -> BTreeMap<Option<AccountId>, BTreeMap<Severity, u32>> {
        let mut counts = BTreeMap::<_, BTreeMap<_, u32>>::new();
        for finding in self.findings.iter().filter(|finding| finding.status == Status::Fail) {
            let owners = [None, finding.account];
            for owner in owners.iter().take(1 + usize::from(finding.account.is_some())) {
                *counts.entry(*owner).or_default().entry(finding.severity).or_default() += 1;
            }
        }
        counts
    }
}
