//! Policies that people have published, as questions.

use std::path::Path;
use std::sync::Arc;

use portcullis_iam::policy_set::{Attached, Level};
use portcullis_iam::{
    Arn, Caller, Credential, Effect, Layer, Polarity, Policy, PolicyKind, PolicySet, SourceKind, parse,
};
use portcullis_prove::self_service::UNGOVERNED;
use portcullis_prove::{Area, Domain, Facts, Frame};

use super::Asked;
use crate::collected::{self, Collected};

/// A question about published policies.
#[derive(Clone, Debug)]
pub struct Published {
    /// Which policies, where, and what is asked.
    pub name: String,
    /// The question.
    pub asked: Asked,
}

/// What is asked about the documents that mean to enforce MFA and about control policies, each with and without full
/// access beside it; without it only whether anything passes, when `step` takes a part of everything.
/// `data` is the folder of collected data.
pub fn of_documents(data: &Path, step: usize) -> Vec<Published> {
    let files = ["mfa-policies/mfa_policies.jsonl", "scp/scp_rcp.jsonl"];
    let documents = files.iter().flat_map(|file| collected::policies(&data.join(file)));
    documents.flat_map(|document| of_document(&document, step)).collect()
}

fn of_document(document: &Collected, step: usize) -> Vec<Published> {
    let Collected { id, kind, text, .. } = document;
    let Some(policy) = parse::policy(text, *kind).policy.map(Arc::new) else { return Vec::new() };
    let mut areas = areas(&policy);
    let full: Vec<_> = administrator().into_iter().collect();
    let set = attached(&policy, *kind, &full);
    let mut questions = in_each_state(&format!("{id} beside full access"), &set, &areas, &policy);
    if 1 < step {
        areas.truncate(1);
    }
    let set = attached(&policy, *kind, &[]);
    questions.extend(in_each_state(&format!("{id} alone"), &set, &areas, &policy));
    questions
}

/// What is asked about every `step`th managed policy of AWS beside a guardrail for MFA, a different one for each.
pub fn of_managed(data: &Path, step: usize) -> Vec<Published> {
    let guardrails = guardrails(data);
    let managed = collected::policies(&data.join("managed/aws_managed_policies.jsonl"));
    let mut questions = Vec::new();
    for (at, own) in managed.iter().enumerate().step_by(step) {
        let Some((id, guardrail)) = guardrails.get(at % guardrails.len().max(1)) else { break };
        let parsed = parse::policy(&own.text, PolicyKind::Identity).policy.map(Arc::new);
        let Some(policy) = parsed else { continue };
        let set = attached(guardrail, PolicyKind::Identity, &[policy]);
        let areas = [everything(), but_for_exempt(guardrail)];
        questions.extend(in_each_state(&format!("{} beside {id}", own.id), &set, &areas, guardrail));
    }
    questions
}

/// The identity policies that deny by a key of MFA.
fn guardrails(data: &Path) -> Vec<(String, Arc<Policy>)> {
    let documents = collected::policies(&data.join("mfa-policies/mfa_policies.jsonl"));
    let identity = documents.into_iter().filter(|own| own.kind == PolicyKind::Identity);
    let parsed = identity.filter_map(|own| Some((own.id, parse::policy(&own.text, own.kind).policy?)));
    let guardrails = parsed.filter(|(_, policy)| names_mfa(policy) && denies(policy).next().is_some());
    guardrails.map(|(id, policy)| (id, Arc::new(policy))).collect()
}

fn denies(policy: &Policy) -> impl Iterator<Item = &portcullis_iam::Statement> {
    policy.statements.iter().filter(|statement| statement.effect == Effect::Deny)
}

fn names_mfa(policy: &Policy) -> bool {
    policy.text.to_ascii_lowercase().contains("multifactorauth")
}

/// Which requests count in a question.
struct Among {
    name: String,
    only: Vec<Area>,
    spared: Vec<Area>,
}

/// Everything, everything but what the Denies leave out, and what each statement is about.
fn areas(policy: &Policy) -> Vec<Among> {
    let about = |(at, statement): (usize, &portcullis_iam::Statement)| Among {
        name: format!("what statement {} is about", at + 1),
        only: vec![area(statement, statement.action.polarity)],
        spared: ungoverned(),
    };
    let statements = policy.statements.iter().enumerate().map(about);
    [everything(), but_for_exempt(policy)].into_iter().chain(statements).collect()
}

fn everything() -> Among {
    Among { name: "everything".to_owned(), only: Vec::new(), spared: ungoverned() }
}

/// Everything but what the Denies with `NotAction` leave out.
fn but_for_exempt(policy: &Policy) -> Among {
    let exempt = denies(policy).filter(|statement| statement.action.polarity == Polarity::Except);
    let exempt = exempt.map(|statement| area(statement, Polarity::Only));
    let spared = ungoverned().into_iter().chain(exempt).collect();
    Among { name: "everything that its Denies do not leave out".to_owned(), only: Vec::new(), spared }
}

fn area(statement: &portcullis_iam::Statement, polarity: Polarity) -> Area {
    let actions = statement.action.patterns.iter().map(|pattern| pattern.value.clone()).collect();
    Area { polarity, actions, resources: None }
}

fn ungoverned() -> Vec<Area> {
    vec![Area::of_actions(UNGOVERNED)]
}

/// The questions without MFA, in each of the two ways in which AWS says so where the policy can tell them apart.
fn in_each_state(name: &str, set: &PolicySet, areas: &[Among], policy: &Policy) -> Vec<Published> {
    let mut states = vec![("no MFA key", Domain::Absent)];
    if names_mfa(policy) {
        states.push(("MFA false", Domain::One("false".into())));
    }
    let mut questions = Vec::new();
    for (state, mfa) in states {
        for among in areas {
            let asked = Asked::new(set.clone(), alice(mfa.clone()));
            let asked = asked.only(among.only.clone()).sparing(among.spared.clone());
            questions.push(Published { name: format!("{name}, {state}, {}", among.name), asked });
        }
    }
    questions
}

fn administrator() -> Option<Arc<Policy>> {
    let text = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;
    parse::policy(text, PolicyKind::Identity).policy.map(Arc::new)
}

/// What is known of alice, who has an account without an organization, in requests with this state of MFA.
fn alice(mfa: Domain) -> Frame {
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

/// `policy` where its kind belongs, with `beside` next to it. Whom it only limits may do everything.
fn attached(policy: &Arc<Policy>, kind: PolicyKind, beside: &[Arc<Policy>]) -> PolicySet {
    let named = |(at, policy): (usize, &Arc<Policy>)| Attached {
        id: format!("policy.{at}").into(),
        source: SourceKind::Input,
        policy: Arc::clone(policy),
    };
    let layer = |policies: &[Arc<Policy>]| Layer {
        policies: policies.iter().enumerate().map(named).collect(),
        gaps: Vec::new(),
    };
    let own = [std::slice::from_ref(policy), beside].concat();
    let level = || vec![Level { name: "root".into(), layer: layer(&own) }];
    let all: Vec<_> = administrator().into_iter().collect();
    let set = PolicySet { identity: layer(&all), ..PolicySet::default() };
    match kind {
        PolicyKind::Identity | PolicyKind::Group => PolicySet { identity: layer(&own), ..set },
        PolicyKind::Boundary => PolicySet { boundary: Some(layer(&own)), ..set },
        PolicyKind::Session => PolicySet { session: Some(layer(&own)), ..set },
        PolicyKind::ServiceControl => PolicySet { service_control: level(), ..set },
        PolicyKind::ResourceControl => PolicySet { resource_control: level(), ..set },
        PolicyKind::Resource | PolicyKind::Trust => {
            PolicySet { identity: layer(beside), resource: Some(layer(std::slice::from_ref(policy))), ..set }
        }
        PolicyKind::Endpoint => PolicySet { endpoint: Some(layer(std::slice::from_ref(policy))), ..set },
    }
}
