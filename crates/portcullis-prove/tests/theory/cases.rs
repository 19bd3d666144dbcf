//! Single questions with known answers.

use portcullis_iam::pattern::{ResourcePattern, ShortArn};
use portcullis_iam::{Context, ContextKey, Timestamp, Version};
use portcullis_prove::facts::Optional;
use portcullis_prove::theory::{KeyTests, Reading, ResourceTests, Solved, Work, key, resource};
use portcullis_prove::{Domain, Form, FormPart, Hole, HoleReach};

use crate::support::matcher;

/// A block of lines: the variable, its tests, and the answer.
fn check(block: &str) {
    let lines: Vec<&str> = block.lines().filter(|line| !line.starts_with('#')).collect();
    let [subject, tests @ .., answer] = lines.as_slice() else { panic!("no case: {block}") };
    let tests: Vec<(&str, bool)> = tests.iter().map(|line| test(line)).collect();
    let (kind, rest) = subject.split_once(' ').unwrap();
    let found = match kind {
        "key" => of_key(rest, &tests),
        "form" => of_form(rest, &tests),
        _ => panic!("no variable: {subject}"),
    };
    assert_eq!(format!("= {found}"), *answer, "{block}");
}

/// A test, and whether it must hold.
fn test(line: &str) -> (&str, bool) {
    match line.split_once(' ') {
        Some(("holds", test)) => (test, true),
        Some(("fails", test)) => (test, false),
        _ => panic!("no test: {line}"),
    }
}

fn context() -> Context {
    Context::default().with("aws:userid", "ab").with_unknown("aws:sourcevpc")
}

/// `KEY`, `KEY possible` or `KEY since SECONDS`.
fn of_key(subject: &str, tests: &[(&str, bool)]) -> &'static str {
    let words: Vec<&str> = subject.split(' ').collect();
    let (name, domain) = match words.as_slice() {
        [name, "since", seconds] => (name, Domain::Since(Timestamp::from_seconds(seconds.parse().unwrap()))),
        [name, ..] => (name, Domain::Free { absent: Optional::No }),
        [] => panic!("no key"),
    };
    let reading = if words.contains(&"possible") { Reading::Possible } else { Reading::Certain };
    let matchers: Vec<_> = tests
        .iter()
        .map(|(test, holds)| {
            let (operator, values) = test.split_once(' ').unwrap();
            let values: Vec<String> = values.split(' ').map(str::to_owned).collect();
            (matcher(operator, name, &values), *holds)
        })
        .collect();
    let tests: Vec<_> = matchers.iter().map(|(matcher, holds)| (matcher, *holds)).collect();
    let (own, context, work) = (ContextKey::new(name), context(), Work::default());
    let question =
        KeyTests { key: &own, domain: &domain, tests: &tests, context: &context, reading, work: &work };
    word(&key(&question))
}

/// `START`, `START within WORK` or `START or nothing`: the beginning of a form that goes on with some text, or with any.
fn of_form(subject: &str, tests: &[(&str, bool)]) -> &'static str {
    let (start, work) = match subject.split_once(" within ") {
        Some((start, most)) => (start, Work::new(most.parse().unwrap())),
        None => (subject, Work::default()),
    };
    let (start, empty) = match start.strip_suffix(" or nothing") {
        Some(start) => (start, true),
        None => (start, false),
    };
    let hole = Hole { sample: "sample".into(), reach: HoleReach::Rest, empty };
    let forms = [Form(Box::new([FormPart::Text(start.into()), FormPart::Hole(hole)]))];
    let parse = |text: &&str| ResourcePattern::parse(text, Version::V2012, ShortArn::Filled);
    let patterns: Vec<_> = tests.iter().map(|(text, holds)| (parse(text), *holds)).collect();
    let tests: Vec<_> = patterns.iter().map(|(pattern, holds)| (pattern, *holds)).collect();
    let (context, reading) = (context(), Reading::Certain);
    word(&resource(&ResourceTests { forms: &forms, tests: &tests, context: &context, reading, work: &work }))
}

fn word<T>(solved: &Solved<T>) -> &'static str {
    match solved {
        Solved::Some(_) => "some",
        Solved::None => "none",
        Solved::Unknown => "unknown",
    }
}

#[test]
fn cases() {
    include_str!("cases.txt").trim().split("\n\n").for_each(check);
}

/// The search follows patterns in words of 64 places: a way that is reached twice, and a run that matches nothing, count
/// wherever a word ends.
#[test]
fn wherever_a_word_ends() {
    for length in 0..70 {
        let start = format!("arn:a:{}", "b".repeat(length));
        for (wanted, barred) in [("*a*a*", "*a*"), ("a", "a*")] {
            check(&format!(
                "key aws:sourcearn\n\
                 holds ArnLike {start}:{wanted}:1:*\n\
                 fails ArnLike {start}:{barred}:1:?* {start}:{barred}:1:\n\
                 = none"
            ));
        }
        check(&format!(
            "key aws:sourcearn\n\
             holds ArnLike {start}:a*:1:*\n\
             fails ArnLike {start}:a?*:1:* {start}:a:1:portcullis {start}:a:1:\n\
             = some"
        ));
    }
}
