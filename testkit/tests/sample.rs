//! The sample's files are those that its plan makes.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use testkit::{sample, trail};

#[test]
fn the_files_are_those_that_the_plan_makes() -> io::Result<()> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
    let generated = sample::generated();
    let mut found = BTreeMap::new();
    read(&project, &project.join(sample::FOLDER), &mut found)?;
    read(&project, &project.join(trail::SAMPLE_FOLDER), &mut found)?;
    found.insert(sample::TABLE.to_owned(), fs::read(project.join(sample::TABLE))?);
    let differing = |path: &&String| generated.get(*path) != found.get(*path);
    let stale: Vec<&String> = generated.keys().chain(found.keys()).filter(differing).collect();
    assert!(stale.is_empty(), "run `cargo xtask sample`: {stale:?}");
    Ok(())
}

#[test]
fn some_sixty_users_in_five_accounts() {
    let truth = sample::sample().truth;
    let users = truth.iter().filter(|row| row.resource.contains(":user/")).count();
    let roots = truth.iter().filter(|row| row.resource.ends_with(":root")).count();
    assert_eq!((users, roots), (63, 5));
}

fn read(project: &Path, folder: &Path, found: &mut BTreeMap<String, Vec<u8>>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            read(project, &path, found)?;
        } else if let Ok(name) = path.strip_prefix(project) {
            found.insert(name.to_string_lossy().replace('\\', "/"), fs::read(&path)?);
        }
    }
    Ok(())
}
