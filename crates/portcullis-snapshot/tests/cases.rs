//! Small snapshots, each a page of files and of what is read from them. A page lists its files (`--- path`), then what
//! is asked (`=== snapshot`, `=== policies ARN`, `=== caller ARN`) with the expected answers.
//!
//! `UPDATE_EXPECTED=1 cargo test -p portcullis-snapshot` writes the answers: review them as prose.
#![expect(clippy::disallowed_methods, reason = "the cases are files")]

#[cfg(test)]
#[path = "support"]
mod cases {
    mod policies;
    mod print;

    use std::fs;
    use std::path::{Path, PathBuf};

    use portcullis_iam::Arn;
    use portcullis_snapshot::import::{self, Unusable};
    use portcullis_snapshot::{Assume, Snapshot};
    use testkit::page::Page;

    #[test]
    fn every_page_says_what_is_read() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
        let mut paths: Vec<PathBuf> =
            fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        assert!(10 < paths.len(), "the cases are missing");
        let failures: Vec<String> = paths.iter().filter_map(|path| check(path)).collect();
        assert!(failures.is_empty(), "{}", failures.join("\n"));
    }

    fn check(path: &Path) -> Option<String> {
        let text = fs::read_to_string(path).unwrap();
        let mut page = Page::parse(&text);
        let snapshot = import::import(&page.files);
        let backwards: Vec<(&str, &str)> = page.files.iter().rev().copied().collect();
        assert_eq!(import::import(&backwards), snapshot, "{}: the order of the files counts", path.display());
        let mut wrong = Vec::new();
        for (question, expected) in &mut page.answers {
            let actual = answer(question, snapshot.as_ref());
            if actual.trim_end() != expected.trim_end() {
                wrong.push(format!("=== {question}\n{actual}"));
                *expected = actual;
            }
        }
        if std::env::var_os("UPDATE_EXPECTED").is_some() && !wrong.is_empty() {
            fs::write(path, page.print()).unwrap();
            return None;
        }
        (!wrong.is_empty()).then(|| format!("{}: the answers are\n{}", path.display(), wrong.join("\n")))
    }

    fn answer(question: &str, snapshot: Result<&Snapshot, &Unusable>) -> String {
        let snapshot = match snapshot {
            Ok(snapshot) => snapshot,
            Err(unusable) => return format!("error: {unusable}\nhint: {}\n", unusable.hint()),
        };
        match question.split_once(' ') {
            None if question == "snapshot" => print::snapshot(snapshot),
            Some(("policies", arn)) => {
                policies::policies(snapshot, &Arn::parse(arn).unwrap(), Assume::NoOrganization)
            }
            Some(("strict-policies", arn)) => {
                policies::policies(snapshot, &Arn::parse(arn).unwrap(), Assume::Unknown)
            }
            Some(("caller", arn)) => policies::caller(snapshot, &Arn::parse(arn).unwrap()),
            Some(("same-policies", account)) => policies::same(snapshot, account),
            _ => panic!("unknown question {question}"),
        }
    }
}
