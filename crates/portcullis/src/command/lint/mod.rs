//! `portcullis lint`: what is wrong with policies, in the files in which people write them.

mod args;
mod exempt;
mod input;
mod mend;

use std::io::Write;

use portcullis_checks::review::{self, File, Options};
use portcullis_finding::{LintReport, Selection};
use portcullis_report::lint::{Format, write};
use portcullis_report::{Detail, Layout};

pub(crate) use args::Args;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::given;
use crate::terminal::Terminal;

/// Runs the command.
pub(super) fn run(args: &Args, terminal: &mut Terminal) -> Result<Exit, Failure> {
    if args.list_rules {
        return list_rules(terminal);
    }
    let mut options = options(args)?;
    let exemptions = exempt::read(args)?;
    let input = input::read(args)?;
    options.accepted = exemptions.of(&input.sources);
    let (report, exit) = if args.fix {
        mend::run(args, &input, &options, terminal)?
    } else {
        let files: Vec<File> = input.sources.iter().map(|source| source.file.clone()).collect();
        let mut report = review::review(&files, &options);
        report.unread.extend(input.unread);
        print(report, args, terminal)?
    };
    exemptions.tell(&input.sources, &report, terminal);
    Ok(exit)
}

/// Prints the report; what was printed, and the exit code that it makes.
fn print(
    mut report: LintReport,
    args: &Args,
    terminal: &mut Terminal,
) -> Result<(LintReport, Exit), Failure> {
    report.home = Some(env!("CARGO_PKG_REPOSITORY")).filter(|home| !home.is_empty()).map(Into::into);
    report.folder = input::folder().into();
    report.sort();
    let detail = if args.all { Detail::All } else { Detail::Brief };
    let layout = Layout { width: terminal.width(), detail };
    match args.format.format() {
        Format::Text => write(&report, Format::Text, layout, terminal.data())?,
        format @ (Format::Json | Format::Sarif) => {
            let mut out = terminal.program_data()?;
            write(&report, format, layout, &mut out)?;
            out.flush()?;
        }
    }
    let exit = exit_of(&report, args);
    Ok((report, exit))
}

/// Incomplete beats found: what is unknown may be worse than what is known.
fn exit_of(report: &LintReport, args: &Args) -> Exit {
    let found = args.fail_on.threshold().is_some_and(|threshold| report.fails_on(threshold));
    let found = if found { Exit::Found } else { Exit::Clean };
    let is_incomplete = if args.allow_unknown { !report.unread.is_empty() } else { report.is_incomplete() };
    if is_incomplete { found.and(Exit::Incomplete) } else { found }
}

fn options(args: &Args) -> Result<Options, Failure> {
    for id in args.only.iter().chain(&args.skip) {
        if !review::lint_rules().any(|rule| rule.id == id) {
            let failure = Failure::usage(format!("unknown rule `{id}`"));
            return Err(failure.with_hint("`portcullis lint --list-rules` lists them"));
        }
    }
    let selection = Selection { only: args.only.clone(), skip: args.skip.clone(), ..Selection::default() };
    let kind = args.kind.map(args::KindName::kind);
    Ok(Options { tool: given::tool(), selection, kind, accepted: Vec::new() })
}

fn list_rules(terminal: &mut Terminal) -> Result<Exit, Failure> {
    let longest = review::lint_rules().map(|rule| rule.id.len()).max().unwrap_or_default();
    for rule in review::lint_rules() {
        writeln!(terminal.data(), "{:<longest$} {:<9} {}", rule.id, rule.severity, rule.title())?;
    }
    Ok(Exit::Clean)
}
