//! Large organizations, small enough for a test.

use std::path::Path;
use std::{fs, io};

use testkit::large::{self, Size, Written};

const SMALL: Size = Size { accounts: 5, users: 400, policy_sets: 40, seed: 3 };

#[test]
fn every_user_is_written_once_and_the_same_on_every_run() -> io::Result<()> {
    let (first, second) = (folder("first"), folder("second"));
    let written = write(&first)?;
    assert_eq!(write(&second)?.planted, written.planted);
    let mut users = 0;
    for entry in fs::read_dir(&first)? {
        let name = entry?.file_name();
        let report = Path::new(&name).join("credential-report.csv");
        if first.join(&report).exists() {
            let text = fs::read_to_string(first.join(&report))?;
            assert_eq!(text, fs::read_to_string(second.join(&report))?);
            users += text.lines().count() - 2;
        }
    }
    assert_eq!(users, SMALL.users);
    assert!(written.planted.values().all(|count| 0 < *count), "{:?}", written.planted);
    Ok(())
}

fn folder(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("large").join(name)
}

fn write(folder: &Path) -> io::Result<Written> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    large::write(folder, SMALL)
}
