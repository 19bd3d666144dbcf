//! What is known of every request of a principal, whatever the credential.

use std::sync::Arc;

use portcullis_iam::{
    Arn, Attached, Caller, Context, ContextKey, Credential, KeyState, Polarity, PolicySet, Statement,
    Timestamp, Values,
};
use portcullis_snapshot::policies::{Assume, NotFound};
use portcullis_snapshot::{ABSENT_FROM_USERS_OWN_CALLS, Snapshot, caller_for, mentioned};

use crate::documents;
use crate::facts::{Domain, Facts, Optional};
use crate::question::Frame;

/// A principal, and what is known of every request of it.
#[derive(Clone, Debug)]
pub struct Base {
    pub(super) caller: Caller,
    /// The keys that say who calls, and from which organization.
    pub(super) facts: Facts,
    /// The same as a context, for tests that need no more.
    pub(super) context: Context,
    /// The policies that decide.
    policies: Arc<PolicySet>,
    /// The earliest instant that a request may have.
    pub(super) now: Timestamp,
}

/// The MFA keys of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mfa {
    /// Neither is there.
    Absent,
    /// The request says that there was none.
    False,
    /// The request says that there was, and when.
    True,
}

impl Base {
    /// What is known of the principal of the snapshot with this ARN, of whom `policies` decide.
    ///
    /// # Errors
    /// When the snapshot does not hold the principal.
    pub fn new(
        snapshot: &Snapshot,
        principal: &Arn,
        policies: &Arc<PolicySet>,
        now: Timestamp,
    ) -> Result<Self, NotFound> {
        let (caller, context) = caller_for(snapshot, principal, policies, Assume::NoOrganization)?;
        let mut facts = Facts::default();
        for key in OF_THE_ORGANIZATION {
            facts.state(&ContextKey::new(key), Domain::Absent);
        }
        for (key, state) in context.iter() {
            facts.state(key, domain(state));
        }
        if is_of_kms_alone(policies) {
            facts = facts.with(CALLER_ACCOUNT, Domain::One(principal.account_part().into()));
        }
        Ok(Self { caller, facts, context, policies: policies.clone(), now })
    }

    /// The keys that say who calls, as a context.
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// Who calls.
    pub fn caller(&self) -> &Caller {
        &self.caller
    }

    /// The tags of principals that the policies ask for.
    pub(super) fn tags(&self) -> impl Iterator<Item = ContextKey> {
        mentioned::keys(&self.policies).into_iter().filter(|key| key.as_str().starts_with(TAG))
    }

    /// The frame of a call that the user makes itself, with a credential that is no session.
    pub(super) fn with_key(&self) -> Frame {
        let facts = mfa(circumstances(self.facts.clone(), self.now), Mfa::Absent);
        let facts = own_call(facts).with("aws:TokenIssueTime", Domain::Absent);
        let facts = facts.with("aws:SignInSessionArn", Domain::Absent);
        Frame { caller: self.caller.clone(), credential: Credential::LongTermKey, facts }
    }

    /// The frame of a call that the user makes itself, in a session.
    pub(super) fn in_session(&self, credential: Credential, state: Mfa) -> Frame {
        let facts = mfa(circumstances(self.facts.clone(), self.now), state);
        let facts = own_call(facts).with("aws:SignInSessionArn", Domain::Absent);
        Frame { caller: self.caller.clone(), credential, facts: issued(facts, self.now) }
    }
}

/// What holds for every request: when it can be made, and which keys AWS always sends.
pub(super) fn circumstances(facts: Facts, now: Timestamp) -> Facts {
    let always = || Domain::Free { absent: Optional::No };
    facts
        .with("aws:CurrentTime", Domain::Since(now))
        .with("aws:EpochTime", Domain::Since(now))
        .with("aws:SecureTransport", always())
        .with("aws:RequestedRegion", always())
}

/// What holds for every call that a user makes itself.
pub(super) fn own_call(facts: Facts) -> Facts {
    let facts = facts.with("aws:ViaAWSService", Domain::One("false".into()));
    ABSENT_FROM_USERS_OWN_CALLS.into_iter().fold(facts, |facts, key| facts.with(key, Domain::Absent))
}

/// The MFA keys.
pub(super) fn mfa(facts: Facts, state: Mfa) -> Facts {
    let (present, age) = match state {
        Mfa::Absent => (Domain::Absent, Domain::Absent),
        Mfa::False => (Domain::One("false".into()), Domain::Absent),
        Mfa::True => (Domain::One("true".into()), Domain::Free { absent: Optional::No }),
    };
    facts.with("aws:MultiFactorAuthPresent", present).with("aws:MultiFactorAuthAge", age)
}

/// When a session can have been made: no session of a user lasts longer than 36 hours.
pub(super) fn issued(facts: Facts, now: Timestamp) -> Facts {
    let earliest = Timestamp::from_seconds(now.seconds() - LONGEST_SESSION);
    facts.with("aws:TokenIssueTime", Domain::Since(earliest))
}

/// Whether the policies ask for the account that calls KMS, and only in statements about KMS: what is said of the key
/// then changes nothing for requests of other services, which do not carry it.
fn is_of_kms_alone(policies: &PolicySet) -> bool {
    let key = ContextKey::new(CALLER_ACCOUNT);
    let tests = |own: &Statement| own.conditions.iter().any(|test| test.key == key);
    let names = |(attached, own): &(&Attached, &Statement)| {
        own.span.of(&attached.policy.text).to_ascii_lowercase().contains(key.as_str())
    };
    let of_kms = |own: &Statement| {
        let clause = &own.action;
        clause.polarity == Polarity::Only
            && clause.patterns.iter().all(|own| own.value.to_ascii_lowercase().starts_with("kms:"))
    };
    documents::statements(policies).any(|(_, own)| tests(own))
        && documents::statements(policies).filter(names).all(|(_, own)| of_kms(own))
}

fn domain(state: &KeyState) -> Domain {
    match state {
        KeyState::Absent => Domain::Absent,
        KeyState::Known(Values::One(value)) => Domain::One(value.clone()),
        KeyState::Known(Values::Many(values)) => Domain::Many(values.clone()),
        KeyState::Unknown => Domain::Hidden,
    }
}

/// Absent from requests of accounts that are in no organization.
const OF_THE_ORGANIZATION: [&str; 2] = ["aws:PrincipalOrgID", "aws:PrincipalOrgPaths"];

/// The account of the caller, in requests to KMS.
const CALLER_ACCOUNT: &str = "kms:CallerAccount";

const TAG: &str = "aws:principaltag/";

/// The longest that a session of a user lasts, in seconds: 36 hours (GetSessionToken, GetFederationToken).
const LONGEST_SESSION: i64 = 36 * 60 * 60;
