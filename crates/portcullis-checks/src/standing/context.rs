//! The context of a user's own requests.

use portcullis_iam::{Arn, Context, ContextKey, KeyState, Values};
use portcullis_snapshot::ABSENT_FROM_USERS_OWN_CALLS;
use portcullis_snapshot::policies::Assume;

use super::candidates::Candidates;
use crate::scope::AccountScope;

/// The state of `aws:MultiFactorAuthPresent`, and with it the credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mfa {
    /// Absent: an access key.
    Absent,
    /// False: a session without MFA.
    False,
    /// True: a session with MFA.
    True,
}

/// Where the snapshot holds no organization there may be control policies that nobody saw: that is for the coverage to
/// tell. What is decided here holds as far as the account's own policies go.
pub(crate) const ASSUME: Assume = Assume::NoOrganization;

/// The context of a request for an action of `service`, with nothing known of the keys that the caller chooses.
pub(crate) fn context(personal: &Context, candidates: &Candidates, service: &str, mfa: Mfa) -> Context {
    let mut context = personal.clone();
    for key in candidates.keys() {
        if *context.state(key) == KeyState::Absent && is_open(key.as_str(), service) {
            context.set(key.clone(), KeyState::Unknown);
        }
    }
    // A session is made when it is needed: now.
    let (present, age, issued) = match mfa {
        Mfa::Absent => (None, None, KeyState::Absent),
        Mfa::False => (Some("false"), None, personal.state(&ContextKey::new(NOW)).clone()),
        Mfa::True => (Some("true"), Some("1"), personal.state(&ContextKey::new(NOW)).clone()),
    };
    let known = |value: Option<&str>| {
        value.map_or(KeyState::Absent, |value| KeyState::Known(Values::One(value.into())))
    };
    context.set(ContextKey::new("aws:multifactorauthpresent"), known(present));
    context.set(ContextKey::new("aws:multifactorauthage"), known(age));
    context.set(ContextKey::new("aws:tokenissuetime"), issued);
    context
}

/// What is known of every request of a user of whom only the ARN is known.
pub(crate) fn stranger(within: &AccountScope<'_>, user: &Arn, candidates: &Candidates) -> Context {
    let name = user.resource().rsplit('/').next().unwrap_or_default();
    let mut context = Context::default()
        .with("aws:PrincipalArn", user.as_str())
        .with("aws:PrincipalAccount", user.account_part())
        .with("aws:PrincipalType", "User")
        .with("aws:PrincipalIsAWSService", "false")
        .with("aws:username", name)
        .with_unknown("aws:userid");
    for key in candidates.keys().filter(|key| key.as_str().starts_with(TAG)) {
        context.set(key.clone(), KeyState::Unknown);
    }
    direct(context, within)
}

/// The context of a call that the principal makes itself, now.
fn direct(context: Context, within: &AccountScope<'_>) -> Context {
    let now = within.scope.now;
    context
        .with("aws:ViaAWSService", "false")
        .with("aws:SecureTransport", "true")
        .with(NOW, &now.to_string())
        .with("aws:EpochTime", &now.seconds().to_string())
}

const NOW: &str = "aws:CurrentTime";
const TAG: &str = "aws:principaltag/";

/// Whether a request for an action of `service` may carry the key, with a value that nothing here tells.
pub(crate) fn is_open(key: &str, service: &str) -> bool {
    match key.split_once(':') {
        _ if ABSENT_FROM_USERS_OWN_CALLS.contains(&key) => false,
        Some(("aws", _)) => !key.starts_with(TAG),
        Some((prefix, _)) => prefix == service,
        None => true,
    }
}
