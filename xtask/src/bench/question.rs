//! Questions as the property asks them that no user may act without MFA: of one policy set, with one kind of credential.

use std::sync::Arc;

use portcullis_iam::policy_set::Level;
use portcullis_iam::{
    Arn, Attached, Caller, Credential, Layer, Policy, PolicyKind, PolicySet, SourceKind, parse,
};
use portcullis_prove::{Area, Domain, Facts, Frame, Prover, Question, Reach, reach, self_service};
use serde_json::Value;

use crate::failure::{Failure, Outcome};

/// The credentials, by the ids that the product has for them, each with the state of the MFA key.
pub(super) const KINDS: [(&str, Credential, Mfa); 2] = [
    ("access-key", Credential::LongTermKey, Mfa::Absent),
    ("console-without-mfa", Credential::Console, Mfa::False),
];

/// What a request says of MFA.
#[derive(Clone, Copy)]
pub(super) enum Mfa {
    Absent,
    False,
}

/// A policy set with one kind of credential.
pub(super) struct Asked {
    /// What the set is.
    pub(super) name: String,
    policies: Arc<PolicySet>,
    frame: Frame,
    /// What may stay open, and of it what may not.
    spared: [Vec<Area>; 2],
    only: Vec<Area>,
}

impl Asked {
    pub(super) fn new(
        name: String,
        policies: &Arc<PolicySet>,
        (credential, mfa): (Credential, Mfa),
    ) -> Outcome<Self> {
        let alice = Arn::parse(ALICE).ok_or_else(|| Failure::Unmet(format!("no ARN: `{ALICE}`")))?;
        let spared = [self_service::actions(), self_service::on_itself(&alice)];
        let frame = Frame { caller: Caller::User(alice), credential, facts: facts(mfa) };
        Ok(Self { name, policies: Arc::clone(policies), frame, spared, only: self_service::on_users() })
    }

    /// Whether anything but self-service is open, or self-service on others.
    pub(super) fn answer(&self, prover: &mut Prover) -> Reach {
        let [first, second] = self.questions();
        match reach(prover, &first) {
            Reach::Closed(_) => reach(prover, &second),
            answer @ (Reach::Open(_) | Reach::Undecided(_)) => answer,
        }
    }

    /// Both questions: about everything but self-service, and about self-service on others.
    pub(super) fn questions(&self) -> [Question<'_>; 2] {
        let [actions, own] = &self.spared;
        let any = Question::any(&self.policies, &self.frame);
        [any.sparing(actions), any.only(&self.only).sparing(own)]
    }
}

/// The word for an answer.
pub(super) fn word(reach: &Reach) -> &'static str {
    match reach {
        Reach::Open(_) => "open",
        Reach::Closed(_) => "closed",
        Reach::Undecided(_) => "undecided",
    }
}

/// A policy of this kind.
pub(super) fn policy(document: &Value, kind: PolicyKind) -> Outcome<Arc<Policy>> {
    let parsed = parse::policy(&document.to_string(), kind);
    parsed.policy.map(Arc::new).ok_or_else(|| Failure::Unmet(format!("no policy: {document}")))
}

/// A user's policies, and those of the organization where there are any.
pub(super) fn set(identity: Vec<Arc<Policy>>, service_control: Vec<Arc<Policy>>) -> Arc<PolicySet> {
    let identity = layer(identity);
    let level = |policies| Level { name: "root".into(), layer: layer(policies) };
    let levels = (!service_control.is_empty()).then(|| level(service_control)).into_iter().collect();
    Arc::new(PolicySet { identity, service_control: levels, ..PolicySet::default() })
}

fn layer(policies: Vec<Arc<Policy>>) -> Layer {
    let attached = |(at, policy): (usize, Arc<Policy>)| Attached {
        id: format!("policy.{at}").into(),
        source: SourceKind::Input,
        policy,
    };
    Layer { policies: policies.into_iter().enumerate().map(attached).collect(), gaps: Vec::new() }
}

/// What is known of alice in requests in this state of MFA.
fn facts(mfa: Mfa) -> Facts {
    let one = |text: &str| Domain::One(text.into());
    let mfa = match mfa {
        Mfa::Absent => Domain::Absent,
        Mfa::False => one("false"),
    };
    Facts::default()
        .with("aws:PrincipalArn", one(ALICE))
        .with("aws:PrincipalAccount", one("111111111111"))
        .with("aws:PrincipalType", one("User"))
        .with("aws:PrincipalTag/team", one("web"))
        .with("aws:username", one("alice"))
        .with("aws:userid", one("AIDAEXAMPLEEXAMPLE111"))
        .with("aws:PrincipalIsAWSService", one("false"))
        .with("aws:ViaAWSService", one("false"))
        .with("aws:PrincipalOrgID", Domain::Absent)
        .with("aws:PrincipalOrgPaths", Domain::Absent)
        .with("aws:MultiFactorAuthAge", Domain::Absent)
        .with("aws:MultiFactorAuthPresent", mfa)
}

const ALICE: &str = "arn:aws:iam::111111111111:user/alice";
