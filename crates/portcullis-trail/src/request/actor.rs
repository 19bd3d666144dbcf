//! Who made a call.
//!
//! Source: CloudTrail guide, "CloudTrail userIdentity element".

use portcullis_iam::request::{FederatedSession, RoleSession};
use portcullis_iam::{AccountId, Arn, Caller};

use crate::call::Call;

/// Who made a call, as far as policies and reports tell callers apart.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Actor {
    /// An IAM user, by ARN.
    User(Arn),
    /// The root user of an account, by ARN.
    Root(Arn),
    /// A session of a role, with the role's ARN.
    Role(RoleSession),
    /// A session from GetFederationToken.
    Federated(FederatedSession),
    /// A service of AWS that acts for itself, by name where the record has one.
    Service(Option<Box<str>>),
    /// Nobody whom policies of IAM bind: who signs in, assumes a role with a token, or is of another account or directory.
    /// By the type that the record states.
    Unbound(Box<str>),
}

impl Actor {
    /// The caller of `call`.
    pub fn of(call: &Call<'_>) -> Self {
        let unbound = || Self::Unbound(call.identity.unwrap_or_default().into());
        match call.identity.unwrap_or_default() {
            "IAMUser" => call.arn.and_then(of_user).map_or_else(unbound, Self::User),
            "Root" => root(call).map_or_else(unbound, Self::Root),
            "AssumedRole" => role(call).map_or_else(unbound, Self::Role),
            "FederatedUser" => federated(call).map_or_else(unbound, Self::Federated),
            "AWSService" => Self::Service(call.via.map(Into::into)),
            _ => unbound(),
        }
    }

    /// The caller of a request; none for whom policies of IAM do not bind.
    pub fn caller(&self) -> Option<Caller> {
        match self {
            Self::User(arn) => Some(Caller::User(arn.clone())),
            Self::Root(arn) => Some(Caller::Root(arn.clone())),
            Self::Role(session) => Some(Caller::Role(session.clone())),
            Self::Federated(session) => Some(Caller::FederatedUser(session.clone())),
            Self::Service(_) | Self::Unbound(_) => None,
        }
    }

    /// The ARN that policies are attached to: of a federated session its issuer's.
    pub fn principal(&self) -> Option<&Arn> {
        match self {
            Self::User(arn) | Self::Root(arn) => Some(arn),
            Self::Role(session) => Some(&session.role),
            Self::Federated(session) => session.issuer.as_ref(),
            Self::Service(_) | Self::Unbound(_) => None,
        }
    }

    /// What `aws:PrincipalArn` and `aws:PrincipalType` are.
    pub(super) fn names(&self) -> Option<(&Arn, &'static str)> {
        match self {
            Self::User(arn) => Some((arn, "User")),
            Self::Root(arn) => Some((arn, "Account")),
            Self::Role(session) => Some((&session.role, "AssumedRole")),
            Self::Federated(session) => Some((&session.session, "FederatedUser")),
            Self::Service(_) | Self::Unbound(_) => None,
        }
    }
}

fn of_user(text: &str) -> Option<Arn> {
    Arn::parse(text).filter(|arn| arn.service() == "iam" && arn.resource().starts_with("user/"))
}

fn root(call: &Call<'_>) -> Option<Arn> {
    let account = || AccountId::parse(call.caller_account?).map(|account| Arn::root("aws", account));
    let named =
        call.arn.and_then(Arn::parse).filter(|arn| arn.service() == "iam" && arn.resource() == "root");
    named.or_else(account)
}

/// The role is the session's issuer; where the record names none, the session's ARN names the role without its path.
fn role(call: &Call<'_>) -> Option<RoleSession> {
    let is_role = |arn: &Arn| arn.service() == "iam" && arn.resource().starts_with("role/");
    let session = call.arn.and_then(Arn::parse);
    let named =
        session.as_ref().and_then(|arn| arn.resource().strip_prefix("assumed-role/")?.split_once('/'));
    let role = call.issuer.and_then(Arn::parse).filter(is_role).or_else(|| {
        let (name, _) = named?;
        let session = session.as_ref()?;
        Arn::parse(&format!("arn:{}:iam::{}:role/{name}", session.partition(), session.account_part()))
    })?;
    Some(RoleSession { role, session_name: named.map(|(_, name)| name.into()) })
}

fn federated(call: &Call<'_>) -> Option<FederatedSession> {
    let session = call.arn.and_then(Arn::parse)?;
    Some(FederatedSession { session, issuer: call.issuer.and_then(Arn::parse) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn principal(call: &Call<'_>) -> Option<String> {
        Actor::of(call).principal().map(ToString::to_string)
    }

    #[test]
    fn callers_are_read_from_what_the_record_names() {
        let session = "arn:aws:sts::111111111111:assumed-role/Admin/alice";
        let role = "arn:aws:iam::111111111111:role/team/Admin";
        let user = "arn:aws:iam::111111111111:user/alice";
        let of = |identity, arn, issuer| {
            principal(&Call {
                identity: Some(identity),
                arn,
                issuer,
                caller_account: Some("111111111111"),
                ..Call::default()
            })
        };
        assert_eq!(of("IAMUser", Some(user), None).as_deref(), Some(user));
        assert_eq!(of("AssumedRole", None, Some(role)).as_deref(), Some(role));
        assert_eq!(
            of("AssumedRole", Some(session), None).as_deref(),
            Some("arn:aws:iam::111111111111:role/Admin")
        );
        assert_eq!(of("Root", None, None).as_deref(), Some("arn:aws:iam::111111111111:root"));
        assert_eq!(
            of("FederatedUser", Some("arn:aws:sts::111111111111:federated-user/bob"), Some(user)).as_deref(),
            Some(user)
        );
        for nobody in ["AWSService", "AWSAccount", "IdentityCenterUser", "Unknown", ""] {
            assert_eq!(of(nobody, Some(user), None), None, "{nobody}");
        }
        assert_eq!(of("IAMUser", Some("HIDDEN_DUE_TO_SECURITY_REASONS"), None), None);
    }
}
