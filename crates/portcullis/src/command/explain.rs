//! `portcullis explain`: the page of a rule.

use std::io::Write;

use anstyle::Style;
use portcullis_checks::rules::{self, FAMILIES, Family};
use portcullis_finding::Rule;
use portcullis_iam::suggest;
use portcullis_report::page;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::terminal::Terminal;

/// Tell what a rule looks for, why it matters, and what to do
///
/// Without a rule, every rule is listed.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The rule, as reports name it
    #[arg(value_name = "RULE")]
    rule: Option<String>,

    /// How the page is printed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: FormatName,
}

/// The formats of `--format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum FormatName {
    /// For people, as wide as the terminal
    Text,
    /// The page as it is, with the cases that test the rule
    Markdown,
}

pub(super) fn run(args: &Args, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let Some(id) = &args.rule else { return list(terminal) };
    let Some((family, rule)) = rules::find(id) else { return Err(unknown(id)) };
    match args.format {
        FormatName::Markdown => terminal.data().write_all(rule.page.as_bytes())?,
        FormatName::Text => explain(family, rule, terminal)?,
    }
    Ok(Exit::Clean)
}

fn explain(family: &Family, rule: &Rule, terminal: &mut Terminal) -> Result<(), Failure> {
    let page = page::text(rule.explanation(), terminal.width());
    let (title, rest) = page.split_once('\n').unwrap_or((&page, ""));
    let (noun, _) = family.name;
    let about = format!("{} · {} · {noun} of `portcullis {}`", rule.id, rule.severity, family.command);
    let out = terminal.data();
    writeln!(out, "{title}\n{DIM}{about}{DIM:#}")?;
    write!(out, "{rest}")?;
    let controls = page::text(&controls(rule), terminal.width());
    if !controls.is_empty() {
        write!(terminal.data(), "\n{controls}")?;
    }
    let cases = rule.page.matches("\n### ").count();
    if 0 < cases {
        let more = format!("{cases} cases test it: --format markdown prints them");
        writeln!(terminal.data(), "\n{DIM}{more}{DIM:#}")?;
    }
    Ok(())
}

/// The published controls that a finding fails, by framework, as Markdown.
fn controls(rule: &Rule) -> String {
    let mut frameworks: Vec<(&str, Vec<String>)> = Vec::new();
    for control in rule.compliance {
        let id = match control.version {
            "" => control.id.to_owned(),
            version => format!("{} in {version}", control.id),
        };
        match frameworks.iter_mut().find(|(framework, _)| *framework == control.framework) {
            Some((_, ids)) => ids.push(id),
            None => frameworks.push((control.framework, vec![id])),
        }
    }
    let items: Vec<_> =
        frameworks.iter().map(|(framework, ids)| format!("- {framework}: {}\n", ids.join(", "))).collect();
    if items.is_empty() { String::new() } else { format!("## Controls that it fails\n\n{}", items.concat()) }
}

fn list(terminal: &mut Terminal) -> Result<Exit, Failure> {
    let longest = rules::all().map(|(_, rule)| rule.id.len()).max().unwrap_or_default();
    for (at, family) in FAMILIES.iter().enumerate() {
        let (_, nouns) = family.name;
        let gap = if at == 0 { "" } else { "\n" };
        writeln!(terminal.data(), "{gap}{BOLD}{nouns} of `portcullis {}`{BOLD:#}", family.command)?;
        for rule in (family.rules)() {
            let (id, severity) = (rule.id, rule.severity.as_str());
            writeln!(terminal.data(), "  {id:<longest$}  {severity:<8}  {}", rule.title())?;
        }
    }
    Ok(Exit::Clean)
}

/// Refuses what is no rule, with the names that are near it.
fn unknown(id: &str) -> Failure {
    let ids = || rules::all().map(|(_, rule)| rule.id);
    let mut near: Vec<_> = suggest::nearest(id, ids()).into_iter().collect();
    let part = id.to_ascii_lowercase().replace([' ', '_'], "-");
    near.extend(ids().filter(|known| !part.is_empty() && known.contains(&part)));
    near.dedup();
    let names: Vec<_> = near.iter().take(MOST_NAMES).map(|name| format!("`{name}`")).collect();
    let hint = match names.as_slice() {
        [] => "`portcullis explain` lists every rule".to_owned(),
        names => format!("did you mean {}? `portcullis explain` lists every rule", names.join(" or ")),
    };
    Failure::usage(format!("unknown rule `{id}`")).with_hint(hint)
}

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const MOST_NAMES: usize = 4;

const EXAMPLES: &str = "\
Examples:
  portcullis explain
  portcullis explain mfa-not-enforced
  portcullis explain mfa-not-enforced --format markdown > mfa-not-enforced.md";
