//! What may stay open without MFA, so that a user can enrol: some actions, and each on the user itself alone.

use portcullis_iam::Arn;

use crate::area::Area;

/// Actions on a user, spared on the user itself: AWS's own list, and the change of its own password.
pub(crate) const ON_THE_USER: [&str; 7] = [
    CHANGE_PASSWORD,
    "iam:EnableMFADevice",
    "iam:GetLoginProfile",
    "iam:GetMFADevice",
    "iam:GetUser",
    "iam:ListMFADevices",
    "iam:ResyncMFADevice",
];

/// Changes the password of the caller.
pub(crate) const CHANGE_PASSWORD: &str = "iam:ChangePassword";

/// Creates a device that is nobody's yet, under a name that is free to choose.
pub(crate) const CREATE_DEVICE: &str = "iam:CreateVirtualMFADevice";

/// What the console reads of the account before it shows a user its own page.
const READS: [&str; 5] = [
    "iam:GetAccountPasswordPolicy",
    "iam:GetAccountSummary",
    "iam:ListAccountAliases",
    "iam:ListUsers",
    "iam:ListVirtualMFADevices",
];

/// What answers to no policy.
pub const UNGOVERNED: [&str; 2] = ["sts:GetCallerIdentity", "sts:GetSessionToken"];

/// The actions of self-service, on whatever resource, and what answers to no policy.
pub fn actions() -> Vec<Area> {
    let all = ON_THE_USER.into_iter().chain([CREATE_DEVICE]).chain(READS).chain(UNGOVERNED);
    vec![Area::of_actions(all)]
}

/// The actions that enrolment needs, by name, with the one that brings a session with MFA.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    ON_THE_USER.into_iter().chain([CREATE_DEVICE, "sts:GetSessionToken"])
}

/// What answers to no policy, alone.
pub(crate) fn ungoverned() -> Vec<Area> {
    vec![Area::of_actions(UNGOVERNED)]
}

/// The actions that are self-service on the user itself, and not on others. `iam:ChangePassword` is not among them: AWS
/// changes the password of whoever calls, and of nobody else.
pub fn on_users() -> Vec<Area> {
    vec![Area::of_actions(ON_THE_USER.into_iter().filter(|action| *action != CHANGE_PASSWORD))]
}

/// The same on the user itself.
///
/// The name alone says which user it is, as no two users of an account have one name; what its path is does not matter.
pub fn on_itself(user: &Arn) -> Vec<Area> {
    vec![Area::of_actions(ON_THE_USER).on(itself(user).iter().map(String::as_str))]
}

/// The patterns of the user's own ARN, whatever its path.
pub(crate) fn itself(user: &Arn) -> [String; 2] {
    let name = user.resource().rsplit('/').next().unwrap_or_default();
    let start = format!("arn:{}:iam::{}:user/", user.partition(), user.account_part());
    [format!("{start}{name}"), format!("{start}*/{name}")]
}
