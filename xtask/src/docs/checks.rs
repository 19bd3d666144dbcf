//! The checks of `portcullis audit`.

use portcullis_checks::audit::CHECKS;
use portcullis_finding::{Requirement, Rule};

use crate::failure::Outcome;

use super::markdown::{code, table};

pub(super) fn render() -> Outcome<String> {
    let rules = || CHECKS.iter().map(|check| &check.rule);
    let rows = rules()
        .map(|rule| [format!("[`{}`](#{0})", rule.id), rule.severity.to_string(), rule.title().to_owned()]);
    let sections: Vec<_> = rules().map(section).collect();
    Ok(format!(
        "# Checks\n\n\
         What `portcullis audit` looks for, in the order of its reports.\n\
         The severity is that of a finding as it stands; what is behind it can make it worse or milder.\n\
         The page of each check, with the cases that test it, is \
         `crates/portcullis-checks/src/audit/<id>.md`.\n\n{}\n{}",
        table(["check", "severity", "finds"], rows),
        sections.join("\n"),
    ))
}

fn section(rule: &Rule) -> String {
    let controls: Vec<_> = rule.compliance.iter().map(control).collect();
    let controls = if controls.is_empty() { "none".to_owned() } else { controls.join(" · ") };
    format!(
        "## {}\n\n{}. Severity: {}. Controls: {controls}.\n\n{}\n\n**Remediation.** {}\n",
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
