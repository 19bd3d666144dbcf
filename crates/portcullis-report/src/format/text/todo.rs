//! What to do: one entry for each check that found something, the worst first.

use std::collections::BTreeMap;
use std::io;

use portcullis_finding::{Audit, Rule, Severity, Status};

use super::{BOLD, DIM, Page, heading, style};
use crate::words::{count, wrap};

pub(super) fn write(audit: &Audit, page: Page, out: &mut impl io::Write) -> io::Result<()> {
    let mut rules: BTreeMap<&str, (&Rule, Severity, usize)> = BTreeMap::new();
    for finding in audit.findings.iter().filter(|finding| finding.status == Status::Fail) {
        let (_, worst, number) = rules.entry(finding.rule.id).or_insert((finding.rule, finding.severity, 0));
        *worst = (*worst).max(finding.severity);
        *number += 1;
    }
    if rules.is_empty() {
        return Ok(());
    }
    heading("What to do", page, out)?;
    let mut rules: Vec<_> = rules.into_values().collect();
    rules.sort_by_key(|(rule, worst, number)| (std::cmp::Reverse((*worst, *number)), rule.id));
    for (rule, worst, number) in rules {
        let style = style(worst);
        let findings = count(number, "finding", "findings");
        writeln!(
            out,
            "{BOLD}{}{BOLD:#}  {DIM}{}, {findings}, up to{DIM:#} {style}{worst}{style:#}",
            rule.title(),
            rule.id
        )?;
        for paragraph in rule.remediation().lines() {
            for line in wrap(paragraph, page.width - 2) {
                writeln!(out, "  {line}")?;
            }
        }
    }
    Ok(())
}
