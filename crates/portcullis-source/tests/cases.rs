//! Small files, each a page of files and of the documents that are found in them: `=== documents`.
//!
//! `UPDATE_EXPECTED=1 cargo test -p portcullis-source` writes the answers: review them as prose.
#![expect(clippy::disallowed_methods, reason = "the cases are files")]

#[cfg(test)]
#[path = "support"]
mod cases {
    mod listing;

    use std::fs;
    use std::path::{Path, PathBuf};

    use portcullis_source::read_all;
    use testkit::page::Page;

    #[test]
    fn every_page_says_what_is_found() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
        let mut paths: Vec<PathBuf> =
            fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        assert!(3 < paths.len(), "the cases are missing");
        let failures: Vec<String> = paths.iter().filter_map(|path| check(path)).collect();
        assert!(failures.is_empty(), "{}", failures.join("\n"));
    }

    fn check(path: &Path) -> Option<String> {
        let text = fs::read_to_string(path).unwrap();
        let mut page = Page::parse(&text);
        let found = read_all(&page.files);
        let actual = listing::listing(&page.files, &found);
        let [(question, expected)] = page.answers.as_mut_slice() else {
            panic!("{}: one question", path.display())
        };
        assert_eq!(*question, "documents", "{}", path.display());
        if actual.trim_end() == expected.trim_end() {
            return None;
        }
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            *expected = actual;
            fs::write(path, page.print()).unwrap();
            return None;
        }
        Some(format!("{}: the answer is\n{actual}", path.display()))
    }
}
