//! The probes: requests in five contexts, and what each document alone says of them according to its collector.

use std::path::Path;

use portcullis_iam::json::{self, Node, Value};
use portcullis_iam::request::RoleSession;
use portcullis_iam::{Action, Arn, Caller, Context, ContextKey, Credential, KeyState, Request, Values};
use testkit::collected::{Collected, member, string};

use crate::account::{ALICE, ROLE};

/// Requests, and the contexts that they are made in.
pub(crate) struct Probes {
    /// Action and resource.
    pub(crate) calls: Vec<(String, String)>,
    /// The name of a context, and its keys.
    pub(crate) contexts: Vec<(String, Context)>,
}

/// What a document alone says of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Letter {
    Allow,
    Deny,
    Nothing,
}

impl Letter {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Letter::Allow => "A",
            Letter::Deny => "D",
            Letter::Nothing => "-",
        }
    }
}

/// The contexts, in the order in which they are looked at.
pub(crate) const CONTEXTS: [&str; 5] =
    ["longterm_key", "temp_no_mfa", "mfa_fresh", "mfa_stale", "role_session"];

impl Probes {
    pub(crate) fn read(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).unwrap();
        let value = json::parse(&text).unwrap();
        let calls = items(member(&value, "probes").unwrap()).iter().map(call).collect();
        let contexts = member(&value, "contexts").unwrap();
        let context = |name: &&str| ((*name).to_owned(), context(member(contexts, name).unwrap()));
        Self { calls, contexts: CONTEXTS.iter().map(context).collect() }
    }

    /// A call in a context.
    pub(crate) fn request(&self, name: &str, (action, resource): &(String, String)) -> Request {
        let (_, context) = self.contexts.iter().find(|(own, _)| own == name).unwrap();
        let (caller, credential) = match name {
            "longterm_key" => (user(), Credential::LongTermKey),
            "role_session" => (role(), Credential::RoleSession),
            _ => (user(), Credential::Console),
        };
        Request {
            caller,
            credential,
            action: Action::parse(action).unwrap(),
            resource: resource.as_str().into(),
            resource_owner: None,
            context: context.clone(),
        }
    }
}

/// What the collector says of the calls in a context, in their order.
pub(crate) fn letters(document: &Collected, context: &str) -> Vec<Letter> {
    let value = json::parse(&document.line).unwrap();
    let text = member(member(&value, "expected").unwrap(), context).and_then(string).unwrap().to_owned();
    let letter = |own| match own {
        'A' => Letter::Allow,
        'D' => Letter::Deny,
        '-' => Letter::Nothing,
        other => panic!("{}: {other}", document.id),
    };
    text.chars().map(letter).collect()
}

fn items<'v, 't>(value: &'v Value<'t>) -> &'v [Value<'t>] {
    let Node::Array(items) = &value.node else { panic!("no list") };
    items
}

fn call(value: &Value<'_>) -> (String, String) {
    let [action, resource] = items(value) else { panic!("no call") };
    (string(action).unwrap().to_owned(), string(resource).unwrap().to_owned())
}

fn context(value: &Value<'_>) -> Context {
    let Node::Object(entries) = &value.node else { panic!("no context") };
    let mut context = Context::default();
    for entry in entries {
        let value = string(&entry.value).unwrap();
        context.set(ContextKey::new(&entry.key), KeyState::Known(Values::One(value.into())));
    }
    context
}

fn user() -> Caller {
    Caller::User(Arn::parse(ALICE).unwrap())
}

fn role() -> Caller {
    Caller::Role(RoleSession { role: Arn::parse(ROLE).unwrap(), session_name: Some("i-0123".into()) })
}
