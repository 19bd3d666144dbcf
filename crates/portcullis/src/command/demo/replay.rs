//! The recorded calls of the sample, under a guardrail that is not in force.

use std::io::{self, Cursor, Write};
use std::path::Path;

use portcullis_finding::replay::{Asked, Replay};
use portcullis_report::replay::{Format, write};
use portcullis_report::{Detail, Layout};
use portcullis_snapshot::{Proposal, Snapshot};
use portcullis_trail::census::{Census, Scratch};
use portcullis_trail::replay::{Given, Supposed, Wanted, replay};
use portcullis_trail::{Lens, Worker};

use super::{broken, page};
use crate::failure::Failure;
use crate::terminal::Terminal;
use crate::{given, guardrail, sample};

const GUARDRAIL: &str = "guardrail.json";
const LOGS: &str = "AWSLogs";

/// Replays the trail of the sample.
pub(super) fn run(snapshot: &Snapshot, terminal: &mut Terminal) -> Result<(), Failure> {
    page::title("Who would have broken?", terminal)?;
    writeln!(terminal.data(), "{WHY}")?;
    let (logs, file) = (format!("{}/{LOGS}", page::FOLDER), format!("{}/{GUARDRAIL}", page::FOLDER));
    let flags = [("--guardrail", &*file), ("--snapshot", page::FOLDER)];
    page::command(&format!("replay {logs}"), &flags, terminal)?;
    let text = sample::trail().iter().find(|(path, _)| *path == GUARDRAIL).map(|(_, bytes)| *bytes);
    let text = std::str::from_utf8(text.unwrap_or_default()).map_err(broken)?;
    let proposal = guardrail::parse(Path::new(&file), text, "users")?;
    let replay = replayed(snapshot, &[proposal], &logs).map_err(broken)?;
    let layout = Layout { width: terminal.width(), detail: Detail::Brief };
    write(&replay, Format::Text, layout, terminal.data())?;
    writeln!(terminal.data())?;
    Ok(())
}

fn replayed(snapshot: &Snapshot, proposals: &[Proposal], logs: &str) -> io::Result<Replay> {
    let memory = || Ok(Box::new(Cursor::new(Vec::new())) as Box<dyn Scratch>);
    let (census, lens) = (Census::new(Box::new(memory)), Lens::new(proposals));
    let mut worker = Worker::new(&census, &lens);
    for (path, bytes) in sample::trail().iter().filter(|(path, _)| path.starts_with(LOGS)) {
        worker.object(path, &mut &**bytes)?;
    }
    let read = worker.finish()?.totals();
    let asked = Asked {
        logs: vec![logs.into()],
        snapshot: Some(page::FOLDER.into()),
        guardrail: proposals.iter().map(guardrail::supposed).collect(),
        ..Asked::default()
    };
    let supposed = Supposed { snapshot: Some(snapshot), proposals };
    replay(census.finish(), supposed, &Wanted::default(), Given { tool: given::tool(), asked, read })
}

const WHY: &str = "\
Before a guardrail is put in force for everybody: a month of CloudTrail, and what
it would have done to every call. Some people have a device and do not use it,
some have none, and a job deploys with an access key: what a role in its place
needs is read from what it did.
";
