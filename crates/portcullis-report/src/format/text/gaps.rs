//! What could not be assessed, and what was accepted.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use portcullis_finding::{Audit, Finding, Source, SourceState, Status};
use portcullis_iam::AccountId;

use super::{BOLD, DIM, Page, heading};
use crate::words::{count, safe, wrap};

/// Reasons, and accepted principals, that are told, unless everything is wanted.
const SHOWN: usize = 8;

pub(super) fn write(audit: &Audit, page: Page, out: &mut impl io::Write) -> io::Result<()> {
    let unknown: Vec<_> = with_status(audit, Status::Unknown).collect();
    let coverage = &audit.coverage;
    if !unknown.is_empty() || !coverage.not_assessed.is_empty() {
        heading("Not assessed: unknown is never a pass", page, out)?;
        let mut reasons = reasons(&unknown);
        sources(audit, &mut reasons, page, out)?;
        others(reasons, page, out)?;
        if !coverage.not_assessed.is_empty() {
            paragraph(&format!("outside of what was read: {}", coverage.not_assessed.join("; ")), page, out)?;
        }
    }
    accepted(audit, page, out)
}

fn with_status(audit: &Audit, status: Status) -> impl Iterator<Item = &Finding> {
    audit.findings.iter().filter(move |finding| finding.status == status)
}

/// Why checks could not be settled, each reason with the checks and accounts that it concerns.
type Reasons<'a> = BTreeMap<&'a str, (BTreeSet<&'a str>, BTreeSet<Option<AccountId>>)>;

/// The reasons of findings that could not be settled: they are the evidence of such a finding.
fn reasons<'a>(unknown: &[&'a Finding]) -> Reasons<'a> {
    let mut reasons = Reasons::new();
    for finding in unknown.iter().filter(|finding| finding.rule.id != "snapshot-incomplete") {
        for evidence in &finding.evidence {
            // What a dump hides of something in particular is told with the dump: `the groups of the user: … is missing`.
            let reason = evidence.fact.rsplit(": ").next().unwrap_or_default();
            let (checks, accounts) = reasons.entry(reason).or_default();
            checks.insert(finding.rule.id);
            accounts.insert(finding.account);
        }
    }
    reasons
}

/// The dumps that are missing or broken: in how many accounts, what makes them, and which checks wait for them.
fn sources(audit: &Audit, reasons: &mut Reasons<'_>, page: Page, out: &mut impl io::Write) -> io::Result<()> {
    let mut lacking: BTreeMap<(&str, SourceState), Vec<&Source>> = BTreeMap::new();
    let accounts = audit.coverage.accounts.iter().flat_map(|account| &account.sources);
    for source in accounts.chain(&audit.coverage.organization) {
        if source.state != SourceState::Present {
            lacking.entry((source.name, source.state)).or_default().push(source);
        }
    }
    for ((name, state), sources) in &lacking {
        let Some(first) = sources.first() else { continue };
        let place = match sources.len() {
            1 => String::new(),
            many => format!(" in {many} accounts"),
        };
        let state = state.as_str();
        paragraph(&format!("{name} is {state}{place}: it tells {}", first.decides), page, out)?;
        for problem in sources.iter().flat_map(|source| &source.problems).take(page.limit(3)) {
            writeln!(out, "      {}", safe(problem))?;
        }
        if !first.command.is_empty() {
            writeln!(out, "      {BOLD}{}{BOLD:#}", first.command)?;
        }
        if let Some((checks, _)) = reasons.remove(format!("{name} is {state}").as_str()) {
            waiting(&checks, page, out)?;
        }
    }
    Ok(())
}

/// The reasons that no dump as a whole explains.
fn others(reasons: Reasons<'_>, page: Page, out: &mut impl io::Write) -> io::Result<()> {
    let mut reasons: Vec<_> = reasons.into_iter().collect();
    reasons.sort_by_key(|(_, (checks, _))| std::cmp::Reverse(checks.len()));
    let shown = page.limit(SHOWN);
    for (reason, (checks, accounts)) in reasons.iter().take(shown) {
        let place = match accounts.len() {
            1 => String::new(),
            many => format!(" (in {many} accounts)"),
        };
        paragraph(&format!("{}{place}", safe(reason)), page, out)?;
        waiting(checks, page, out)?;
    }
    if shown < reasons.len() {
        let more = count(reasons.len() - shown, "more reason", "more reasons");
        writeln!(out, "  {DIM}… and {more} (--all){DIM:#}")?;
    }
    Ok(())
}

/// The checks that cannot be settled.
fn waiting(checks: &BTreeSet<&str>, page: Page, out: &mut impl io::Write) -> io::Result<()> {
    let list = checks.iter().copied().collect::<Vec<_>>().join(", ");
    for line in wrap(&list, page.width - 6) {
        writeln!(out, "      {DIM}{line}{DIM:#}")?;
    }
    Ok(())
}

/// The findings that exemptions accept, one line for each principal.
fn accepted(audit: &Audit, page: Page, out: &mut impl io::Write) -> io::Result<()> {
    let mut principals: BTreeMap<&str, (Vec<&str>, &str)> = BTreeMap::new();
    for finding in with_status(audit, Status::Exempt) {
        let by = finding.evidence.last().map(|evidence| &*evidence.fact).unwrap_or_default();
        principals.entry(&finding.resource).or_insert((Vec::new(), by)).0.push(finding.rule.id);
    }
    if principals.is_empty() {
        return Ok(());
    }
    heading("Accepted in portcullis.toml", page, out)?;
    let shown = page.limit(SHOWN);
    for (resource, (checks, by)) in principals.iter().take(shown) {
        writeln!(out, "  {BOLD}{}{BOLD:#}  {DIM}{}{DIM:#}", safe(resource), checks.join(", "))?;
        for line in wrap(&safe(by), page.width - 6) {
            writeln!(out, "      {line}")?;
        }
    }
    if shown < principals.len() {
        writeln!(out, "  {DIM}… and {} more (--all){DIM:#}", principals.len() - shown)?;
    }
    Ok(())
}

fn paragraph(text: &str, page: Page, out: &mut impl io::Write) -> io::Result<()> {
    for (at, line) in wrap(text, page.width - 6).iter().enumerate() {
        let indent = if at == 0 { 2 } else { 4 };
        writeln!(out, "{:indent$}{line}", "")?;
    }
    Ok(())
}
