//! A request as `portcullis simulate` takes it, complete.

use std::collections::BTreeSet;
use std::sync::Arc;

use portcullis_authz::{decide, words};
use portcullis_finding::proof::{KeySource, ShownKey, ShownWitness, SupposedPolicies};
use portcullis_iam::{
    Arn, Caller, Context, ContextKey, Credential, KeyState, Layer, Level, PolicySet, Request,
};
use portcullis_snapshot::caller_for;
use portcullis_snapshot::policies::policies_for;

use super::step::Scene;
use crate::estate::ASSUME;
use crate::judgement::Step;

/// The request of a step, for whoever these policies apply to.
pub(super) fn witness(step: &Step, policies: &PolicySet, scene: &Scene<'_>) -> ShownWitness {
    let request = &step.request;
    let (principal, caller) = who(&request.caller);
    let arn = Arn::parse(&principal);
    let own = arn.as_ref().and_then(|arn| policies_for(scene.snapshot, arn, ASSUME).ok());
    let known = match (&arn, &own, &caller) {
        // What the principal has of its own is its session's only as far as the request says.
        (Some(arn), Some(own), None) => caller_for(scene.snapshot, arn, own, ASSUME).ok(),
        _ => None,
    };
    let known = known.map(|(_, context)| context).unwrap_or_default();
    let incidental = incidental(step, &known);
    let named_owner = Arn::parse(&request.resource).and_then(|arn| arn.account());
    let own_account = request.caller.account();
    ShownWitness {
        principal: principal.into(),
        caller: caller.map(Into::into),
        credential: credential(request.credential),
        credential_words: scene
            .kind
            .map_or_else(|| fallback(request.credential), |kind| kind.to_string())
            .into(),
        action: request.action.to_string().into(),
        is_hypothetical: step.is_hypothetical(),
        resource: request.resource.clone(),
        resource_owner: request
            .resource_owner
            .filter(|owner| named_owner.is_none() && own_account != Some(*owner)),
        context: request
            .context
            .iter()
            .filter_map(|(key, state)| shown((key, state), &known, &incidental))
            .collect(),
        unknown: unknown(&request.context, &known),
        supposed: own.map(|own| supposed(policies, &own)).unwrap_or_default(),
    }
}

/// The principal of the snapshot, and the caller where it is another.
fn who(caller: &Caller) -> (String, Option<String>) {
    match caller {
        Caller::User(arn) | Caller::Root(arn) => (arn.to_string(), None),
        Caller::Role(session) => (session.role.to_string(), None),
        Caller::FederatedUser(session) => match &session.issuer {
            Some(issuer) => (issuer.to_string(), Some(session.session.to_string())),
            None => (session.session.to_string(), None),
        },
        Caller::Service(name) => (name.to_string(), None),
        Caller::Anonymous => ("*".to_owned(), None),
    }
}

fn shown(
    (key, state): (&ContextKey, &KeyState),
    known: &Context,
    incidental: &BTreeSet<ContextKey>,
) -> Option<ShownKey> {
    let KeyState::Known(values) = state else { return None };
    let source = if known.state(key) == state {
        KeySource::Principal
    } else if incidental.contains(key) {
        KeySource::Incidental
    } else if is_of_credential(key.as_str()) {
        KeySource::Credential
    } else {
        KeySource::Chosen
    };
    Some(ShownKey { name: words::spelling(key).into(), values: values.clone(), source })
}

/// The keys without which, all of them together, the evaluator says the same. Whether there was MFA is always told.
fn incidental(step: &Step, known: &Context) -> BTreeSet<ContextKey> {
    let decided = |request: &Request| {
        let of = |policies: &PolicySet| decide(request, policies).access();
        (of(&step.policies), step.refused_by.as_deref().map(of))
    };
    let as_it_is = decided(&step.request);
    let told = |key: &ContextKey, state: &KeyState| {
        known.state(key) == state || key.as_str().starts_with("aws:multifactorauth")
    };
    let others = || step.request.context.iter().filter(|(key, state)| !told(key, state));
    let mut request = step.request.clone();
    others().for_each(|(key, _)| request.context.set(key.clone(), KeyState::Absent));
    // Mostly none of them matters: then one decision says so of all.
    if decided(&request) == as_it_is {
        return others().map(|(key, _)| key.clone()).collect();
    }
    request = step.request.clone();
    let mut incidental = BTreeSet::new();
    for (key, state) in others() {
        request.context.set(key.clone(), KeyState::Absent);
        if decided(&request) == as_it_is {
            incidental.insert(key.clone());
        } else {
            request.context.set(key.clone(), state.clone());
        }
    }
    incidental
}

/// Keys that say how the caller signed in, and who forwards the call.
fn is_of_credential(key: &str) -> bool {
    OF_CREDENTIAL.iter().any(|prefix| key.starts_with(prefix))
}

/// The keys that are unknown, apart from those that the snapshot does not know either.
fn unknown(context: &Context, known: &Context) -> Vec<Box<str>> {
    let hidden =
        context.iter().filter(|(key, state)| **state == KeyState::Unknown && known.state(key) != *state);
    hidden.map(|(key, _)| words::spelling(key).into()).collect()
}

/// What the policies have that the principal has not by the snapshot.
fn supposed(policies: &PolicySet, own: &PolicySet) -> SupposedPolicies {
    let known = &own.identity.policies;
    let added = policies.identity.policies.iter().filter(|attached| !known.contains(attached));
    let boundary = if policies.boundary == own.boundary { None } else { policies.boundary.as_ref() };
    let levels =
        if policies.service_control == own.service_control { &[][..] } else { &policies.service_control };
    SupposedPolicies {
        identity: added.map(|attached| Arc::clone(&attached.policy.text)).collect(),
        boundary: boundary.and_then(|layer| texts(layer).into_iter().next()),
        service_control: levels.iter().map(|Level { layer, .. }| texts(layer)).collect(),
        session: policies.session.as_ref().map(texts).unwrap_or_default(),
    }
}

fn texts(layer: &Layer) -> Vec<Arc<str>> {
    layer.policies.iter().map(|attached| Arc::clone(&attached.policy.text)).collect()
}

/// The credential as `simulate` names it.
fn credential(credential: Credential) -> Option<&'static str> {
    match credential {
        Credential::Unstated => None,
        Credential::LongTermKey => Some("LongTermKey"),
        Credential::Console => Some("Console"),
        Credential::SessionToken => Some("SessionToken"),
        Credential::FederationToken => Some("FederationToken"),
        Credential::RoleSession => Some("RoleSession"),
    }
}

fn fallback(credential: Credential) -> String {
    match credential {
        Credential::Unstated => "whatever credential",
        Credential::LongTermKey => "an access key",
        Credential::Console => "a console session",
        Credential::SessionToken => "a GetSessionToken session",
        Credential::FederationToken => "a GetFederationToken session",
        Credential::RoleSession => "a role session",
    }
    .to_owned()
}

const OF_CREDENTIAL: [&str; 6] = [
    "aws:multifactorauth",
    "aws:viaawsservice",
    "aws:calledvia",
    "aws:tokenissuetime",
    "aws:federatedprovider",
    "aws:signin",
];

#[cfg(test)]
mod tests {
    use portcullis_iam::Values;

    use super::*;

    #[test]
    fn a_federated_session_stands_on_the_user_who_made_it() {
        let arn = |text: &str| Arn::parse(text).unwrap();
        let session = portcullis_iam::request::FederatedSession {
            session: arn("arn:aws:sts::111111111111:federated-user/portcullis"),
            issuer: Some(arn("arn:aws:iam::111111111111:user/alice")),
        };
        let (principal, caller) = who(&Caller::FederatedUser(session));
        assert_eq!(principal, "arn:aws:iam::111111111111:user/alice");
        assert_eq!(caller.as_deref(), Some("arn:aws:sts::111111111111:federated-user/portcullis"));
    }

    #[test]
    fn what_the_snapshot_tells_of_the_principal_is_marked() {
        let known = Context::default().with("aws:username", "alice");
        let value = |text: &str| KeyState::Known(Values::One(text.into()));
        let source = |key: &str, state| {
            shown((&ContextKey::new(key), &state), &known, &BTreeSet::new()).map(|key| key.source)
        };
        assert_eq!(source("aws:username", value("alice")), Some(KeySource::Principal));
        assert_eq!(source("aws:username", value("bob")), Some(KeySource::Chosen));
        assert_eq!(source("aws:MultiFactorAuthPresent", value("false")), Some(KeySource::Credential));
        assert_eq!(source("aws:SourceIp", KeyState::Unknown), None);
    }
}
