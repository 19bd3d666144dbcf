//! What was found, account by account, the worst first. Alike findings are told together.

use std::collections::BTreeMap;
use std::io;

use portcullis_finding::{Audit, Finding, Rule, Severity, Status};
use portcullis_iam::AccountId;

use super::{BOLD, DIM, Page, heading, style};
use crate::words::{count, safe, short_name, wrap};

/// Accounts that are told in full, unless everything is wanted.
const ACCOUNTS: usize = 10;
/// Different messages of one check, and lines of names for one message.
const MESSAGES: usize = 6;
const LINES: usize = 2;

pub(super) fn write(audit: &Audit, page: Page, out: &mut impl io::Write) -> io::Result<()> {
    let mut accounts: Vec<(Option<AccountId>, Vec<&Finding>)> = Vec::new();
    for finding in audit.findings.iter().filter(|finding| finding.status == Status::Fail) {
        match accounts.last_mut() {
            Some((account, findings)) if *account == finding.account => findings.push(finding),
            Some(_) | None => accounts.push((finding.account, vec![finding])),
        }
    }
    let shown = page.limit(ACCOUNTS);
    for (account, findings) in accounts.iter().take(shown) {
        heading(&title(audit, *account), page, out)?;
        one(findings, page, out)?;
    }
    if shown < accounts.len() {
        let more = count(accounts.len() - shown, "account has findings", "accounts have findings");
        writeln!(out, "\n{DIM}{more} that are not shown here: --all, or --account ID{DIM:#}")?;
    }
    Ok(())
}

fn title(audit: &Audit, account: Option<AccountId>) -> String {
    let Some(account) = account else { return "The snapshot as a whole".to_owned() };
    let coverage = audit.coverage.accounts.iter().find(|coverage| coverage.account == account);
    match coverage.and_then(|coverage| coverage.name.as_deref()) {
        Some(name) => format!("{account}  {}", safe(name)),
        None => account.to_string(),
    }
}

/// The findings of one account, which come with the worst first: one block for each severity and check.
fn one(findings: &[&Finding], page: Page, out: &mut impl io::Write) -> io::Result<()> {
    let same = |one: &&Finding, other: &&Finding| one.severity == other.severity && one.rule == other.rule;
    for block in findings.chunk_by(same) {
        if let Some(first) = block.first() {
            label(first.severity, first.rule, block.len(), page, out)?;
            messages(block, page, out)?;
        }
    }
    Ok(())
}

fn label(
    severity: Severity,
    rule: &Rule,
    number: usize,
    page: Page,
    out: &mut impl io::Write,
) -> io::Result<()> {
    let style = style(severity);
    let word = severity.as_str().to_uppercase();
    let of = if number == 1 { String::new() } else { format!(" ({number})") };
    let title = rule.title();
    let blanks = page.width.saturating_sub(10 + title.chars().count() + of.len() + rule.id.len());
    writeln!(
        out,
        "{style}{word:<8}{style:#}  {BOLD}{title}{BOLD:#}{of}{}{DIM}{}{DIM:#}",
        " ".repeat(blanks.max(2)),
        rule.id
    )
}

fn messages(block: &[&Finding], page: Page, out: &mut impl io::Write) -> io::Result<()> {
    let mut groups: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in block {
        groups.entry(&finding.message).or_default().push(finding);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(_, findings)| std::cmp::Reverse(findings.len()));
    let shown = page.limit(MESSAGES);
    for (message, findings) in groups.iter().take(shown) {
        match findings.as_slice() {
            [alone] if alone.account.is_none() => line(&safe(message), page, out)?,
            [alone] => line(
                &format!("{}: {}", short_name(&alone.resource, alone.account), safe(message)),
                page,
                out,
            )?,
            many => {
                line(&safe(message), page, out)?;
                names(many, page, out)?;
            }
        }
    }
    let rest: usize = groups.iter().skip(shown).map(|(_, findings)| findings.len()).sum();
    if 0 < rest {
        writeln!(out, "    {DIM}… and {rest} more (--all){DIM:#}")?;
    }
    Ok(())
}

fn line(text: &str, page: Page, out: &mut impl io::Write) -> io::Result<()> {
    for (at, line) in wrap(text, page.width - 6).iter().enumerate() {
        let indent = if at == 0 { 4 } else { 6 };
        writeln!(out, "{:indent$}{line}", "")?;
    }
    Ok(())
}

/// The resources that share a message, as many as fit.
fn names(findings: &[&Finding], page: Page, out: &mut impl io::Write) -> io::Result<()> {
    let names: Vec<String> =
        findings.iter().map(|finding| short_name(&finding.resource, finding.account)).collect();
    let shown = page.limit(LINES);
    let mut told = 0;
    for line in wrap(&names.join(", "), page.width - 8).iter().take(shown) {
        told += line.matches(", ").count() + usize::from(line.ends_with(',') || told + 1 == names.len());
        writeln!(out, "      {line}")?;
    }
    let rest = names.len().saturating_sub(told);
    if shown != usize::MAX && 1 < rest {
        writeln!(out, "      {DIM}… and {rest} more (--all){DIM:#}")?;
    }
    Ok(())
}
