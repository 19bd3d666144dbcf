//! The flags of `portcullis audit`.

use std::path::PathBuf;

use clap::ValueEnum;
use portcullis_report::Format;

use crate::command::fail_on::FailOn;

/// Find who has no MFA, who could act without it, and what else stands in its way
///
/// Reads the AWS CLI's dumps of an account or of an organization, and nothing else: no AWS account is called.
/// What a missing file hides is unknown, and unknown is never a pass.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The snapshot: a dump, the folder of an account, or a folder with one folder per account
    #[arg(value_name = "SNAPSHOT", required_unless_present = "list_checks", env = "PORTCULLIS_SNAPSHOT")]
    pub(super) snapshot: Option<PathBuf>,

    /// The exemptions; without the flag portcullis.toml here or in the snapshot's folder, where there is one
    #[arg(long, value_name = "FILE", env = "PORTCULLIS_CONFIG")]
    pub(super) config: Option<PathBuf>,

    /// Only these checks
    #[arg(long, value_name = "CHECK,…", value_delimiter = ',')]
    pub(super) only: Vec<String>,

    /// All but these checks
    #[arg(long, value_name = "CHECK,…", value_delimiter = ',')]
    pub(super) skip: Vec<String>,

    /// Only these accounts
    #[arg(long, value_name = "ID,…", value_delimiter = ',')]
    pub(super) account: Vec<String>,

    /// The severity from which a finding makes the exit code 1
    #[arg(long, value_name = "SEVERITY", default_value = "high", env = "PORTCULLIS_FAIL_ON")]
    pub(super) fail_on: FailOn,

    /// The format of the report
    #[arg(long, value_name = "FORMAT", default_value = "text", env = "PORTCULLIS_FORMAT")]
    pub(super) format: FormatName,

    /// Show every account and resource in the text
    #[arg(long)]
    pub(super) all: bool,

    /// Tell what changed since an earlier audit, given as its JSON
    #[arg(long, value_name = "FILE")]
    pub(super) since: Option<PathBuf>,

    /// Write the evidence for an auditor into a new folder: the findings in every format, and digests of all files
    #[arg(long, value_name = "DIR")]
    pub(super) bundle: Option<PathBuf>,

    /// The time to take as now, such as 2026-11-24T09:00:00Z; without the flag the clock's
    #[arg(long, value_name = "TIME", env = "PORTCULLIS_NOW")]
    pub(super) now: Option<String>,

    /// List the checks with their severities, and stop
    #[arg(long)]
    pub(super) list_checks: bool,
}

/// The formats of `--format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FormatName {
    /// For people
    Text,
    /// For programs: docs/audit.schema.json
    Json,
    /// For spreadsheets
    Csv,
}

impl FormatName {
    pub(super) fn format(self) -> Format {
        match self {
            FormatName::Text => Format::Text,
            FormatName::Json => Format::Json,
            FormatName::Csv => Format::Csv,
        }
    }
}

const EXAMPLES: &str = "\
Examples:
  aws iam get-account-authorization-details > dump/account-authorization-details.json
  aws iam get-credential-report > dump/credential-report.json
  portcullis audit dump
  portcullis audit dump --only console-without-mfa,mfa-not-enforced --fail-on critical
  portcullis audit dump --format json > today.json && portcullis audit dump --since yesterday.json";
