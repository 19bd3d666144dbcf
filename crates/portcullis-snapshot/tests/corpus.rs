//! Real dumps and reports: each is read, or refused with the place of what is wrong.
#![expect(clippy::disallowed_methods, reason = "the corpus is files outside the repository")]

#[cfg(test)]
mod corpus {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::{Path, PathBuf};

    use portcullis_snapshot::import::{self, Intern};
    use portcullis_snapshot::{Assume, Known, Snapshot, Use, policies};

    /// The files of a folder of the corpus; none, with a word about it, when there is no corpus.
    fn corpus(folder: &str, extension: &str) -> Vec<PathBuf> {
        let Some(root) = std::env::var_os("PORTCULLIS_CORPUS") else {
            println!("skipped: PORTCULLIS_CORPUS does not name the corpus");
            return Vec::new();
        };
        let folder = Path::new(&root).join("data").join(folder);
        let mut paths: Vec<PathBuf> =
            fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.retain(|path| path.extension().is_some_and(|found| found == extension));
        paths.retain(|path| path.file_name().is_some_and(|name| name != "MANIFEST.json"));
        paths.sort();
        assert!(!paths.is_empty(), "{} is empty", folder.display());
        paths
    }

    fn read(path: &Path) -> Snapshot {
        let intern = Intern::default();
        let part = import::single("file", &fs::read(path).unwrap(), &intern);
        import::assemble(vec![part], None, &intern)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// Problems of a file that was read must say where they are.
    fn check_places(path: &Path, snapshot: &Snapshot) {
        for problem in snapshot.coverage.entries.iter().flat_map(|entry| &entry.problems) {
            assert!(problem.path.is_empty() || problem.place.is_some(), "{}: {problem}", path.display());
        }
        assert!(snapshot.inputs.iter().all(|input| matches!(input.used, Use::Read(_))), "{}", path.display());
    }

    #[test]
    fn every_dump_is_read_and_gives_policies_to_everybody() {
        for path in corpus("authz", "json") {
            let snapshot = read(&path);
            check_places(&path, &snapshot);
            let account = snapshot.accounts.values().next().unwrap();
            let mut documents = 0;
            for user in account.users.values() {
                assert!(
                    user.created.fact().is_some() && user.details.is_some(),
                    "{}: {}",
                    path.display(),
                    user.name
                );
                documents += policies::of_user(&snapshot, account, user, Assume::NoOrganization)
                    .identity
                    .policies
                    .len();
            }
            for role in account.roles.values() {
                assert!(matches!(role.trust, Known::Fact(_)), "{}: {}", path.display(), role.name);
                documents += policies::of_role(&snapshot, account, role, Assume::NoOrganization)
                    .identity
                    .policies
                    .len();
            }
            println!("{}: {} users, {documents} documents", path.display(), account.users.len());
        }
    }

    #[test]
    fn every_report_is_read() {
        for path in corpus("credential-reports", "csv") {
            let snapshot = read(&path);
            check_places(&path, &snapshot);
            let text = fs::read_to_string(&path).unwrap();
            let rows = text.lines().skip(1).filter(|line| !line.trim().is_empty());
            // One of the published reports has a user twice.
            let rows = rows.map(|line| line.split(',').next()).collect::<BTreeSet<_>>().len();
            let account = snapshot.accounts.values().next().unwrap();
            assert_eq!(
                account.users.len() + usize::from(account.root.report.is_some()),
                rows,
                "{}",
                path.display()
            );
            for user in account.users.values() {
                assert!(user.access_keys.fact().is_some(), "{}: {}", path.display(), user.name);
                assert!(user.mfa.active.fact().is_some(), "{}: {}", path.display(), user.name);
                assert!(user.has_password().fact().is_some(), "{}: {}", path.display(), user.name);
            }
        }
    }
}
