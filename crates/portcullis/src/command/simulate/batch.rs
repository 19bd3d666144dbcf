//! `--batch`: one request a line, one answer a line.
//!
//! Lines are read, decided and written in blocks, so that memory does not grow with the input. The workers each keep
//! the policies that they have read: the lines of a batch mostly share theirs.

use std::io::{BufRead, Read, Write};

use rayon::prelude::*;
use serde::Serialize;

use portcullis_authz::simulation::{Explain, Fault, Shelf, SimulationRequest, SimulationResponse};
use portcullis_snapshot::Snapshot;

use super::{exit_of, principal, source};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::terminal::Terminal;

/// What is the same for every line.
pub(super) struct Setting<'s> {
    /// Where the principals of `PolicySourceArn` are found.
    pub(super) snapshot: Option<&'s Snapshot>,
    pub(super) explain: Explain,
}

/// Answers every line of `source`. Blank lines are passed over.
pub(super) fn run(source: &str, setting: &Setting<'_>, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let mut lines = Lines { input: source::open(source)?, source };
    let mut shelves: Vec<Shelf> = (0..rayon::current_num_threads()).map(|_| Shelf::default()).collect();
    let mut exit = Exit::Clean;
    loop {
        let block = lines.block()?;
        if block.is_empty() {
            return Ok(exit);
        }
        for answered in decide(&block, &mut shelves, setting) {
            exit = exit.and(answered.exit);
            terminal.data().write_all(&answered.line)?;
        }
    }
}

/// A line of the answer, its newline included.
struct Answered {
    line: Vec<u8>,
    exit: Exit,
}

fn decide(block: &[Vec<u8>], shelves: &mut [Shelf], setting: &Setting<'_>) -> Vec<Answered> {
    let share = block.len().div_ceil(shelves.len()).max(1);
    let parts = block.par_chunks(share).zip(shelves.par_iter_mut());
    let answered =
        parts.map(|(lines, shelf)| lines.iter().map(|line| one(line, shelf, setting)).collect::<Vec<_>>());
    answered.collect::<Vec<_>>().into_iter().flatten().collect()
}

fn one(line: &[u8], shelf: &mut Shelf, setting: &Setting<'_>) -> Answered {
    match respond(line, shelf, setting) {
        Ok(response) => Answered { exit: exit_of(&response), line: to_line(&response) },
        Err(fault) => Answered { exit: Exit::Usage, line: to_line(&Refused { error: fault }) },
    }
}

fn respond(line: &[u8], shelf: &mut Shelf, setting: &Setting<'_>) -> Result<SimulationResponse, Fault> {
    if MAX_LINE <= line.len() {
        return Err(Fault::invalid(format!("the line is longer than {MAX_LINE} bytes")));
    }
    let text =
        str::from_utf8(line).map_err(|error| Fault::invalid(format!("the line is not UTF-8: {error}")))?;
    let request = SimulationRequest::parse(text)?;
    Ok(principal::simulation(&request, setting.snapshot, shelf)?.respond(setting.explain))
}

/// A line that could not be answered, as AWS tells it.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Refused {
    error: Fault,
}

fn to_line(answer: &impl Serialize) -> Vec<u8> {
    // Answers are made of texts, numbers and lists: writing them as JSON cannot fail.
    let mut line = serde_json::to_vec(answer).unwrap_or_default();
    line.push(b'\n');
    line
}

/// The lines of the input, in blocks.
struct Lines<'s> {
    input: Box<dyn BufRead>,
    source: &'s str,
}

impl Lines<'_> {
    /// The next lines that are not blank; none at the end.
    fn block(&mut self) -> Result<Vec<Vec<u8>>, Failure> {
        let mut block = Vec::new();
        let mut bytes = 0;
        while block.len() < BLOCK_LINES && bytes < BLOCK_BYTES {
            let Some(line) = self.line()? else { break };
            if !line.trim_ascii().is_empty() {
                bytes += line.len();
                block.push(line);
            }
        }
        Ok(block)
    }

    /// The next line. Of a line that is too long, the part that shows it.
    fn line(&mut self) -> Result<Option<Vec<u8>>, Failure> {
        let failed = |error| Failure::usage(format!("cannot read `{}`: {error}", self.source));
        let mut line = Vec::new();
        let read = (&mut self.input).take(MAX_LINE as u64).read_until(b'\n', &mut line).map_err(failed)?;
        if MAX_LINE <= read && !line.ends_with(b"\n") {
            self.input.skip_until(b'\n').map_err(failed)?;
        }
        Ok((0 < read).then_some(line))
    }
}

/// The longest line that is read: 16 MiB, as long as the policies of one request can be.
const MAX_LINE: usize = 16 << 20;
const BLOCK_LINES: usize = 4096;
const BLOCK_BYTES: usize = 8 << 20;
