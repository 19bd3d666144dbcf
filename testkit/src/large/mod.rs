//! A large organization: as many accounts and users as wanted, in the proportions of real ones.
//!
//! One seed gives one organization. What is wrong in it is counted from what was planned, never from what an
//! evaluator says of it.

mod account;
mod documents;
mod profile;
pub(crate) mod random;
mod role;
mod tree;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{fs, io, thread};

use portcullis_iam::Timestamp;

use crate::dump::{self, Files};
use crate::organization::{Account, Organization};
use documents::Vocabulary;

/// How large an organization is.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// The accounts, the management account included.
    pub accounts: usize,
    /// The users of all accounts.
    pub users: usize,
    /// The distinct combinations of policies that users have.
    pub policy_sets: usize,
    /// What makes it this one among all of its size.
    pub seed: u64,
}

/// What was planted: how many users the flaw of each name has.
pub type Planted = BTreeMap<&'static str, usize>;

/// What has been written.
#[derive(Clone, Debug, Default)]
pub struct Written {
    /// The flaws.
    pub planted: Planted,
    /// The files.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
}

/// The instant of every large organization: 2026-11-02T09:00:00Z.
pub fn taken() -> Timestamp {
    Timestamp::from_seconds(1_793_610_000)
}

/// An organization whose accounts are made one by one, so that no more of it is in memory than is looked at.
pub struct Blueprint {
    plan: tree::Plan,
    vocabulary: Vocabulary,
}

impl Blueprint {
    /// The organization of this size.
    pub fn new(size: Size) -> Blueprint {
        Blueprint { plan: tree::plan(size), vocabulary: Vocabulary::new() }
    }

    /// The tree and the control policies.
    pub fn organization(&self) -> &Organization {
        &self.plan.organization
    }

    /// How many users each account has, the management account first.
    pub fn users(&self) -> impl Iterator<Item = usize> {
        self.plan.shares.iter().map(|share| share.users)
    }

    /// One account.
    pub fn account(&self, index: usize) -> Option<Account> {
        self.planted(index).map(|(account, _)| account)
    }

    fn planted(&self, index: usize) -> Option<(Account, Planted)> {
        let share = self.plan.shares.get(index)?;
        Some(account::account(share, &self.plan, &self.vocabulary))
    }
}

/// Writes the organization's dumps into the folder, account by account, on every core. Files that are there and
/// have the right content are left alone.
///
/// # Errors
/// When a file cannot be written.
pub fn write(folder: &Path, size: Size) -> io::Result<Written> {
    let blueprint = Blueprint::new(size);
    let mut head = dump::organization(blueprint.organization());
    head.insert("manifest.json".to_owned(), dump::manifest(taken()));
    let written = Mutex::new(save(folder, &head)?);
    let next = AtomicUsize::new(0);
    let work = || -> io::Result<()> {
        while let Some((account, planted)) = blueprint.planted(next.fetch_add(1, Ordering::Relaxed)) {
            let mut saved = save(folder, &dump::account(&account))?;
            saved.planted = planted;
            if let Ok(mut written) = written.lock() {
                written.add(&saved);
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
    written.into_inner().map_err(|_| io::Error::other("a worker has given up"))
}

fn save(folder: &Path, files: &Files) -> io::Result<Written> {
    let mut written = Written::default();
    for (path, bytes) in files {
        let path = folder.join(path);
        if fs::read(&path).ok().as_ref() != Some(bytes) {
            replace(&path, bytes)?;
        }
        written.files += 1;
        written.bytes += bytes.len() as u64;
    }
    Ok(written)
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // A folder with thousands of device lists is made once, not once a file.
    fs::write(path, bytes).or_else(|error| {
        fs::create_dir_all(path.parent().ok_or(error)?)?;
        fs::write(path, bytes)
    })
}

impl Written {
    fn add(&mut self, other: &Written) {
        self.files += other.files;
        self.bytes += other.bytes;
        for (flaw, count) in &other.planted {
            *self.planted.entry(flaw).or_default() += count;
        }
    }
}
