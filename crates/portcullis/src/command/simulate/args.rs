//! The flags of `portcullis simulate`.

use std::path::PathBuf;

use clap::ValueEnum;

/// Decide requests as AWS would, from given policies
///
/// Takes the input of `aws iam simulate-custom-policy --cli-input-json` unchanged and answers in its form, or takes
/// flags and answers in words. Beyond AWS's simulator it knows RCPs, session and endpoint policies, trust policies,
/// every kind of caller, and condition keys of which nothing is known.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
#[command(group = clap::ArgGroup::new("input").required(true).multiple(true))]
pub(crate) struct Args {
    /// A request in the form of AWS's SimulateCustomPolicy: a file, `file://FILE`, or - for stdin
    #[arg(long, value_name = "FILE", group = "input", conflicts_with_all = FLAGS)]
    pub(super) cli_input_json: Option<String>,

    /// Many such requests as JSON Lines, answered line by line: a file, or - for stdin
    #[arg(long, value_name = "FILE", group = "input", conflicts_with_all = FLAGS, conflicts_with = "cli_input_json")]
    pub(super) batch: Option<String>,

    /// Where --principal (in a request, PolicySourceArn) and its policies are found: a dump or a folder of dumps
    #[arg(long, value_name = "SNAPSHOT", env = "PORTCULLIS_SNAPSHOT", hide_env = true)]
    pub(super) snapshot: Option<PathBuf>,

    #[command(flatten)]
    pub(super) flags: Flags,

    /// How to answer: without it, text for flags and on a terminal, otherwise JSON
    #[arg(long, value_name = "FORMAT", conflicts_with = "batch")]
    pub(super) format: Option<Format>,

    /// Say of every statement whether it matches, and if not, why
    #[arg(long)]
    pub(super) explain: bool,
}

/// How to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Text,
    Json,
}

/// One request in flags.
#[derive(Debug, clap::Args)]
pub(super) struct Flags {
    /// A user, role or root user of the snapshot: all policies that apply to it are gathered
    #[arg(long, value_name = "ARN", group = "input", requires = "snapshot", help_heading = REQUEST)]
    pub(super) principal: Option<String>,

    /// An identity policy of the caller; of a principal, one more
    #[arg(long, value_name = "FILE", group = "input", help_heading = POLICIES)]
    pub(super) policy: Vec<PathBuf>,

    /// The permissions boundary
    #[arg(long, value_name = "FILE", help_heading = POLICIES)]
    pub(super) boundary: Option<PathBuf>,

    /// The SCPs of one level, separated by commas; once per level, from the root down to the account
    #[arg(long, value_name = "FILES", help_heading = POLICIES)]
    pub(super) scp: Vec<String>,

    /// The RCPs of one level of the resource's account, as with --scp
    #[arg(long, value_name = "FILES", help_heading = POLICIES)]
    pub(super) rcp: Vec<String>,

    /// A policy that the caller's session was made with
    #[arg(long, value_name = "FILE", help_heading = POLICIES)]
    pub(super) session_policy: Vec<PathBuf>,

    /// The resource's policy; for sts:AssumeRole the role's trust policy
    #[arg(long, value_name = "FILE", group = "input", help_heading = POLICIES)]
    pub(super) resource_policy: Option<PathBuf>,

    /// The policy of the VPC endpoint that the request goes through
    #[arg(long, value_name = "FILE", help_heading = POLICIES)]
    pub(super) endpoint_policy: Option<PathBuf>,

    /// An action, such as iam:DeleteUser
    #[arg(long, value_name = "ACTION", help_heading = REQUEST)]
    pub(super) action: Vec<String>,

    /// A resource's ARN; `*` when there is none
    #[arg(long, value_name = "ARN", help_heading = REQUEST)]
    pub(super) resource: Vec<String>,

    /// The account that owns a resource whose ARN names none
    #[arg(long, value_name = "ACCOUNT", help_heading = REQUEST)]
    pub(super) resource_owner: Option<String>,

    /// The caller: a principal's ARN, a service such as lambda.amazonaws.com, or * for nobody
    #[arg(long, value_name = "ARN", help_heading = REQUEST)]
    pub(super) caller: Option<String>,

    /// The kind of credential that signs the request
    #[arg(long, value_name = "KIND", help_heading = REQUEST)]
    pub(super) credential: Option<String>,

    /// The organization's management account, which SCPs and RCPs do not bind
    #[arg(long, value_name = "ACCOUNT", help_heading = REQUEST)]
    pub(super) management_account: Option<String>,

    /// A condition key and its value; once per value of a multivalued key
    #[arg(long, value_name = "KEY=VALUE", help_heading = REQUEST)]
    pub(super) context: Vec<String>,

    /// A condition key of which nothing is known
    #[arg(long, value_name = "KEY", help_heading = REQUEST)]
    pub(super) unknown: Vec<String>,

    /// The state of aws:MultiFactorAuthPresent
    #[arg(long, value_name = "STATE", help_heading = REQUEST)]
    pub(super) mfa: Option<Mfa>,
}

/// The state of `aws:MultiFactorAuthPresent`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Mfa {
    /// No such key: an access key of a user
    Absent,
    /// A session without MFA
    False,
    /// A session with MFA
    True,
    /// Not known
    Unknown,
}

const POLICIES: &str = "Policies";
const REQUEST: &str = "Request";

/// Everything that describes a request in flags.
const FLAGS: [&str; 17] = [
    "principal",
    "policy",
    "boundary",
    "scp",
    "rcp",
    "session_policy",
    "resource_policy",
    "endpoint_policy",
    "action",
    "resource",
    "resource_owner",
    "caller",
    "credential",
    "management_account",
    "context",
    "unknown",
    "mfa",
];

const EXAMPLES: &str = "\
Examples:
  portcullis simulate --policy force-mfa.json --action iam:DeleteUser --mfa absent
  portcullis simulate --cli-input-json request.json
  portcullis simulate --batch requests.jsonl > results.jsonl
  portcullis simulate --snapshot dumps --principal arn:aws:iam::111111111111:user/alice --action s3:GetObject

Exit codes:
  0  every request is allowed
  1  some request is denied
  2  some input is wrong
  3  some decision depends on what is unknown";
