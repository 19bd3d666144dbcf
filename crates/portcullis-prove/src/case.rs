//! One principal with the policies that decide of it: what properties are asked about.

use std::sync::Arc;

use portcullis_finding::Severity;
use portcullis_iam::{Action, Arn, Context, ContextKey, KeyState, PolicySet, Request, Values};
use portcullis_snapshot::Account;
use portcullis_snapshot::policies::NotFound;

use crate::actions::TAKEOVER;
use crate::area::Area;
use crate::credential::{Base, CredentialKind};
use crate::estate::Estate;
use crate::facts::Domain;
use crate::guard;
use crate::judgement::{Flaw, Step, Verdict};
use crate::prover::Prover;
use crate::question::{Frame, Question};
use crate::reach::Reach;
use crate::search::reach;
use crate::witness::Witness;
use portcullis_snapshot::Who;

/// One principal with the policies that decide of it.
#[derive(Debug)]
pub(crate) struct Case<'s> {
    pub(crate) estate: Estate<'s>,
    pub(crate) account: &'s Account,
    pub(crate) who: Who<'s>,
    /// Its ARN.
    pub(crate) arn: &'s Arn,
    /// The policies in force, proposals included.
    pub(crate) policies: Arc<PolicySet>,
    /// What is known of every request.
    pub(crate) base: Base,
}

/// What a property says of a principal with one kind of credential.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ruling {
    pub(crate) kind: Option<CredentialKind>,
    pub(crate) verdict: Verdict,
}

/// The requests that count: areas in which they lie, none for all, and areas in which they do not.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Among<'a> {
    pub(crate) only: &'a [Area],
    pub(crate) spared: &'a [Area],
}

impl<'s> Case<'s> {
    /// The case of a principal of whom `policies` decide.
    ///
    /// # Errors
    /// When the snapshot does not hold the principal.
    pub(crate) fn new(
        estate: Estate<'s>,
        (account, who): (&'s Account, Who<'s>),
        policies: Arc<PolicySet>,
    ) -> Result<Self, NotFound> {
        let arn = who.arn(account);
        let base = Base::new(estate.snapshot, arn, &policies, estate.now)?;
        Ok(Self { estate, account, who, arn, policies, base })
    }

    /// The frames of requests with a credential of this kind.
    pub(crate) fn frames(&self, kind: CredentialKind) -> Vec<Frame> {
        kind.frames(&self.base)
    }

    /// Whether one of the requests is allowed.
    pub(crate) fn ask(&self, prover: &mut Prover, frame: &Frame, among: Among<'_>) -> Reach {
        let question = Question::any(&self.policies, frame).only(among.only).sparing(among.spared);
        reach(prover, &question)
    }

    /// The policies without what asks for MFA in them: what would be allowed if there were no guardrail. None when
    /// nothing asks for MFA.
    pub(crate) fn without_guardrail(&self) -> Option<Arc<PolicySet>> {
        guard::stripped(&self.policies).map(Arc::new)
    }

    /// What was in force before: in the earlier snapshot, or without the proposals; where there is neither, without
    /// what asks for MFA. None where that is the same as what is in force.
    pub(crate) fn baseline(&self) -> Option<Arc<PolicySet>> {
        if !self.estate.compares() {
            return self.without_guardrail();
        }
        let before = self.estate.policies_before(self.account, self.who)?;
        (before != *self.policies).then(|| Arc::new(before))
    }

    /// A flaw of one request that passes.
    pub(crate) fn open(&self, kind: CredentialKind, witness: &Witness) -> Flaw {
        let step = Step::open(format!("a request with {kind}"), witness, &self.policies, None);
        let action = &witness.request().action;
        let message = match witness.is_hypothetical() {
            false => format!("may call {action} with {kind}"),
            true => format!("may call actions that AWS may yet add, such as {action}, with {kind}"),
        };
        Flaw { severity: severity(witness), message: message.into(), steps: vec![step] }
    }
}

/// How bad it is that a request passes without MFA.
pub(crate) fn severity(witness: &Witness) -> Severity {
    let action = &witness.request().action;
    if TAKEOVER.iter().any(|(own, _)| own.eq_ignore_ascii_case(action.as_str())) {
        Severity::Critical
    } else if witness.is_hypothetical() {
        Severity::Medium
    } else {
        Severity::High
    }
}

/// A request of a frame, of which nothing is said that the caller could choose: for what no question has found.
pub(crate) fn plain_request(frame: &Frame, action: &str, resource: &str) -> Option<Request> {
    let mut context = Context::default();
    for (key, domain) in frame.facts.stated() {
        let key = ContextKey::new(key);
        match domain {
            Domain::Free { .. } => {}
            Domain::Since(now) if key.as_str() == "aws:epochtime" => {
                context.set(key, KeyState::Known(Values::One(now.seconds().to_string().into())));
            }
            Domain::Since(now) => context.set(key, KeyState::Known(Values::One(now.to_string().into()))),
            Domain::Absent | Domain::One(_) | Domain::Many(_) | Domain::Hidden => {
                context.set(key, domain.constant());
            }
        }
    }
    Some(Request {
        caller: frame.caller.clone(),
        credential: frame.credential,
        action: Action::parse(action)?,
        resource: resource.into(),
        resource_owner: None,
        context,
    })
}
