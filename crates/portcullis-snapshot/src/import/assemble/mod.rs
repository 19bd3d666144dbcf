//! The parts of a snapshot put together.

mod account;
mod coverage;
mod facts;
mod ledger;
mod mfa;
mod nodes;
mod organization;
mod policies;
mod root;
mod users;

use std::collections::BTreeMap;
use std::sync::Arc;

use portcullis_iam::{AccountId, Timestamp};
use rayon::prelude::*;

use super::fault::{Fault, saturate};
use super::intern::Intern;
use super::manifest::Manifest;
use super::part::{Content, Part};
use super::place::{self, Place};
use super::unusable::Unusable;
use crate::account::Account;
use crate::coverage::{Coverage, Entry, Problem, Scope, State, Subject};
use crate::dump::Dump;
use crate::input::{Input, InputId, Use};
use crate::known::Known;
use crate::snapshot::{Snapshot, TakenAt, TimeOrigin};

/// The snapshot that the parts make, in whatever order they come.
///
/// `lone_account` is the account of files that are in no account's folder, when neither they nor their neighbours
/// name it: a folder may be named for its account.
pub fn assemble(
    mut parts: Vec<Part>,
    lone_account: Option<AccountId>,
    intern: &Intern,
) -> Result<Snapshot, Unusable> {
    parts.sort_by(|a, b| a.path.cmp(&b.path));
    give_homes(&mut parts, lone_account);
    check_usable(&parts)?;
    let inputs = parts.iter().map(input).collect();
    let mut sorted = Sorted::default();
    for (index, part) in parts.into_iter().enumerate() {
        sorted.add(InputId(saturate(index)), part);
    }
    sorted.add_refused();
    Ok(build(sorted, inputs, intern))
}

fn build(sorted: Sorted, inputs: Vec<Input>, intern: &Intern) -> Snapshot {
    let accounts: Vec<(Account, Vec<Entry>)> =
        sorted.accounts.into_par_iter().map(|(id, parts)| account::build(id, parts)).collect();
    let (organization, organization_entries) = organization::build(sorted.organization, intern);
    let mut entries = sorted.strays;
    let mut by_id = BTreeMap::new();
    for (account, account_entries) in accounts {
        entries.extend(account_entries);
        by_id.insert(account.id, account);
    }
    entries.extend(coverage::members_without_dumps(organization.as_ref(), &by_id));
    entries.extend(organization_entries);
    entries.extend(coverage::never_in_a_dump(organization.is_some()));
    let aws_policies = policies::from_catalogue(&by_id, intern);
    let taken_at = taken_at(sorted.manifest.as_ref(), &by_id);
    Snapshot { taken_at, organization, accounts: by_id, aws_policies, coverage: Coverage { entries }, inputs }
}

/// The parts by whose they are.
#[derive(Default)]
struct Sorted {
    accounts: BTreeMap<AccountId, Vec<(InputId, Part)>>,
    organization: Vec<(InputId, Part)>,
    manifest: Option<Manifest>,
    /// What could not be read and is nobody's.
    strays: Vec<Entry>,
}

impl Sorted {
    fn add(&mut self, input: InputId, part: Part) {
        match (&part.place, part.content) {
            (Place::Ignored, _) => {}
            (Place::Manifest, Content::Manifest(manifest)) => self.manifest = Some(manifest),
            (Place::Account { folder: Some(id), .. }, content) => {
                self.accounts.entry(*id).or_default().push((input, Part { content, ..part }));
            }
            (Place::Organization { .. }, content) => {
                self.organization.push((input, Part { content, ..part }));
            }
            (Place::Account { folder: None, dump, .. }, _) => {
                self.strays.push(stray(Subject::Dump(*dump), part.problems));
            }
            (Place::Manifest, _) => self.strays.push(stray(Subject::Dump(Dump::Manifest), part.problems)),
        }
    }

    /// The files that the manifest says could not be made.
    fn add_refused(&mut self) {
        let refused = self.manifest.as_mut().map(|manifest| std::mem::take(&mut manifest.refused));
        for refused in refused.into_iter().flatten() {
            let problem = Fault::new(format!("not collected: {}", refused.error)).in_file(&refused.path);
            let place = place::of_path(&refused.path);
            self.add(NO_INPUT, Part::refused(&refused.path, place, problem));
        }
    }
}

fn stray(subject: Subject, problems: Vec<Problem>) -> Entry {
    Entry { scope: Scope::Snapshot, subject, state: State::Unreadable, share: None, problems }
}

/// Gives the parts of the only account its id, and takes those away that are of another account than their folder's.
fn give_homes(parts: &mut [Part], lone_account: Option<AccountId>) {
    let is_lone = |part: &&Part| matches!(part.place, Place::Account { folder: None, .. });
    let lone = parts.iter().filter(is_lone).find_map(Part::account).or(lone_account);
    for part in parts {
        let named = part.account();
        let Place::Account { folder, .. } = &mut part.place else { continue };
        *folder = folder.or(lone);
        match (*folder, named) {
            (Some(folder), Some(named)) if folder != named => part.disown(named, folder),
            (Some(_), _) => {}
            (None, _) => part.disown_by_all(),
        }
    }
}

fn check_usable(parts: &[Part]) -> Result<(), Unusable> {
    if parts.iter().any(Part::is_usable) {
        return Ok(());
    }
    let problem = parts.iter().find_map(|part| part.problems.first());
    Err(problem.map_or(Unusable::NoDump, |problem| Unusable::Unreadable(problem.clone())))
}

fn input(part: &Part) -> Input {
    let used = match (part.place.dump(), &part.content) {
        (None, _) => Use::Ignored,
        (Some(dump), Content::Unreadable) => Use::Unreadable(dump),
        (Some(dump), _) => Use::Read(dump),
    };
    Input { path: part.path.clone(), sha256: part.sha256, bytes: part.bytes, used }
}

fn taken_at(manifest: Option<&Manifest>, accounts: &BTreeMap<AccountId, Account>) -> Option<TakenAt> {
    if let Some(at) = manifest.and_then(|manifest| manifest.taken_at) {
        return Some(TakenAt { at, origin: TimeOrigin::Manifest });
    }
    let generated = |account: &Account| match account.report_generated {
        Known::Fact(at) => Some((at, account.id)),
        Known::Unknown(_) => None,
    };
    let oldest: Option<(Timestamp, AccountId)> = accounts.values().filter_map(generated).min();
    oldest.map(|(at, account)| TakenAt { at, origin: TimeOrigin::CredentialReport(account) })
}

/// The number of a file that was never there.
const NO_INPUT: InputId = InputId(u32::MAX);

/// Names that accounts, units and policies are looked up by.
type Id = Arc<str>;
