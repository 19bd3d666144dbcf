//! `CallerArn`: who makes the simulated request, and the condition keys that this alone settles.

use portcullis_iam::request::{FederatedSession, RoleSession};
use portcullis_iam::{AccountId, Arn, Caller, Context, ContextKey, KeyState, Values};

use super::fault::Fault;

/// The simulated caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// No `CallerArn`: somebody with the given policies, of the same account as whatever is called.
    Unnamed,
    /// A principal, a service, or nobody.
    Named(Caller),
}

/// The account of an unnamed caller whose request names no account.
const NO_ACCOUNT: &str = "000000000000";

impl Who {
    /// Reads `CallerArn`. A role session's ARN has no path; the role's full ARN is taken from `aws:PrincipalArn` when
    /// `context` has it.
    pub(super) fn parse(caller: Option<&str>, context: &Context) -> Result<Self, Fault> {
        let Some(text) = caller else { return Ok(Who::Unnamed) };
        let caller = match Arn::parse(text) {
            Some(arn) => principal(arn, context),
            None if text == "*" => Some(Caller::Anonymous),
            None if is_service(text) => Some(Caller::Service(text.into())),
            None => None,
        };
        caller.map(Who::Named).ok_or_else(|| Fault::invalid(format!("Invalid caller - `{text}` {EXPECTED}")))
    }

    /// The caller's account, when it has one.
    pub(super) fn account(&self) -> Option<AccountId> {
        match self {
            Who::Unnamed => None,
            Who::Named(caller) => caller.account(),
        }
    }

    /// The caller of a request for a resource of `owner`.
    pub(super) fn caller(&self, owner: Option<AccountId>) -> Caller {
        match self {
            Who::Unnamed => unnamed(owner),
            Who::Named(caller) => caller.clone(),
        }
    }

    /// The keys that AWS's simulator gives a value of its own (IAM guide, "How condition key evaluation works in the
    /// IAM policy simulator"), whether we can derive them or not. Without a caller it has no user name.
    pub(super) fn populated(&self) -> impl Iterator<Item = ContextKey> {
        let names: &[&str] = match self {
            Who::Unnamed => &[],
            Who::Named(_) => &["aws:UserName"],
        };
        names.iter().chain(&POPULATED).map(|name| ContextKey::new(name))
    }

    /// Adds the condition keys that every request of this caller carries, where `context` says nothing of them.
    pub(super) fn complete(&self, context: &mut Context) {
        let Who::Named(caller) = self else { return };
        for (key, value) in derived(caller) {
            let key = ContextKey::new(key);
            if *context.state(&key) == KeyState::Absent {
                context.set(key, KeyState::Known(Values::One(value.into())));
            }
        }
    }
}

fn principal(arn: Arn, context: &Context) -> Option<Caller> {
    arn.account()?;
    let resource = arn.resource().to_owned();
    let (kind, name) = resource.split_once('/').unwrap_or((&resource, ""));
    match (arn.service(), kind, name.is_empty()) {
        ("iam", "root", true) => Some(Caller::Root(arn)),
        // AWS's simulator takes groups: the request of some member whose name does not matter.
        ("iam", "user" | "group", false) => Some(Caller::User(arn)),
        ("iam", "role", false) => Some(Caller::Role(RoleSession { role: arn, session_name: None })),
        ("sts", "assumed-role", false) => session(&arn, name, context),
        ("sts", "federated-user", false) => {
            Some(Caller::FederatedUser(FederatedSession { session: arn, issuer: None }))
        }
        _ => None,
    }
}

fn session(arn: &Arn, name: &str, context: &Context) -> Option<Caller> {
    let (role_name, session_name) = name.split_once('/')?;
    let pathless = format!("arn:{}:iam::{}:role/{role_name}", arn.partition(), arn.account_part());
    let role = known_role(context)
        .filter(|role| role.account() == arn.account() && last(role.resource()) == role_name)
        .or_else(|| Arn::parse(&pathless))?;
    Some(Caller::Role(RoleSession { role, session_name: Some(session_name.into()) }))
}

fn known_role(context: &Context) -> Option<Arn> {
    match context.state(&ContextKey::new("aws:PrincipalArn")) {
        KeyState::Known(Values::One(value)) => Arn::parse(value),
        KeyState::Known(Values::Many(_)) | KeyState::Absent | KeyState::Unknown => None,
    }
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// A service principal has the form of a host name: `lambda.amazonaws.com`.
fn is_service(text: &str) -> bool {
    let label = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    text.contains('.') && text.split('.').all(label)
}

fn unnamed(owner: Option<AccountId>) -> Caller {
    let account = owner.as_ref().map_or(NO_ACCOUNT, AccountId::as_str);
    // INVARIANT: the text is an ARN. Were it none, the caller would have no credentials and be denied.
    Arn::parse(&format!("arn:aws:iam::{account}:user/unnamed")).map_or(Caller::Anonymous, Caller::User)
}

/// The keys of IAM's "properties of the principal" whose values follow from the caller's ARN.
fn derived(caller: &Caller) -> Vec<(&'static str, String)> {
    let mut keys = Vec::new();
    let mut add = |key, value: &str| keys.push((key, value.to_owned()));
    match caller {
        Caller::Anonymous => add("aws:PrincipalType", "Anonymous"),
        Caller::Service(name) => {
            add("aws:PrincipalIsAWSService", "true");
            add("aws:PrincipalServiceName", name);
        }
        Caller::Root(arn) => {
            add("aws:PrincipalArn", arn.as_str());
            add("aws:PrincipalType", "Account");
            add("aws:userid", arn.account_part());
        }
        Caller::User(arn) if arn.resource().starts_with("user/") => {
            add("aws:PrincipalArn", arn.as_str());
            add("aws:PrincipalType", "User");
            add("aws:username", last(arn.resource()));
        }
        Caller::User(_) => {}
        Caller::Role(session) => {
            add("aws:PrincipalArn", session.role.as_str());
            add("aws:PrincipalType", "AssumedRole");
        }
        Caller::FederatedUser(federated) => {
            add("aws:PrincipalArn", federated.session.as_str());
            add("aws:PrincipalType", "FederatedUser");
            let name = last(federated.session.resource());
            add("aws:userid", &format!("{}:{name}", federated.session.account_part()));
        }
    }
    if let Some(account) = caller.account() {
        add("aws:PrincipalAccount", account.as_str());
    }
    keys
}

const POPULATED: [&str; 8] = [
    "aws:PrincipalAccount",
    "aws:PrincipalId",
    "aws:PrincipalType",
    "aws:Type",
    "aws:UserId",
    "aws:PrincipalOrgID",
    "aws:PrincipalOrgMasterAccountId",
    "aws:PrincipalOrgPaths",
];

const EXPECTED: &str = "is no principal: expected the ARN of a user, group, role, role session, federated user or \
                        account root, a service such as lambda.amazonaws.com, or *";

#[cfg(test)]
mod tests {
    use super::*;

    fn caller(text: &str, context: &Context) -> Caller {
        match Who::parse(Some(text), context).unwrap() {
            Who::Named(caller) => caller,
            Who::Unnamed => panic!("{text} is unnamed"),
        }
    }

    fn keys(text: &str) -> String {
        let mut context = Context::default();
        Who::parse(Some(text), &context).unwrap().complete(&mut context);
        let known = context.iter().map(|(key, state)| match state {
            KeyState::Known(Values::One(value)) => format!("{key}={value}"),
            other => format!("{key}: {other:?}"),
        });
        known.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_role_session_is_known_by_its_role() {
        let session = "arn:aws:sts::111111111111:assumed-role/Admin/alice";
        let role = |context: &Context| match caller(session, context) {
            Caller::Role(session) => session.role.to_string(),
            other => panic!("{other:?}"),
        };
        assert_eq!(role(&Context::default()), "arn:aws:iam::111111111111:role/Admin");
        let full = "arn:aws:iam::111111111111:role/aws-service-role/x.amazonaws.com/Admin";
        assert_eq!(role(&Context::default().with("aws:PrincipalArn", full)), full);
        let other = "arn:aws:iam::222222222222:role/path/Admin";
        assert_eq!(
            role(&Context::default().with("aws:PrincipalArn", other)),
            "arn:aws:iam::111111111111:role/Admin"
        );
    }

    #[test]
    fn callers_settle_their_own_keys() {
        assert_eq!(
            keys("arn:aws:iam::111111111111:user/ops/alice"),
            "aws:principalaccount=111111111111 aws:principalarn=arn:aws:iam::111111111111:user/ops/alice \
             aws:principaltype=User aws:username=alice"
        );
        assert_eq!(
            keys("arn:aws:sts::111111111111:federated-user/bob"),
            "aws:principalaccount=111111111111 aws:principalarn=arn:aws:sts::111111111111:federated-user/bob \
             aws:principaltype=FederatedUser aws:userid=111111111111:bob"
        );
        assert_eq!(
            keys("arn:aws:iam::111111111111:root"),
            "aws:principalaccount=111111111111 aws:principalarn=arn:aws:iam::111111111111:root \
             aws:principaltype=Account aws:userid=111111111111"
        );
        assert_eq!(keys("arn:aws:iam::111111111111:group/ops"), "aws:principalaccount=111111111111");
        assert_eq!(keys("*"), "aws:principaltype=Anonymous");
        assert_eq!(
            keys("lambda.amazonaws.com"),
            "aws:principalisawsservice=true aws:principalservicename=lambda.amazonaws.com"
        );
    }

    #[test]
    fn what_is_given_or_unknown_is_not_overwritten() {
        let alice = Who::parse(Some("arn:aws:iam::111111111111:user/alice"), &Context::default()).unwrap();
        let mut context = Context::default().with("aws:UserName", "bob").with_unknown("aws:PrincipalArn");
        alice.complete(&mut context);
        assert_eq!(
            *context.state(&ContextKey::new("aws:username")),
            KeyState::Known(Values::One("bob".into()))
        );
        assert_eq!(*context.state(&ContextKey::new("aws:principalarn")), KeyState::Unknown);
    }

    #[test]
    fn what_is_no_principal_is_refused() {
        for text in
            ["111111111111", "alice", "arn:aws:s3:::bucket", "arn:aws:iam::111111111111:policy/p", "a b.c"]
        {
            assert!(Who::parse(Some(text), &Context::default()).is_err(), "{text}");
        }
    }
}
