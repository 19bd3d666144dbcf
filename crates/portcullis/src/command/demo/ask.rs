//! Telling questions, asked as a person would type them.

use std::io::Write;

use clap::Parser;
use portcullis_snapshot::Snapshot;

use super::{broken, page};
use crate::command::simulate;
use crate::failure::Failure;
use crate::terminal::Terminal;

/// A question about the sample.
struct Question {
    /// What is asked, and what is known of the principal.
    words: &'static str,
    principal: &'static str,
    action: &'static str,
    mfa: &'static str,
}

const QUESTIONS: &[Question] = &[
    Question {
        words: "victor has an MFA device and a policy that denies everything without MFA. But with his access key:",
        principal: "arn:aws:iam::333333333333:user/victor",
        action: "secretsmanager:GetSecretValue",
        mfa: "absent",
    },
    Question {
        words: "A request that an access key signs does not carry aws:MultiFactorAuthPresent at all, and what is\n\
                absent is not false. In the policy of peggy the same statement says BoolIfExists:",
        principal: "arn:aws:iam::333333333333:user/peggy",
        action: "secretsmanager:GetSecretValue",
        mfa: "absent",
    },
];

/// The flags of `simulate`, from the words of a command line.
#[derive(Parser)]
#[command(no_binary_name = true)]
struct Line {
    #[command(flatten)]
    args: simulate::Args,
}

/// Asks and answers.
pub(super) fn run(snapshot: &Snapshot, terminal: &mut Terminal) -> Result<(), Failure> {
    for question in QUESTIONS {
        writeln!(terminal.data(), "{}\n", question.words)?;
        let flags = [
            ("--snapshot", page::FOLDER),
            ("--principal", question.principal),
            ("--action", question.action),
            ("--mfa", question.mfa),
        ];
        let words = flags.iter().flat_map(|(flag, value)| [flag, value]);
        let line = Line::try_parse_from(words).map_err(broken)?;
        page::command("simulate", &flags, terminal)?;
        simulate::ask(&line.args, snapshot, terminal)?;
        writeln!(terminal.data())?;
    }
    Ok(())
}
