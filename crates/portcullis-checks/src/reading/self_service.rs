//! What users do for themselves before they have MFA, and what nobody may do without it.

use super::scene::Scene;
use super::subject::Door;

/// What enrolling a virtual device takes, with the form of the resource.
pub(crate) const ENROL: [(&str, Target); 2] =
    [("iam:CreateVirtualMFADevice", Target::Device), ("iam:EnableMFADevice", Target::Own)];

/// What the console's pages and the CLI read or ask for around it. IAM guide, "AWS: Allows MFA-authenticated IAM users
/// to manage their own credentials": the Deny there spares these and the two of [`ENROL`].
pub(crate) const AROUND: [(&str, Target); 5] = [
    ("iam:ListMFADevices", Target::Own),
    ("iam:ListVirtualMFADevices", Target::Everything),
    ("iam:GetUser", Target::Own),
    ("iam:GetMFADevice", Target::Own),
    ("iam:ResyncMFADevice", Target::Own),
];

/// What may stay open without MFA: enrolment, the change of a password, and reads of the console's user pages.
const SELF_SERVICE: [&str; 17] = [
    "iam:changepassword",
    "iam:createvirtualmfadevice",
    "iam:enablemfadevice",
    "iam:getaccountpasswordpolicy",
    "iam:getaccountsummary",
    "iam:getloginprofile",
    "iam:getmfadevice",
    "iam:getuser",
    "iam:listaccountaliases",
    "iam:listmfadevices",
    "iam:listusers",
    "iam:listvirtualmfadevices",
    "iam:resyncmfadevice",
    "sts:getcalleridentity",
    "sts:getsessiontoken",
    "signin:authorizeoauth2access",
    "signin:createoauth2token",
];

/// What an action of self-service is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// The user itself.
    Own,
    /// Another user.
    OtherUser,
    /// A device with some name.
    Device,
    /// The device with the user's name.
    OwnDevice,
    /// Some role.
    Role,
    /// Some group.
    Group,
    /// Some policy.
    Policy,
    /// `*`.
    Everything,
}

impl Target {
    /// The resource for the caller of `scene`.
    pub(crate) fn resource(self, scene: &Scene) -> String {
        let arn = &scene.arn;
        let name = arn.resource().rsplit('/').next().unwrap_or_default();
        let of = |resource: &str| format!("arn:{}:iam::{}:{resource}", arn.partition(), arn.account_part());
        match self {
            Target::Own => arn.to_string(),
            Target::OtherUser => of("user/portcullis"),
            Target::Device => of("mfa/portcullis"),
            Target::OwnDevice => of(&format!("mfa/{name}")),
            Target::Role => of("role/portcullis"),
            Target::Group => of("group/portcullis"),
            Target::Policy => of("policy/portcullis"),
            Target::Everything => "*".to_owned(),
        }
    }
}

/// The door of `action` for the caller of `scene`.
pub(crate) fn door(action: &str, target: Target, scene: &Scene) -> Door {
    Door { action: action.to_owned(), resource: target.resource(scene) }
}

/// The actions that may stay open without MFA.
pub(crate) fn actions() -> impl Iterator<Item = &'static str> {
    SELF_SERVICE.into_iter()
}

/// The actions of enrolment.
pub(crate) fn enrolment() -> impl Iterator<Item = &'static str> {
    ENROL.iter().map(|(action, _)| *action)
}

/// Whether `action` may stay open without MFA.
pub(crate) fn is(action: &str) -> bool {
    SELF_SERVICE.contains(&action.to_ascii_lowercase().as_str())
}

/// The actions that a Deny of everything else without MFA spares, as AWS lists them.
pub(crate) fn names() -> String {
    let all = ENROL.iter().chain(&AROUND).map(|(action, _)| format!("`{action}`"));
    all.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use portcullis_iam::Action;
    use portcullis_iam::catalog::catalog;

    use super::*;

    #[test]
    fn every_action_is_known_to_aws() {
        let named = ENROL.iter().chain(&AROUND).map(|(action, _)| *action);
        for action in named.chain(SELF_SERVICE) {
            assert!(catalog().action(&Action::parse(action).unwrap()).is_some(), "{action}");
        }
    }
}
