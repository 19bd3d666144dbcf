//! The summary: one screen.

use std::io;

use portcullis_finding::{AccountCoverage, Audit, Count, Severity, Status};
use portcullis_iam::AccountId;

use super::{BOLD, DIM, Page, style};
use crate::words::{count, fit, grouped, safe, short};

/// Accounts that the table shows, unless everything is wanted.
const ROWS: usize = 15;
/// The columns of the table without the bars and the account's name.
const FIXED: usize = 63;

pub(super) fn write(audit: &Audit, page: Page, out: &mut impl io::Write) -> io::Result<()> {
    let accounts = &audit.coverage.accounts;
    let users: u32 = accounts.iter().map(|account| account.with_device.total()).sum();
    writeln!(
        out,
        "{BOLD}{} with {}{BOLD:#}, {}",
        count(accounts.len(), "account", "accounts"),
        count(users as usize, "user", "users"),
        age(audit)
    )?;
    writeln!(out, "\n  {}", totals(audit))?;
    if !accounts.is_empty() {
        table(audit, page, out)?;
    }
    Ok(())
}

/// When the snapshot was taken, and how old it is.
fn age(audit: &Audit) -> String {
    let Some(taken) = audit.taken_at else {
        return "from a snapshot that does not tell when it was taken".to_owned();
    };
    let text = taken.to_string();
    let minute = text.get(..16).unwrap_or(&text).replace('T', " ");
    let hours = (audit.audited_at.seconds() - taken.seconds()).div_euclid(3600);
    let age = match hours {
        ..0 => "after the time of this audit".to_owned(),
        0 => "less than an hour old".to_owned(),
        1..48 => format!("{} old", count(usize::try_from(hours).unwrap_or(0), "hour", "hours")),
        _ => format!("{} old", count(usize::try_from(hours / 24).unwrap_or(0), "day", "days")),
    };
    format!("snapshot of {minute} UTC, {age}")
}

/// How many findings there are of each kind.
fn totals(audit: &Audit) -> String {
    let failures = audit.failures().remove(&None).unwrap_or_default();
    let mut parts: Vec<String> = Severity::WORST_FIRST
        .into_iter()
        .filter_map(|severity| {
            let number = failures.get(&severity).copied().filter(|number| 0 < *number)?;
            let style = style(severity);
            Some(format!("{style}{} {severity}{style:#}", grouped(number as usize)))
        })
        .collect();
    if parts.is_empty() {
        parts.push("nothing found".to_owned());
    }
    for (status, word) in [(Status::Unknown, "unknown"), (Status::Exempt, "accepted")] {
        let number = audit.findings.iter().filter(|finding| finding.status == status).count();
        if 0 < number {
            parts.push(format!("{} {word}", grouped(number)));
        }
    }
    parts.join("   ")
}

fn table(audit: &Audit, page: Page, out: &mut impl io::Write) -> io::Result<()> {
    let columns = Columns::of(page);
    let name = columns.name;
    let severities = "CRIT  HIGH   MED   LOW";
    writeln!(
        out,
        "\n  {DIM}{}{:>7}  {}  {}  {severities}{DIM:#}",
        fit("ACCOUNT", 14 + name),
        "USERS",
        fit("MFA DEVICE", columns.bar + 6),
        fit("MFA ENFORCED", columns.bar + 6)
    )?;
    let failures = audit.failures();
    let found = |account: Option<AccountId>, severity: Severity| {
        failures.get(&account).and_then(|counts| counts.get(&severity)).copied().unwrap_or(0)
    };
    let mut accounts: Vec<&AccountCoverage> = audit.coverage.accounts.iter().collect();
    accounts.sort_by_key(|account| {
        Severity::WORST_FIRST.map(|severity| std::cmp::Reverse(found(Some(account.account), severity)))
    });
    let shown = page.limit(ROWS);
    for account in accounts.iter().take(shown) {
        let star = if account.management { "*" } else { " " };
        let title =
            format!("{}{star} {}", account.account, fit(&safe(account.name.as_deref().unwrap_or("")), name));
        let findings =
            Severity::WORST_FIRST.map(|severity| (severity, found(Some(account.account), severity)));
        row(&title, columns, [account.with_device, account.enforced], findings, out)?;
    }
    if shown < accounts.len() {
        writeln!(
            out,
            "  {DIM}… and {} (--all){DIM:#}",
            count(accounts.len() - shown, "more account", "more accounts")
        )?;
    }
    if 1 < accounts.len() {
        let sum = |of: fn(&AccountCoverage) -> Count| {
            accounts.iter().map(|account| of(account)).fold(Count::default(), Count::plus)
        };
        let title = fit("all", 14 + name);
        let findings = Severity::WORST_FIRST.map(|severity| (severity, found(None, severity)));
        row(
            &title,
            columns,
            [sum(|account| account.with_device), sum(|account| account.enforced)],
            findings,
            out,
        )?;
    }
    if accounts.iter().any(|account| account.management) {
        writeln!(out, "  {DIM}* the management account: control policies do not bind it{DIM:#}")?;
    }
    Ok(())
}

fn row(
    title: &str,
    columns: Columns,
    [device, enforced]: [Count; 2],
    findings: [(Severity, u32); 4],
    out: &mut impl io::Write,
) -> io::Result<()> {
    write!(
        out,
        "  {title}{:>7}  {} {}  {} {}",
        grouped(device.total() as usize),
        bar(device, columns.bar),
        fit(&short(device.yes), 5),
        bar(enforced, columns.bar),
        fit(&short(enforced.yes), 5),
    )?;
    for (severity, number) in findings {
        let style = style(severity);
        if number == 0 {
            write!(out, "{DIM}{:>6}{DIM:#}", "·")?;
        } else {
            write!(out, "{style}{:>6}{style:#}", short(number))?;
        }
    }
    writeln!(out)
}

/// The columns that depend on the width of the page.
#[derive(Clone, Copy)]
struct Columns {
    name: usize,
    bar: usize,
}

impl Columns {
    fn of(page: Page) -> Self {
        let bar = if page.width < 96 { 6 } else { 8 };
        Self { name: page.width.saturating_sub(FIXED + 2 * bar).min(24), bar }
    }
}

/// A bar of who has it (`█`), of whom it is unknown (`?`), and who has it not (`░`). Never full unless all have it.
fn bar(count: Count, columns: usize) -> String {
    let total = count.total() as usize;
    if total == 0 {
        return " ".repeat(columns);
    }
    let share = |number: u32| (number as usize * columns) / total;
    let yes = share(count.yes);
    let unknown = if count.unknown == 0 { 0 } else { share(count.unknown).clamp(1, columns - yes) };
    format!("{}{}{}", "█".repeat(yes), "?".repeat(unknown), "░".repeat(columns - yes - unknown))
}
