//! `portcullis audit`: who has no MFA, and who could act without it.

mod args;
mod bundle;
mod input;

use std::io::Write;

use portcullis_checks::audit::CHECKS;
use portcullis_checks::{Options, run as audit_snapshot};
use portcullis_finding::{Audit, changes};
use portcullis_report::{Detail, Format, Layout, write};

pub(crate) use args::Args;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::given;
use crate::snapshot_files;
use crate::terminal::Terminal;

/// Runs the command.
pub(super) fn run(args: &Args, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let Some(path) = args.snapshot.as_deref().filter(|_| !args.list_checks) else {
        return list_checks(terminal);
    };
    let selection = input::selection(args)?;
    let intent = given::intent(args.config.as_deref(), path)?;
    let earlier = args.since.as_deref().map(input::earlier).transpose()?;
    let now = given::now(args.now.as_deref())?;
    if let Some(folder) = &args.bundle {
        bundle::prepare(folder)?;
    }
    let snapshot = snapshot_files::read(path)?;
    given::check_accounts(&selection.accounts, &snapshot)?;
    let mut audit =
        audit_snapshot(&snapshot, &intent.intent, &Options { tool: given::tool(), now, selection });
    audit.changes = earlier.map(|earlier| changes::compare(&earlier, &audit));
    if let Some(folder) = &args.bundle {
        bundle::write(folder, &audit, &snapshot, &intent)?;
    }
    let detail = if args.all { Detail::All } else { Detail::Brief };
    let layout = Layout { width: terminal.width(), detail };
    print(&audit, args.format.format(), layout, terminal)?;
    Ok(exit_of(&audit, args))
}

fn print(audit: &Audit, format: Format, layout: Layout, terminal: &mut Terminal) -> Result<(), Failure> {
    match format {
        Format::Text => write(audit, format, layout, terminal.data())?,
        Format::Json | Format::Csv => {
            let mut out = terminal.program_data()?;
            write(audit, format, layout, &mut out)?;
            out.flush()?;
        }
    }
    Ok(())
}

/// Incomplete beats found: what is unknown may be worse than what is known.
fn exit_of(audit: &Audit, args: &Args) -> Exit {
    let found = args.fail_on.threshold().is_some_and(|threshold| audit.fails_on(threshold));
    let found = if found { Exit::Found } else { Exit::Clean };
    if audit.is_incomplete() { found.and(Exit::Incomplete) } else { found }
}

fn list_checks(terminal: &mut Terminal) -> Result<Exit, Failure> {
    for check in CHECKS {
        let rule = &check.rule;
        writeln!(terminal.data(), "{:<26} {:<9} {}", rule.id, rule.severity, rule.title())?;
    }
    Ok(Exit::Clean)
}
