//! What the MFA keys were in a recorded request.

use portcullis_iam::{Context, ContextKey, KeyState};

use super::Actor;
use crate::call::Call;

/// What `aws:MultiFactorAuthPresent` may have been.
///
/// What CloudTrail logs is not the condition key: of a role it may log `true` where the key is not. Source: IAM guide,
/// "Secure API access with MFA": credentials of AssumeRole "do not include MFA information in the context".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Mfa {
    /// It was not there.
    Absent,
    /// `false`.
    Without,
    /// `true`.
    With,
}

impl Mfa {
    /// Every state that the key may have had in `call`.
    pub fn of(actor: &Actor, call: &Call<'_>) -> &'static [Mfa] {
        match actor {
            Actor::Role(_) | Actor::Federated(_) => &[Self::Absent, Self::Without],
            // What the key is in a session of AssumeRoot is documented nowhere.
            Actor::Root(_) if call.origin == Some("root") => &[Self::Absent, Self::Without, Self::With],
            // The call itself passed a code, which is what a trust policy asks for.
            Actor::User(_) if call.outcome == Some(WITH_CODE) => &[Self::With],
            Actor::User(_) | Actor::Root(_) => match call.mfa {
                None => &[Self::Absent],
                Some("true") => &[Self::With],
                Some("false") => &[Self::Without],
                Some(_) => &[Self::Without, Self::With],
            },
            Actor::Service(_) | Actor::Unbound(_) => &[Self::Absent],
        }
    }

    /// Adds the keys to a context.
    pub(super) fn set(self, context: &mut Context) {
        let (present, age) = match self {
            Self::Absent => (KeyState::Absent, KeyState::Absent),
            Self::Without => (known("false"), KeyState::Absent),
            Self::With => (known("true"), KeyState::Unknown),
        };
        context.set(ContextKey::new("aws:MultiFactorAuthPresent"), present);
        context.set(ContextKey::new("aws:MultiFactorAuthAge"), age);
    }
}

/// What [`Call::outcome`] says of a call that passed the code of a device.
pub(crate) const WITH_CODE: &str = "with a code";

fn known(value: &str) -> KeyState {
    KeyState::Known(portcullis_iam::Values::One(value.into()))
}
