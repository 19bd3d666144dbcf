//! The flags of `portcullis lint`.

use std::path::PathBuf;

use clap::ValueEnum;
use portcullis_iam::PolicyKind;
use portcullis_report::lint::Format;

use crate::command::fail_on::FailOn;

/// Find what is wrong with policies that should ask for MFA, before they ship
///
/// Reads policies in JSON, CloudFormation templates, Terraform configuration, and what `terraform show -json` prints.
/// A rule asks what a policy does, not how it is written. What a file leaves open is unknown, and unknown is never a
/// pass.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Files and folders; `-` is the standard input. In folders, what git ignores is left out
    #[arg(value_name = "FILE", required_unless_present = "list_rules")]
    pub(super) files: Vec<PathBuf>,

    /// The name of the standard input, which tells what it is
    #[arg(long, value_name = "NAME")]
    pub(super) stdin_filename: Option<String>,

    /// What a policy is when only its content tells, as in plain JSON
    #[arg(long, value_name = "KIND")]
    pub(super) kind: Option<KindName>,

    /// The exemptions; without the flag those of portcullis.toml here, where there is one
    #[arg(long, value_name = "FILE", env = "PORTCULLIS_CONFIG")]
    pub(super) config: Option<PathBuf>,

    /// Only these rules
    #[arg(long, value_name = "RULE,…", value_delimiter = ',')]
    pub(super) only: Vec<String>,

    /// All but these rules
    #[arg(long, value_name = "RULE,…", value_delimiter = ',')]
    pub(super) skip: Vec<String>,

    /// The severity from which a flaw makes the exit code 1
    #[arg(long, value_name = "SEVERITY", default_value = "high", env = "PORTCULLIS_FAIL_ON")]
    pub(super) fail_on: FailOn,

    /// Let references of which nothing is known pass: the exit code is 3 only for what could not be read
    #[arg(long)]
    pub(super) allow_unknown: bool,

    /// The format of the report
    #[arg(long, value_name = "FORMAT", default_value = "text", env = "PORTCULLIS_LINT_FORMAT")]
    pub(super) format: FormatName,

    /// Show accepted flaws and every unknown reference in the text
    #[arg(long)]
    pub(super) all: bool,

    /// Make the fixes that are certainly what was meant, and report what is left
    #[arg(long)]
    pub(super) fix: bool,

    /// With --fix: print what would be changed, and change nothing
    #[arg(long, requires = "fix")]
    pub(super) diff: bool,

    /// Look into files that git ignores too
    #[arg(long)]
    pub(super) no_ignore: bool,

    /// The time to take as now, such as 2026-11-24T09:00:00Z, for the ends of exemptions; without the flag the clock's
    #[arg(long, value_name = "TIME", env = "PORTCULLIS_NOW")]
    pub(super) now: Option<String>,

    /// List the rules with their severities, and stop
    #[arg(long)]
    pub(super) list_rules: bool,
}

/// The kinds of `--kind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum KindName {
    /// A policy of users, groups or roles
    Identity,
    /// A service control policy
    Scp,
    /// A resource control policy
    Rcp,
    /// The trust policy of a role
    Trust,
    /// A permissions boundary
    Boundary,
    /// The policy of a bucket, key, queue, …
    Resource,
    /// A session policy
    Session,
    /// The policy of a VPC endpoint
    Endpoint,
}

impl KindName {
    pub(super) fn kind(self) -> PolicyKind {
        match self {
            KindName::Identity => PolicyKind::Identity,
            KindName::Scp => PolicyKind::ServiceControl,
            KindName::Rcp => PolicyKind::ResourceControl,
            KindName::Trust => PolicyKind::Trust,
            KindName::Boundary => PolicyKind::Boundary,
            KindName::Resource => PolicyKind::Resource,
            KindName::Session => PolicyKind::Session,
            KindName::Endpoint => PolicyKind::Endpoint,
        }
    }
}

/// The formats of `--format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FormatName {
    /// For people
    Text,
    /// For programs: docs/lint.schema.json
    Json,
    /// For code scanning: SARIF 2.1.0
    Sarif,
}

impl FormatName {
    pub(super) fn format(self) -> Format {
        match self {
            FormatName::Text => Format::Text,
            FormatName::Json => Format::Json,
            FormatName::Sarif => Format::Sarif,
        }
    }
}

const EXAMPLES: &str = "\
Examples:
  portcullis lint force-mfa.json
  portcullis lint infra --fail-on medium
  portcullis lint scp.json --kind scp
  terraform show -json plan.out | portcullis lint -
  portcullis lint . --format sarif > lint.sarif
  portcullis lint . --fix --diff";
