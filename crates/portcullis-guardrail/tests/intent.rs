//! `portcullis.toml`: each case is a file and what becomes of it.

use portcullis_guardrail::{BreakGlass, BreakGlassMfa, intent};

const KNOWN: &[&str] = &["access-key-without-mfa", "mfa-not-enforced"];

/// One case of `cases/intent.txt`: a name, the file, and after `>` what is said of it.
fn check(name: &str, file: &str, expected: &str) {
    let said = match intent::parse(file, KNOWN) {
        Ok(intent) => intent
            .exemptions
            .iter()
            .map(|entry| {
                format!("{} until {}: {}", entry.principal, entry.last_day(), entry.checks.join(", "))
            })
            .chain(intent.lint_exemptions.iter().map(|entry| {
                let (file, rules) = (&entry.file, entry.rules.join(", "));
                format!("{file} until {}: {rules}: {}, {}", entry.expires, entry.owner, entry.reason)
            }))
            .chain(intent.break_glass.iter().map(break_glass))
            .collect::<Vec<_>>(),
        Err(problems) => problems
            .iter()
            .map(|problem| {
                let at = problem.position;
                format!("{}:{}: {} ({})", at.line, at.column, problem.message, problem.hint)
            })
            .collect(),
    };
    assert_eq!(said.join("\n"), expected.trim(), "case `{name}`");
}

fn break_glass(entry: &BreakGlass) -> String {
    let mfa = match entry.mfa {
        BreakGlassMfa::Used => "with MFA",
        BreakGlassMfa::Exempt => "without MFA",
    };
    let guardians: Vec<_> = entry.guardians.iter().map(ToString::to_string).collect();
    let guardians = if guardians.is_empty() { "none".to_owned() } else { guardians.join(", ") };
    format!("break-glass {} {mfa} needs {}; guardians: {guardians}", entry.principal, entry.needs.join(", "))
}

#[test]
fn files_are_read_or_refused_at_their_line() {
    let cases = include_str!("cases/intent.txt");
    for case in cases.split("\n### ").skip(1) {
        let (name, rest) = case.split_once('\n').unwrap();
        let (file, expected) = rest.split_once("\n---\n").unwrap();
        check(name, file, expected);
    }
}

#[test]
fn a_user_is_found_under_any_path_but_not_under_another_name() {
    let text = "[[exemption]]\naccount = \"111111111111\"\nuser = \"robot\"\nchecks = [\"mfa-not-enforced\"]\n\
                owner = \"o\"\nreason = \"r\"\nexpires = 2027-01-01\n";
    let intent = intent::parse(text, KNOWN).unwrap();
    let principal = &intent.exemptions[0].principal;
    assert!(principal.is("arn:aws:iam::111111111111:user/robot"));
    assert!(principal.is("arn:aws-cn:iam::111111111111:user/ci/robot"));
    assert!(!principal.is("arn:aws:iam::222222222222:user/robot"));
    assert!(!principal.is("arn:aws:iam::111111111111:user/robot2"));
    assert!(!principal.is("arn:aws:iam::111111111111:role/robot"));
}
