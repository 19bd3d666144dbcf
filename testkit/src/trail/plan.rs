//! From a plan to a trail on disk.

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{fs, io, thread};

use portcullis_iam::Timestamp;

use super::desk::Desk;
use super::guardrail::guardrail;
use super::job::Work;
use super::people::{Person, Player};
use super::shelf::{Place, Shelf};
use super::stage::{AUTOMATION, Stage};
use super::truth::{Job, Sort, Truth, User};
use crate::large::random::Random;
use crate::large::{Blueprint, Size, taken};
use crate::organization::Account;

/// What a trail is to be.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// The organization.
    pub size: Size,
    /// How many days, up to [`taken`].
    pub days: i64,
    /// About how many bytes of records, before they are packed, second deliveries included.
    pub bytes: u64,
    /// Whether some of it is damaged.
    pub damaged: Damaged,
}

/// Whether some of a trail is damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damaged {
    /// As in life: files that end early or are no JSON, objects that are no records, versions that nobody knows.
    Some,
    /// Nothing is, so that every engine reads the same.
    Nothing,
}

/// The mean length of a record, and how often each event is delivered.
const MEAN: f64 = 1450.0;
const DELIVERIES: f64 = 1.27;

/// Writes the folder `AWSLogs`, and beside it the truth (`truth.json`) and the guardrail against which it is told
/// (`guardrail.json`).
///
/// # Errors
/// When `AWSLogs` is there already, or a file cannot be written.
pub fn write(folder: &Path, plan: &Plan) -> io::Result<Truth> {
    let logs = folder.join("AWSLogs");
    if logs.exists() {
        let message = format!("`{}` is there already: name another folder", logs.display());
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, message));
    }
    let blueprint = Blueprint::new(plan.size);
    let truth = Mutex::new(plan.empty(&blueprint));
    let next = AtomicUsize::new(0);
    let work = || -> io::Result<()> {
        while let Some(account) = blueprint.account(next.fetch_add(1, Ordering::Relaxed)) {
            let part = plan.account(&blueprint, &account, &logs)?;
            if let Ok(mut truth) = truth.lock() {
                truth.add(part);
            }
        }
        Ok(())
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| {
            worker.join().unwrap_or_else(|_| Err(io::Error::other("a worker has given up")))
        })
    })?;
    let truth = truth.into_inner().map_err(|_| io::Error::other("a worker has given up"))?;
    fs::write(folder.join("truth.json"), truth.json()?)?;
    fs::write(folder.join("guardrail.json"), guardrail())?;
    Ok(truth)
}

impl Plan {
    fn from(&self) -> i64 {
        taken().seconds() - 86_400 * self.days
    }

    fn empty(&self, blueprint: &Blueprint) -> Truth {
        Truth {
            organization: blueprint.organization().id.clone(),
            from: Timestamp::from_seconds(self.from()).to_string(),
            until: taken().to_string(),
            ..Truth::default()
        }
    }

    /// Writes the trail of one account.
    fn account(&self, blueprint: &Blueprint, account: &Account, logs: &Path) -> io::Result<Truth> {
        let organization = blueprint.organization();
        // Streams up to the number of accounts belong to the organization itself.
        let stream = |kind: u64| kind + 4 * account.id.parse::<u64>().unwrap_or_default();
        let mut random = Random::new(self.size.seed, stream(1));
        let people: Vec<Person> =
            account.users.iter().map(|user| Person::new(account, user, &mut random)).collect();
        let events = self.events(blueprint, account.users.len());
        let works = works(&people, events * AUTOMATION / 100.0, self.days, &mut random);
        let shelf_place = Place {
            organization: organization.id.clone(),
            management: organization.management.clone(),
            account: account.id.clone(),
            users: people.iter().map(|person| person.arn.clone()).collect(),
            is_first: account.id == organization.management,
            is_clean: self.damaged == Damaged::Nothing,
            least: 1,
        };
        let mut shelf =
            Shelf::new(shelf_place, Random::new(self.size.seed, stream(2)), Shelf::on_disk(logs.to_owned()));
        shelf.truth.users = people.iter().map(|person| (person.arn.clone(), user(person))).collect();
        for work in &works {
            let arn = people.get(work.person).map(|person| &person.arn);
            if let Some(user) = arn.and_then(|arn| shelf.truth.users.get_mut(arn)) {
                user.job.get_or_insert_default().period = work.period;
            }
        }
        let players = account.roles.iter().map(|role| Player::new(account, role, &mut random)).collect();
        let stage = Stage {
            people,
            players,
            works,
            orphans: account.unassigned_devices.clone(),
            from: self.from(),
            hours: 24 * self.days,
            events,
            is_management: account.id == organization.management,
        };
        let mut desk = Desk::new(shelf, random);
        stage.play(&mut desk)?;
        let mut truth = desk.shelf.truth;
        truth.users.retain(|_, user| 0 < user.events());
        Ok(truth)
    }

    /// How many events an account with so many users has.
    fn events(&self, blueprint: &Blueprint, users: usize) -> f64 {
        let all: usize = blueprint.users().map(|users| users + EVEN_WITHOUT_USERS).sum();
        let share = (users + EVEN_WITHOUT_USERS) as f64 / all.max(1) as f64;
        self.bytes as f64 / MEAN / DELIVERIES * share
    }
}

/// An account is as busy as so many users more would make it.
const EVEN_WITHOUT_USERS: usize = 20;

/// The jobs of an account, as many of them as run at least once a day.
fn works(people: &[Person], calls: f64, days: i64, random: &mut Random) -> Vec<Work> {
    let is_job = |person: &(usize, &Person)| person.1.sort == Sort::Automation && person.1.key.is_some();
    let all: Vec<(usize, &Person)> = people.iter().enumerate().filter(is_job).collect();
    let most = (calls / (3 * days) as f64).ceil().max(1.0);
    let each = calls / most.min(all.len() as f64);
    all.into_iter()
        .take(most as usize)
        .map(|(index, person)| Work::new(index, person, (each, days), random))
        .collect()
}

/// A user of whom nothing is counted yet.
pub(super) fn user(person: &Person) -> User {
    let job = || Job { address: person.address.clone(), agent: person.agent.to_owned(), ..Job::default() };
    User { sort: person.sort, job: (person.sort == Sort::Automation).then(job), ..User::default() }
}
