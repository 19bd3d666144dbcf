//! What AWS defines: services, their actions, resource types and condition keys, which action an API call needs,
//! and the managed policies of AWS.
//!
//! The data is embedded compressed and read on first use: a process that never asks pays nothing. Names are compared
//! without regard to ASCII case, as AWS does, and are given back in the spelling of AWS. What is not in the
//! catalogue may still exist: the data has a date, [`DATA_DATE`].

mod api;
mod blob;
mod generated;
mod global;
mod key;
mod managed;
mod read;
mod service;

use std::sync::OnceLock;

pub use api::ApiActions;
pub use generated::{CATALOG_SHA256, DATA_DATE, MANAGED_POLICIES_DATE, MANAGED_POLICIES_SHA256, SOURCES};
pub use global::global_keys;
pub use key::{KeyInfo, KeyScope, KeyType};
pub use managed::{ManagedPolicy, managed_policies, managed_policy, managed_text};
pub use service::{Access, ActionInfo, ResourceType, ResourceUse, Service};

use crate::action::Action;
use crate::pattern;
use api::ApiMap;

/// The format of the embedded data that this version reads; `cargo xtask catalog` writes the same one.
pub const FORMAT: u32 = 1;

/// What the embedded data takes in a program, in bytes.
pub const EMBEDDED_BYTES: usize = CATALOG_DATA.len() + managed::MANAGED_DATA.len();

const CATALOG_DATA: &[u8] = include_bytes!("../../data/catalog.bin");

/// The services of AWS and what they define.
#[derive(Debug, Default)]
pub struct Catalog {
    /// By prefix.
    services: Vec<Service>,
    /// Prefixes of condition keys that are not the prefix of the service that defines them.
    foreign: Vec<(&'static str, Vec<&'static str>)>,
    apis: ApiMap,
}

/// The catalogue, read on first use.
pub fn catalog() -> &'static Catalog {
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    // INVARIANT: the embedded data is whole and of this format, which a test checks; were it not, nothing is known.
    CATALOG.get_or_init(|| read::catalog(text()).unwrap_or_default())
}

/// The embedded data as text: for tools that write or check it.
pub fn text() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| blob::inflate(CATALOG_DATA).unwrap_or_default())
}

impl Catalog {
    /// Every service, by prefix.
    pub fn services(&self) -> &[Service] {
        &self.services
    }

    /// The service with a prefix, such as `iam`.
    pub fn service(&self, prefix: &str) -> Option<&Service> {
        service::find(&self.services, prefix, |service| service.prefix)
    }

    /// What is known about an action.
    pub fn action(&self, action: &Action) -> Option<&ActionInfo> {
        self.action_by_name(action.service(), action.name())
    }

    /// The action of a service prefix and a name, such as `s3` and `GetObject`.
    pub fn action_by_name(&self, service: &str, name: &str) -> Option<&ActionInfo> {
        self.service(service)?.action(name)
    }

    /// Every action, by service prefix and name.
    pub fn actions(&self) -> impl Iterator<Item = &ActionInfo> {
        self.services.iter().flat_map(Service::actions)
    }

    /// Every action that an action pattern of a policy covers, such as `s3:Get*`.
    pub fn actions_matching(&self, pattern: &str) -> impl Iterator<Item = &ActionInfo> {
        let lower = pattern.to_ascii_lowercase();
        let (prefix, name) = lower.split_once(':').unwrap_or((&lower, "*"));
        let (prefix, name) = (prefix.to_owned(), name.to_owned());
        self.services
            .iter()
            .filter(move |service| pattern::matches_text(&prefix, service.prefix))
            .flat_map(Service::actions)
            .filter(move |action| pattern::matches_text(&name, &action.name.to_ascii_lowercase()))
    }

    /// What is known about a condition key, such as `aws:MultiFactorAuthPresent` or `aws:PrincipalTag/team`.
    ///
    /// Keys of any OpenID Connect provider are known by their claim (`token.example.com:sub`).
    pub fn condition_key(&self, key: &str) -> Option<KeyInfo> {
        let (prefix, _) = key.split_once(':')?;
        key::find(global_keys(), key)
            .or_else(|| self.service(prefix).and_then(|service| service.key(key)))
            .or_else(|| self.foreign_key(prefix, key))
            .or_else(|| key::of_identity_provider(key))
    }

    /// A key that a service defines under another prefix, such as `saml:aud`, which is one of `sts`.
    fn foreign_key(&self, prefix: &str, key: &str) -> Option<KeyInfo> {
        self.foreign
            .iter()
            .filter(|(template, _)| key::covers(template, prefix))
            .flat_map(|(_, services)| services)
            .find_map(|service| self.service(service)?.key(key))
    }

    /// The actions that an API call needs: `api` is the name of the service in botocore and the AWS CLI (`s3api`
    /// is `s3`), `operation` the name of the call. None when no action is known for it.
    pub fn api_actions(&self, api: &str, operation: &str) -> Option<ApiActions> {
        self.apis.actions(self, api, operation)
    }

    /// The APIs whose calls CloudTrail records under an event source, such as `iam.amazonaws.com`.
    pub fn event_source_apis(&self, event_source: &str) -> &[&'static str] {
        self.apis.of_event_source(event_source)
    }

    /// The actions that the call behind a CloudTrail event needed. None when no action is known for it, as for
    /// events that are no API calls (`ConsoleLogin`).
    pub fn event_actions(&self, event_source: &str, event_name: &str) -> Option<ApiActions> {
        self.apis.event_actions(self, event_source, event_name)
    }
}
