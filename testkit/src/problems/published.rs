//! The documents with which people have meant to enforce MFA, as questions.

use std::path::Path;
use std::sync::Arc;
use std::{fs, io};

use portcullis_iam::policy_set::{Attached, Level};
use portcullis_iam::{Arn, Caller, Credential, Layer, Policy, PolicyKind, PolicySet, SourceKind, parse};
use portcullis_prove::{Domain, Facts, Frame};
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

impl MfaDocument {
    /// What it may be attached as.
    pub fn policy_kind(&self) -> PolicyKind {
        match self.kind.as_str() {
            "scp" => PolicyKind::ServiceControl,
            "trust" => PolicyKind::Trust,
            "resource" => PolicyKind::Resource,
            _ => PolicyKind::Identity,
        }
    }

    /// The policy; none where AWS would not accept it as what it is.
    pub fn policy(&self) -> Option<Arc<Policy>> {
        parse::policy(&self.document, self.policy_kind()).policy.map(Arc::new)
    }
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

/// The managed policies of AWS, one a line of `data/managed`.
pub fn managed(corpus: &Path) -> io::Result<Vec<Arc<Policy>>> {
    let text = fs::read_to_string(corpus.join("data/managed/aws_managed_policies.jsonl"))?;
    let policy = |line: &str| {
        let line: Value = serde_json::from_str(line).ok()?;
        parse::policy(&line.get("document")?.to_string(), PolicyKind::Identity).policy.map(Arc::new)
    };
    Ok(text.lines().filter_map(policy).collect())
}

/// What is known of alice, who has an account without an organization, in requests with this state of MFA.
pub fn alice(mfa: Domain) -> Frame {
    let arn = "arn:aws:iam::111111111111:user/alice";
    let caller = Arn::parse(arn).map_or(Caller::Anonymous, Caller::User);
    let one = |text: &str| Domain::One(text.into());
    let facts = Facts::default()
        .with("aws:PrincipalArn", one(arn))
        .with("aws:username", one("alice"))
        .with("aws:userid", one("AIDAQQQQQQQQQQQQQQQQQ"))
        .with("aws:PrincipalType", one("User"))
        .with("aws:PrincipalAccount", one("111111111111"))
        .with("aws:PrincipalIsAWSService", one("false"))
        .with("aws:PrincipalOrgID", Domain::Absent)
        .with("aws:PrincipalOrgPaths", Domain::Absent)
        .with("aws:MultiFactorAuthAge", Domain::Absent)
        .with("aws:MultiFactorAuthPresent", mfa);
    Frame { caller, credential: Credential::Unstated, facts }
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
            set.resource_control = vec![Level { name: "root".into(), layer: layer() }];
        }
        PolicyKind::Resource | PolicyKind::Trust => set.resource = Some(layer()),
        PolicyKind::Endpoint => set.endpoint = Some(layer()),
    }
    PolicySet { identity, ..set }
}
