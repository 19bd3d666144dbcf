//! Requests of one user as those of another who is judged alike.

use std::borrow::Cow;

use portcullis_authz::decide;
use portcullis_finding::Rule;
use portcullis_iam::{Arn, Caller, Context, ContextKey, KeyState, Request, Values};
use portcullis_snapshot::{Snapshot, caller_for};

use crate::credential::CredentialKind;
use crate::estate::{ASSUME, Estate};
use crate::judgement::{Flaw, Judgement, Proof, Refutation, Step, Subject, Verdict};
use crate::run::{Options, prove};

/// The judgement with the requests of the first of these subjects, where it tells those of another.
pub(crate) fn judgement<'j, 's>(
    estate: &Estate<'_>,
    judgement: &'j Judgement<'s>,
    subjects: &[&Arn],
) -> Cow<'j, Judgement<'s>> {
    let (Some(one), Some(other)) = (judgement.representative(), subjects.first()) else {
        return Cow::Borrowed(judgement);
    };
    if one == *other {
        return Cow::Borrowed(judgement);
    }
    let personal = verdict(estate, &judgement.verdict, one, other);
    let personal = personal.or_else(|| alone(estate, (judgement.rule, judgement.kind), other));
    let Some(verdict) = personal else { return Cow::Borrowed(judgement) };
    let among = |subject: &&Subject<'_>| subjects.contains(&subject.arn);
    let subjects = judgement.subjects.iter().filter(among).copied().collect();
    Cow::Owned(Judgement { rule: judgement.rule, kind: judgement.kind, subjects, verdict })
}

/// The requests of each flaw of a judgement, made by another of its subjects in its own name.
pub(crate) fn flaws(estate: &Estate<'_>, judgement: &Judgement<'_>, other: &Arn) -> Vec<Flaw> {
    match &self::judgement(estate, judgement, &[other]).verdict {
        Verdict::Refuted(refutation) => refutation.flaws.clone(),
        Verdict::Proved(_) | Verdict::Undecided(_) => Vec::new(),
    }
}

fn verdict(estate: &Estate<'_>, verdict: &Verdict, one: &Arn, other: &Arn) -> Option<Verdict> {
    let own = |those: &[Step]| steps(estate.snapshot, those, one, other);
    Some(match verdict {
        Verdict::Proved(proof) => Verdict::Proved(Proof { shown: own(&proof.shown)?, ..proof.clone() }),
        Verdict::Refuted(refutation) => {
            let flaw = |flaw: &Flaw| {
                let steps = own(&flaw.steps)?;
                let message =
                    flaw.steps.iter().zip(&steps).fold(flaw.message.to_string(), |text, (old, new)| {
                        text.replace(&*old.request.resource, &new.request.resource)
                    });
                Some(Flaw { severity: flaw.severity, message: message.into(), steps })
            };
            let flaws = refutation.flaws.iter().map(flaw).collect::<Option<Vec<Flaw>>>()?;
            Verdict::Refuted(Refutation { flaws })
        }
        Verdict::Undecided(doubt) => Verdict::Undecided(doubt.clone()),
    })
}

/// What the property says of one principal alone.
fn alone(estate: &Estate<'_>, (rule, kind): (&Rule, Option<CredentialKind>), arn: &Arn) -> Option<Verdict> {
    let options =
        Options { properties: vec![rule.id.to_owned()], principals: vec![arn.clone()], ..Options::default() };
    let judged = prove(estate, &options).into_iter();
    judged.filter(|own| own.kind == kind).map(|own| own.verdict).next()
}

/// The requests of `one`, made by `other` in its own name; none where the evaluator does not say the same of them.
fn steps(snapshot: &Snapshot, steps: &[Step], one: &Arn, other: &Arn) -> Option<Vec<Step>> {
    steps.iter().map(|step| personal(snapshot, step, one, other)).collect()
}

fn personal(snapshot: &Snapshot, step: &Step, one: &Arn, other: &Arn) -> Option<Step> {
    let (_, known) = caller_for(snapshot, one, &step.policies, ASSUME).ok()?;
    let (_, own) = caller_for(snapshot, other, &step.policies, ASSUME).ok()?;
    let words = words((one, &known), (other, &own));
    let request = Request {
        caller: caller(&step.request.caller, one, other),
        resource: exchanged(&step.request.resource, one, other, &words).into(),
        context: context(&step.request.context, (&known, &own), &|text| exchanged(text, one, other, &words)),
        ..step.request.clone()
    };
    let refused_alike = step.refused_by.as_ref().is_none_or(|policies| {
        decide(&request, policies).access() == decide(&step.request, policies).access()
    });
    let is_alike = decide(&request, &step.policies).access() == step.access && refused_alike;
    is_alike.then(|| Step { request, ..step.clone() })
}

/// The words that tell the two apart, the one's before the other's: the name, and tags that both have.
fn words((one, known): (&Arn, &Context), (other, own): (&Arn, &Context)) -> Vec<(String, String)> {
    let name = |arn: &Arn| arn.resource().rsplit('/').next().unwrap_or_default().to_owned();
    let single = |state: &KeyState| match state {
        KeyState::Known(Values::One(value)) => Some(value.to_string()),
        KeyState::Known(Values::Many(_)) | KeyState::Absent | KeyState::Unknown => None,
    };
    let tags = known.iter().filter(|(key, _)| key.as_str().starts_with("aws:principaltag/"));
    let tags = tags.filter_map(|(key, state)| single(state).zip(single(own.state(key))));
    std::iter::once((name(one), name(other))).chain(tags).filter(|(one, other)| one != other).collect()
}

fn caller(caller: &Caller, one: &Arn, other: &Arn) -> Caller {
    let mut caller = caller.clone();
    match &mut caller {
        Caller::User(arn) if arn == one => *arn = other.clone(),
        Caller::FederatedUser(session) if session.issuer.as_ref() == Some(one) => {
            session.issuer = Some(other.clone());
        }
        Caller::User(_)
        | Caller::FederatedUser(_)
        | Caller::Root(_)
        | Caller::Role(_)
        | Caller::Service(_)
        | Caller::Anonymous => {}
    }
    caller
}

/// The ARN of the other for that of the one, and its words wherever they stand between `/` and `:`.
fn exchanged(text: &str, one: &Arn, other: &Arn, words: &[(String, String)]) -> String {
    if text == one.as_str() {
        return other.as_str().to_owned();
    }
    let word = |part: &str| {
        let known = words.iter().find(|(own, _)| own == part);
        known.map_or_else(|| part.to_owned(), |(_, other)| other.clone())
    };
    text.split_inclusive(['/', ':'])
        .map(|part| match part.strip_suffix(['/', ':']) {
            Some(bare) => part.replacen(bare, &word(bare), 1),
            None => word(part),
        })
        .collect()
}

/// What is known of the other for what is known of the one, and what was chosen with the words exchanged.
fn context(
    context: &Context,
    (known, own): (&Context, &Context),
    exchanged: &impl Fn(&str) -> String,
) -> Context {
    let mut personal = Context::default();
    for (key, state) in context.iter() {
        let state = if known.state(key) == state && is_of_user(key) {
            own.state(key).clone()
        } else {
            chosen(state, exchanged)
        };
        personal.set(key.clone(), state);
    }
    for (key, state) in
        own.iter().filter(|(key, _)| is_of_user(key) && *context.state(key) == KeyState::Absent)
    {
        personal.set(key.clone(), state.clone());
    }
    personal
}

fn chosen(state: &KeyState, exchanged: &impl Fn(&str) -> String) -> KeyState {
    match state {
        KeyState::Known(Values::One(value)) => KeyState::Known(Values::One(exchanged(value).into())),
        KeyState::Known(Values::Many(values)) => {
            KeyState::Known(Values::Many(values.iter().map(|value| exchanged(value).into()).collect()))
        }
        KeyState::Absent => KeyState::Absent,
        KeyState::Unknown => KeyState::Unknown,
    }
}

/// Whether the key is a property of the user.
fn is_of_user(key: &ContextKey) -> bool {
    let key = key.as_str();
    matches!(key, "aws:username" | "aws:userid" | "aws:principalarn") || key.starts_with("aws:principaltag/")
}
