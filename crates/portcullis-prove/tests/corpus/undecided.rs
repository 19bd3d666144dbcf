//! What stays undecided: nothing, apart from the table, which says why.
//!
//! A debug build takes some of the policies; `cargo xtask e2e published` takes all control policies and many
//! of the others.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use portcullis_guardrail::{Intent, intent};
use portcullis_iam::{Layer, PolicySet, Timestamp};
use portcullis_prove::{
    CredentialKind, Doubt, Estate, Options, Prover, Question, Reach, Verdict, prove, reach,
};
use portcullis_snapshot::Snapshot;
use portcullis_snapshot::import::import;
use testkit::collected;
use testkit::sample;

use crate::account::{self, ALICE, ROLE};
use crate::attached::{Case, cases};
use crate::probes::frames;

/// Rows `document | principal | why it cannot be decided | how that comes`.
const TABLE: &str = include_str!("undecided.txt");

/// Of the policies that are not about MFA, one in so many.
const STEP: usize = if cfg!(debug_assertions) { 10 } else { 1 };

/// What was undecided, as the beginnings of rows, and how many verdicts there were.
#[derive(Default)]
struct Undecided {
    rows: BTreeSet<String>,
    verdicts: usize,
}

impl Undecided {
    fn judge(&mut self, document: &str, estate: &Estate<'_>) {
        for judgement in prove(estate, &Options::default()) {
            self.verdicts += judgement.subjects.len();
            let Verdict::Undecided(doubt) = &judgement.verdict else { continue };
            for subject in &judgement.subjects {
                self.rows.insert(format!("{document} | {} | {}", subject.arn, words(doubt)));
            }
        }
    }

    /// Every row of the table whose document begins with `prefix` is one of these, and the other way round.
    fn check(&self, prefix: &str) {
        let rows = TABLE.lines().filter(|line| line.starts_with(prefix));
        let expected: BTreeSet<String> =
            rows.filter_map(|row| row.rsplit_once(" | ")).map(|(head, _)| head.to_owned()).collect();
        let unlisted: Vec<_> = self.rows.difference(&expected).collect();
        let stale: Vec<_> = expected.difference(&self.rows).collect();
        assert!(unlisted.is_empty() && stale.is_empty(), "undecided: {unlisted:#?}\ndecided: {stale:#?}");
        println!("{} verdicts, {} undecided for the reasons of the table", self.verdicts, self.rows.len());
    }
}

/// All that is doubted.
fn words(doubt: &Doubt) -> String {
    let gaps = doubt.gaps.iter().map(|gap| gap.0.to_string());
    let keys = doubt.keys.iter().map(|key| format!("depends on {key}"));
    let spent = doubt.spent.then(|| "the budget is spent".to_owned());
    let unconfirmed = doubt.unconfirmed.then(|| "the evaluator does not confirm the request".to_owned());
    gaps.chain(keys).chain(spent).chain(unconfirmed).collect::<Vec<_>>().join("; ")
}

fn now() -> Timestamp {
    Timestamp::parse("2026-11-24").unwrap()
}

#[test]
fn everything_of_the_sample_is_decided() {
    let sample = sample::sample();
    let text = |path: &String| String::from_utf8(sample.files[path].clone()).unwrap();
    let is_dump = |path: &&String| path.ends_with(".json") || path.ends_with(".csv");
    let files: Vec<_> = sample.files.keys().filter(is_dump).map(|path| (path.clone(), text(path))).collect();
    let snapshot = import(&files).unwrap();
    let toml = text(&"portcullis.toml".to_owned());
    // Which checks there are, no proof asks.
    let lists = toml.lines().filter(|line| line.starts_with("checks = "));
    let checks: Vec<&str> = lists.flat_map(|line| line.split('"').skip(1).step_by(2)).collect();
    let intent = intent::parse(&toml, &checks).unwrap();
    let mut seen = Undecided::default();
    seen.judge("sample", &Estate::new(&snapshot, &intent, sample.taken_at));
    assert!(300 < seen.verdicts, "{}", seen.verdicts);
    seen.check("sample");
}

#[test]
fn everything_of_real_accounts_is_decided() {
    let Some(folder) = collected::folder() else { return };
    let intent = Intent::default();
    let mut seen = Undecided::default();
    for (name, snapshot) in accounts(&folder.join("authz")) {
        seen.judge(&format!("authz/{name}"), &Estate::new(&snapshot, &intent, now()));
    }
    assert!(500 < seen.verdicts, "{}", seen.verdicts);
    seen.check("authz/");
}

fn accounts(folder: &Path) -> Vec<(String, Snapshot)> {
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let paths: BTreeSet<_> = paths.filter(|path| !path.ends_with("MANIFEST.json")).collect();
    let snapshot = |path: &Path| {
        let text = std::fs::read_to_string(path).unwrap();
        import(&[("account-authorization-details.json".to_owned(), text)]).unwrap()
    };
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    paths.iter().map(|path| (name(path), snapshot(path))).collect()
}

#[test]
fn everything_of_an_administrator_with_a_policy_about_mfa_is_decided() {
    check("mfa-policies/mfa_policies.jsonl", 1);
}

#[test]
fn everything_of_an_administrator_with_a_control_policy_is_decided() {
    check("scp/scp_rcp.jsonl", STEP);
}

#[test]
fn everything_of_an_administrator_with_any_other_policy_is_decided() {
    check("policies/policy_corpus.jsonl", 2 * STEP);
    check("managed/aws_managed_policies.jsonl", 10 * STEP);
}

/// Every `step`th policy of a file, attached where its kind belongs.
fn check(file: &str, step: usize) {
    let Some(folder) = collected::folder() else { return };
    let (intent, before) = (Intent::default(), account::snapshot(None));
    let mut seen = Undecided::default();
    for case in &cases(&folder.join(file), step) {
        let document = format!("{file} {}", case.id());
        if case.is_attached() {
            let estate = Estate { before: Some(&before), ..Estate::new(&case.snapshot, &intent, now()) };
            seen.judge(&document, &estate);
        } else {
            ask(&mut seen, &document, case);
        }
    }
    seen.check(file);
}

/// What the policy of a resource gives by itself, and what it takes from an administrator.
fn ask(seen: &mut Undecided, document: &str, case: &Case) {
    let mut prover = Prover::new();
    let kinds = [
        (CredentialKind::AccessKey, ALICE),
        (CredentialKind::Console, ALICE),
        (CredentialKind::RoleSession, ROLE),
    ];
    for (kind, principal) in kinds {
        let with = Arc::new(case.policies(principal));
        let alone = PolicySet { identity: Layer::default(), ..(*with).clone() };
        let without = PolicySet { resource: None, ..(*with).clone() };
        for frame in frames(case, principal, &with, kind) {
            let gives = Question::any(&alone, &frame);
            let takes = Question::any(&without, &frame).refused_by(&with);
            for question in [gives, takes] {
                seen.verdicts += 1;
                if let Reach::Undecided(doubt) = reach(&mut prover, &question) {
                    seen.rows.insert(format!("{document} | {principal} | {}", words(&doubt)));
                }
            }
        }
    }
}
