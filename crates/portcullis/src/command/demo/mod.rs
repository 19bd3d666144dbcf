//! `portcullis demo`: the journey on a sample organization, without network and without an AWS account.

mod audit;
mod fix;
mod page;
mod prove;
mod replay;
mod tree;
mod write;

use std::io::Write;
use std::path::PathBuf;

use portcullis_guardrail::intent;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::given;
use crate::sample;
use crate::terminal::Terminal;

/// Show what Portcullis does, on a sample organization: no AWS account, no network
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Write the sample's files into this new folder instead, to play with
    #[arg(long, value_name = "DIR")]
    write: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  portcullis demo
  portcullis demo --write sample";

/// Runs the command.
pub(super) fn run(args: &Args, terminal: &mut Terminal) -> Result<Exit, Failure> {
    if let Some(folder) = &args.write {
        return write::run(folder, terminal);
    }
    let snapshot = sample::snapshot().map_err(broken)?;
    let first = |problems: Vec<intent::Problem>| {
        broken(problems.into_iter().map(|each| each.message).collect::<String>())
    };
    let intent = intent::parse(sample::INTENT, &given::acceptable()).map_err(first)?;
    page::title("An organization of five accounts", terminal)?;
    terminal.data().write_all(WHAT_IT_IS.as_bytes())?;
    writeln!(terminal.data(), "\n{}", tree::tree(&snapshot))?;
    page::title("Who has no MFA, and who could act without it?", terminal)?;
    audit::run(&snapshot, &intent, terminal)?;
    prove::run(&snapshot, &intent, terminal)?;
    replay::run(&snapshot, terminal)?;
    page::title("Your turn", terminal)?;
    terminal.data().write_all(YOUR_TURN.as_bytes())?;
    Ok(Exit::Clean)
}

/// The sample is part of the program: that it cannot be read is for those who build it.
fn broken(why: impl std::fmt::Display) -> Failure {
    Failure::usage(format!("the sample cannot be read: {why}"))
}

const WHAT_IT_IS: &str = "\
This sample ships in the program, as files that the AWS CLI would have written.
No account and no network is used. Beside the tree: the control policies (SCPs),
where they are attached.
";

const YOUR_TURN: &str = "\
The files of this organization, to look at and to change; TRUTH.md says what is
wrong with whom:

  portcullis demo --write sample
  portcullis audit sample
  portcullis prove sample
  portcullis replay sample/AWSLogs --guardrail sample/guardrail.json

Your own account, from calls that only read; docs/snapshot.md has the same for
an organization:

  mkdir mine
  aws iam get-account-authorization-details > mine/account-authorization-details.json
  aws iam generate-credential-report    # again, until it says COMPLETE
  aws iam get-credential-report > mine/credential-report.json
  aws iam get-account-summary > mine/account-summary.json
  aws iam list-virtual-mfa-devices > mine/virtual-mfa-devices.json
  portcullis audit mine
  portcullis prove mine
";
