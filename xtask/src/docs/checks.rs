//! The checks of `portcullis audit`, and the rules of `portcullis lint`.

use portcullis_checks::audit::CHECKS;
use portcullis_checks::review;
use portcullis_finding::{Requirement, Rule};

use crate::failure::Outcome;

use super::markdown::{code, table};

pub(super) fn render() -> Outcome<String> {
    let rules: Vec<_> = CHECKS.iter().map(|check| &check.rule).collect();
    Ok(format!(
        "# Checks\n\n\
         What `portcullis audit` looks for, in the order of its reports.\n\
         The severity is that of a finding as it stands; what is behind it can make it worse or milder.\n\
         The page of each check, with the cases that test it, is \
         `crates/portcullis-checks/src/audit/<id>.md`.\n\n{}",
        listed("check", &rules),
    ))
}

/// The page of the rules of lint.
pub(super) fn render_lint() -> Outcome<String> {
    let rules: Vec<_> = review::lint_rules().collect();
    Ok(format!(
        "# Lint rules\n\n\
         What `portcullis lint` looks for, in the order of its tables; [lint.md](../lint.md) tells how to use it.\n\
         The severity is that of a flaw as it stands; what it opens can make it worse or milder.\n\
         The page of each rule, with the cases that test it, is \
         `crates/portcullis-checks/src/lint/<id>.md`.\n\n{}",
        listed("rule", &rules),
    ))
}

/// A table of rules, and a section for each.
fn listed(noun: &str, rules: &[&Rule]) -> String {
    let rows = rules
        .iter()
        .map(|rule| [format!("[`{}`](#{0})", rule.id), rule.severity.to_string(), rule.title().to_owned()]);
    let sections: Vec<_> = rules.iter().map(|rule| section(rule)).collect();
    format!("{}\n{}", table([noun, "severity", "finds"], rows), sections.join("\n"))
}

fn section(rule: &Rule) -> String {
    let controls: Vec<_> = rule.compliance.iter().map(control).collect();
    let controls =
        if controls.is_empty() { String::new() } else { format!(" Controls: {}.", controls.join(" · ")) };
    format!(
        "## {}\n\n{}. Severity: {}.{controls}\n\n{}\n\n**Remediation.** {}\n",
        rule.id,
        rule.title(),
        rule.severity,
        rule.rationale(),
        rule.remediation(),
    )
}

fn control(requirement: &Requirement) -> String {
    let Requirement { framework, version, id } = requirement;
    let version = if version.is_empty() { String::new() } else { format!(" {version}") };
    format!("{framework}{version} {}", code(id))
}
