//! Every written case is decided as AWS documents it, by every engine.

use portcullis_authz::Answer;
use testkit::decisions::{Case, Expect, Input, agree, corpus, read};

#[test]
fn every_engine_decides_every_case_as_documented() {
    let cases = corpus::cases().unwrap();
    let differences = |(name, engine)| cases.iter().filter_map(move |case| difference(name, case, engine));
    let wrong: Vec<String> = agree::ENGINES.into_iter().flat_map(differences).collect();
    assert!(wrong.is_empty(), "{} differences:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_case_says_why_and_cites_a_document() {
    let cases = corpus::cases().unwrap();
    assert!(150 <= cases.len(), "{} cases", cases.len());
    for case in &cases {
        assert!(!case.why.is_empty() && !case.source.is_empty(), "{}", case.name);
        assert!(case.expect.is_some(), "{}", case.name);
    }
}

fn difference(engine: &str, case: &Case, decide: fn(&Input) -> Answer) -> Option<String> {
    let Case { name, why, expect, .. } = case;
    let answer = read::input(case).map(|input| Expect::from(&decide(&input)));
    let expected = Ok(expect.clone()?);
    (answer != expected).then(|| format!("{engine}: {name}: {answer:?} instead of {expected:?}: {why}"))
}
