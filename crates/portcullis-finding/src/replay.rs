//! A replay: what recorded events would have come to under a guardrail. The value that every format of a replay prints.

use portcullis_iam::{AccountId, Timestamp};

use crate::audit::Tool;
use crate::proof::Supposed;

/// Everything that a replay finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replay {
    /// What made it.
    pub tool: Tool,
    /// What was asked.
    pub asked: Asked,
    /// What was read, and what became of it.
    pub totals: Totals,
    /// Whoever would have been denied something, or may have been, or was denied something: the most denied first.
    pub principals: Vec<Principal>,
    /// Whom to exempt so that nothing that was recorded would have been denied.
    pub exemptions: Exemptions,
    /// Calls of which no action is known, the most frequent first: the event source and name, and how many events.
    pub unmapped: Vec<(Box<str>, u64)>,
    /// What the records cannot show, one sentence each.
    pub blind_spots: Vec<Box<str>>,
    /// When events would have been denied.
    pub rhythm: Rhythm,
}

/// What was asked: empty lists mean everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The logs, as they were named.
    pub logs: Vec<Box<str>>,
    /// The snapshot, as it was named.
    pub snapshot: Option<Box<str>>,
    /// The guardrail.
    pub guardrail: Vec<Supposed>,
    /// The principals.
    pub principals: Vec<Box<str>>,
    /// The accounts.
    pub accounts: Vec<AccountId>,
    /// Events before it are left out.
    pub since: Option<Timestamp>,
    /// Events from it on are left out.
    pub until: Option<Timestamp>,
}

/// What was read, and what became of it. Every record is one of: skipped, delivered again, left out, or an event that was
/// looked at; and every event is of one fate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// The objects that were read.
    pub objects: u64,
    /// The bytes of their text, unpacked.
    pub bytes: u64,
    /// The records that they hold.
    pub records: u64,
    /// Records that are no events of interest, and files that were not read, by reason.
    pub skipped: Vec<(Box<str>, u64)>,
    /// Objects that were not read to their end, and why.
    pub faults: Vec<(Box<str>, Box<str>)>,
    /// Records of events that were delivered before.
    pub again: u64,
    /// Records without an identifier, each counted as an event of its own.
    pub unnamed: u64,
    /// Events that were not asked about.
    pub left_out: u64,
    /// The time of the first event and of the last.
    pub span: Option<(Timestamp, Timestamp)>,
    /// Events about which no policy of a caller decided, by reason.
    pub nothing: Vec<(Box<str>, u64)>,
    /// What would have become of the others.
    pub fates: Fates,
}

/// How many events came to each fate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fates {
    /// They pass as they did.
    pub passes: u64,
    /// They would have been denied.
    pub denied: u64,
    /// They were denied when they were made.
    pub refused: u64,
    /// What is in force today denies them, although they passed.
    pub denied_today: u64,
    /// It depends on what the records do not say.
    pub cannot_tell: u64,
}

/// A caller, and what would have become of its calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    /// Its ARN.
    pub arn: Box<str>,
    /// `user`, `role`, `root user` or `federated user`.
    pub kind: &'static str,
    /// Whether it has an MFA device.
    pub device: Device,
    /// Whether it looks like a program.
    pub habit: Habit,
    /// How many of its events came to each fate.
    pub fates: Fates,
    /// What would have been denied, or may have been, or was: by action.
    pub deeds: Vec<Deed>,
    /// Of automation, what a role in the place of its access key needs, as far as the records show.
    pub needs: Vec<Need>,
    /// Its sign-ins to the console: with MFA, without, and failed ones.
    pub sign_ins: [u64; 3],
    /// Where its calls came from, the most frequent first.
    pub addresses: Vec<(Box<str>, u64)>,
    /// The programs that made them, the most frequent first.
    pub agents: Vec<(Box<str>, u64)>,
}

/// Whether a user has an MFA device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Device {
    /// It has one, and may simply not have used it.
    Has,
    /// It has none.
    HasNone,
    /// Nobody knows, or it cannot have one.
    Unknown,
}

/// What the calls of a principal look like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Habit {
    /// Whether they look like those of a program that runs by itself.
    pub is_automation: bool,
    /// By what, in words.
    pub signs: Vec<Box<str>>,
}

/// One action of a principal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// What would have become of it.
    pub fate: DeedFate,
    /// The action.
    pub action: Box<str>,
    /// The service that called it on the principal's behalf.
    pub via: Option<Box<str>>,
    /// Statements that deny, or keys that records do not tell, in words.
    pub because: Vec<Box<str>>,
    /// How many events.
    pub events: u64,
    /// The first of them.
    pub first: Option<Timestamp>,
    /// The last of them.
    pub last: Option<Timestamp>,
    /// The Regions.
    pub regions: Vec<Box<str>>,
}

/// An action that was called, and on what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// The action.
    pub action: Box<str>,
    /// The resources, long ones as far as their first two parts; `*` where the action is limited to none, or the records
    /// do not tell.
    pub resources: Vec<Box<str>>,
}

/// The fates that are told of one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DeedFate {
    /// It would have been denied.
    Denied,
    /// It depends on what the records do not say.
    CannotTell,
    /// It was denied when it was made.
    Refused,
    /// What is in force today denies it.
    DeniedToday,
}

/// Whom to exempt so that nothing that was recorded would have been denied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exemptions {
    /// Patterns of ARNs that cover whoever would have been denied something, and nobody else who is known.
    pub patterns: Vec<Exemption>,
    /// Whether no fewer patterns would do.
    pub is_least: bool,
}

/// One exemption.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exemption {
    /// What `aws:PrincipalArn` is compared with.
    pub pattern: Box<str>,
    /// How many of those who would have been denied something it covers.
    pub principals: u64,
}

/// When events would have been denied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rhythm {
    /// By day, from the first day of any event to the last: the day's midnight, the events and those denied.
    pub days: Vec<(Timestamp, u64, u64)>,
    /// Those that would have been denied, by day of the week from Monday, and hour, in UTC.
    pub week: [[u64; 24]; 7],
}

impl Fates {
    /// All of them.
    pub fn all(self) -> u64 {
        self.passes + self.denied + self.refused + self.denied_today + self.cannot_tell
    }
}

impl Principal {
    /// What came to a fate, the most frequent first.
    pub fn deeds_of(&self, fate: DeedFate) -> impl Iterator<Item = &Deed> {
        self.deeds.iter().filter(move |deed| deed.fate == fate)
    }
}

impl DeedFate {
    /// Its stable name.
    pub fn id(self) -> &'static str {
        match self {
            DeedFate::Denied => "denied",
            DeedFate::CannotTell => "cannot-tell",
            DeedFate::Refused => "refused",
            DeedFate::DeniedToday => "denied-today",
        }
    }
}
