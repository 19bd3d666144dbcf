//! What a user goes through that has no device yet.

use std::sync::Arc;

use portcullis_iam::{Gap, PolicySet, Timestamp};
use portcullis_snapshot::{Known, LastUse, User};

use crate::area::Area;
use crate::case::{Among, Case};
use crate::documents;
use crate::prover::Prover;
use crate::question::{Frame, Question};
use crate::reach::{Certificate, Doubt, Reach};
use crate::search::reach;
use crate::self_service::{CHANGE_PASSWORD, CREATE_DEVICE};
use crate::witness::Witness;

/// Whether the console asks for a new password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum PasswordChange {
    /// It does not.
    No,
    /// Nobody has signed in with it yet, and whoever set it may have asked for it. No dump tells.
    Perhaps,
    /// The password is too old.
    Due,
}

/// Whether the console asks the user for a new password.
pub(crate) fn password_change(user: &User, now: Timestamp) -> PasswordChange {
    let Some(Some(password)) = user.password.fact() else { return PasswordChange::Perhaps };
    match (&password.next_rotation, password.last_used) {
        (Known::Fact(Some(end)), _) if *end <= now => PasswordChange::Due,
        (_, LastUse::NeverSinceTracked | LastUse::Unknown) => PasswordChange::Perhaps,
        (_, LastUse::At(_)) => PasswordChange::No,
    }
}

/// Whether the user can change its password, and the policies that say so. The account's password policy may let users
/// do it: that is as if an identity policy allowed it.
pub(crate) fn change_password(
    case: &Case<'_>,
    prover: &mut Prover,
    (user, frame): (&User, &Frame),
) -> (Reach, Arc<PolicySet>) {
    let only = [Area::of_actions([CHANGE_PASSWORD]).on([user.arn.as_str()])];
    let own = case.ask(prover, frame, Among { only: &only, spared: &[] });
    let by_account = case.account.password_policy.as_ref();
    let by_account = by_account.map(|policy| policy.as_ref().is_some_and(|policy| policy.users_may_change));
    if !matches!(own, Reach::Closed(_)) || by_account == Known::Fact(false) {
        return (own, case.policies.clone());
    }
    let mut policies = (*case.policies).clone();
    policies.identity.policies.extend(documents::allow_password_change().policies);
    let answer = reach(prover, &Question::any(&policies, frame).only(&only));
    let answer = match (answer, by_account) {
        (Reach::Open(_), Known::Unknown(missing)) => Reach::Undecided(gap(Gap::from(missing))),
        (answer, _) => answer,
    };
    (answer, Arc::new(policies))
}

/// Whether a device can be created.
pub(crate) enum Device {
    /// Under this name, which is free.
    Free(Box<Witness>),
    /// Only under names that are taken, such as this.
    Taken(Box<Witness>),
    /// Under none.
    Refused(Certificate),
    /// It is not certain.
    Unsure(Doubt),
}

/// The serial that AWS's own policies and the console give the user's first device.
pub(crate) fn serial(user: &User) -> String {
    let arn = &user.arn;
    format!("arn:{}:iam::{}:mfa/{}", arn.partition(), arn.account_part(), user.name)
}

/// Whether the user can create a device under a name that nobody has.
pub(crate) fn create(case: &Case<'_>, prover: &mut Prover, (user, frame): (&User, &Frame)) -> Device {
    let own = serial(user);
    let mut taken: Vec<String> = Vec::new();
    let known = case.account.virtual_devices.as_ref();
    let is_taken = |serial: &str| match known {
        Known::Fact(devices) => devices.iter().any(|device| *device.serial == *serial),
        // Of which names are taken nothing is known: the one that a first try leaves behind may be.
        Known::Unknown(_) => serial == own,
    };
    let mut last = None;
    for _ in 0..TRIES {
        let only = [Area::of_actions([CREATE_DEVICE])];
        let spared = [Area::of_actions([CREATE_DEVICE]).on(taken.iter().map(String::as_str))];
        let spared = if taken.is_empty() { &[][..] } else { &spared };
        match (case.ask(prover, frame, Among { only: &only, spared }), last) {
            (Reach::Open(witness), _) if is_taken(&witness.request().resource) => {
                taken.push(witness.request().resource.to_string());
                last = Some(witness);
            }
            (Reach::Open(witness), _) => return Device::Free(witness),
            (Reach::Undecided(doubt), _) => return Device::Unsure(doubt),
            (Reach::Closed(certificate), None) => return Device::Refused(certificate),
            (Reach::Closed(_), Some(witness)) => {
                return match known {
                    Known::Fact(_) => Device::Taken(witness),
                    Known::Unknown(missing) => Device::Unsure(gap(Gap::from(missing))),
                };
            }
        }
    }
    Device::Unsure(gap(Gap("a name for a device that is allowed and free".into())))
}

fn gap(gap: Gap) -> Doubt {
    Doubt { gaps: [gap].into(), ..Doubt::default() }
}

/// How many names are tried.
const TRIES: usize = 8;
