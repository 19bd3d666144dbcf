//! The files of a snapshot: a folder or a single dump, read file by file.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use portcullis_iam::AccountId;
use portcullis_snapshot::Snapshot;
use portcullis_snapshot::import::{self, Intern, MAX_FILE_BYTES, Part, Unusable};
use rayon::prelude::*;

use crate::failure::Failure;

/// Reads the snapshot at `path`: one dump, the folder of one account, or a folder with one folder per account.
///
/// No more files are in memory at a time than there are threads.
pub(crate) fn read(path: &Path) -> Result<Snapshot, Failure> {
    let metadata = fs::metadata(path).map_err(|error| cannot_read(path, &error))?;
    let intern = Intern::default();
    let parts = if metadata.is_dir() {
        let files = files(path)?;
        files.par_iter().map(|file| part(file, &intern, import::file)).collect()
    } else {
        let name =
            path.file_name().map_or_else(|| path.display().to_string(), |name| name.display().to_string());
        let file = File { path: path.to_owned(), name, bytes: metadata.len() };
        vec![part(&file, &intern, import::single)]
    };
    import::assemble(parts, account_of(path), &intern).map_err(|unusable| not_usable(path, &unusable))
}

/// A file of a snapshot.
struct File {
    /// Where it is.
    path: PathBuf,
    /// Its path inside the snapshot, with `/` between parts.
    name: String,
    bytes: u64,
}

type Reader = fn(&str, &[u8], &Intern) -> Part;

fn part(file: &File, intern: &Intern, reader: Reader) -> Part {
    if MAX_FILE_BYTES < file.bytes {
        return import::too_long(&file.name, file.bytes);
    }
    match fs::read(&file.path) {
        Ok(bytes) => reader(&file.name, &bytes, intern),
        Err(error) => import::unread(&file.name, &format!("cannot read the file: {error}")),
    }
}

/// Every file below `root`, the largest first, so that no thread is left with a large one at the end.
fn files(root: &Path) -> Result<Vec<File>, Failure> {
    let mut files = Vec::new();
    let mut folders = vec![(root.to_owned(), String::new(), 0)];
    while let Some((folder, prefix, depth)) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(|error| cannot_read(&folder, &error))? {
            let entry = entry.map_err(|error| cannot_read(&folder, &error))?;
            let name = format!("{prefix}{}", entry.file_name().display());
            let kind = entry.file_type().map_err(|error| cannot_read(&entry.path(), &error))?;
            // A link to a file is followed, one to a folder is not: folders could go round in a circle.
            if kind.is_dir() && depth < MAX_DEPTH && !is_hidden(&entry) {
                folders.push((entry.path(), format!("{name}/"), depth + 1));
            } else if !kind.is_dir() && entry.path().is_file() {
                let bytes = fs::metadata(entry.path()).map_or(0, |metadata| metadata.len());
                files.push(File { path: entry.path(), name, bytes });
            }
            if MAX_FILES < files.len() {
                let failure = Failure::usage(format!("`{}` has more than {MAX_FILES} files", root.display()));
                return Err(failure.with_hint("give the folder of the snapshot itself"));
            }
        }
    }
    files.sort_by(|a, b| b.bytes.cmp(&a.bytes).then_with(|| a.name.cmp(&b.name)));
    Ok(files)
}

/// Whether the name starts with a dot: `.git`.
fn is_hidden(entry: &fs::DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

/// The account that the folder, or the folder of the file, is named for.
fn account_of(path: &Path) -> Option<AccountId> {
    let absolute = path.canonicalize().ok()?;
    let folder = if absolute.is_dir() { &absolute } else { absolute.parent()? };
    AccountId::parse(folder.file_name()?.to_str()?)
}

fn cannot_read(path: &Path, error: &io::Error) -> Failure {
    Failure::usage(format!("cannot read `{}`: {error}", path.display()))
        .with_hint("give a dump of the AWS CLI or a folder of dumps: see docs/snapshot.md")
}

fn not_usable(path: &Path, unusable: &Unusable) -> Failure {
    Failure::usage(format!("`{}` is no snapshot: {unusable}", path.display())).with_hint(unusable.hint())
}

/// How deep folders are searched: an account's `mfa-devices` is the third level.
const MAX_DEPTH: usize = 4;

/// The most files that a snapshot may have: one per user and account of a very large organization.
const MAX_FILES: usize = 2_000_000;

#[cfg(test)]
mod tests {
    use super::*;

    fn accounts(path: &str) -> Result<Vec<String>, String> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        let snapshot = read(&path).map_err(|failure| failure.message)?;
        Ok(snapshot.accounts.keys().map(ToString::to_string).collect())
    }

    #[test]
    fn a_tree_has_a_folder_for_each_account() {
        assert_eq!(accounts("sample").unwrap().len(), 5);
        let snapshot = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("sample")).unwrap();
        assert_eq!(snapshot.coverage.incomplete().count(), 0);
    }

    #[test]
    fn the_folder_of_an_account_is_a_snapshot() {
        assert_eq!(accounts("sample/111111111111").unwrap(), ["111111111111"]);
    }

    #[test]
    fn a_dump_is_a_snapshot() {
        let dump = "sample/222222222222/account-authorization-details.json";
        assert_eq!(accounts(dump).unwrap(), ["222222222222"]);
    }

    #[test]
    fn a_folder_names_the_account_of_a_dump_that_does_not() {
        assert_eq!(accounts("sample/222222222222/account-summary.json").unwrap(), ["222222222222"]);
    }

    #[test]
    fn what_is_no_snapshot_is_refused() {
        assert!(accounts("nowhere").unwrap_err().starts_with("cannot read `"));
        assert!(
            accounts("src/command")
                .unwrap_err()
                .ends_with("no file is a dump of an account or of an organization")
        );
        assert!(accounts("Cargo.toml").unwrap_err().ends_with("the file is no dump that is known"));
    }

    #[test]
    fn a_file_that_is_no_json_is_refused_with_its_place() {
        let path = std::env::temp_dir().join(format!("portcullis-{}.json", std::process::id()));
        fs::write(&path, "{\n  \"Users\": [}").unwrap();
        let refused = read(&path).map_err(|failure| failure.message).unwrap_err();
        fs::remove_file(&path).unwrap();
        assert!(refused.ends_with(".json:2:13: expected value"), "{refused}");
    }
}
