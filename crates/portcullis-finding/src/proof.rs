//! Proofs: what was proved, refuted or left undecided of the principals of a snapshot. The value that every format of
//! a proof prints.

use std::sync::Arc;

use portcullis_iam::span::Position;
use portcullis_iam::{AccountId, Effect, Span, Timestamp, Values};

use crate::audit::Tool;
use crate::finding::Severity;
use crate::rule::Rule;

/// Everything that a run over a snapshot proves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// What made it.
    pub tool: Tool,
    /// When the snapshot was taken, where that is known.
    pub taken_at: Option<Timestamp>,
    /// The time that the run was asked to take as now.
    pub proved_at: Timestamp,
    /// What was asked.
    pub asked: Asked,
    /// The accounts that were looked at.
    pub accounts: Vec<ProvenAccount>,
    /// One entry for each property that was asked for, in the order of their table.
    pub properties: Vec<PropertyTally>,
    /// Refuted before undecided before proved, and the worst of each first.
    pub judgements: Vec<Judgement>,
}

/// What was asked: empty lists mean everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The snapshot, as it was named.
    pub snapshot: Box<str>,
    /// An earlier snapshot to compare with, as it was named.
    pub before: Option<Box<str>>,
    /// The properties.
    pub properties: Vec<String>,
    /// The principals.
    pub principals: Vec<String>,
    /// The accounts.
    pub accounts: Vec<AccountId>,
    /// A policy that is taken to be attached.
    pub guardrail: Option<Supposed>,
}

/// A policy that is taken to be attached, to see what would be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supposed {
    /// The file, as it was named.
    pub file: Box<str>,
    /// As what, and to whom, in words: `an identity policy of every user`.
    pub attached: Box<str>,
}

/// An account that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProvenAccount {
    /// The account.
    pub account: AccountId,
    /// Its name, when the organization gives one.
    pub name: Option<Box<str>>,
    /// How many users it has.
    pub users: u32,
    /// How many roles it has.
    pub roles: u32,
}

/// For how many principals a property came to which verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PropertyTally {
    /// The property: its id and its page.
    pub property: &'static Rule,
    /// It holds for every request.
    pub proved: u32,
    /// There is a counterexample.
    pub refuted: u32,
    /// There is a counterexample, and an exemption accepts it.
    pub accepted: u32,
    /// It could not be decided.
    pub undecided: u32,
    /// Why it was not asked at all, where it was not.
    pub not_asked: Option<Box<str>>,
}

/// A verdict on one property, and the principals for whom it is the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// The property.
    pub property: &'static Rule,
    /// How bad it is that the property does not hold; of no meaning where it does.
    pub severity: Severity,
    /// The account.
    pub account: Option<AccountId>,
    /// The ARNs of the principals, sorted. The first is the one that witnesses speak of.
    pub subjects: Vec<Box<str>>,
    /// What is so, as a lowercase fragment about the first: `acts without MFA: administers the account`.
    pub message: Box<str>,
    /// Who accepts it until when and why, for the ARNs of which an exemption accepts it.
    pub accepted: Option<Box<str>>,
    /// What was asked, one by one: a kind of credential, a step.
    pub parts: Vec<Part>,
    /// What else is to be said, one lowercase sentence each.
    pub notes: Vec<Box<str>>,
}

/// One question of a property, and its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The stable name of the kind of credential, where it was asked about one.
    pub credential: Option<&'static str>,
    /// What was asked about, in lowercase words: `an access key`, `enable the device`.
    pub name: Box<str>,
    /// How many of the subjects hold such a credential today, or can make one of what they hold.
    pub holders: u32,
    /// The answer.
    pub outcome: Outcome,
}

/// The answer to one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is so for every request, and this is why.
    Proved(Certificate),
    /// It is not so, in at least one way; the most telling first.
    Refuted(Vec<Counterexample>),
    /// It could not be decided; what would settle it, one lowercase sentence each.
    Undecided(Vec<Box<str>>),
}

/// Why a property holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Certificate {
    /// What closes the actions of the catalogue, most of them first.
    pub grounds: Vec<Ground>,
    /// The requests that pass, where some had to.
    pub shown: Vec<ShownStep>,
    /// What is taken for granted beyond what AWS documents.
    pub assuming: Vec<Assumption>,
}

/// Something that a proof takes for granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Assumption {
    /// Its stable name.
    pub id: &'static str,
    /// What it is, as a lowercase sentence.
    pub text: &'static str,
}

/// The verdict as a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// There is a counterexample.
    Refuted,
    /// It could not be decided.
    Undecided,
    /// There is a counterexample, and a valid exemption accepts it.
    Accepted,
    /// It holds for every request.
    Proved,
}

/// What closes some of the actions: a part of a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ground {
    /// What closes them: `Deny DenyWithoutMfa of ForceMfa`, `no identity policy allows them`.
    pub by: Box<str>,
    /// How many actions of the catalogue.
    pub actions: usize,
    /// One of them.
    pub example: Box<str>,
}

/// One way in which a property does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counterexample {
    /// What it is, as a lowercase fragment.
    pub message: Box<str>,
    /// The requests in their order, each confirmed by the evaluator. The last one is what should not be so.
    pub steps: Vec<ShownStep>,
    /// The same requests of the other subjects, where they were asked for.
    pub others: Vec<OwnWitnesses>,
    /// The smallest change that was found with which the property is proved, and that breaks nothing that was proved.
    pub change: Option<Change>,
    /// A smaller change that would break something that was proved.
    pub passed_over: Option<PassedOver>,
}

/// The requests of a counterexample, made by another of the subjects in its own name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnWitnesses {
    /// The ARN of the subject.
    pub principal: Box<str>,
    /// The requests in their order, each confirmed by the evaluator.
    pub steps: Vec<ShownWitness>,
}

/// A request, and what the evaluator says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownStep {
    /// What it is for, as a lowercase fragment.
    pub title: Box<str>,
    /// The request.
    pub witness: ShownWitness,
    /// `allowed`, `denied` or `undetermined`.
    pub decision: &'static str,
    /// The statements that decide it, and those that should have.
    pub statements: Vec<Excerpt>,
    /// What else is to be said, one lowercase sentence each.
    pub notes: Vec<Box<str>>,
}

/// A request, complete: with it and the snapshot `portcullis simulate` says the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShownWitness {
    /// The principal of the snapshot whose policies apply.
    pub principal: Box<str>,
    /// The caller, where it is not the principal itself: a session that was made by it.
    pub caller: Option<Box<str>>,
    /// The kind of credential, as `simulate` names it.
    pub credential: Option<&'static str>,
    /// The same for people: `an access key`.
    pub credential_words: Box<str>,
    /// The action.
    pub action: Box<str>,
    /// Whether no catalogue knows the action: AWS may add such a one.
    pub is_hypothetical: bool,
    /// The resource.
    pub resource: Box<str>,
    /// Who owns a resource whose ARN names no account.
    pub resource_owner: Option<AccountId>,
    /// The condition keys that the request carries, sorted.
    pub context: Vec<ShownKey>,
    /// The condition keys of which nothing is known; the answer does not depend on them.
    pub unknown: Vec<Box<str>>,
    /// Policies that do not come from the snapshot.
    pub supposed: SupposedPolicies,
}

/// A condition key of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownKey {
    /// The key as AWS spells it.
    pub name: Box<str>,
    /// Its values.
    pub values: Values,
    /// Where the value comes from.
    pub source: KeySource,
}

/// Where the value of a condition key comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeySource {
    /// It is a property of the principal, which the snapshot tells.
    Principal,
    /// The credential has it.
    Credential,
    /// The witness needs it to be so.
    Chosen,
    /// Every request has it, and without it the evaluator says the same.
    Incidental,
}

/// Policies of a request that do not come from the snapshot, as JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SupposedPolicies {
    /// Identity policies on top of the principal's.
    pub identity: Vec<Arc<str>>,
    /// The permissions boundary, in place of the principal's.
    pub boundary: Option<Arc<str>>,
    /// The SCPs of every level, in place of the snapshot's.
    pub service_control: Vec<Vec<Arc<str>>>,
    /// The policies of the session.
    pub session: Vec<Arc<str>>,
}

/// A statement in the text of its policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// What the statement has to do with the request.
    pub part: StatementPart,
    /// The policy's ARN or name.
    pub policy: Arc<str>,
    /// The statement's `Sid`.
    pub sid: Option<Box<str>>,
    /// What it does.
    pub effect: Effect,
    /// Where it begins in the policy's own text.
    pub position: Position,
    /// The text that is shown, and whether it was laid out anew.
    pub text: Arc<str>,
    /// Whether the text that is shown is the policy's own, or was laid out anew.
    pub layout: TextLayout,
    /// The statement in the text that is shown.
    pub span: Span,
    /// What is to be said of it, in a few lowercase words.
    pub label: Box<str>,
    /// Parts of it, and what is to be said of each.
    pub marks: Vec<(Span, Box<str>)>,
}

/// What a statement has to do with a counterexample.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StatementPart {
    /// It decides.
    Decides,
    /// It looks as if it should have decided, and does not match.
    PassedBy,
}

/// Whether a text is shown as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextLayout {
    /// As it was read.
    Own,
    /// Over several lines, with the same meaning.
    LaidOut,
}

/// A change after which the property is proved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What to do, as a lowercase imperative.
    pub title: Box<str>,
    /// The new policy as JSON, where there is one: the first that is written anew, or one that is attached.
    pub document: Option<Box<str>>,
    /// The policies that are written anew.
    pub edits: Vec<Edit>,
    /// Of how many of the subjects it was proved.
    pub proved_for: u32,
    /// The other properties that it closes for the subjects.
    pub also_closes: Vec<&'static str>,
    /// The other properties that were proved before of those whom it touches, and are proved with it.
    pub keeps: Vec<&'static str>,
    /// How many others it touches.
    pub others: u32,
}

/// A policy that is written anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Its ARN or name.
    pub policy: Arc<str>,
    /// What it says then, as JSON.
    pub document: Arc<str>,
}

/// A change that closes a counterexample, and breaks something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassedOver {
    /// What it is, as a lowercase imperative.
    pub title: Box<str>,
    /// What was proved before, and is not with it.
    pub breaks: Vec<Broken>,
}

/// What a change breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The id of a property, or `exemption`: that a principal may act without MFA, as an exemption accepts it.
    pub property: &'static str,
    /// The ARN of one of whom it is not proved any more.
    pub principal: Box<str>,
}

impl Judgement {
    /// The verdict: one counterexample refutes, one doubt leaves undecided.
    pub fn verdict(&self) -> Verdict {
        let worst = self.parts.iter().map(|part| part.outcome.verdict()).min().unwrap_or(Verdict::Proved);
        match (worst, &self.accepted) {
            (Verdict::Refuted, Some(_)) => Verdict::Accepted,
            (verdict, _) => verdict,
        }
    }

    /// The counterexamples, with the question that each answers.
    pub fn counterexamples(&self) -> impl Iterator<Item = (&Part, &Counterexample)> {
        self.parts.iter().flat_map(|part| {
            let found: &[Counterexample] = match &part.outcome {
                Outcome::Refuted(found) => found,
                Outcome::Proved(_) | Outcome::Undecided(_) => &[],
            };
            found.iter().map(move |one| (part, one))
        })
    }
}

impl Outcome {
    /// The verdict of this answer alone.
    pub fn verdict(&self) -> Verdict {
        match self {
            Outcome::Proved(_) => Verdict::Proved,
            Outcome::Refuted(_) => Verdict::Refuted,
            Outcome::Undecided(_) => Verdict::Undecided,
        }
    }
}

impl Verdict {
    /// The word used in every format.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Refuted => "refuted",
            Verdict::Undecided => "undecided",
            Verdict::Accepted => "accepted",
            Verdict::Proved => "proved",
        }
    }
}

impl PropertyTally {
    /// For how many principals the property came to this verdict.
    pub fn count(&self, verdict: Verdict) -> u32 {
        match verdict {
            Verdict::Refuted => self.refuted,
            Verdict::Undecided => self.undecided,
            Verdict::Accepted => self.accepted,
            Verdict::Proved => self.proved,
        }
    }
}

impl Proof {
    /// How often there is this verdict, over all properties.
    pub fn count(&self, verdict: Verdict) -> u32 {
        self.properties.iter().map(|tally| tally.count(verdict)).fold(0, u32::saturating_add)
    }
}
