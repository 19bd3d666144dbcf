//! A whole lint: the value that every format prints.

use std::collections::BTreeMap;
use std::sync::Arc;

use portcullis_iam::{Place, PolicyKind};
use sha2::{Digest, Sha256};

use crate::audit::{Selection, Tool};
use crate::diagnostic::{Diagnostic, Region};
use crate::finding::{Severity, Status};
use crate::rule::Rule;

/// Everything that a lint says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LintReport {
    /// What made it.
    pub tool: Tool,
    /// The URL of the project's repository, where there is one.
    pub home: Option<Box<str>>,
    /// The folder from which paths are named, as a path below the root of the repository; empty at the root.
    pub folder: Box<str>,
    /// The rules that were asked for.
    pub selection: Selection,
    /// The rules that ran, in the order of their table.
    pub rules: Vec<&'static Rule>,
    /// The files that were read, by path.
    pub files: Vec<LintedFile>,
    /// The policies that were found, in the order of their files.
    pub documents: Vec<LintedDocument>,
    /// In the order of files and places.
    pub diagnostics: Vec<Diagnostic>,
    /// What could not be resolved, so that something stayed unknown.
    pub unresolved: Vec<Unresolved>,
    /// What could not be read at all, or only in part.
    pub unread: Vec<Unread>,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LintedFile {
    /// Its path, as it was named.
    pub path: Arc<str>,
    /// Its text.
    pub text: Arc<str>,
    /// What it is, such as `terraform`; none for a file that holds no policy.
    pub format: Option<&'static str>,
}

/// A policy that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LintedDocument {
    /// Its name in its file.
    pub name: Arc<str>,
    /// Where it is.
    pub place: Place,
    /// How it is used.
    pub kind: PolicyKind,
    /// Whether the kind was guessed from the content.
    pub is_guess: bool,
}

/// A reference or an expression that stands for something unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unresolved {
    /// The policy in which it is unknown.
    pub document: Arc<str>,
    /// Where it stands.
    pub place: Place,
    /// What is unknown, as a lowercase fragment.
    pub message: Box<str>,
    /// How much it hides.
    pub hides: Hides,
}

/// How much something unknown hides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Hides {
    /// A value: the rules know that it may be anything, and say so where it decides.
    Value,
    /// A statement, or what it is about: no rule has seen it.
    Part,
}

impl Hides {
    /// The word used in every format.
    pub fn as_str(self) -> &'static str {
        match self {
            Hides::Value => "value",
            Hides::Part => "part",
        }
    }
}

/// A file, or a part of one, that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// The file.
    pub path: Arc<str>,
    /// Where in the file; none when it could not be opened.
    pub place: Option<Place>,
    /// Why, as a lowercase fragment.
    pub message: Box<str>,
    /// What to do about it.
    pub hint: Option<Box<str>>,
}

impl LintReport {
    /// Whether something could not be read, or stayed unknown where it matters.
    pub fn is_incomplete(&self) -> bool {
        !self.unread.is_empty() || 0 < self.count(Status::Unknown) || 0 < self.hidden()
    }

    /// How many unknown references hide a part of a policy.
    pub fn hidden(&self) -> usize {
        self.unresolved.iter().filter(|one| one.hides == Hides::Part).count()
    }

    /// Whether a certain flaw is at or above `threshold`.
    pub fn fails_on(&self, threshold: Severity) -> bool {
        self.diagnostics
            .iter()
            .any(|diagnostic| diagnostic.status == Status::Fail && threshold <= diagnostic.severity)
    }

    /// How many certain flaws there are of each severity.
    pub fn failures(&self) -> BTreeMap<Severity, usize> {
        let mut counts = BTreeMap::new();
        for diagnostic in self.diagnostics.iter().filter(|diagnostic| diagnostic.status == Status::Fail) {
            *counts.entry(diagnostic.severity).or_default() += 1;
        }
        counts
    }

    /// How many diagnostics have the status.
    pub fn count(&self, status: Status) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.status == status).count()
    }

    /// The text of a file that was read.
    pub fn text(&self, path: &str) -> Option<&str> {
        let at = self.files.binary_search_by(|file| (*file.path).cmp(path)).ok()?;
        self.files.get(at).map(|file| &*file.text)
    }

    /// Lines and columns of a place, when its file was read.
    pub fn region(&self, place: &Place) -> Option<Region> {
        self.text(&place.path).map(|text| Region::of(text, place.span))
    }

    /// Puts everything into its order: files by path, then by place, worst first at one place.
    pub fn sort(&mut self) {
        self.files.sort_by(|one, other| one.path.cmp(&other.path));
        self.documents.sort_by(|one, other| (&one.place, &one.name).cmp(&(&other.place, &other.name)));
        self.diagnostics.sort_by(|one, other| {
            let key = |diagnostic: &Diagnostic| std::cmp::Reverse(diagnostic.severity);
            (&one.place, key(one), one.rule.id, &one.message).cmp(&(
                &other.place,
                key(other),
                other.rule.id,
                &other.message,
            ))
        });
        self.unresolved.sort_by(|one, other| (&one.place, &one.message).cmp(&(&other.place, &other.message)));
        self.unread.sort_by(|one, other| {
            (&one.path, &one.place, &one.message).cmp(&(&other.path, &other.place, &other.message))
        });
    }

    /// The fingerprint of every diagnostic, in their order: the same as long as rule, policy and flawed text are the
    /// same, wherever in the file they stand.
    pub fn fingerprints(&self) -> Vec<String> {
        let mut seen: BTreeMap<String, u32> = BTreeMap::new();
        self.diagnostics
            .iter()
            .map(|diagnostic| {
                let subject = self.subject(diagnostic);
                let times = seen.entry(subject.clone()).or_default();
                *times += 1;
                digest(&subject, *times)
            })
            .collect()
    }

    /// What a diagnostic is about, without its place and without white space.
    fn subject(&self, diagnostic: &Diagnostic) -> String {
        let text = self.text(&diagnostic.place.path).unwrap_or_default();
        let snippet: Vec<_> = diagnostic.place.span.of(text).split_whitespace().collect();
        [diagnostic.rule.id, &*diagnostic.document, &snippet.concat()].join("\n")
    }
}

fn digest(subject: &str, times: u32) -> String {
    let digest = Sha256::digest(format!("{subject}\n{times}"));
    digest.iter().take(FINGERPRINT_BYTES).map(|byte| format!("{byte:02x}")).collect()
}

const FINGERPRINT_BYTES: usize = 16;

#[cfg(test)]
mod tests {
    use portcullis_iam::Span;

    use super::*;

    static RULE: Rule = Rule { id: "door-open", severity: Severity::High, compliance: &[], page: "# Door\n" };

    fn report(text: &str, flaws: &[&str]) -> LintReport {
        let path: Arc<str> = "doors.json".into();
        let mut from = 0;
        let diagnostics = flaws.iter().map(|flaw| {
            let start = from + text.get(from..).unwrap().find(flaw).unwrap();
            from = start + flaw.len();
            let span = Span::new(u32::try_from(start).unwrap(), u32::try_from(from).unwrap());
            Diagnostic::new(&RULE, &path, Place { path: Arc::clone(&path), span }, "the door is open")
        });
        let diagnostics = diagnostics.collect();
        let files = vec![LintedFile { path: Arc::clone(&path), text: text.into(), format: Some("policy") }];
        LintReport { files, diagnostics, ..LintReport::default() }
    }

    #[test]
    fn a_fingerprint_outlives_lines_and_white_space() {
        let one = report("{\"door\": \"open\"}", &["\"door\": \"open\""]).fingerprints();
        let moved = report("\n\n{ \"door\":\n\"open\" }", &["\"door\":\n\"open\""]).fingerprints();
        assert_eq!(one, moved);
        let other = report("{\"gate\": \"open\"}", &["\"gate\": \"open\""]).fingerprints();
        assert_ne!(one, other);
    }

    #[test]
    fn equal_flaws_of_one_policy_are_told_apart() {
        let prints = report("open open", &["open", "open"]).fingerprints();
        assert_ne!(prints[0], prints[1]);
    }

    #[test]
    fn what_could_not_be_read_is_no_pass() {
        let mut report = report("open", &["open"]);
        assert!(report.fails_on(Severity::High) && !report.fails_on(Severity::Critical));
        assert!(!report.is_incomplete());
        report.diagnostics[0].status = Status::Unknown;
        assert!(report.is_incomplete() && !report.fails_on(Severity::Low));
        report.diagnostics.clear();
        let place = Place { path: "doors.json".into(), span: Span::default() };
        let message = "the key is elsewhere".into();
        let unknown = Unresolved { document: "doors".into(), place, message, hides: Hides::Value };
        report.unresolved.push(unknown);
        assert!(!report.is_incomplete());
        report.unresolved[0].hides = Hides::Part;
        assert!(report.is_incomplete());
    }
}
