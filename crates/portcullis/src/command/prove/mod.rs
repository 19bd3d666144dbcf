//! `portcullis prove`: the properties, over all requests, for every principal of a snapshot.

mod args;
mod input;
mod operator;
mod report;

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use portcullis_finding::Proof;
use portcullis_finding::proof::Verdict;
use portcullis_guardrail::Intent;
use portcullis_prove::{Estate, PROPERTIES, Witnesses};
use portcullis_report::proof::{Format, witnesses, write};
use portcullis_report::{Detail, Layout};
use portcullis_snapshot::Snapshot;

pub(crate) use args::Args;
use args::FormatName;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::given;
use crate::snapshot_files;
use crate::terminal::Terminal;

/// Runs the command.
pub(super) fn run(args: &Args, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let Some(path) = args.snapshot.as_deref().filter(|_| !args.list_properties) else {
        return list_properties(terminal);
    };
    input::asked(args)?;
    let intent = given::intent(args.config.as_deref(), path)?;
    let proof = ask(args, &snapshot_files::read(path)?, &intent.intent)?;
    if let Some(file) = &args.witnesses {
        write_witnesses(&proof, file)?;
    }
    print(&proof, args, terminal)?;
    Ok(exit_of(&proof))
}

/// Proves what the flags ask, of a snapshot that has been read.
pub(super) fn ask(args: &Args, snapshot: &Snapshot, intent: &Intent) -> Result<Proof, Failure> {
    let mut asked = input::asked(args)?;
    let now = given::now(args.now.as_deref())?;
    let proposals = input::proposals(args)?;
    let before = args.before.as_deref().map(snapshot_files::read).transpose()?;
    input::check(&mut asked, snapshot, &proposals)?;
    let operator = operator::operator(args.operator.as_deref(), snapshot, &proposals)?;
    let estate = Estate {
        snapshot,
        before: before.as_ref(),
        intent,
        proposals: &proposals,
        operator: operator.as_ref(),
        now,
    };
    let witnesses = if args.witnesses.is_some() { Witnesses::Everybody } else { Witnesses::First };
    Ok(report::proof(&estate, asked, witnesses))
}

/// Prints the proof as the flags ask.
pub(super) fn print(proof: &Proof, args: &Args, terminal: &mut Terminal) -> Result<(), Failure> {
    let detail = if args.all { Detail::All } else { Detail::Brief };
    let layout = Layout { width: terminal.width(), detail };
    match args.format {
        FormatName::Text => write(proof, Format::Text, layout, terminal.data())?,
        FormatName::Json => {
            let mut out = terminal.program_data()?;
            write(proof, Format::Json, layout, &mut out)?;
            out.flush()?;
        }
    }
    Ok(())
}

/// Undecided beats refuted: what is unknown may be worse than what is known.
fn exit_of(proof: &Proof) -> Exit {
    let of = |verdict, exit| if 0 < proof.count(verdict) { exit } else { Exit::Clean };
    of(Verdict::Refuted, Exit::Found).and(of(Verdict::Undecided, Exit::Incomplete))
}

fn write_witnesses(proof: &Proof, file: &Path) -> Result<(), Failure> {
    let failed = |error: io::Error| {
        Failure::usage(format!("cannot write `{}`: {error}", file.display()))
            .with_hint("give a file that can be written to")
    };
    let mut out = BufWriter::new(File::create(file).map_err(failed)?);
    witnesses::write(proof, &mut out).and_then(|()| out.flush()).map_err(failed)
}

fn list_properties(terminal: &mut Terminal) -> Result<Exit, Failure> {
    for property in PROPERTIES {
        writeln!(terminal.data(), "{:<28} {}", property.rule.id, property.rule.title())?;
    }
    Ok(Exit::Clean)
}
