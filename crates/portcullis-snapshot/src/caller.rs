//! A principal of a snapshot as the caller of a request.

use portcullis_iam::request::RoleSession;
use portcullis_iam::{Arn, Caller, Context, ContextKey, KeyState, PolicySet, Values};

use crate::account::Account;
use crate::known::Known;
use crate::mentioned;
use crate::organization::Organization;
use crate::policies::{Assume, Found, NotFound, find};
use crate::principal::Tag;
use crate::snapshot::Snapshot;

/// Keys that are absent from every request that a user makes itself with its own credentials. (Keys of roles that bear
/// the name of a service are absent from requests for other services anyway.)
pub const ABSENT_FROM_USERS_OWN_CALLS: [&str; 28] = [
    "aws:assumedroot",
    "aws:calledvia",
    "aws:calledviaawsmcp",
    "aws:calledviafirst",
    "aws:calledvialast",
    "aws:chatbotsourcearn",
    "aws:ec2instancesourceprivateipv4",
    "aws:ec2instancesourcevpc",
    "aws:federatedprovider",
    "aws:principalservicename",
    "aws:principalservicenameslist",
    "aws:sourceaccount",
    "aws:sourcearn",
    "aws:sourceidentity",
    "aws:sourceorgid",
    "aws:sourceorgpaths",
    "aws:viaawsmcpservice",
    "aws:viacustomerdomain",
    "codebuild:buildarn",
    "codebuild:projectarn",
    "ec2:roledelivery",
    "ec2:sourceinstancearn",
    "glue:credentialissuingservice",
    "glue:roleassumedby",
    "identitystore:userid",
    "kms:viaservice",
    "lambda:sourcefunctionarn",
    "ssm:sourceinstancearn",
];

/// The principal with this ARN as a caller, and the condition keys that AWS fills in for every request of it.
///
/// The MFA keys and all that depends on the single request are left to the caller of this function.
/// `policies` are those that will decide: a tag that they ask for is unknown when the principal's tags are.
///
/// # Errors
/// When the snapshot does not hold the principal.
pub fn caller_for(
    snapshot: &Snapshot,
    principal: &Arn,
    policies: &PolicySet,
    assume: Assume,
) -> Result<(Caller, Context), NotFound> {
    let found = find(snapshot, principal)?;
    let (account, caller, mut context) = match found {
        Found::Root(account) => {
            let arn = account.root.arn.clone();
            (
                account,
                Caller::Root(arn.clone()),
                about(&arn, "Account").with("aws:userid", account.id.as_str()),
            )
        }
        Found::User(account, user) => {
            let mut context = about(&user.arn, "User").with("aws:username", &user.name);
            context.set(ContextKey::new("aws:userid"), state(user.id.as_ref().map(|id| &**id)));
            (account, Caller::User(user.arn.clone()), context)
        }
        Found::Role(account, role) => {
            let session_name = session_name(principal);
            let context = about(&role.arn, "AssumedRole");
            let context = match (&role.id, &session_name) {
                (Some(id), Some(name)) => context.with("aws:userid", &format!("{id}:{name}")),
                (None, _) | (_, None) => context.with_unknown("aws:userid"),
            };
            (account, Caller::Role(RoleSession { role: role.arn.clone(), session_name }), context)
        }
    };
    match found {
        Found::Root(_) => {}
        Found::User(_, user) => add_tags(&mut context, user.tags.as_ref().map(Vec::as_slice), policies),
        Found::Role(_, role) => add_tags(&mut context, Known::Fact(&role.tags), policies),
    }
    add_organization(&mut context, snapshot.organization.as_ref(), account, assume);
    Ok((caller, context))
}

fn about(arn: &Arn, kind: &str) -> Context {
    Context::default()
        .with("aws:PrincipalArn", arn.as_str())
        .with("aws:PrincipalAccount", arn.account_part())
        .with("aws:PrincipalType", kind)
        .with("aws:PrincipalIsAWSService", "false")
}

/// The name of the session in `arn:aws:sts::111111111111:assumed-role/Admin/alice`.
fn session_name(principal: &Arn) -> Option<Box<str>> {
    let rest = principal.resource().strip_prefix("assumed-role/")?;
    Some(rest.split_once('/')?.1.into())
}

fn add_tags(context: &mut Context, tags: Known<&[Tag]>, policies: &PolicySet) {
    match tags {
        Known::Fact(tags) => {
            for tag in tags {
                let key = ContextKey::new(&format!("{TAG}{}", tag.key));
                context.set(key, KeyState::Known(Values::One((*tag.value).into())));
            }
        }
        Known::Unknown(_) => {
            for key in mentioned::keys(policies).into_iter().filter(|key| key.as_str().starts_with(TAG)) {
                context.set(key, KeyState::Unknown);
            }
        }
    }
}

fn add_organization(
    context: &mut Context,
    organization: Option<&Organization>,
    account: &Account,
    assume: Assume,
) {
    let (id, path) = match (organization, assume) {
        (None, Assume::NoOrganization) => return,
        (None, Assume::Unknown) => (KeyState::Unknown, KeyState::Unknown),
        (Some(organization), _) => {
            let id = state(organization.id.as_ref().map(|id| &**id));
            let path = organization.path(account.id).map(|path| vec![path.into()]);
            (id, path.map_or(KeyState::Unknown, |path| KeyState::Known(Values::Many(path))))
        }
    };
    context.set(ContextKey::new("aws:PrincipalOrgID"), id);
    context.set(ContextKey::new("aws:PrincipalOrgPaths"), path);
}

fn state(fact: Known<&str>) -> KeyState {
    match fact {
        Known::Fact(text) => KeyState::Known(Values::One(text.into())),
        Known::Unknown(_) => KeyState::Unknown,
    }
}

const TAG: &str = "aws:principaltag/";
