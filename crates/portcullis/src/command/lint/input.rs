//! What the arguments of `lint` name: files and folders, read before any rule looks.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use portcullis_checks::review::{File, Part};
use portcullis_finding::Unread;
use portcullis_source::MAX_FILE_BYTES;
use rayon::prelude::*;

use super::Args;
use crate::failure::Failure;

/// The files to read, by the names that they have in the report.
type Paths = BTreeMap<String, (PathBuf, Part)>;

/// Everything that was read, and what could not be.
#[derive(Default)]
pub(super) struct Input {
    /// In the order of their names.
    pub(super) sources: Vec<Source>,
    pub(super) unread: Vec<Unread>,
}

/// A file that was read.
pub(super) struct Source {
    pub(super) file: File,
    /// Where it is; none for the standard input.
    pub(super) path: Option<PathBuf>,
    /// Whether a byte order mark stands before the text.
    pub(super) has_mark: bool,
}

/// Reads everything that the arguments name.
pub(super) fn read(args: &Args) -> Result<Input, Failure> {
    let mut input = Input::default();
    let mut paths = BTreeMap::new();
    for path in &args.files {
        if path.as_os_str() == "-" {
            input.stdin(args)?;
            continue;
        }
        let metadata = fs::metadata(path).map_err(|error| {
            Failure::usage(format!("cannot read `{}`: {error}", path.display()))
                .with_hint("name files, folders, or `-` for the standard input")
        })?;
        if metadata.is_dir() {
            input.walk(path, args, &mut paths);
        } else {
            paths.insert(name(path), (path.clone(), Part::Linted));
        }
    }
    add_modules(&mut paths);
    let read = paths.into_par_iter().map(|(name, (path, part))| (part, source(&name, path, part)));
    for (part, one) in read.collect::<Vec<_>>() {
        match (one, part) {
            (Ok(source), _) => input.sources.push(source),
            (Err(unread), Part::Linted) => input.unread.push(unread),
            // What is missing is unknown where it is referred to, and told there.
            (Err(_), Part::Context) => {}
        }
    }
    input.sources.sort_by(|one, other| one.file.path.cmp(&other.file.path));
    Ok(input)
}

impl Input {
    fn stdin(&mut self, args: &Args) -> Result<(), Failure> {
        let mut bytes = Vec::new();
        let limit = u64::try_from(MAX_FILE_BYTES).unwrap_or(u64::MAX).saturating_add(1);
        io::stdin()
            .lock()
            .take(limit)
            .read_to_end(&mut bytes)
            .map_err(|error| Failure::usage(format!("cannot read the standard input: {error}")))?;
        let name = args.stdin_filename.as_deref().unwrap_or(STDIN);
        match text(name, bytes) {
            Ok((file, has_mark)) => self.sources.push(Source { file, path: None, has_mark }),
            Err(unread) => self.unread.push(unread),
        }
        Ok(())
    }

    /// Every file below `folder` that may hold a policy, by its name.
    fn walk(&mut self, folder: &Path, args: &Args, paths: &mut Paths) {
        let mut walk = WalkBuilder::new(folder);
        walk.standard_filters(!args.no_ignore).hidden(true);
        for entry in walk.build() {
            match entry {
                Ok(entry) => {
                    let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
                    if is_file && may_hold_policies(entry.path()) {
                        paths.insert(name(entry.path()), (entry.into_path(), Part::Linted));
                    }
                }
                Err(error) => self.unread.push(not_walked(folder, &error)),
            }
        }
    }
}

/// What stopped the walk, without the path that is told anyway.
fn not_walked(folder: &Path, error: &ignore::Error) -> Unread {
    match error {
        ignore::Error::WithPath { path, err } => not_walked(path, err),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            not_walked(folder, err)
        }
        other => unread(&name(folder), &other.to_string()),
    }
}

/// Whether the name of a file in a folder promises something that may hold a policy.
fn may_hold_policies(path: &Path) -> bool {
    has_extension(path, &EXTENSIONS)
}

fn has_extension(path: &Path, known: &[&str]) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    known.iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// Adds the other files of every Terraform module of which a file is named: what it refers to may stand in them.
fn add_modules(paths: &mut Paths) {
    let is_json = |path: &Path| {
        let stem = path.file_stem().map(Path::new);
        has_extension(path, &["json"]) && stem.is_some_and(|stem| has_extension(stem, &TERRAFORM))
    };
    let is_terraform = |path: &Path| has_extension(path, &TERRAFORM) || is_json(path);
    let named = paths.values().filter(|(path, _)| is_terraform(path)).map(|(path, _)| path);
    let folders: BTreeSet<PathBuf> = named.filter_map(|path| path.parent()).map(Path::to_path_buf).collect();
    for folder in folders {
        let here = if folder.as_os_str().is_empty() { Path::new(".") } else { &folder };
        // A folder that cannot be listed hides what is referred to: that stays unknown, and is told.
        let entries = fs::read_dir(here).into_iter().flatten().filter_map(Result::ok);
        for path in entries.map(|entry| folder.join(entry.file_name())).filter(|path| is_terraform(path)) {
            paths.entry(name(&path)).or_insert((path, Part::Context));
        }
    }
}

fn source(name: &str, path: PathBuf, part: Part) -> Result<Source, Unread> {
    let cannot = |error: &io::Error| unread(name, &format!("cannot read the file: {error}"));
    let length = fs::metadata(&path).map_err(|error| cannot(&error))?.len();
    if u64::try_from(MAX_FILE_BYTES).is_ok_and(|most| most < length) {
        return Err(unread(name, &format!("the file is longer than {MAX_FILE_BYTES} bytes")));
    }
    let bytes = fs::read(&path).map_err(|error| cannot(&error))?;
    let (file, has_mark) = text(name, bytes)?;
    Ok(Source { file: File { part, ..file }, path: Some(path), has_mark })
}

/// The text of a file, and whether a byte order mark stood before it.
fn text(name: &str, bytes: Vec<u8>) -> Result<(File, bool), Unread> {
    let text = String::from_utf8(bytes).map_err(|_| unread(name, "the file is not text in UTF-8"))?;
    let (text, has_mark) = match text.strip_prefix(MARK) {
        Some(rest) => (rest, true),
        None => (text.as_str(), false),
    };
    Ok((File { path: name.into(), text: text.into(), part: Part::Linted }, has_mark))
}

fn unread(name: &str, message: &str) -> Unread {
    Unread { path: name.into(), place: None, message: message.into(), hint: None }
}

/// The path as it is reported: with `/` between its parts, and without a `./` before it.
fn name(path: &Path) -> String {
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    let parts: Vec<_> = parts.iter().map(AsRef::as_ref).filter(|part| *part != ".").collect();
    match parts.split_first() {
        Some((first, rest)) if path.has_root() && *first == "/" => format!("/{}", rest.join("/")),
        Some(_) | None => parts.join("/"),
    }
}

/// The folder from which paths are named, below the root of the repository that it is in.
pub(super) fn folder() -> String {
    let Ok(here) = std::env::current_dir() else { return String::new() };
    let root = here.ancestors().find(|folder| folder.join(".git").exists());
    root.and_then(|root| here.strip_prefix(root).ok()).map(name).unwrap_or_default()
}

const EXTENSIONS: [&str; 8] = ["json", "jsonl", "ndjson", "tf", "tofu", "yaml", "yml", "template"];
const TERRAFORM: [&str; 2] = ["tf", "tofu"];
const STDIN: &str = "stdin";
const MARK: char = '\u{feff}';
