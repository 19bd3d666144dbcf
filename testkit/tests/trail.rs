//! Generated trails, small enough for a test.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{fs, io};

use portcullis_trail::{Fault, Reader, Skip, skip};
use testkit::large::{Blueprint, Size};
use testkit::trail::{self, Damaged, Plan, SELF_SERVICE, Sort, Truth};

const SIZE: Size = Size { accounts: 4, users: 240, policy_sets: 120, seed: 5 };
const SOME: Plan = Plan { size: SIZE, days: 4, bytes: 3_000_000, damaged: Damaged::Some };

/// What the reader finds in a trail.
#[derive(Debug, Default)]
struct Found {
    records: u64,
    ids: BTreeSet<String>,
    skipped: BTreeMap<&'static str, u64>,
    by_name: BTreeMap<&'static str, u64>,
    faults: BTreeMap<&'static str, u64>,
    whole: u64,
    bytes: u64,
    packed: u64,
    versions: BTreeMap<String, u64>,
    arns: BTreeSet<String>,
    denied: u64,
}

#[test]
fn the_same_seed_gives_the_same_bytes() -> io::Result<()> {
    let plan = Plan { bytes: 300_000, days: 2, ..SOME };
    let (first, second) = (fresh("first")?, fresh("second")?);
    assert_eq!(trail::write(&first, &plan)?, trail::write(&second, &plan)?);
    let (one, other) = (files(&first)?, files(&second)?);
    assert_eq!(one, other);
    assert!(10 < one.len());
    assert!(trail::write(&first, &plan).is_err(), "a trail is not written into another one");
    Ok(())
}

#[test]
fn the_reader_finds_what_is_true() -> io::Result<()> {
    for damaged in [Damaged::Some, Damaged::Nothing] {
        let folder = fresh("counted")?;
        let truth = trail::write(&folder, &Plan { damaged, ..SOME })?;
        let found = read(&folder)?;
        let (records, files) = (&truth.records, &truth.files);
        assert_eq!(found.records, records.readable());
        assert_eq!(found.ids.len() as u64, records.distinct);
        assert_eq!(named(&found.skipped), records.skipped);
        assert_eq!(named(&found.by_name), files.skipped);
        assert_eq!(named(&found.faults), files.damaged);
        assert_eq!((found.whole, found.bytes, found.packed), (files.whole, files.bytes, files.packed));
        assert_eq!(found.versions, records.versions);
        assert_eq!(damaged == Damaged::Some, files.damaged.len() == 3, "{files:?}");
        assert_eq!(damaged == Damaged::Some, 0 < records.lost);
        assert_eq!(serde_json::from_slice::<Truth>(&fs::read(folder.join("truth.json"))?)?, truth);
    }
    Ok(())
}

#[test]
fn everybody_is_of_the_organization() -> io::Result<()> {
    let folder = fresh("known")?;
    let truth = trail::write(&folder, &SOME)?;
    let blueprint = Blueprint::new(SIZE);
    let mut known = BTreeSet::new();
    for account in (0..SIZE.accounts).filter_map(|index| blueprint.account(index)) {
        let of =
            |kind: &str, path: &str, name: &str| format!("arn:aws:iam::{}:{kind}{path}{name}", account.id);
        known.extend(account.users.iter().map(|user| of("user", &user.path, &user.name)));
        known.extend(account.roles.iter().map(|role| of("role", &role.path, &role.name)));
        known.insert(of("root", "", ""));
    }
    let found = read(&folder)?;
    let unknown: Vec<_> = found.arns.difference(&known).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
    assert!(truth.users.keys().all(|arn| known.contains(arn)));
    assert!(truth.users.keys().all(|arn| found.arns.contains(arn)));
    Ok(())
}

#[test]
fn proportions_are_those_of_real_trails() -> io::Result<()> {
    let folder = fresh("proportions")?;
    let truth = trail::write(&folder, &SOME)?;
    let found = read(&folder)?;
    let records = &truth.records;
    let share = |part: u64, all: u64| 100.0 * part as f64 / all as f64;
    let near = |what: &str, value: f64, (low, high): (f64, f64)| {
        assert!((low..high).contains(&value), "{what}: {value}");
    };
    near("bytes", truth.files.bytes as f64, (2_600_000.0, 3_600_000.0));
    near("a record", truth.files.bytes as f64 / records.readable() as f64, (1350.0, 1550.0));
    near("delivered again", share(records.delivered_again, records.readable()), (19.0, 23.0));
    near("failed", share(records.failed, records.distinct), (2.0, 5.0));
    let part =
        |kind: &str| share(records.identities.get(kind).copied().unwrap_or_default(), records.distinct);
    near("services", part("AWSService"), (54.0, 64.0));
    near("roles", part("AssumedRole"), (20.0, 29.0));
    near("users", part("IAMUser"), (10.0, 22.0));
    assert_eq!(found.denied, records.denied);
    Ok(())
}

#[test]
fn every_sort_of_user_does_what_it_is_for() -> io::Result<()> {
    let truth = trail::write(&fresh("sorts")?, &SOME)?;
    let sum = |sort: Sort, count: fn(&trail::User) -> u64| -> u64 {
        truth.users.values().filter(|user| user.sort == sort).map(count).sum()
    };
    let denied = |user: &trail::User| user.denied.values().map(|denied| denied.events).sum();
    assert!(0 < sum(Sort::PersonWithDevice, denied) && 0 < sum(Sort::PersonWithoutDevice, denied));
    assert!(0 < sum(Sort::Automation, denied) && 0 < sum(Sort::BreakGlass, |user| user.spared));
    assert_eq!(sum(Sort::BreakGlass, denied), 0);
    assert_eq!(sum(Sort::Automation, |user| user.with_mfa + user.no_call), 0);
    for count in [
        |user: &trail::User| user.no_call,
        |user: &trail::User| user.already_denied,
        |user: &trail::User| user.forwarded,
        |user: &trail::User| user.with_mfa,
        |user: &trail::User| user.self_service,
    ] {
        assert!(0 < sum(Sort::PersonWithDevice, count) + sum(Sort::PersonWithoutDevice, count));
    }
    for user in truth.users.values() {
        assert_eq!(user.job.is_some(), user.sort == Sort::Automation);
        let used = user.job.iter().flat_map(|job| job.uses.keys());
        assert!(used.clone().eq(user.denied.keys()) || user.job.is_none(), "{user:?}");
        assert!(user.denied.keys().all(|action| !SELF_SERVICE.contains(&action.as_str())));
        assert!(user.denied.values().all(|denied| truth.from <= denied.first && denied.first <= denied.last));
    }
    Ok(())
}

#[test]
fn the_sample_shows_whom_enforcement_would_stop_in_production() {
    let (files, truth) = trail::sample();
    let mut found = Found::default();
    let logs = files.iter().filter(|(path, _)| path.starts_with("AWSLogs/"));
    logs.for_each(|(_, bytes)| found.read(&mut Reader::new(), bytes));
    assert_eq!(found.records, truth.records.readable());
    assert_eq!(found.ids.len() as u64, truth.records.distinct);
    assert_eq!(
        (found.whole, found.bytes, found.packed),
        (truth.files.whole, truth.files.bytes, truth.files.packed)
    );
    let stopped = truth.users.iter().filter(|(_, user)| !user.denied.is_empty());
    let names: Vec<_> = stopped.map(|(arn, user)| (arn.as_str(), user.sort)).collect();
    let expected = [
        ("arn:aws:iam::111111111111:user/alice", Sort::PersonWithoutDevice),
        ("arn:aws:iam::333333333333:user/oscar", Sort::PersonWithoutDevice),
        ("arn:aws:iam::333333333333:user/service/robot-deploy", Sort::Automation),
        ("arn:aws:iam::333333333333:user/victor", Sort::PersonWithDevice),
    ];
    assert_eq!(names, expected);
}

fn fresh(name: &str) -> io::Result<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("trail").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

fn named(counts: &BTreeMap<&'static str, u64>) -> BTreeMap<String, u64> {
    counts.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect()
}

fn read(folder: &Path) -> io::Result<Found> {
    let mut found = Found::default();
    let mut reader = Reader::new();
    for (path, bytes) in files(&folder.join("AWSLogs"))? {
        match skip(&path) {
            Some(reason) => *found.by_name.entry(word(reason)).or_default() += 1,
            None => found.read(&mut reader, &bytes),
        }
    }
    Ok(found)
}

impl Found {
    fn read(&mut self, reader: &mut Reader, bytes: &[u8]) {
        let outcome = reader.read(&mut &*bytes, &mut |record| {
            let is_new = self.ids.insert(record.id.as_deref().unwrap_or_default().to_owned());
            let error = record.error.as_deref().unwrap_or_default();
            let is_denied = error.starts_with("AccessDenied") || error.ends_with("UnauthorizedOperation");
            self.denied += u64::from(is_new && is_denied);
            let session = record.identity.session.as_ref();
            let issuer = session.and_then(|session| session.issuer.arn.as_deref());
            self.arns.extend(issuer.or(record.identity.arn.as_deref()).map(str::to_owned));
            let version = record.version.as_deref().unwrap_or_default().to_owned();
            *self.versions.entry(version).or_default() += 1;
        });
        self.records += outcome.records;
        self.bytes += outcome.bytes;
        self.packed += bytes.len() as u64;
        for (reason, count) in outcome.skipped {
            *self.skipped.entry(word(reason)).or_default() += count;
        }
        match outcome.fault {
            None => self.whole += 1,
            Some(fault) => *self.faults.entry(damage(&fault)).or_default() += 1,
        }
    }
}

fn word(skip: Skip) -> &'static str {
    match skip {
        Skip::Digest => "digest",
        Skip::Insight => "insight",
        Skip::NetworkActivity => "network activity",
        Skip::Aggregated => "aggregated",
        Skip::OtherFile => "other",
        Skip::NoRecord => "no record",
        Skip::Malformed => "malformed",
        Skip::TooLong => "too long",
    }
}

fn damage(fault: &Fault) -> &'static str {
    match fault {
        Fault::Damaged(_) => "truncated",
        Fault::EndsEarly => "cut",
        Fault::Malformed(_) => "malformed",
        Fault::Input(_) | Fault::TooLong(_) | Fault::TooLarge => "something else",
    }
}

/// Every file below a folder, by its path there.
fn files(folder: &Path) -> io::Result<BTreeMap<String, Vec<u8>>> {
    let mut all = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(name) = path.strip_prefix(folder) {
                all.insert(name.to_string_lossy().replace('\\', "/"), fs::read(&path)?);
            }
        }
    }
    Ok(all)
}
