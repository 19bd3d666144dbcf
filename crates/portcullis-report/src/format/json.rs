//! JSON: the versioned contract for programs. The schema is `docs/audit.schema.json`.

use std::io;

use portcullis_finding::{Audit, CheckTally, Origin, Requirement, Severity};
use rayon::prelude::*;
use serde::Serialize;

/// The version of the contract. It grows when a member changes its meaning or goes away; new members may come.
pub const VERSION: u32 = 1;

/// Writes the audit as indented JSON with one finding a line, and a newline at the end.
///
/// # Errors
/// When the writer fails.
pub fn write(audit: &Audit, out: &mut impl io::Write) -> io::Result<()> {
    let about = serde_json::to_string_pretty(&root(audit))?;
    out.write_all(about.strip_suffix("\n}").unwrap_or(&about).as_bytes())?;
    out.write_all(b",\n  \"findings\": [")?;
    let mut before: &[u8] = b"\n";
    for batch in audit.findings.chunks(BATCH) {
        let pieces: Vec<_> = batch.par_chunks(PIECE).map(lines).collect::<Result<_, _>>()?;
        for piece in pieces {
            out.write_all(before)?;
            out.write_all(&piece)?;
            before = SEPARATOR;
        }
    }
    out.write_all(b"\n  ]\n}\n")
}

/// So many findings are in memory as text at once, in pieces that are made in parallel.
const BATCH: usize = 64 * PIECE;
const PIECE: usize = 256;

const SEPARATOR: &[u8] = b",\n";

fn lines(findings: &[portcullis_finding::Finding]) -> serde_json::Result<Vec<u8>> {
    let mut text = Vec::new();
    for one in findings {
        if !text.is_empty() {
            text.extend_from_slice(SEPARATOR);
        }
        text.extend_from_slice(b"    ");
        serde_json::to_writer(&mut text, &finding(one))?;
    }
    Ok(text)
}

/// All but the findings.
#[derive(Serialize)]
struct Root<'a> {
    version: u32,
    tool: Tool<'a>,
    taken_at: Option<String>,
    audited_at: String,
    selection: Selection<'a>,
    summary: Summary,
    coverage: Coverage<'a>,
    checks: Vec<Check>,
    #[serde(skip_serializing_if = "Option::is_none")]
    changes: Option<Changes<'a>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    name: &'static str,
    version: &'a str,
    catalog: &'a str,
}

#[derive(Serialize)]
struct Selection<'a> {
    only: &'a [String],
    skip: &'a [String],
    accounts: Vec<&'a str>,
}

#[derive(Serialize)]
struct Summary {
    critical: u32,
    high: u32,
    medium: u32,
    low: u32,
    unknown: u32,
    exempt: u32,
    pass: u32,
    not_applicable: u32,
}

#[derive(Serialize)]
struct Coverage<'a> {
    accounts: Vec<Account<'a>>,
    organization: Vec<Source<'a>>,
    not_assessed: &'a [&'static str],
}

#[derive(Serialize)]
struct Account<'a> {
    account: &'a str,
    name: Option<&'a str>,
    management: bool,
    users: u32,
    mfa_device: Count,
    mfa_enforced: Count,
    sources: Vec<Source<'a>>,
}

#[derive(Serialize)]
struct Count {
    yes: u32,
    no: u32,
    unknown: u32,
}

#[derive(Serialize)]
struct Source<'a> {
    source: &'static str,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    found: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    wanted: Option<usize>,
    problems: Vec<&'a str>,
    decides: &'static str,
    command: &'static str,
}

#[derive(Serialize)]
struct Check {
    check: &'static str,
    title: &'static str,
    severity: &'static str,
    pass: u32,
    fail: u32,
    unknown: u32,
    exempt: u32,
    not_applicable: u32,
}

#[derive(Serialize)]
struct Finding<'a> {
    id: String,
    check: &'static str,
    severity: &'static str,
    status: &'static str,
    account: Option<&'a str>,
    resource: &'a str,
    message: &'a str,
    evidence: Vec<Evidence<'a>>,
    compliance: Vec<Control>,
    remediation: &'static str,
}

/// A fact, and where it came from: a file and line, a statement of a policy, or a decision over all policies.
#[derive(Default, Serialize)]
struct Evidence<'a> {
    fact: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    policy: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sid: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u32>,
}

#[derive(Serialize)]
struct Control {
    framework: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    version: &'static str,
    id: &'static str,
}

#[derive(Serialize)]
struct Changes<'a> {
    since: Option<String>,
    new: &'a [String],
    fixed: Vec<Fixed<'a>>,
    accepted: &'a [String],
    out_of_sight: &'a [String],
    unchanged: u32,
}

#[derive(Serialize)]
struct Fixed<'a> {
    id: &'a str,
    severity: &'a str,
    message: &'a str,
}

fn root(audit: &Audit) -> Root<'_> {
    Root {
        version: VERSION,
        tool: Tool { name: "portcullis", version: &audit.tool.version, catalog: &audit.tool.catalog },
        taken_at: audit.taken_at.map(|at| at.to_string()),
        audited_at: audit.audited_at.to_string(),
        selection: Selection {
            only: &audit.selection.only,
            skip: &audit.selection.skip,
            accounts: audit.selection.accounts.iter().map(|account| account.as_str()).collect(),
        },
        summary: summary(audit),
        coverage: coverage(&audit.coverage),
        checks: audit.checks.iter().map(check).collect(),
        changes: audit.changes.as_ref().map(changes),
    }
}

fn summary(audit: &Audit) -> Summary {
    let failures = audit.failures().remove(&None).unwrap_or_default();
    let failed = |severity| failures.get(&severity).copied().unwrap_or(0);
    let sum = |count: fn(&CheckTally) -> u32| audit.checks.iter().map(count).sum();
    Summary {
        critical: failed(Severity::Critical),
        high: failed(Severity::High),
        medium: failed(Severity::Medium),
        low: failed(Severity::Low),
        unknown: sum(|tally| tally.unknown),
        exempt: sum(|tally| tally.exempt),
        pass: sum(|tally| tally.pass),
        not_applicable: sum(|tally| tally.not_applicable),
    }
}

fn coverage(coverage: &portcullis_finding::Coverage) -> Coverage<'_> {
    Coverage {
        accounts: coverage.accounts.iter().map(account).collect(),
        organization: coverage.organization.iter().map(source).collect(),
        not_assessed: &coverage.not_assessed,
    }
}

fn account(account: &portcullis_finding::AccountCoverage) -> Account<'_> {
    Account {
        account: account.account.as_str(),
        name: account.name.as_deref(),
        management: account.management,
        users: account.with_device.total(),
        mfa_device: count(account.with_device),
        mfa_enforced: count(account.enforced),
        sources: account.sources.iter().map(source).collect(),
    }
}

fn count(count: portcullis_finding::Count) -> Count {
    Count { yes: count.yes, no: count.no, unknown: count.unknown }
}

fn source(source: &portcullis_finding::Source) -> Source<'_> {
    Source {
        source: source.name,
        state: source.state.as_str(),
        found: source.share.map(|share| share.found),
        wanted: source.share.map(|share| share.wanted),
        problems: source.problems.iter().map(AsRef::as_ref).collect(),
        decides: source.decides,
        command: source.command,
    }
}

fn check(tally: &CheckTally) -> Check {
    Check {
        check: tally.rule.id,
        title: tally.rule.title(),
        severity: tally.rule.severity.as_str(),
        pass: tally.pass,
        fail: tally.fail,
        unknown: tally.unknown,
        exempt: tally.exempt,
        not_applicable: tally.not_applicable,
    }
}

fn finding(finding: &portcullis_finding::Finding) -> Finding<'_> {
    Finding {
        id: finding.id().0,
        check: finding.rule.id,
        severity: finding.severity.as_str(),
        status: finding.status.as_str(),
        account: finding.account.as_ref().map(|account| account.as_str()),
        resource: &finding.resource,
        message: &finding.message,
        evidence: finding.evidence.iter().map(evidence).collect(),
        compliance: finding.rule.compliance.iter().map(control).collect(),
        remediation: finding.rule.remediation(),
    }
}

fn evidence(evidence: &portcullis_finding::Evidence) -> Evidence<'_> {
    let bare = Evidence { fact: &evidence.fact, ..Evidence::default() };
    match &evidence.origin {
        Origin::File { path, line } => Evidence { file: Some(path), line: *line, ..bare },
        Origin::Statement { policy, sid, position } => Evidence {
            policy: Some(policy),
            sid: sid.as_deref(),
            line: Some(position.line),
            column: Some(position.column),
            ..bare
        },
        Origin::Decision | Origin::Argument => bare,
    }
}

fn control(requirement: &Requirement) -> Control {
    let Requirement { framework, version, id } = *requirement;
    Control { framework, version, id }
}

fn changes(changes: &portcullis_finding::Changes) -> Changes<'_> {
    let fixed = changes.fixed.iter();
    Changes {
        since: changes.since.map(|at| at.to_string()),
        new: &changes.new,
        fixed: fixed
            .map(|gone| Fixed { id: &gone.id, severity: &gone.severity, message: &gone.message })
            .collect(),
        accepted: &changes.accepted,
        out_of_sight: &changes.out_of_sight,
        unchanged: changes.unchanged,
    }
}
