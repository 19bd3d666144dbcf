//! Random patterns of resources, against all short texts that have the form.

use portcullis_iam::pattern::{ResourcePattern, ShortArn};
use portcullis_iam::{Context, Version};
use portcullis_prove::theory::{Reading, ResourceTests, Solved, Work, resource};
use portcullis_prove::{Form, FormPart, Hole, HoleReach};
use proptest::prelude::*;

use crate::support::texts;

const PATTERNS: &[&str] = &[
    "*",
    "arn:*",
    "arn:a:b::1:*",
    "arn:a:b:*:*:*",
    "arn:*:*",
    "arn:a:b*",
    "arn:?:b::1:x/*",
    "arn:a:b::1:x/a",
    "arn:a:b::1:x/a*",
    "arn:a:b::1:x/*a",
    "arn:a:b::1:*/b",
    "arn:a:b::1:x/${aws:userid}",
    "arn:a:b::1:x/${aws:sourcevpc}",
    "arn:a:b::1:x/${none}",
    "*b",
    "arn:a:b::1:x/?",
    "arn:a:b::1:x/*:*",
    "arn:a:b::1:x/*/*",
    "arn:a:c::1:x/*",
    "*/*a*b*",
    "arn:a:*::1:x/a",
    "arn:a:b:",
];

/// `text` with a long name for a short one, so that patterns have more places than fit into a word.
fn written(text: &str, long: bool) -> String {
    if long { text.replace(":x", &format!(":{}", "x".repeat(70))) } else { text.to_owned() }
}

fn check(drawn: &[(usize, bool)], form: usize, reading: Reading, long: bool) {
    let context = Context::default().with("aws:userid", "ab").with_unknown("aws:sourcevpc");
    let patterns: Vec<_> = drawn
        .iter()
        .map(|(pattern, holds)| {
            let short = if pattern % 2 == 0 { ShortArn::Filled } else { ShortArn::AsWritten };
            let text = written(PATTERNS[pattern % PATTERNS.len()], long);
            (ResourcePattern::parse(&text, Version::V2012, short), *holds)
        })
        .collect();
    let tests: Vec<_> = patterns.iter().map(|(pattern, holds)| (pattern, *holds)).collect();
    let (form, pool) = &forms()[form];
    let parts = form.0.iter().map(|part| match part {
        FormPart::Text(text) => FormPart::Text(written(text, long).into()),
        FormPart::Hole(hole) => FormPart::Hole(hole.clone()),
    });
    let forms = [Form(parts.collect())];
    let question =
        ResourceTests { forms: &forms, tests: &tests, context: &context, reading, work: &Work::default() };
    let meets = |text: &str| {
        tests.iter().all(|(pattern, holds)| reading.counts(pattern.matches(text, &context), *holds))
    };
    let tested: Vec<_> =
        drawn.iter().map(|(pattern, holds)| (PATTERNS[pattern % PATTERNS.len()], *holds)).collect();
    match resource(&question) {
        Solved::Some(text) => assert!(meets(&text), "{text} does not meet {tested:?}"),
        Solved::None => {
            let found = pool.iter().find(|text| meets(&written(text, long)));
            assert_eq!(found, None, "{tested:?} {reading:?}");
        }
        Solved::Unknown => panic!("unknown: {tested:?} {reading:?}"),
    }
}

/// Forms, and texts that have them.
fn forms() -> &'static [(Form, Vec<String>)] {
    static FORMS: std::sync::OnceLock<Vec<(Form, Vec<String>)>> = std::sync::OnceLock::new();
    FORMS.get_or_init(|| {
        let start = || FormPart::Text("arn:a:b::1:x/".into());
        let hole = |reach, empty| FormPart::Hole(Hole { sample: "sample".into(), reach, empty });
        let pool = |letters: &[&str], empty: bool| -> Vec<String> {
            let fills = texts(letters, 4).into_iter().filter(|text| empty || !text.is_empty());
            fills.map(|text| format!("arn:a:b::1:x/{text}")).collect()
        };
        let two = texts(&["a", "b", "x"], 2);
        let two = two.iter().filter(|text| !text.is_empty());
        let two: Vec<_> =
            two.clone().flat_map(|left| two.clone().map(move |right| format!("{left}/{right}"))).collect();
        vec![
            (Form::text("*"), vec!["*".to_owned()]),
            (Form::text("arn:a:b::1:x/a"), vec!["arn:a:b::1:x/a".to_owned()]),
            (Form(Box::new([start(), hole(HoleReach::Name, false)])), pool(&["a", "b", "x"], false)),
            (Form(Box::new([start(), hole(HoleReach::Segment, true)])), pool(&["a", "b", "x", "/"], true)),
            (
                Form(Box::new([start(), hole(HoleReach::Rest, false)])),
                pool(&["a", "b", "x", "/", ":"], false),
            ),
            (
                Form(Box::new([
                    start(),
                    hole(HoleReach::Name, false),
                    FormPart::Text("/".into()),
                    hole(HoleReach::Name, false),
                ])),
                two.iter().map(|text| format!("arn:a:b::1:x/{text}")).collect(),
            ),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn resources(
        drawn in prop::collection::vec((0_usize..64, any::<bool>()), 1..6),
        form in 0_usize..6,
        possible in any::<bool>(),
        long in any::<bool>(),
    ) {
        check(&drawn, form, if possible { Reading::Possible } else { Reading::Certain }, long);
    }
}
