//! From a call to the requests that it may have been: what the record does not say stays unknown.

mod actor;
mod keys;
mod mfa;
mod resource;

use std::collections::BTreeSet;

use portcullis_iam::catalog::catalog;
use portcullis_iam::{AccountId, Action, Context, ContextKey, Credential, Request};
use portcullis_snapshot::Snapshot;

pub use actor::Actor;
pub use mfa::Mfa;
pub(crate) use mfa::WITH_CODE;
pub use resource::resource;

use crate::call::Call;

/// What is known of a caller beside the records.
#[derive(Clone, Copy, Debug)]
pub struct Knowledge<'k> {
    /// The organization, where there is a snapshot of it.
    pub snapshot: Option<&'k Snapshot>,
    /// The condition keys that the policies mention which bind the caller.
    pub keys: &'k BTreeSet<ContextKey>,
    /// What the snapshot says of the caller's own keys, where it holds the caller.
    pub facts: Option<&'k Context>,
}

/// What a call tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// It was authorized by policies: what was asked.
    Asked(Box<Asked>),
    /// Policies did not decide about it.
    Nothing(NoRequest),
}

/// A call as requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The action that every such call needs.
    pub action: Action,
    /// Actions that some such calls need as well.
    pub others: Vec<Action>,
    /// Whether the resource is known.
    pub on: On,
    /// One request for each state that the MFA keys may have had. Never empty.
    pub requests: Vec<Request>,
}

/// Whether the resource of a call is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    /// It is.
    Known,
    /// It is not: the resource of the requests is `*`, and means nothing.
    Unknown,
}

/// Why no policy of the caller decided about a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NoRequest {
    /// An AWS service called for itself.
    Service,
    /// The caller is bound by no policy of IAM: an identity of another directory or account, or one without a name.
    Unbound,
    /// A sign-in, or another event of the console.
    SignIn,
    /// Something that happened, and that nobody called.
    Event,
    /// No action is known that the call needs.
    Unmapped,
}

impl NoRequest {
    /// Which events they are, in words.
    pub fn words(self) -> &'static str {
        match self {
            NoRequest::Service => "calls of AWS services for themselves",
            NoRequest::Unbound => "calls of identities that IAM policies do not bind",
            NoRequest::SignIn => "sign-ins and other events of the console",
            NoRequest::Event => "events that nobody called",
            NoRequest::Unmapped => "calls of which no action is known",
        }
    }
}

/// What `call` tells, made by `actor`; `actions` is what it needs, as [`action`] tells.
pub fn told(call: &Call<'_>, actor: &Actor, actions: &Actions, known: &Knowledge<'_>) -> Told {
    match asked(call, actor, actions, known) {
        Ok(asked) => Told::Asked(Box::new(asked)),
        Err(reason) => Told::Nothing(reason),
    }
}

/// The action that every such call needs, and those that some need as well; why it needs none that is known.
pub type Actions = Result<(Action, Vec<Action>), NoRequest>;

/// The actions that a call needs: they depend on its event source, its name and its kind alone.
///
/// # Errors
/// When it needs none, or none is known.
pub fn action(call: &Call<'_>) -> Actions {
    if let Some(kind) = call.kind {
        let kind = kind.to_ascii_lowercase();
        if kind.contains("signin") || kind.contains("consoleaction") {
            return Err(NoRequest::SignIn);
        }
        if kind.contains("serviceevent") || kind.contains("insight") || kind.contains("vpceevent") {
            return Err(NoRequest::Event);
        }
    }
    let (Some(source), Some(name)) = (call.source, call.name) else { return Err(NoRequest::Unmapped) };
    if source == "signin.amazonaws.com" {
        return Err(NoRequest::SignIn);
    }
    let actions = catalog().event_actions(source, name).ok_or(NoRequest::Unmapped)?;
    Ok((actions.primary, actions.others))
}

fn asked(
    call: &Call<'_>,
    actor: &Actor,
    actions: &Actions,
    known: &Knowledge<'_>,
) -> Result<Asked, NoRequest> {
    let caller = match actor {
        Actor::Service(_) => return Err(NoRequest::Service),
        _ => actor.caller(),
    };
    let (action, others) = actions.clone()?;
    let caller = caller.ok_or(NoRequest::Unbound)?;
    let context = context(call, actor, known, action.service());
    let resource = call.resource.and_then(|text| whole(text, call, known.snapshot));
    let on = if resource.is_some() { On::Known } else { On::Unknown };
    let resource: Box<str> = resource.unwrap_or_else(|| "*".into()).into();
    let request = |mfa: &Mfa| {
        let mut context = context.clone();
        mfa.set(&mut context);
        Request {
            caller: caller.clone(),
            // No rule of a service that depends on the credential is asked: the call was made, and came so far.
            credential: Credential::Unstated,
            action: action.clone(),
            resource: resource.clone(),
            resource_owner: None,
            context,
        }
    };
    let requests = Mfa::of(actor, call).iter().map(request).collect();
    Ok(Asked { action, others, on, requests })
}

fn context(call: &Call<'_>, actor: &Actor, known: &Knowledge<'_>, service: &str) -> Context {
    let mut context = Context::default();
    for key in known.keys {
        let state = match known.facts {
            Some(facts) if is_of_snapshot(key) => facts.state(key).clone(),
            Some(_) | None => keys::state(key, call, actor, service),
        };
        context.set(key.clone(), state);
    }
    context
}

/// Whether a snapshot knows the key, and records do not.
fn is_of_snapshot(key: &ContextKey) -> bool {
    let key = key.as_str();
    key.starts_with("aws:principaltag/") || key == "aws:principalorgid" || key == "aws:principalorgpaths"
}

/// The ARN of a resource; of what records name without its path the snapshot's.
fn whole(text: &str, call: &Call<'_>, snapshot: Option<&Snapshot>) -> Option<String> {
    if text == "*" || text.starts_with("arn:") {
        return Some(text.to_owned());
    }
    let account = snapshot?.accounts.get(&AccountId::parse(call.caller_account?)?)?;
    let (kind, name) = text.split_once('/')?;
    let arn = match kind {
        "user" => account.users.get(name).map(|user| &user.arn),
        "role" => account.roles.get(name).map(|role| &role.arn),
        "group" => account.groups.get(name).map(|group| &group.arn),
        _ => None,
    };
    arn.map(ToString::to_string)
}
