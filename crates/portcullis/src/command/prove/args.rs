//! The flags of `portcullis prove`.

use std::path::PathBuf;

use clap::ValueEnum;

/// Prove over all requests: nobody acts without MFA, and nobody is locked out
///
/// Asks for every principal of a snapshot whether some request breaks a property. A verdict is proved, with what closes
/// every request; refuted, with a request that anybody can replay; or undecided, with what would settle it: never a
/// guess. Reads the same dumps as `audit`, and calls no AWS account.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The snapshot: a dump, the folder of an account, or a folder with one folder per account
    #[arg(value_name = "SNAPSHOT", required_unless_present = "list_properties", env = "PORTCULLIS_SNAPSHOT")]
    pub(super) snapshot: Option<PathBuf>,

    /// Only these properties
    #[arg(long, value_name = "ID,…", value_delimiter = ',')]
    pub(super) property: Vec<String>,

    /// Only these principals
    #[arg(long, value_name = "ARN,…", value_delimiter = ',')]
    pub(super) principal: Vec<String>,

    /// Only the principals of these accounts
    #[arg(long, value_name = "ID,…", value_delimiter = ',')]
    pub(super) account: Vec<String>,

    /// A policy that is not in force: what if it were attached?
    #[arg(long, value_name = "FILE", requires = "attach")]
    pub(super) guardrail: Option<PathBuf>,

    /// Where it is attached: to `users`, to the users of an ACCOUNT, to the user with an ARN; as a service control
    /// policy, to `scp:` and the id of a root, unit or account; or as the permissions boundary, to `boundary:` and
    /// `users`, an ACCOUNT or the ARN of a user or role
    #[arg(long, value_name = "WHERE", requires = "guardrail")]
    pub(super) attach: Option<String>,

    /// Who attaches the guardrail: can this user or role detach it afterwards?
    #[arg(long, value_name = "ARN", requires = "guardrail")]
    pub(super) operator: Option<String>,

    /// An earlier snapshot: what may be done today that could not be done then?
    #[arg(long, value_name = "SNAPSHOT")]
    pub(super) before: Option<PathBuf>,

    /// What is intended and what is accepted; without the flag portcullis.toml here or in the snapshot's folder, where
    /// there is one
    #[arg(long, value_name = "FILE", env = "PORTCULLIS_CONFIG")]
    pub(super) config: Option<PathBuf>,

    /// The format of the report
    #[arg(long, value_name = "FORMAT", default_value = "text", env = "PORTCULLIS_FORMAT")]
    pub(super) format: FormatName,

    /// Show every counterexample and certificate in the text
    #[arg(long)]
    pub(super) all: bool,

    /// Write the requests of the counterexamples to a file, one a line, for `simulate --batch`: those of each principal,
    /// in its own name
    #[arg(long, value_name = "FILE")]
    pub(super) witnesses: Option<PathBuf>,

    /// The time to take as now, such as 2026-11-24T09:00:00Z: proofs hold from then on; without the flag the clock's
    #[arg(long, value_name = "TIME", env = "PORTCULLIS_NOW")]
    pub(super) now: Option<String>,

    /// List the properties, and stop
    #[arg(long)]
    pub(super) list_properties: bool,
}

/// The formats of `--format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FormatName {
    /// For people
    Text,
    /// For programs: docs/prove.schema.json
    Json,
}

const EXAMPLES: &str = "\
Examples:
  portcullis prove dump
  portcullis prove dump --property no-access-without-mfa --principal arn:aws:iam::111111111111:user/alice
  portcullis prove dump --guardrail require-mfa.json --attach scp:ou-a1b2-workload
  portcullis prove after --before before --property no-new-access-without-mfa
  portcullis prove dump --witnesses witnesses.jsonl; portcullis simulate --snapshot dump --batch witnesses.jsonl

Exit codes:
  0  everything that was asked is proved
  1  something is refuted, and no exemption accepts it
  2  some input is wrong
  3  something is undecided";
