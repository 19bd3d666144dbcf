//! A flaw, the request that shows it, the smallest change, and the proof with the change in force.

use std::io::Write;

use clap::Parser;
use portcullis_finding::Proof;
use portcullis_finding::proof::{Change, ShownStep};
use portcullis_guardrail::Intent;
use portcullis_report::proof::replay;
use portcullis_snapshot::Snapshot;

use super::{broken, fix, page};
use crate::command::{prove, simulate};
use crate::failure::Failure;
use crate::terminal::Terminal;

/// Who has the flaw.
const PRINCIPAL: &str = "arn:aws:iam::333333333333:user/victor";
/// What should hold of it.
const PROPERTY: &str = "no-access-without-mfa";
/// Where the demo's commands find the sample with the change.
const FIXED: &str = "fixed";

/// A command line, from its words.
#[derive(Parser)]
#[command(no_binary_name = true)]
struct Line<A: clap::Args> {
    #[command(flatten)]
    args: A,
}

/// Asks, changes what it takes, and asks again.
pub(super) fn run(snapshot: &Snapshot, intent: &Intent, terminal: &mut Terminal) -> Result<(), Failure> {
    page::title("Is there any request that gets through without MFA?", terminal)?;
    writeln!(terminal.data(), "{FLAW}")?;
    let proof = ask(page::FOLDER, (snapshot, intent), terminal)?;
    let (change, step) = found(&proof).ok_or_else(|| broken("there is no flaw"))?;
    writeln!(terminal.data(), "{WHY}")?;
    page::title("The smallest change, and the proof with it", terminal)?;
    for edit in &change.edits {
        writeln!(terminal.data(), "In {}:\n", edit.policy)?;
        writeln!(terminal.data(), "{}", fix::difference(snapshot, edit))?;
    }
    let fixed = fix::applied(snapshot, change);
    writeln!(terminal.data(), "{AGAIN}")?;
    ask(FIXED, (&fixed, intent), terminal)?;
    writeln!(terminal.data(), "{REPLAY}")?;
    replayed(step, &fixed, terminal)
}

/// The question about this snapshot, in this folder.
fn ask(
    folder: &str,
    (snapshot, intent): (&Snapshot, &Intent),
    terminal: &mut Terminal,
) -> Result<Proof, Failure> {
    let now = page::now(snapshot).to_string();
    let flags = [("--principal", PRINCIPAL), ("--property", PROPERTY), ("--now", &*now)];
    page::command(&format!("prove {folder}"), &flags, terminal)?;
    let words = flags.iter().flat_map(|(flag, value)| [*flag, *value]);
    let line = Line::<prove::Args>::try_parse_from([folder].into_iter().chain(words)).map_err(broken)?;
    let proof = prove::ask(&line.args, snapshot, intent)?;
    prove::print(&proof, &line.args, terminal)?;
    writeln!(terminal.data())?;
    Ok(proof)
}

/// The change that closes the flaw, and the request that shows it.
fn found(proof: &Proof) -> Option<(&Change, &ShownStep)> {
    let mut found = proof.judgements.iter().flat_map(|judgement| judgement.counterexamples());
    found.find_map(|(_, one)| Some((one.change.as_ref()?, one.steps.last()?)))
}

/// The request, asked of the evaluator where the change is in force.
fn replayed(step: &ShownStep, fixed: &Snapshot, terminal: &mut Terminal) -> Result<(), Failure> {
    let command = replay::command(&step.witness, FIXED).unwrap_or_default();
    let words: Vec<&str> = command.split_whitespace().skip(2).collect();
    let flags: Vec<(&str, &str)> =
        words.chunks(2).filter_map(|pair| pair.first().copied().zip(pair.get(1).copied())).collect();
    page::command("simulate", &flags, terminal)?;
    let line = Line::<simulate::Args>::try_parse_from(words).map_err(broken)?;
    simulate::ask(&line.args, fixed, terminal)?;
    Ok(writeln!(terminal.data())?)
}

const FLAW: &str = "\
victor has an MFA device, and a policy that denies everything without MFA. A
proof is about all requests: every action that AWS has or may add, on every
resource, with every condition key.
";

const WHY: &str = "\
A request that an access key signs does not carry aws:MultiFactorAuthPresent at
all, and what is absent is not false.
";

const AGAIN: &str = "The same question, with this change in force:\n";

const REPLAY: &str = "And the request that got through:\n";
