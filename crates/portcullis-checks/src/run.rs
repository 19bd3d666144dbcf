//! The run: every check over every account, and the findings in their order.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use portcullis_finding::{Audit, CheckTally, Count, Finding, Selection, Severity, Status, Tool};
use portcullis_guardrail::Intent;
use portcullis_iam::{AccountId, Timestamp};
use portcullis_prove::Estate;
use portcullis_snapshot::{Account, Snapshot};
use rayon::prelude::*;

use crate::audit::CHECKS;
use crate::check::{Check, Run, Sink};
use crate::coverage;
use crate::proofs::Proofs;
use crate::scope::{AccountScope, Scope, UserScope};
use crate::standing::{Book, Enforcement, Standing};

/// What to audit, and as when.
#[derive(Clone, Debug)]
pub struct Options {
    /// The program, as the report names it.
    pub tool: Tool,
    /// The time to take as now.
    pub now: Timestamp,
    /// The checks and accounts; ids that do not exist select nothing.
    pub selection: Selection,
}

/// Audits `snapshot` against what is intended for it.
pub fn run(snapshot: &Snapshot, intent: &Intent, options: &Options) -> Audit {
    let checks: Vec<_> = CHECKS.iter().filter(|check| is_selected(check, &options.selection)).collect();
    let estate = Estate::new(snapshot, intent, options.now);
    let proofs = Proofs::new(&estate, &options.selection, &checks);
    let scope = Scope::new(&estate, &options.selection.accounts, proofs);
    let accounts: Vec<&Account> = scope.selected().collect();
    let looks = accounts.par_iter().map(|account| look_at_account(&scope, account, &checks));
    let (enforced, mut sinks): (Vec<Count>, Vec<Vec<Sink>>) = looks.unzip();
    sinks.push(checks.iter().filter_map(|check| look_at_whole(&scope, check)).collect());
    let coverage = coverage::coverage(snapshot, accounts.into_iter().zip(enforced));
    let (checks, findings) = gather(&checks, sinks.into_iter().flatten(), &scope);
    Audit {
        tool: options.tool.clone(),
        taken_at: snapshot.taken_at.map(|taken| taken.at),
        audited_at: options.now,
        selection: options.selection.clone(),
        coverage,
        checks,
        findings,
        changes: None,
    }
}

fn is_selected(check: &Check, selection: &Selection) -> bool {
    let named = |ids: &[String]| ids.iter().any(|id| id == check.rule.id);
    (selection.only.is_empty() || named(&selection.only)) && !named(&selection.skip)
}

fn look_at_whole(scope: &Scope<'_>, check: &'static Check) -> Option<Sink> {
    let Run::Snapshot(look) = check.run else { return None };
    let mut sink = Sink::new(&check.rule, None);
    look(scope, &mut sink);
    sink.settle("snapshot");
    Some(sink)
}

/// How far MFA is enforced in the account, and what the checks say of it.
fn look_at_account(scope: &Scope<'_>, account: &Account, checks: &[&'static Check]) -> (Count, Vec<Sink>) {
    let within = AccountScope { scope, account };
    let mut book = Book::new(&within);
    let users: Vec<_> = account.users.values().map(|user| (user, book.standing(user))).collect();
    let look = |check: &&'static Check| {
        let mut sink = Sink::new(&check.rule, Some(account.id));
        match check.run {
            Run::Snapshot(_) => return None,
            Run::Account(look) => look(&within, &mut sink),
            Run::User(look) => {
                sink.among(("user", "users"), account.all_users);
                for (user, standing) in &users {
                    sink.take(user.arn.as_str(), look(&UserScope { within: &within, user, standing }));
                }
            }
        }
        sink.settle(within.arn().as_str());
        Some(sink)
    };
    let sinks = checks.iter().filter_map(look).collect();
    (enforced(users.iter().map(|(_, standing)| &**standing)), sinks)
}

/// For how many users MFA is asked for, whatever they do.
fn enforced<'s>(standings: impl Iterator<Item = &'s Standing>) -> Count {
    let mut count = Count::default();
    for standing in standings {
        let slot = match standing.enforcement {
            Enforcement::NoAccess | Enforcement::Enforced => &mut count.yes,
            Enforcement::Open(_) => &mut count.no,
            Enforcement::Unknown(_) => &mut count.unknown,
        };
        *slot += 1;
    }
    count
}

/// Accepts what is exempted, counts, and puts the findings in their order.
fn gather(
    checks: &[&'static Check],
    sinks: impl Iterator<Item = Sink>,
    scope: &Scope<'_>,
) -> (Vec<CheckTally>, Vec<Finding>) {
    let mut tallies: BTreeMap<&str, CheckTally> = BTreeMap::new();
    let mut findings = Vec::new();
    for sink in sinks {
        let tally =
            tallies.entry(sink.tally.rule.id).or_insert_with(|| Sink::new(sink.tally.rule, None).tally);
        tally.pass += sink.tally.pass;
        tally.not_applicable += sink.tally.not_applicable;
        for mut finding in sink.findings {
            accept(&mut finding, scope);
            match finding.status {
                Status::Fail => tally.fail += 1,
                Status::Unknown => tally.unknown += 1,
                Status::Exempt => tally.exempt += 1,
            }
            findings.push(finding);
        }
    }
    sort(&mut findings);
    (checks.iter().filter_map(|check| tallies.remove(check.rule.id)).collect(), findings)
}

/// Marks a finding that a valid exemption accepts, and says by whom.
fn accept(finding: &mut Finding, scope: &Scope<'_>) {
    if finding.status != Status::Fail {
        return;
    }
    if let Some(exemption) = scope.accepting(finding.rule.id, &finding.resource) {
        finding.status = Status::Exempt;
        finding.evidence.push(crate::scope::intended(exemption));
    }
}

/// The worst account first (by its certain findings), in it the worst finding, then in the order of checks and ARNs.
fn sort(findings: &mut [Finding]) {
    let mut weight: BTreeMap<Option<AccountId>, [u32; 4]> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.status == Status::Fail) {
        let counts = weight.entry(finding.account).or_default();
        let slot = Severity::WORST_FIRST.iter().position(|severity| *severity == finding.severity);
        if let Some(count) = slot.and_then(|slot| counts.get_mut(slot)) {
            *count += 1;
        }
    }
    let places: BTreeMap<&str, usize> =
        CHECKS.iter().enumerate().map(|(place, check)| (check.rule.id, place)).collect();
    let key = |finding: &Finding| {
        let badness = weight.get(&finding.account).copied().unwrap_or_default();
        let place = places.get(finding.rule.id).copied();
        (Reverse(badness), finding.account, finding.status, Reverse(finding.severity), place)
    };
    findings.sort_by(|one, other| key(one).cmp(&key(other)).then_with(|| one.resource.cmp(&other.resource)));
}
