//! The documents with which people have meant to enforce MFA, as questions.

use std::path::Path;
use std::sync::Arc;
use std::{fs, io};

use portcullis_iam::policy_set::{Attached, Level};
use portcullis_iam::{Layer, Policy, PolicyKind, PolicySet, SourceKind, parse};
use serde_json::Value;

/// A published document.
#[derive(Clone, Debug)]
pub struct MfaDocument {
    /// The line of the collection: its id, its kind, its verdict and what it is expected to decide.
    pub line: Value,
    /// What it is: `identity`, `scp`, `trust` or `resource`.
    pub kind: String,
    /// Its id in the collection.
    pub id: String,
    /// The document, its templates resolved.
    pub document: String,
}

/// The documents of `data/mfa-policies`, where `corpus` is the folder of collected data.
pub fn mfa_documents(corpus: &Path) -> io::Result<Vec<MfaDocument>> {
    let text = fs::read_to_string(corpus.join("data/mfa-policies/mfa_policies.jsonl"))?;
    let document = |line: &str| {
        let line: Value = serde_json::from_str(line).ok()?;
        Some(MfaDocument {
            kind: line.get("kind")?.as_str()?.to_owned(),
            id: line.get("id")?.as_str()?.to_owned(),
            document: line
                .get("document_resolved")
                .filter(|own| !own.is_null())
                .or(line.get("document"))?
                .to_string(),
            line,
        })
    };
    Ok(text.lines().filter_map(document).collect())
}

/// An administrator's policy.
pub fn administrator() -> Option<Arc<Policy>> {
    let text = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;
    parse::policy(text, PolicyKind::Identity).policy.map(Arc::new)
}

/// `policy` where its kind belongs, beside `others` of the identity's own.
pub fn attached(policy: Arc<Policy>, kind: PolicyKind, others: Vec<Arc<Policy>>) -> PolicySet {
    let named = |(number, policy): (usize, Arc<Policy>)| Attached {
        id: format!("other.{number}").into(),
        source: SourceKind::CustomerManaged,
        policy,
    };
    let mut identity =
        Layer { policies: others.into_iter().enumerate().map(named).collect(), gaps: Vec::new() };
    let own = Attached { id: "document".into(), source: SourceKind::Input, policy };
    let layer = || Layer { policies: vec![own.clone()], gaps: Vec::new() };
    let mut set = PolicySet::default();
    match kind {
        PolicyKind::Identity | PolicyKind::Group => identity.policies.push(own.clone()),
        PolicyKind::Boundary => set.boundary = Some(layer()),
        PolicyKind::Session => set.session = Some(layer()),
        PolicyKind::ServiceControl => {
            let mut layer = layer();
            layer.policies.extend(administrator().map(|policy| named((0, policy))));
            set.service_control = vec![Level { name: "root".into(), layer }];
        }
        PolicyKind::ResourceControl => {
            set.resource_control = vec![Level { name: "root".into(), layer: layer() }]
        }
        PolicyKind::Resource | PolicyKind::Trust => set.resource = Some(layer()),
        PolicyKind::Endpoint => set.endpoint = Some(layer()),
    }
    PolicySet { identity, ..set }
}
