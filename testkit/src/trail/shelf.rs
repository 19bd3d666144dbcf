//! The files of one account's trail: what is delivered together, what again, and what is damaged.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::{fs, io};

use portcullis_iam::Timestamp;

use super::damage::{Damage, Packer};
use super::identity::{date, digits};
use super::people::REGIONS;
use super::texts::{WORD, letters};
use super::truth::{Fate, Truth, count};
use crate::large::random::Random;

/// What the truth must know of a record.
#[derive(Clone)]
pub(super) struct Note {
    /// The user, by its number in the account; none for everybody else.
    pub(super) user: Option<usize>,
    pub(super) fate: Fate,
    pub(super) action: &'static str,
    pub(super) at: Timestamp,
    pub(super) version: &'static str,
    pub(super) identity: &'static str,
    pub(super) outcome: Outcome,
    /// What a job used.
    pub(super) resource: Option<String>,
}

/// How a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Done,
    Failed,
    Denied,
}

/// Where an account's trail goes.
pub(super) struct Shelf {
    pub(super) at: Place,
    pub(super) truth: Truth,
    random: Random,
    open: BTreeMap<(usize, Delivery), Open>,
    opened: usize,
    packer: Packer,
    keep: Keep,
}

/// Whose trail it is.
pub(super) struct Place {
    pub(super) organization: String,
    /// The account that manages the organization.
    pub(super) management: String,
    pub(super) account: String,
    /// The ARNs of the users.
    pub(super) users: Vec<String>,
    /// Whether something of every damaged kind is in it, however small it is.
    pub(super) is_first: bool,
    /// Whether nothing is damaged.
    pub(super) is_clean: bool,
    /// Files are not closed before they have so many records, or everything is.
    pub(super) least: usize,
}

/// Keeps a file under its path below `AWSLogs`.
pub(super) type Keep = Box<dyn FnMut(&str, &[u8]) -> io::Result<()>>;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Delivery {
    First,
    Again,
}

/// A file that is being filled.
struct Open {
    text: String,
    /// Where each record ends.
    ends: Vec<usize>,
    notes: Vec<Note>,
    wanted: usize,
    damage: Option<Damage>,
    last: Timestamp,
}

/// How many of a hundred events are delivered again, so that 21 of a hundred records are second deliveries.
const AGAIN: f64 = 27.0;

/// The most records of a file.
const MOST: f64 = 6000.0;

/// The beginning of every file of records.
pub(super) const HEAD: &str = r#"{"Records":["#;

impl Shelf {
    pub(super) fn new(at: Place, random: Random, keep: Keep) -> Shelf {
        let open = BTreeMap::new();
        Shelf { at, truth: Truth::default(), random, open, opened: 0, packer: Packer::new(), keep }
    }

    /// A file for each path below the folder.
    pub(super) fn on_disk(folder: PathBuf) -> Keep {
        Box::new(move |path, bytes| {
            let path = folder.join(path);
            // A folder with many files is made once, not once a file.
            fs::write(&path, bytes).or_else(|error| {
                fs::create_dir_all(path.parent().ok_or(error)?)?;
                fs::write(&path, bytes)
            })
        })
    }

    /// Delivers a record, and some again: in another file, of the same Region or another one.
    pub(super) fn put(&mut self, region: usize, record: &str, note: Note) -> io::Result<()> {
        let is_doomed = self.add((region, Delivery::First), record, note.clone())?;
        if is_doomed || !self.random.percent(AGAIN) {
            return Ok(());
        }
        let other =
            if self.random.percent(50.0) { self.random.between(0, REGIONS.len() - 1) } else { region };
        self.add((other, Delivery::Again), record, note).map(drop)
    }

    /// Adds a record to an open file; whether the file will be damaged.
    fn add(&mut self, to: (usize, Delivery), record: &str, note: Note) -> io::Result<bool> {
        if !self.open.contains_key(&to) {
            let opened = self.fresh(to.1);
            self.open.insert(to, opened);
        }
        let Some(open) = self.open.get_mut(&to) else { return Ok(false) };
        if !open.notes.is_empty() {
            open.text.push(',');
        }
        open.text.push_str(record);
        open.ends.push(open.text.len());
        open.last = open.last.max(note.at);
        open.notes.push(note);
        let is_doomed = open.damage.is_some();
        if open.wanted <= open.notes.len()
            && let Some(open) = self.open.remove(&to)
        {
            self.close(to, open)?;
        }
        Ok(is_doomed)
    }

    fn fresh(&mut self, delivery: Delivery) -> Open {
        let drawn = self.random.lognormal(5.0, 2.2).clamp(1.0, MOST) as usize;
        let wanted = drawn.max(self.at.least);
        let damage = if self.at.is_clean || delivery == Delivery::Again { None } else { self.damage() };
        let text = String::from(HEAD);
        Open { text, ends: Vec::new(), notes: Vec::new(), wanted, damage, last: Timestamp::from_seconds(0) }
    }

    fn damage(&mut self) -> Option<Damage> {
        self.opened += 1;
        let drawn = self.random.unit();
        match (self.at.is_first, self.opened) {
            (true, 3) => return Some(Damage::Truncated),
            (true, 5) => return Some(Damage::Malformed),
            (true, 7) => return Some(Damage::Cut),
            (_, _) => {}
        }
        match drawn {
            ..0.001 => Some(Damage::Truncated),
            ..0.0013 => Some(Damage::Malformed),
            ..0.0016 => Some(Damage::Cut),
            _ => None,
        }
    }

    /// Writes a file, and tells the truth about what can be read of it.
    fn close(&mut self, (region, delivery): (usize, Delivery), mut open: Open) -> io::Result<()> {
        let whole = open.notes.len();
        let readable = match open.damage {
            Some(_) => self.random.between(0, whole - 1),
            None => whole,
        };
        let starts = |record: usize| match record.checked_sub(1) {
            Some(before) => open.ends.get(before).map_or(HEAD.len(), |end| end + 1),
            None => HEAD.len(),
        };
        let bytes = match open.damage {
            Some(damage) => {
                open.text = damage.of(&open.text, starts(readable));
                damage.pack(&mut self.packer, &open.text)?
            }
            None => {
                open.text.push_str("]}");
                self.packer.gzip(open.text.as_bytes())?
            }
        };
        match open.damage {
            Some(damage) => count(&mut self.truth.files.damaged, damage.name()),
            None => self.truth.files.whole += 1,
        }
        if open.damage.is_some() {
            self.truth.records.before_damage += readable as u64;
        }
        self.truth.records.lost += (whole - readable) as u64;
        for note in open.notes.iter().take(readable) {
            self.count(note, delivery);
        }
        self.log(region, open.last, open.text.len(), &bytes)
    }

    fn count(&mut self, note: &Note, delivery: Delivery) {
        let records = &mut self.truth.records;
        count(&mut records.versions, note.version);
        if delivery == Delivery::Again {
            records.delivered_again += 1;
            return;
        }
        records.distinct += 1;
        count(&mut records.identities, note.identity);
        records.failed += u64::from(note.outcome != Outcome::Done);
        records.denied += u64::from(note.outcome == Outcome::Denied);
        let arn = note.user.and_then(|user| self.at.users.get(user));
        let Some(user) = arn.and_then(|arn| self.truth.users.get_mut(arn)) else { return };
        user.count(note.fate, note.action, note.at);
        if let (Some(job), Some(resource)) = (&mut user.job, &note.resource) {
            let uses = match note.fate {
                Fate::Forwarded => &mut job.forwarded,
                _ => &mut job.uses,
            };
            uses.entry(note.action.to_owned()).or_default().insert(resource.clone());
        }
    }

    /// Writes a file of records that has this text.
    pub(super) fn extra(&mut self, region: usize, at: Timestamp, text: &str) -> io::Result<()> {
        let bytes = if text.is_empty() { Vec::new() } else { self.packer.gzip(text.as_bytes())? };
        self.truth.files.whole += 1;
        self.log(region, at, text.len(), &bytes)
    }

    fn log(&mut self, region: usize, last: Timestamp, text: usize, bytes: &[u8]) -> io::Result<()> {
        self.truth.files.bytes += text as u64;
        self.truth.files.packed += bytes.len() as u64;
        let mut tail = String::from("_");
        letters(&mut tail, WORD, 16, &mut self.random);
        // Files come every five minutes, some minutes after what they tell of.
        let delivered = (last.seconds() + 600) / 300 * 300;
        self.named("CloudTrail", region, delivered, &(tail + ".json.gz"), bytes)
    }

    /// Writes a file that lies beside the records, in a folder of its own, and is skipped for its name.
    pub(super) fn beside(&mut self, (folder, kind): (&str, &str), at: i64, text: &str) -> io::Result<()> {
        let region = self.random.between(0, REGIONS.len() - 1);
        let bytes = self.packer.gzip(text.as_bytes())?;
        count(&mut self.truth.files.skipped, kind);
        let mut tail = String::from("_");
        letters(&mut tail, WORD, 16, &mut self.random);
        let ending = if kind == "other" { ".csv" } else { ".json.gz" };
        self.named(folder, region, at, &(tail + ending), &bytes)
    }

    fn named(&mut self, kind: &str, region: usize, at: i64, tail: &str, bytes: &[u8]) -> io::Result<()> {
        let Place { organization, account, .. } = &self.at;
        let region = REGIONS.get(region).copied().unwrap_or_default();
        let (year, month, day) = date(at.div_euclid(86_400));
        let mut minute = String::new();
        digits(&mut minute, at.rem_euclid(86_400) / 3600, 2);
        digits(&mut minute, at.rem_euclid(3600) / 60, 2);
        let path = format!(
            "{organization}/{account}/{kind}/{region}/{year:04}/{month:02}/{day:02}/{account}_{kind}_{region}_{year:04}{month:02}{day:02}T{minute}Z{tail}"
        );
        (self.keep)(&path, bytes)
    }

    /// Writes all that is open, as at the end of a day.
    pub(super) fn close_all(&mut self) -> io::Result<()> {
        let open = std::mem::take(&mut self.open);
        open.into_iter().try_for_each(|(to, open)| self.close(to, open))
    }
}
