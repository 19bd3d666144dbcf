//! What would have become of a call under the guardrail.

use std::collections::BTreeSet;
use std::fmt;

use portcullis_authz::{Access, Answer, Compiled, Decision, Outcomes, explain};
use portcullis_iam::{Action, ContextKey, KeyState, Request};

use super::bound::{Bound, Bounds, Sight};
use super::unseen;
use crate::call::Call;
use crate::request::{Actor, Asked, Knowledge, NoRequest, On, Told, told};

/// What would have become of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// No policy of the caller decided about it.
    Nothing(NoRequest),
    /// It passes as it did.
    Passes,
    /// It would have been denied.
    Denied(Vec<Denier>),
    /// It was denied when it was made: by what, in words, where that is known.
    Refused(Vec<Box<str>>),
    /// What is in force today denies it, although it passed when it was made: the policies are newer than the event.
    DeniedToday(Vec<Denier>),
    /// It depends on what the record does not say, in words.
    CannotTell(BTreeSet<Box<str>>),
}

/// A statement that denies, or what takes its place.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Denier {
    /// The policy's ARN or file.
    pub policy: Box<str>,
    /// The statement's `Sid`.
    pub sid: Option<Box<str>>,
    /// The line of the statement in the policy; none where no statement denies and none allows.
    pub line: Option<u32>,
}

impl fmt::Display for Denier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.sid, self.line) {
            (Some(sid), Some(line)) => write!(f, "`{sid}` of {}:{line}", self.policy),
            (None, Some(line)) => write!(f, "{}:{line}", self.policy),
            (_, None) => f.write_str(&self.policy),
        }
    }
}

/// A call with what would have become of it.
#[derive(Clone, Debug)]
pub struct Judged {
    /// Who made it.
    pub actor: Actor,
    /// The action that it needed, and those that it may have needed; none where no policy decided.
    pub actions: Option<(Action, Vec<Action>)>,
    /// What would have become of it.
    pub fate: Fate,
}

/// Judges a call.
pub(super) fn judge(call: &Call<'_>, bounds: &mut Bounds<'_>) -> Judged {
    let actor = Actor::of(call);
    let actions = bounds.actions(call);
    if let Actor::Service(_) = actor {
        return Judged { actor, actions: None, fate: Fate::Nothing(NoRequest::Service) };
    }
    if let (Actor::Federated(_), None, Ok((action, others))) = (&actor, actor.principal(), &*actions) {
        let because = BTreeSet::from(["who made the session".into()]);
        let actions = Some((action.clone(), others.clone()));
        return Judged { actor, actions, fate: Fate::CannotTell(because) };
    }
    let bound = bounds.of(&actor);
    let known = Knowledge { snapshot: bounds.snapshot(), keys: &bound.keys, facts: bound.facts.as_ref() };
    match told(call, &actor, &actions, &known) {
        Told::Nothing(reason) => Judged { actor, actions: None, fate: Fate::Nothing(reason) },
        Told::Asked(asked) => {
            let actions = Some((asked.action.clone(), asked.others.clone()));
            let fate = match call.is_denied() {
                true => Fate::Refused(refused_by(call, &asked, &bound)),
                false => of_asked(*asked, &bound),
            };
            Judged { actor, actions, fate }
        }
    }
}

/// The fate of all the requests that a call may have been.
fn of_asked(asked: Asked, bound: &Bound) -> Fate {
    let Some(guardrail) = &bound.guardrail else { return Fate::Passes };
    let fates = asked
        .requests
        .into_iter()
        .map(|request| of_request(request, asked.on, guardrail, bound.in_force.as_ref()));
    fates.reduce(Fate::or).unwrap_or(Fate::Passes)
}

impl Fate {
    /// The fate of a call that comes to this or to the other, depending on the state of MFA.
    fn or(self, other: Self) -> Self {
        let union = |mut one: Vec<Denier>, other: Vec<Denier>| {
            one.extend(other);
            one.sort();
            one.dedup();
            one
        };
        match (self, other) {
            (one, other) if one == other => one,
            // Another statement denies, and it is denied all the same.
            (Self::Denied(one), Self::Denied(other)) => Self::Denied(union(one, other)),
            (Self::DeniedToday(one), Self::DeniedToday(other)) => Self::DeniedToday(union(one, other)),
            (one, other) => {
                let mut because = BTreeSet::from([MFA.into()]);
                for fate in [one, other] {
                    if let Self::CannotTell(own) = fate {
                        because.extend(own);
                    }
                }
                Self::CannotTell(because)
            }
        }
    }
}

const MFA: &str = "aws:MultiFactorAuthPresent";

/// The guardrail decides alone: the call passed all other policies when it was made.
fn of_request(request: Request, on: On, guardrail: &Sight, in_force: Option<&Sight>) -> Fate {
    let request = if on == On::Known { request } else { with_unknown_resource(request) };
    let guardrail = guardrail.policies(on);
    let answer = guardrail.decide(&request);
    match answer.access() {
        Access::Allowed => Fate::Passes,
        Access::Undetermined => Fate::CannotTell(reasons(&answer)),
        Access::Denied => match in_force.map(|own| own.policies(on)).filter(|own| denies(own, &request)) {
            Some(own) => Fate::DeniedToday(deniers(&request, own)),
            None => Fate::Denied(deniers(&request, guardrail)),
        },
    }
}

/// Whether a statement denies for certain. That nothing allows a call is no sign: what allowed it may be the policy of a
/// resource, which no snapshot holds.
fn denies(policies: &Compiled, request: &Request) -> bool {
    policies.outcomes(request) == Outcomes::only(Decision::ExplicitDeny)
}

/// What denied a call when it was made, in words: as its record says, else as the policies of the snapshot have it.
fn refused_by(call: &Call<'_>, asked: &Asked, bound: &Bound) -> Vec<Box<str>> {
    if let Some(denial) = call.denial {
        return vec![in_short(denial)];
    }
    let (Some(in_force), Some(request)) = (&bound.in_force, asked.requests.first()) else {
        return Vec::new();
    };
    let policies = in_force.policies(asked.on);
    let request =
        if asked.on == On::Known { request.clone() } else { with_unknown_resource(request.clone()) };
    if !denies(policies, &request) {
        return Vec::new();
    }
    deniers(&request, policies).iter().map(|denier| format!("{denier}, by the snapshot").into()).collect()
}

/// What a message tells of a denial, without the action: `no identity-based policy allows it`, `an explicit deny in a
/// service control policy: ARN`.
fn in_short(denial: &str) -> Box<str> {
    let nothing = denial.strip_prefix("because ").and_then(|rest| Some(rest.split_once(" allows the ")?.0));
    match (nothing, denial.strip_prefix("with ")) {
        (Some(layer), _) => format!("{layer} allows it").into(),
        (None, Some(rest)) => rest.into(),
        (None, None) => denial.into(),
    }
}

fn with_unknown_resource(mut request: Request) -> Request {
    request.context.set(ContextKey::new(unseen::RESOURCE), KeyState::Unknown);
    request
}

fn reasons(answer: &Answer) -> BTreeSet<Box<str>> {
    let key = |key: &ContextKey| match key.as_str() {
        unseen::RESOURCE => "the resource".into(),
        _ => portcullis_authz::words::spelling(key).into(),
    };
    let gaps = answer.unsettled.gaps.iter().map(|gap| gap.0.clone());
    answer.unsettled.keys.iter().map(key).chain(gaps).collect()
}

fn deniers(request: &Request, policies: &Compiled) -> Vec<Denier> {
    let explanation = explain(request, policies.policies());
    let mut deniers: Vec<Denier> = explanation
        .deciding()
        .map(|own| Denier {
            policy: (&*own.policy).into(),
            sid: own.sid.clone(),
            line: Some(own.start().line),
        })
        .collect();
    if deniers.is_empty() {
        let words = portcullis_authz::words::reason(&explanation.reason).unwrap_or_default();
        deniers.push(Denier { policy: words.into(), sid: None, line: None });
    }
    deniers.sort();
    deniers.dedup();
    deniers
}
