//! In which circumstances a statement is looked at: who calls, and with what in the request.

use portcullis_iam::condition::{self, Condition};
use portcullis_iam::principal::PrincipalEntry;
use portcullis_iam::{
    Arn, Caller, Context, ContextKey, Credential, KeyState, Polarity, Policy, Statement, Truth, Values,
};

use super::profile::is_mfa;
use crate::standing::{Candidates, Mfa};

/// A caller and circumstances for which every condition of a statement holds, its tests of MFA apart.
#[derive(Clone, Debug)]
pub(crate) struct Scene {
    /// Who calls.
    pub(crate) caller: Caller,
    /// Its ARN, as in `aws:PrincipalArn`.
    pub(crate) arn: Arn,
    /// The keys that are known.
    pub(crate) context: Context,
    /// The conditions of the statement, by their place, that are taken to hold: something unknown decides them.
    pub(crate) assumed: Vec<usize>,
    /// The keys for which a state was chosen.
    chosen: Vec<ContextKey>,
}

/// The account and the partition that a document is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Home<'p> {
    pub(crate) partition: &'p str,
    pub(crate) account: &'p str,
}

/// The account of callers, where a document names none.
const ACCOUNT: &str = "111111111111";

impl<'p> Home<'p> {
    /// The first account that the document names in the ARN of a user or a device, or one for examples.
    pub(crate) fn of(policy: &'p Policy) -> Self {
        let clauses = policy.statements.iter().filter_map(|statement| statement.resource.as_ref());
        let patterns = clauses.flat_map(|clause| &clause.patterns);
        let named = patterns.filter_map(|pattern| Self::named(&pattern.value)).next();
        named.unwrap_or(Self { partition: "aws", account: ACCOUNT })
    }

    fn named(pattern: &'p str) -> Option<Self> {
        let arn = Arn::parse(pattern).filter(|arn| arn.service() == "iam")?;
        let of_user = ["user/", "mfa/"].into_iter().any(|kind| arn.resource().starts_with(kind));
        arn.account().filter(|_| of_user && !arn.partition().contains(['*', '?', '$']))?;
        let mut parts = pattern.split(':');
        Some(Self { partition: parts.nth(1)?, account: parts.nth(2)? })
    }

    /// The value there of what files take from where they are used: partition, account or Region.
    pub(crate) fn ambient(self, what: &str) -> Option<&'p str> {
        let is = |name: &str, data: &str, attribute: &str| {
            let reference = what.strip_prefix(data).and_then(|rest| rest.strip_suffix(attribute));
            let is_label =
                |label: &str| !label.contains(|letter: char| letter.is_whitespace() || letter == '.');
            what == name || reference.is_some_and(is_label)
        };
        if is("AWS::Partition", "data.aws_partition.", ".partition") {
            return Some(self.partition);
        }
        if is("AWS::AccountId", "data.aws_caller_identity.", ".account_id") {
            return Some(self.account);
        }
        let is_region =
            [".name", ".region", ".id"].iter().any(|end| is("AWS::Region", "data.aws_region.", end));
        is_region.then_some("us-east-1")
    }

    /// The ARN of a resource of IAM there.
    pub(crate) fn arn(self, resource: &str) -> Option<Arn> {
        Arn::parse(&format!("arn:{}:iam::{}:{resource}", self.partition, self.account))
    }
}

impl Scene {
    /// The scene of a user's own requests, nothing being known of it but its ARN.
    pub(crate) fn of_user(arn: &Arn, open: &Context) -> Self {
        let name = arn.resource().rsplit('/').next().unwrap_or_default();
        let context = own(open.clone(), arn, "User").with("aws:username", name).with("aws:userid", USER_ID);
        Self {
            caller: Caller::User(arn.clone()),
            arn: arn.clone(),
            context,
            assumed: Vec::new(),
            chosen: Vec::new(),
        }
    }

    /// The scene of a role's requests.
    pub(crate) fn of_role(arn: &Arn, open: &Context) -> Self {
        let session = portcullis_iam::request::RoleSession { role: arn.clone(), session_name: None };
        let context = own(open.clone(), arn, "AssumedRole").with("aws:userid", "AROAPORTCULLIS:session");
        Self {
            caller: Caller::Role(session),
            arn: arn.clone(),
            context,
            assumed: Vec::new(),
            chosen: Vec::new(),
        }
    }

    /// The scene with circumstances in which the conditions of `statement` hold; none when they cannot for this caller.
    pub(crate) fn under(
        mut self,
        policy: &Policy,
        statement: &Statement,
        found: &Candidates,
    ) -> Option<Self> {
        let others = || statement.conditions.iter().enumerate().filter(|(_, condition)| !is_mfa(condition));
        let mut seen: Vec<&ContextKey> = Vec::new();
        for (_, condition) in others() {
            if seen.contains(&&condition.key) {
                continue;
            }
            seen.push(&condition.key);
            let same = || others().filter(|(_, other)| other.key == condition.key);
            self.settle(policy, &condition.key, &same().collect::<Vec<_>>(), found)?;
        }
        Some(self)
    }

    /// The keys for which a state was chosen.
    pub(crate) fn chosen(&self) -> impl Iterator<Item = &ContextKey> {
        self.chosen.iter()
    }

    /// Whether a state was chosen for `key`.
    pub(crate) fn has_chosen(&self, key: &ContextKey) -> bool {
        self.chosen.contains(key)
    }

    /// Chooses a state of `key` in which `conditions` hold.
    fn settle(
        &mut self,
        policy: &Policy,
        key: &ContextKey,
        conditions: &[(usize, &Condition)],
        found: &Candidates,
    ) -> Option<()> {
        self.chosen.push(key.clone());
        let mut states: Vec<KeyState> = vec![self.context.state(key).clone()];
        if !is_fixed(key) {
            states.extend(found.states(key).iter().map(|candidate| candidate.state(&self.context)));
        }
        let mut open = None;
        for state in states {
            let mut trial = self.context.clone();
            trial.set(key.clone(), state.clone());
            let truths = conditions.iter().map(|(_, test)| condition::holds(test, policy.version, &trial));
            match truths.fold(Truth::True, Truth::and) {
                Truth::True => {
                    self.context = trial;
                    return Some(());
                }
                Truth::Unknown if open.is_none() => open = Some(trial),
                Truth::Unknown | Truth::False => {}
            }
        }
        self.context = open?;
        let unknown = |(_, test): &&(usize, &Condition)| {
            condition::holds(test, policy.version, &self.context) == Truth::Unknown
        };
        let assumed: Vec<usize> = conditions.iter().filter(unknown).map(|(at, _)| *at).collect();
        self.assumed.extend(assumed);
        Some(())
    }
}

/// The credential that the caller uses in a state of the MFA key.
pub(crate) fn credential(caller: &Caller, mfa: Mfa) -> Credential {
    match (caller, mfa) {
        (Caller::Role(_), _) => Credential::RoleSession,
        (_, Mfa::Absent) => Credential::LongTermKey,
        (_, Mfa::False | Mfa::True) => Credential::Console,
    }
}

/// What is known of every request that a principal makes itself.
fn own(open: Context, arn: &Arn, kind: &str) -> Context {
    open.with("aws:PrincipalArn", arn.as_str())
        .with("aws:PrincipalAccount", arn.account_part())
        .with("aws:PrincipalType", kind)
        .with("aws:PrincipalIsAWSService", "false")
        .with("aws:ViaAWSService", "false")
        .with("aws:SecureTransport", "true")
}

/// Whether the caller's identity tells the key, so that no other state can be chosen.
fn is_fixed(key: &ContextKey) -> bool {
    matches!(
        key.as_str(),
        "aws:principalarn"
            | "aws:principalaccount"
            | "aws:principaltype"
            | "aws:principalisawsservice"
            | "aws:viaawsservice"
            | "aws:calledvia"
            | "aws:calledviafirst"
            | "aws:calledvialast"
            | "aws:username"
            | "aws:userid"
    )
}

/// The users that a statement may be about: a usual one, one with a path, and those that it names.
pub(crate) fn users(policy: &Policy, statement: &Statement) -> Vec<Arn> {
    let Home { partition, account } = Home::of(policy);
    let user = |name: &str| format!("arn:{partition}:iam::{account}:user/{name}");
    let usual = ["alice", "team/alice"].map(user);
    let by_arn = values(statement, "aws:principalarn").map(instance);
    let by_name = values(statement, "aws:username").map(|name| user(&instance(name)));
    let named = statement.principal.iter().filter(|clause| clause.polarity == Polarity::Only);
    let named = named.flat_map(|clause| &clause.entries).filter_map(|entry| match &entry.value {
        PrincipalEntry::Account(account) => Some(format!("arn:aws:iam::{account}:user/alice")),
        PrincipalEntry::Arn(arn) => Some(arn.to_string()),
        PrincipalEntry::Everyone
        | PrincipalEntry::UniqueId(_)
        | PrincipalEntry::Service(_)
        | PrincipalEntry::Federated(_)
        | PrincipalEntry::CanonicalUser(_) => None,
    });
    let all = named.chain(usual).chain(by_arn).chain(by_name).chain(elsewhere(policy));
    let all = all.filter(|text| !text.contains("${"));
    let mut found: Vec<Arn> = Vec::new();
    for arn in all.filter_map(|text| Arn::parse(&text)) {
        let is_user =
            arn.service() == "iam" && arn.resource().starts_with("user/") && arn.account().is_some();
        if is_user && !found.contains(&arn) {
            found.push(arn);
        }
    }
    found
}

/// Users of the other partitions, for policies that are about them.
fn elsewhere(policy: &Policy) -> impl Iterator<Item = String> {
    let partitions = ["aws-us-gov", "aws-cn"].into_iter();
    let named = partitions.filter(|partition| policy.text.contains(&format!("arn:{partition}:")));
    named
        .map(|partition| format!("arn:{partition}:iam::{ACCOUNT}:user/alice"))
        .collect::<Vec<_>>()
        .into_iter()
}

/// The values with which the conditions of `statement` compare `key`.
pub(crate) fn values<'s>(statement: &'s Statement, key: &'static str) -> impl Iterator<Item = &'s str> {
    let own = statement.conditions.iter().filter(move |condition| condition.key.as_str() == key);
    own.flat_map(|condition| condition.values.iter().map(|value| &*value.value))
}

/// Some text that a pattern of an ARN matches.
pub(crate) fn instance(pattern: &str) -> String {
    let mut parts: Vec<String> = pattern.splitn(6, ':').map(str::to_owned).collect();
    let fillers = ["arn", "aws", "iam", "", ACCOUNT, "user/alice"];
    for (part, filler) in parts.iter_mut().zip(fillers) {
        if part == "*" {
            filler.clone_into(part);
        }
    }
    parts.join(":").replace('*', "alice").replace('?', "x")
}

/// The state of a key with one value.
pub(crate) fn one(value: &str) -> KeyState {
    KeyState::Known(Values::One(value.into()))
}

const USER_ID: &str = "AIDAPORTCULLIS";
