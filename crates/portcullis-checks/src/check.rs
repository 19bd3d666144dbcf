//! A check: its rule, and the function that looks.

use std::collections::{BTreeMap, BTreeSet};

use portcullis_finding::{CheckTally, Evidence, Finding, Rule, Severity, Status};
use portcullis_iam::AccountId;
use portcullis_snapshot::{Account, Known, Missing};

use crate::hidden::Hidden;
use crate::scope::{AccountScope, Scope, UserScope};

/// A member of the table of checks.
#[derive(Debug)]
pub struct Check {
    /// What it looks for.
    pub rule: Rule,
    /// How it looks.
    pub run: Run,
}

/// What a check looks at.
#[derive(Clone, Copy, Debug)]
pub enum Run {
    /// The snapshot as a whole.
    Snapshot(fn(&Scope<'_>, &mut Sink)),
    /// One account.
    Account(fn(&AccountScope<'_>, &mut Sink)),
    /// One user.
    User(fn(&UserScope<'_>) -> Result<Outcome, Hidden>),
}

/// What a check says of one resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The flaw is not there.
    Pass,
    /// The check does not concern the resource.
    NotApplicable,
    /// The flaw is there.
    Fail(Failure),
}

/// A flaw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// How bad it is here.
    pub severity: Severity,
    /// The reason, as a lowercase fragment.
    pub message: String,
    /// The facts behind it.
    pub evidence: Vec<Evidence>,
}

/// Takes what one check says, resource by resource.
#[derive(Debug)]
pub struct Sink {
    rule: &'static Rule,
    account: Option<AccountId>,
    /// The findings so far.
    pub findings: Vec<Finding>,
    /// Outcomes so far; findings are counted later, when exemptions are known.
    pub tally: CheckTally,
    hidden: BTreeMap<Hidden, u32>,
    /// What hides that there is more to look at.
    rest: Option<Missing>,
    /// What is looked at, one and many, when it is not the account itself.
    noun: Option<(&'static str, &'static str)>,
}

impl Sink {
    /// An empty sink for the findings of `rule` in `account`.
    pub fn new(rule: &'static Rule, account: Option<AccountId>) -> Self {
        let tally = CheckTally { rule, pass: 0, not_applicable: 0, fail: 0, unknown: 0, exempt: 0 };
        Self { rule, account, findings: Vec::new(), tally, hidden: BTreeMap::new(), rest: None, noun: None }
    }

    /// Takes the outcome for one resource.
    pub fn take(&mut self, resource: &str, outcome: Result<Outcome, Hidden>) {
        match outcome {
            Ok(Outcome::Pass) => self.tally.pass += 1,
            Ok(Outcome::NotApplicable) => self.tally.not_applicable += 1,
            Ok(Outcome::Fail(failure)) => self.fail(resource, failure),
            Err(hidden) => *self.hidden.entry(hidden).or_default() += 1,
        }
    }

    /// Takes the outcome for one resource of `account`. A second flaw of a resource is added to its first.
    pub fn take_for(&mut self, account: Option<AccountId>, resource: &str, outcome: Result<Outcome, Hidden>) {
        let before = self.findings.len();
        let whole = std::mem::replace(&mut self.account, account);
        self.take(resource, outcome);
        self.account = whole;
        let mut earlier = self.findings.iter().take(before);
        if before < self.findings.len()
            && let Some(first) = earlier.position(|finding| *finding.resource == *resource)
            && let (Some(second), Some(finding)) = (self.findings.pop(), self.findings.get_mut(first))
        {
            finding.message = format!("{}; {}", finding.message, second.message).into();
            finding.evidence.extend(second.evidence);
        }
    }

    /// Takes a finding of a flaw.
    pub fn fail(&mut self, resource: &str, failure: Failure) {
        self.findings.push(Finding {
            rule: self.rule,
            severity: failure.severity,
            status: Status::Fail,
            account: self.account,
            resource: resource.into(),
            message: failure.message.into(),
            evidence: failure.evidence,
        });
    }

    /// Takes a finding that cannot be settled, with the reasons alone as its evidence.
    pub fn unknown(&mut self, resource: &str, message: String, reasons: impl IntoIterator<Item = String>) {
        self.findings.push(Finding {
            rule: self.rule,
            severity: self.rule.severity,
            status: Status::Unknown,
            account: self.account,
            resource: resource.into(),
            message: message.into(),
            evidence: reasons.into_iter().map(Evidence::decision).collect(),
        });
    }

    /// Takes a finding of `account` that cannot be settled.
    pub fn unknown_for(
        &mut self,
        account: Option<AccountId>,
        resource: &str,
        message: String,
        reasons: impl IntoIterator<Item = String>,
    ) {
        let whole = std::mem::replace(&mut self.account, account);
        self.unknown(resource, message, reasons);
        self.account = whole;
    }

    /// Takes what hides that the account has more of what is looked at.
    pub fn rest_of(&mut self, account: &Account, many: &str) {
        if let Known::Unknown(missing) = account.all_details {
            let message = format!("there may be further {many}: {missing}");
            self.unknown_for(Some(account.id), account.root.arn.as_str(), message, [missing.to_string()]);
        }
    }

    /// Names what is looked at, one and many, and what hides that there is more of it.
    pub fn among(&mut self, noun: (&'static str, &'static str), all: Known<()>) {
        self.noun = Some(noun);
        self.rest = all.missing();
    }

    /// Turns what was hidden into one finding about `place`, for all reasons together.
    pub fn settle(&mut self, place: &str) {
        let hidden = std::mem::take(&mut self.hidden);
        let mut parts = Vec::new();
        for (why, count) in &hidden {
            parts.push(match self.noun {
                Some((one, _)) if *count == 1 => format!("unknown for {count} {one}: {why}"),
                Some((_, many)) => format!("unknown for {count} {many}: {why}"),
                None => why.to_string(),
            });
        }
        let mut reasons: BTreeSet<String> = hidden.keys().map(ToString::to_string).collect();
        if let (Some(missing), Some((_, many))) = (self.rest, self.noun) {
            parts.push(format!("there may be further {many}: {missing}"));
            reasons.insert(missing.to_string());
        }
        if !parts.is_empty() {
            self.unknown(place, parts.join("; "), reasons);
        }
    }
}
