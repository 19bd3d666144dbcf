//! What a change may not break: what is proved of those whom it touches.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, OnceLock};

use portcullis_iam::{AccountId, Arn, PolicySet};
use portcullis_snapshot::policies::{Found, find};
use portcullis_snapshot::{Fingerprint, fingerprint};

use super::candidate::{Candidate, Edit};
use super::case;
use crate::accepted;
use crate::case::{Case, Ruling};
use crate::credential::{Base, CredentialKind};
use crate::documents;
use crate::estate::Estate;
use crate::judgement::Verdict;
use crate::property::{PROPERTIES, Property};
use crate::prover::Prover;
use crate::question::Question;
use crate::reach::Reach;
use crate::search::reach;

/// The principals of a run, who may have what a change edits.
#[derive(Debug)]
pub struct Regard<'r, 's> {
    pub(super) estate: &'r Estate<'s>,
    /// In the order of their ARNs.
    principals: BTreeSet<&'s Arn>,
    holders: OnceLock<HashMap<Arc<str>, Vec<&'s Arn>>>,
    /// What edits do to those who are not the subjects, by account and new texts.
    known: Mutex<HashMap<Key, Arc<Effect>>>,
}

/// What it is for, an account, and the ids and new texts of what is edited in it.
type Key = (&'static str, AccountId, Vec<(Arc<str>, Arc<str>)>);

/// What a change does to those whom it touches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Effect {
    /// The properties that were proved, and still are.
    pub(super) kept: BTreeSet<&'static str>,
    /// The properties that were not proved, and are now.
    pub(super) gained: BTreeSet<&'static str>,
    /// What was so and is not any more, each with the first principal of whom it was: properties that were proved, and
    /// [`EXEMPTION`].
    pub(super) broken: BTreeMap<&'static str, Arn>,
    /// How many it touches.
    pub(super) touched: usize,
}

/// Stands for what an exemption accepts: that a principal may act without MFA.
pub(super) const EXEMPTION: &str = "exemption";

impl<'r, 's> Regard<'r, 's> {
    /// The principals that a run over the estate has judged.
    pub fn new(estate: &'r Estate<'s>, judged: impl IntoIterator<Item = &'s Arn>) -> Self {
        let principals = judged.into_iter().collect();
        Self { estate, principals, holders: OnceLock::new(), known: Mutex::default() }
    }

    /// What the change does to others who have what it edits. Where there are many, it is asked of some of every kind.
    pub(super) fn others(
        &self,
        (aim, candidate): (&Property, &Candidate),
        subjects: &[&Arn],
        prover: &mut Prover,
    ) -> Arc<Effect> {
        let Some(account) = subjects.first().and_then(|arn| arn.account()) else { return Arc::default() };
        let key = |edit: &Edit| (Arc::clone(&edit.id), Arc::clone(&edit.new.text));
        let key: Key = (aim.rule.id, account, candidate.edits.iter().map(key).collect());
        let is_known = self.known.lock().ok().and_then(|known| known.get(&key).cloned());
        if let Some(known) = is_known {
            return known;
        }
        let mut touched: Vec<&Arn> = Vec::new();
        for edit in &candidate.edits {
            let holders = self.holders().get(&edit.id).into_iter().flatten();
            // Inline policies of different accounts may have one name.
            let holders = holders.filter(|arn| edit.id.starts_with("arn:") || arn.account() == Some(account));
            touched.extend(holders.filter(|arn| !touched.contains(arn)).collect::<Vec<_>>());
        }
        let mut effect = Effect { touched: touched.len(), ..Effect::default() };
        for arn in touched.into_iter().take(MOST_ASKED) {
            let Some(case) = case(self.estate, arn) else { continue };
            effect.take(aim, &case, candidate.for_others(&case.policies), prover);
        }
        let effect = Arc::new(effect);
        if let Ok(mut known) = self.known.lock() {
            known.insert(key, Arc::clone(&effect));
        }
        effect
    }

    /// Who has a policy: one of every group of principals with the same policies first.
    fn holders(&self) -> &HashMap<Arc<str>, Vec<&'s Arn>> {
        self.holders.get_or_init(|| {
            let mut holders: HashMap<Arc<str>, Vec<(usize, &'s Arn)>> = HashMap::new();
            for group in self.groups() {
                let Some(case) = group.first().and_then(|arn| case(self.estate, arn)) else { continue };
                let ids: BTreeSet<&Arc<str>> =
                    documents::attached(&case.policies).map(|attached| &attached.id).collect();
                for id in ids {
                    let own = holders.entry(Arc::clone(id)).or_default();
                    own.extend(group.iter().copied().enumerate());
                }
            }
            let ranked = |mut own: Vec<(usize, &'s Arn)>| {
                own.sort();
                own.into_iter().map(|(_, arn)| arn).collect()
            };
            holders.into_iter().map(|(id, own)| (id, ranked(own))).collect()
        })
    }

    /// Principals that have the same policies, each of them in one group.
    fn groups(&self) -> Vec<Vec<&'s Arn>> {
        let mut groups: Vec<Vec<&'s Arn>> = Vec::new();
        let mut places: HashMap<(AccountId, Fingerprint), usize> = HashMap::new();
        for arn in &self.principals {
            let next = groups.len();
            let place = match find(self.estate.snapshot, arn) {
                Ok(Found::User(account, user)) if !self.is_singled_out(arn) => {
                    *places.entry((account.id, fingerprint(account, user))).or_insert(next)
                }
                Ok(Found::User(..) | Found::Role(..) | Found::Root(..)) => next,
                Err(_) => continue,
            };
            match groups.get_mut(place) {
                Some(group) => group.push(arn),
                None => groups.push(vec![arn]),
            }
        }
        groups
    }

    /// Whether a proposal is for this user alone.
    fn is_singled_out(&self, arn: &Arn) -> bool {
        self.estate.proposals.iter().any(|proposal| proposal.target.is_alone(arn))
    }
}

impl Effect {
    /// Adds what other policies do to what is so of a principal.
    pub(super) fn take(&mut self, aim: &Property, case: &Case<'_>, policies: PolicySet, prover: &mut Prover) {
        let Some(changed) = changed(case, policies) else { return };
        for property in PROPERTIES.iter().filter(|own| !is_opened_by(aim, own)) {
            if property.traits(&case.estate, case.account, case.who).is_some() {
                let [before, after] = [case, &changed].map(|case| (property.run)(case, prover));
                self.weigh(property, case, &before, &after);
            }
        }
        if accepted::exemption(&case.estate, ACCESS, case.arn).is_some() && takes(case, &changed, prover) {
            self.broken.entry(EXEMPTION).or_insert_with(|| case.arn.clone());
        }
        self.settle();
    }

    fn weigh(&mut self, property: &Property, case: &Case<'_>, before: &[Ruling], after: &[Ruling]) {
        let is_lost = |ruling: &Ruling| {
            is_proved(ruling) && !after.iter().any(|own| own.kind == ruling.kind && is_proved(own))
        };
        let id = property.rule.id;
        if before.iter().any(is_lost) {
            self.broken.entry(id).or_insert_with(|| case.arn.clone());
        } else if all_proved(after) {
            let set = if all_proved(before) { &mut self.kept } else { &mut self.gained };
            set.insert(id);
        }
    }

    /// Adds what is so of others.
    pub(super) fn merge(&mut self, other: &Effect) {
        self.kept.extend(&other.kept);
        for (id, arn) in &other.broken {
            self.broken.entry(id).or_insert_with(|| arn.clone());
        }
        self.settle();
    }

    /// What is broken of one is neither kept nor gained.
    fn settle(&mut self) {
        self.kept.retain(|id| !self.broken.contains_key(id));
        self.gained.retain(|id| !self.broken.contains_key(id));
    }
}

/// Whether a change for `aim` breaks the property in any case: who is to enrol is given access without MFA.
fn is_opened_by(aim: &Property, property: &Property) -> bool {
    aim.rule.id == "can-enrol" && property.rule.id == "no-new-access-without-mfa"
}

/// Whether something that the principal may do without MFA is taken from it.
fn takes(case: &Case<'_>, changed: &Case<'_>, prover: &mut Prover) -> bool {
    let kinds = [CredentialKind::AccessKey, CredentialKind::Console];
    kinds.into_iter().flat_map(|kind| case.frames(kind)).any(|frame| {
        let question = Question::any(&case.policies, &frame).refused_by(&changed.policies);
        matches!(reach(prover, &question), Reach::Open(_))
    })
}

/// The case with other policies.
pub(super) fn changed<'s>(case: &Case<'s>, policies: PolicySet) -> Option<Case<'s>> {
    let policies = Arc::new(policies);
    let base = Base::new(case.estate.snapshot, case.arn, &policies, case.estate.now).ok()?;
    Some(Case { estate: case.estate, account: case.account, who: case.who, arn: case.arn, policies, base })
}

fn is_proved(ruling: &Ruling) -> bool {
    matches!(ruling.verdict, Verdict::Proved(_))
}

/// Whether a property is proved with every kind of credential.
pub(super) fn all_proved(rulings: &[Ruling]) -> bool {
    !rulings.is_empty() && rulings.iter().all(is_proved)
}

/// The property of which an exemption accepts counterexamples.
const ACCESS: &str = "no-access-without-mfa";
/// Of how many principals beside the subjects it is asked what a change breaks.
const MOST_ASKED: usize = 48;
