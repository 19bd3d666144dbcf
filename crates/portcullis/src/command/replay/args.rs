//! The flags of `portcullis replay`.

use std::path::PathBuf;

use clap::ValueEnum;

/// Replay recorded CloudTrail under a guardrail: who would have been denied what
///
/// Reads the logs of a trail as they lie in its bucket, and tells for every recorded call what the guardrail would have
/// done: who would have been denied which action, how often and since when, who uses no device although there is one, and
/// which calls are those of programs. What the records do not say stays unknown, and what they cannot show is listed.
/// Calls no AWS account.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The logs: files, or folders with any folders in them; `-` is standard input
    #[arg(value_name = "LOGS", required = true)]
    pub(super) logs: Vec<PathBuf>,

    /// A policy that is not in force, or a folder with some; give the flag again for another one
    #[arg(long, value_name = "FILE|DIR", required = true)]
    pub(super) guardrail: Vec<PathBuf>,

    /// Where it would be attached: to `users`, to the users of an ACCOUNT, to the user with an ARN; as a service control
    /// policy to `scp:` and the id of a root, unit or account, or to `scp:*` where there is no snapshot; or as the
    /// permissions boundary, to `boundary:` and `users`, an ACCOUNT or the ARN of a user or role
    #[arg(long, value_name = "WHERE", default_value = "users")]
    pub(super) attach: Vec<String>,

    /// The snapshot of the organization: whom the guardrail binds, who has a device, and what is in force
    #[arg(long, value_name = "SNAPSHOT", env = "PORTCULLIS_SNAPSHOT")]
    pub(super) snapshot: Option<PathBuf>,

    /// Only events from this time on, such as 2026-09-01 or 2026-09-01T09:00:00Z
    #[arg(long, value_name = "TIME")]
    pub(super) since: Option<String>,

    /// Only events before this time
    #[arg(long, value_name = "TIME")]
    pub(super) until: Option<String>,

    /// Only the calls of these principals
    #[arg(long, value_name = "ARN,…", value_delimiter = ',')]
    pub(super) principal: Vec<String>,

    /// Only the calls of the principals of these accounts
    #[arg(long, value_name = "ID,…", value_delimiter = ',')]
    pub(super) account: Vec<String>,

    /// End with 0 when no more events than this would have been denied
    #[arg(long, value_name = "EVENTS", default_value = "0")]
    pub(super) budget: u64,

    /// The format of the report
    #[arg(long, value_name = "FORMAT", default_value = "text", env = "PORTCULLIS_FORMAT")]
    pub(super) format: FormatName,

    /// Show every principal and action in the text
    #[arg(long)]
    pub(super) all: bool,
}

/// The formats of `--format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FormatName {
    /// For people
    Text,
    /// For programs: docs/replay.schema.json
    Json,
    /// For spreadsheets: one row for each action of each principal
    Csv,
}

const EXAMPLES: &str = "\
Examples:
  portcullis replay logs --guardrail require-mfa.json
  portcullis replay logs --guardrail require-mfa.json --snapshot dump --since 2026-09-01
  portcullis replay logs --guardrail require-mfa.json --attach scp:ou-a1b2-workload --snapshot dump
  aws cloudtrail lookup-events | portcullis replay - --guardrail require-mfa.json

Exit codes:
  0  no more events than the budget would have been denied
  1  more would have been denied
  2  some input is wrong
  3  something could not be read, or it cannot be told what would have become of it";
