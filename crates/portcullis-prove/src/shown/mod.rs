//! Verdicts as every format tells them: requests that can be replayed, statements in their source, certificates in words.

mod certificate;
mod excerpt;
mod group;
mod layouts;
mod step;
mod witness;

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;

use portcullis_finding::proof::{self, Counterexample, Outcome, OwnWitnesses, Part};
use portcullis_finding::{Rule, Severity};
use portcullis_iam::{AccountId, Arn};
use portcullis_snapshot::Snapshot;

use rayon::prelude::*;

use crate::accepted;
use crate::change::{self, Regard};
use crate::credential::CredentialKind;
use crate::estate::Estate;
use crate::judgement::{Exposure, Flaw, Judgement, Power, Step, Verdict};
use crate::personal;
use crate::property::PROPERTIES;
use crate::reach::Doubt;
use crate::run::{Options, Witnesses, by_account};
use group::Group;
use layouts::Layouts;
use step::Scene;

/// Proves what is asked and tells it, in the order of reports. Principals of an account for whom a property comes out
/// the same with every credential are one judgement, and so are those for whom it is proved for the same reasons.
pub fn proved(estate: &Estate<'_>, options: &Options) -> Vec<proof::Judgement> {
    let layouts = Layouts::default();
    let showing = Showing { estate: *estate, layouts: &layouts, witnesses: options.witnesses };
    let told = by_account(estate, options, |judged| tell(&judged, &showing));
    let mut told: Vec<Told<'_>> = told.into_iter().flatten().collect();
    told.sort_by(|one, other| {
        let key = |told: &Told<'_>| order(&told.judgement);
        key(one).cmp(&key(other)).then_with(|| one.judgement.subjects.cmp(&other.judgement.subjects))
    });
    let regard = Regard::new(estate, told.iter().flat_map(|told| told.subjects.iter().copied()));
    let refuted = told.iter_mut().filter(|told| told.judgement.verdict() == proof::Verdict::Refuted);
    let refuted: Vec<&mut Told<'_>> = refuted.take(MOST_CHANGES).collect();
    refuted.into_par_iter().for_each(|told| told.look_for_a_change(&regard));
    told.into_iter().map(|told| told.judgement).collect()
}

/// What judgements are shown against.
#[derive(Clone, Copy, Debug)]
struct Showing<'s> {
    /// What was judged.
    estate: Estate<'s>,
    layouts: &'s Layouts,
    witnesses: Witnesses,
}

/// Tells the judgements of one account.
fn tell<'s>(judged: &[Judgement<'s>], showing: &Showing<'_>) -> Vec<Told<'s>> {
    let mut told = Vec::new();
    for judgements in judged.chunk_by(|one, other| one.rule.id == other.rule.id) {
        let groups = group::groups(judgements);
        told.extend(groups.iter().flat_map(|group| accepted_apart(group, judgements, showing)));
    }
    told
}

/// A request of a way in which a property fails with a credential of this kind, as it is shown.
pub fn shown(one: &Step, kind: Option<CredentialKind>, snapshot: &Snapshot) -> proof::ShownStep {
    step::step(one, &Scene { snapshot, layouts: &Layouts::default(), kind })
}

/// What would settle a doubt, one lowercase sentence each.
pub fn doubt(doubt: &Doubt) -> Vec<Box<str>> {
    certificate::doubt(doubt)
}

/// A judgement, and what it was made of.
struct Told<'s> {
    judgement: proof::Judgement,
    subjects: Vec<&'s Arn>,
    /// The most telling flaw, where there is one.
    flaw: Option<Flaw>,
}

impl Told<'_> {
    /// Puts the smallest change with its first counterexample.
    fn look_for_a_change(&mut self, regard: &Regard<'_, '_>) {
        let Some(flaw) = &self.flaw else { return };
        let advice = change::smallest(regard, self.judgement.property.id, &self.subjects, flaw);
        let found = self.judgement.parts.iter_mut().find_map(|part| match &mut part.outcome {
            Outcome::Refuted(found) => found.first_mut(),
            Outcome::Proved(_) | Outcome::Undecided(_) => None,
        });
        if let Some(found) = found {
            found.change = advice.change.map(shown_change);
            found.passed_over = advice.passed_over.map(passed_over);
        }
    }
}

fn shown_change(change: change::Change) -> proof::Change {
    proof::Change {
        title: change.title.into(),
        document: change.document.map(Into::into),
        edits: change.edits.into_iter().map(|(policy, document)| proof::Edit { policy, document }).collect(),
        proved_for: change.proved_for,
        also_closes: change.also_closes,
        keeps: change.keeps,
        others: change.others,
    }
}

fn passed_over(passed_over: change::PassedOver) -> proof::PassedOver {
    let broken = |(property, principal): (&'static str, Arn)| proof::Broken {
        property,
        principal: principal.as_str().into(),
    };
    proof::PassedOver {
        title: passed_over.title.into(),
        breaks: passed_over.breaks.into_iter().map(broken).collect(),
    }
}

/// For how many judgements a change is looked for: the worst ones.
const MOST_CHANGES: usize = 200;

/// How many principals a judgement is about makes it worse, but how bad it is counts first.
fn order(judgement: &proof::Judgement) -> (proof::Verdict, Reverse<Severity>, Option<usize>, Reverse<usize>) {
    let verdict = judgement.verdict();
    let severity = match verdict {
        proof::Verdict::Refuted | proof::Verdict::Accepted => judgement.severity,
        proof::Verdict::Undecided | proof::Verdict::Proved => Severity::Low,
    };
    let place = PROPERTIES.iter().position(|property| property.rule.id == judgement.property.id);
    (verdict, Reverse(severity), place, Reverse(judgement.subjects.len()))
}

/// A group, split by account, and into those for whom an exemption accepts what is found and the others.
fn accepted_apart<'s>(
    group: &Group<'s>,
    judgements: &[Judgement<'s>],
    showing: &Showing<'_>,
) -> Vec<Told<'s>> {
    let own: Vec<&Judgement<'s>> = group.judgements.iter().filter_map(|at| judgements.get(*at)).collect();
    let Some(rule) = own.first().map(|judgement| judgement.rule) else { return Vec::new() };
    let mut apart: BTreeMap<(Option<AccountId>, Option<String>), Vec<&'s Arn>> = BTreeMap::new();
    for arn in &group.subjects {
        apart.entry((arn.account(), accepted(rule, arn, showing))).or_default().push(arn);
    }
    let show = |((account, accepted), subjects): ((Option<AccountId>, Option<String>), Vec<&'s Arn>)| {
        let own: Vec<Cow<'_, Judgement<'s>>> =
            own.iter().map(|own| personal::judgement(&showing.estate, own, &subjects)).collect();
        let own: Vec<&Judgement<'s>> = own.iter().map(|own| &**own).collect();
        let shown = judgement((rule, account), &subjects, &own, showing);
        let flaw = own.iter().flat_map(|judgement| flaws(judgement)).next().cloned();
        let judgement = proof::Judgement { accepted: accepted.map(Into::into), ..shown };
        Told { judgement, subjects, flaw }
    };
    apart.into_iter().map(show).collect()
}

/// Who accepts it for the principal.
fn accepted(rule: &Rule, arn: &Arn, showing: &Showing<'_>) -> Option<String> {
    accepted::exemption(&showing.estate, rule.id, arn).map(|exemption| {
        format!("accepted by {} until {}: {}", exemption.owner, exemption.last_day(), exemption.reason)
    })
}

fn judgement(
    (rule, account): (&'static Rule, Option<AccountId>),
    subjects: &[&Arn],
    judgements: &[&Judgement<'_>],
    showing: &Showing<'_>,
) -> proof::Judgement {
    let parts = judgements.iter().map(|judgement| part(judgement, subjects, showing)).collect();
    let flaws = || judgements.iter().flat_map(|judgement| flaws(judgement));
    let usable = judgements.iter().any(|judgement| {
        let holders = group::holders(judgement, subjects);
        !flaws_of(judgement).is_empty() && 0 < holders.certain + holders.possible
    });
    let exposures = || judgements.iter().filter_map(|judgement| exposure(judgement));
    let behind = exposures().map(|own| own.power.severity()).max();
    let worst = flaws().map(|flaw| flaw.severity).max().or(behind).unwrap_or(rule.severity);
    proof::Judgement {
        property: rule,
        severity: if usable || flaws().next().is_none() { worst } else { milder(worst) },
        account,
        subjects: subjects.iter().map(|arn| arn.as_str().into()).collect(),
        message: flaws().next().map_or_else(|| rule.title().into(), |flaw| flaw.message.clone()),
        accepted: None,
        parts,
        notes: if usable || flaws().next().is_none() {
            exposures().max_by_key(|own| own.power).map(note).into_iter().collect()
        } else {
            vec!["nobody of them holds such a credential today".into()]
        },
    }
}

/// What stands behind a way that is open on purpose.
fn exposure<'j>(judgement: &'j Judgement<'_>) -> Option<&'j Exposure> {
    match &judgement.verdict {
        Verdict::Proved(proof) => proof.behind.as_deref(),
        Verdict::Refuted(_) | Verdict::Undecided(_) => None,
    }
}

fn note(exposure: &Exposure) -> Box<str> {
    let action = exposure.request.as_ref().map(|step| step.request.action.as_str()).unwrap_or_default();
    let first = "whoever holds the password or an access key can enrol first";
    match exposure.power {
        Power::Nothing => format!("{first}, and may do nothing with it"),
        Power::Something | Power::Telling => format!("{first}, and may then call {action}"),
        Power::Administrator => format!("{first}, and may then take over the account, by {action}"),
    }
    .into()
}

fn flaws_of<'j>(judgement: &'j Judgement<'_>) -> &'j [Flaw] {
    match &judgement.verdict {
        Verdict::Refuted(refutation) => &refutation.flaws,
        Verdict::Proved(_) | Verdict::Undecided(_) => &[],
    }
}

fn flaws<'j>(judgement: &'j Judgement<'_>) -> impl Iterator<Item = &'j Flaw> {
    flaws_of(judgement).iter()
}

fn part(judgement: &Judgement<'_>, subjects: &[&Arn], showing: &Showing<'_>) -> Part {
    let scene = Scene { snapshot: showing.estate.snapshot, layouts: showing.layouts, kind: judgement.kind };
    Part {
        credential: judgement.kind.map(crate::credential::CredentialKind::id),
        name: judgement
            .kind
            .map_or_else(|| judgement.rule.title().to_owned(), |kind| kind.to_string())
            .into(),
        holders: group::holders(judgement, subjects).certain,
        outcome: match &judgement.verdict {
            Verdict::Proved(why) => Outcome::Proved(certificate::certificate(why, &scene)),
            Verdict::Refuted(refutation) => {
                let mut found: Vec<Counterexample> =
                    refutation.flaws.iter().map(|flaw| counterexample(flaw, &scene)).collect();
                if showing.witnesses == Witnesses::Everybody {
                    others(&mut found, judgement, (subjects, showing), &scene);
                }
                Outcome::Refuted(found)
            }
            Verdict::Undecided(doubt) => Outcome::Undecided(certificate::doubt(doubt)),
        },
    }
}

/// Adds the requests of every subject but the first to the counterexamples.
fn others(
    found: &mut [Counterexample],
    judgement: &Judgement<'_>,
    (subjects, showing): (&[&Arn], &Showing<'_>),
    scene: &Scene<'_>,
) {
    for arn in subjects.iter().skip(1) {
        let flaws = personal::flaws(&showing.estate, judgement, arn);
        for (found, flaw) in found.iter_mut().zip(&flaws) {
            let steps = flaw.steps.iter().map(|one| step::step(one, scene).witness).collect();
            found.others.push(OwnWitnesses { principal: arn.as_str().into(), steps });
        }
    }
}

fn counterexample(flaw: &Flaw, scene: &Scene<'_>) -> Counterexample {
    Counterexample {
        message: flaw.message.clone(),
        steps: flaw.steps.iter().map(|one| step::step(one, scene)).collect(),
        others: Vec::new(),
        change: None,
        passed_over: None,
    }
}

fn milder(severity: Severity) -> Severity {
    match severity {
        Severity::Critical => Severity::High,
        Severity::High => Severity::Medium,
        Severity::Medium | Severity::Low => Severity::Low,
    }
}
