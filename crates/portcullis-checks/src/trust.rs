//! Who may assume a role without MFA, decided on its trust policy.

use std::sync::Arc;

use portcullis_authz::LayerKind;
use portcullis_authz::explain::{StatementReport, explain};
use portcullis_finding::{Evidence, Origin};
use portcullis_iam::parse;
use portcullis_iam::principal::PrincipalEntry;
use portcullis_iam::{
    AccountId, Action, Arn, Attached, Caller, Credential, Effect, Gap, KeyState, Layer, Polarity, Policy,
    PolicyKind, PolicySet, Request, SourceKind, Statement, Values,
};
use portcullis_snapshot::{Known, Role};

use crate::hidden::{Hidden, known};
use crate::scope::AccountScope;
use crate::standing::{self, Candidates, Mfa, Passage};

/// Whether IAM users come in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Entrance {
    /// The role is for services, other roles or federated identities.
    NotForUsers,
    /// Users come in with MFA only.
    Guarded,
    /// Users come in without MFA.
    Open(Opening),
}

/// How users come in without MFA.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Opening {
    /// Whose users, in words, each with what else their requests must carry: ` (with …)`.
    pub(crate) who: Vec<String>,
    /// Whether the users of every account in the world come in.
    pub(crate) anybody: bool,
    /// The statements that let them in.
    pub(crate) evidence: Vec<Evidence>,
}

/// Whether IAM users may assume `role` without MFA, provided that their own policies allow it.
pub(crate) fn entrance(scope: &AccountScope<'_>, role: &Role) -> Result<Entrance, Hidden> {
    let document = known(role.trust.as_ref())?;
    let unreadable = || Hidden::Gap(Gap(format!("the trust policy of {} has no meaning", role.name).into()));
    let policy = document.policy.as_ref().ok_or_else(unreadable)?;
    let policies = policies(role, policy);
    let asker = Asker { scope, role, candidates: Candidates::of(&policies), policies };
    let mut found = Found::default();
    let allows = policy.statements.iter().filter(|statement| statement.effect == Effect::Allow);
    for guest in allows.flat_map(|statement| guests(statement, scope)) {
        found.take(asker.admits(&guest), &guest);
    }
    found.entrance()
}

/// A user who may come in: one that is named, or any of an account.
struct Guest {
    arn: Arn,
    words: String,
    anybody: bool,
}

/// What the guests together tell.
#[derive(Default)]
struct Found {
    opening: Option<Opening>,
    hidden: Option<Hidden>,
    guarded: bool,
}

/// How one guest fares.
enum Admission {
    /// Without MFA.
    Bare(Bare),
    WithMfa,
    Never,
    Hidden(Hidden),
}

/// How a guest comes in without MFA.
struct Bare {
    /// What else the request must carry: ` (with …)`, or nothing.
    condition: String,
    /// The statements that let the request in.
    evidence: Vec<Evidence>,
}

impl Found {
    fn take(&mut self, admission: Admission, guest: &Guest) {
        let bare = match admission {
            Admission::Bare(bare) => bare,
            Admission::WithMfa => return self.guarded = true,
            Admission::Never => return,
            Admission::Hidden(hidden) => return self.hidden = Some(hidden),
        };
        let opening = self.opening.get_or_insert_with(|| Opening {
            who: Vec::new(),
            anybody: false,
            evidence: Vec::new(),
        });
        opening.anybody |= guest.anybody;
        let words = format!("{}{}", guest.words, bare.condition);
        if !opening.who.contains(&words) {
            opening.who.push(words);
        }
        for evidence in bare.evidence {
            if !opening.evidence.contains(&evidence) {
                opening.evidence.push(evidence);
            }
        }
    }

    fn entrance(self) -> Result<Entrance, Hidden> {
        match (self.opening, self.hidden) {
            (Some(opening), _) => Ok(Entrance::Open(opening)),
            (None, Some(hidden)) => Err(hidden),
            (None, None) if self.guarded => Ok(Entrance::Guarded),
            (None, None) => Ok(Entrance::NotForUsers),
        }
    }
}

/// The trust policy, with identity policies that let the caller assume every role.
fn policies(role: &Role, trust: &Arc<Policy>) -> PolicySet {
    let resource = Layer {
        policies: vec![Attached {
            id: role.arn.as_str().into(),
            source: SourceKind::Resource,
            policy: Arc::clone(trust),
        }],
        gaps: Vec::new(),
    };
    PolicySet { identity: may_assume(), resource: Some(resource), ..PolicySet::default() }
}

/// Identity policies that let the caller assume every role.
fn may_assume() -> Layer {
    const TEXT: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*"}]}"#;
    let policy = parse::policy(TEXT, PolicyKind::Identity).policy;
    let attached =
        |policy| Attached { id: "assume".into(), source: SourceKind::Input, policy: Arc::new(policy) };
    Layer { policies: policy.map(attached).into_iter().collect(), gaps: Vec::new() }
}

/// The users that a statement may let in.
fn guests(statement: &Statement, scope: &AccountScope<'_>) -> Vec<Guest> {
    let Some(clause) = &statement.principal else { return Vec::new() };
    if clause.polarity == Polarity::Except {
        return anybody(scope).into_iter().collect();
    }
    clause.entries.iter().filter_map(|entry| guest(&entry.value, scope)).collect()
}

fn guest(entry: &PrincipalEntry, scope: &AccountScope<'_>) -> Option<Guest> {
    match entry {
        PrincipalEntry::Everyone => anybody(scope),
        PrincipalEntry::Account(account) => of_account(*account, scope),
        PrincipalEntry::Arn(text) => {
            let arn = Arn::parse(text)
                .filter(|arn| arn.service() == "iam" && arn.resource().starts_with("user/"))?;
            Some(Guest { words: arn.to_string(), arn, anybody: false })
        }
        PrincipalEntry::UniqueId(_)
        | PrincipalEntry::Service(_)
        | PrincipalEntry::Federated(_)
        | PrincipalEntry::CanonicalUser(_) => None,
    }
}

fn anybody(scope: &AccountScope<'_>) -> Option<Guest> {
    let arn = some_user(scope, "000000000000")?;
    Some(Guest { arn, words: "users of every AWS account".to_owned(), anybody: true })
}

/// Some user of the account, unless the snapshot tells that it has none.
fn of_account(account: AccountId, scope: &AccountScope<'_>) -> Option<Guest> {
    let dumped = scope.scope.snapshot.accounts.get(&account);
    if dumped.is_some_and(|account| account.users.is_empty() && account.all_users == Known::Fact(())) {
        return None;
    }
    let words = if account == scope.account.id {
        "users of this account".to_owned()
    } else {
        format!("users of account {account}")
    };
    Some(Guest { arn: some_user(scope, account.as_str())?, words, anybody: false })
}

/// A user that no policy names.
fn some_user(scope: &AccountScope<'_>, account: &str) -> Option<Arn> {
    Arn::parse(&format!("arn:{}:iam::{account}:user/=portcullis", scope.account.partition))
}

struct Asker<'a> {
    scope: &'a AccountScope<'a>,
    role: &'a Role,
    candidates: Candidates,
    policies: PolicySet,
}

impl Asker<'_> {
    fn admits(&self, guest: &Guest) -> Admission {
        let mut hidden = None;
        for mfa in [Mfa::Absent, Mfa::False] {
            match self.passage(guest, mfa) {
                (Passage::Open, bare) => return Admission::Bare(bare),
                (Passage::Closed, _) => {}
                (Passage::Hidden(why), _) => hidden = Some(why),
            }
        }
        match (hidden, self.passage(guest, Mfa::True).0) {
            (Some(why), _) => Admission::Hidden(why),
            (None, Passage::Open | Passage::Hidden(_)) => Admission::WithMfa,
            (None, Passage::Closed) => Admission::Never,
        }
    }

    fn passage(&self, guest: &Guest, mfa: Mfa) -> (Passage, Bare) {
        let closed = Bare { condition: String::new(), evidence: Vec::new() };
        let Some(action) = Action::parse("sts:AssumeRole") else { return (Passage::Closed, closed) };
        let personal = standing::stranger(self.scope, &guest.arn, &self.candidates);
        let mut request = Request {
            caller: Caller::User(guest.arn.clone()),
            credential: match mfa {
                Mfa::Absent => Credential::LongTermKey,
                Mfa::False | Mfa::True => Credential::Console,
            },
            action,
            resource: self.role.arn.as_str().into(),
            resource_owner: self.role.arn.account(),
            context: standing::context(&personal, &self.candidates, "sts", mfa),
        };
        let before = request.context.clone();
        let decide = |request: &Request| portcullis_authz::decide(request, &self.policies);
        let passage = standing::passage(&decide, &self.candidates, &mut request);
        let tried = request.context.iter().filter(|(key, state)| before.state(key) != *state);
        let with: Vec<_> =
            tried.filter_map(|(key, state)| Some(format!("{key} {}", value(state)?))).collect();
        let condition = if with.is_empty() { String::new() } else { format!(" (with {})", with.join(", ")) };
        let evidence = if passage == Passage::Open { self.evidence(&request) } else { Vec::new() };
        (passage, Bare { condition, evidence })
    }

    /// The statements of the trust policy that let `request` in.
    fn evidence(&self, request: &Request) -> Vec<Evidence> {
        let explanation = explain(request, &self.policies);
        let own = explanation.deciding().filter(|statement| statement.layer == LayerKind::Resource);
        let place = |statement: &StatementReport| Evidence {
            fact: "the trust policy allows it".into(),
            origin: Origin::Statement {
                policy: format!("trust policy of {}", self.role.arn).into(),
                sid: statement.sid.clone(),
                position: statement.start(),
            },
        };
        own.map(place).collect()
    }
}

fn value(state: &KeyState) -> Option<String> {
    match state {
        KeyState::Known(Values::One(value)) => Some(format!("`{value}`")),
        KeyState::Known(Values::Many(values)) => Some(format!("`{}`", values.join("`, `"))),
        KeyState::Absent | KeyState::Unknown => None,
    }
}
