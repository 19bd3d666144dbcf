//! Any patterns that one text must match or must not: when the theory says that there is none, no short text is one.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use portcullis_iam::condition::{Condition, Matcher, Operator};
use portcullis_iam::pattern::{ResourcePattern, ShortArn};
use portcullis_iam::{Context, ContextKey, Span, Spanned, Truth, Version};
use portcullis_prove::facts::Optional;
use portcullis_prove::theory::{KeyTests, Reading, ResourceTests, Solved, Work, key, resource};
use portcullis_prove::{Domain, Form, FormPart, Hole, HoleReach};

fuzz_target!(|input: &[u8]| {
    let patterns: Vec<(u8, String)> = input
        .split(|byte| *byte == b'\n')
        .take(8)
        .filter_map(|line| {
            let (kind, rest) = line.split_first()?;
            Some((*kind, rest.iter().take(8).map(|byte| LETTERS[usize::from(*byte) % LETTERS.len()]).collect()))
        })
        .collect();
    of_a_key(&patterns);
    of_a_resource(&patterns);
});

const LETTERS: [char; 8] = ['a', 'b', 'A', '*', '?', '*', ':', '/'];
const OPERATORS: [&str; 4] = ["StringLike", "StringNotLike", "StringEqualsIgnoreCase", "StringLike"];

fn of_a_key(patterns: &[(u8, String)]) {
    let own = ContextKey::new("aws:referer");
    let at = Span { start: 0, end: 0 };
    let matchers: Vec<_> = patterns
        .iter()
        .map(|(kind, pattern)| {
            let operator = OPERATORS[usize::from(kind >> 1) % OPERATORS.len()];
            let condition = Condition {
                operator: Spanned::new(Operator::parse(operator).expect("an operator"), at),
                key: own.clone(),
                key_span: at,
                values: vec![Spanned::new(pattern.as_str().into(), at)],
            };
            (Matcher::new(&condition, Version::V2012), kind & 1 == 0)
        })
        .collect();
    let tests: Vec<_> = matchers.iter().map(|(matcher, holds)| (matcher, *holds)).collect();
    let context = Context::default();
    let domain = Domain::Free { absent: Optional::No };
    let question =
        KeyTests { key: &own, domain: &domain, tests: &tests, context: &context, reading: Reading::Certain, work: &Work::default() };
    let meets = |text: &&String| {
        tests.iter().all(|(matcher, holds)| matcher.passes(text, &context) == Truth::from(*holds))
    };
    if key(&question) == Solved::None {
        assert_eq!(texts().iter().find(meets), None, "{patterns:?}");
    }
}

fn of_a_resource(patterns: &[(u8, String)]) {
    let start = "arn:a:b::";
    let patterns: Vec<_> = patterns
        .iter()
        .map(|(kind, pattern)| {
            let text = format!("{}{pattern}", if kind & 2 == 0 { start } else { "arn:a:b:" });
            let short = if kind & 4 == 0 { ShortArn::Filled } else { ShortArn::AsWritten };
            (ResourcePattern::parse(&text, Version::V2012, short), kind & 1 == 0)
        })
        .collect();
    let tests: Vec<_> = patterns.iter().map(|(pattern, holds)| (pattern, *holds)).collect();
    let rest = Hole { sample: "x".into(), reach: HoleReach::Rest, empty: false };
    let forms = [Form(Box::new([FormPart::Text(start.into()), FormPart::Hole(rest)]))];
    let context = Context::default();
    let question = ResourceTests { forms: &forms, tests: &tests, context: &context, reading: Reading::Certain, work: &Work::default() };
    let meets = |text: &&String| {
        let text = format!("{start}{text}");
        tests.iter().all(|(pattern, holds)| pattern.matches(&text, &context) == Truth::from(*holds))
    };
    if resource(&question) == Solved::None {
        assert_eq!(texts().iter().find(meets), None, "{patterns:?}");
    }
}

/// All texts of one to five letters.
fn texts() -> &'static [String] {
    static TEXTS: OnceLock<Vec<String>> = OnceLock::new();
    TEXTS.get_or_init(|| {
        let mut all = vec![String::new()];
        let mut from = 0;
        for _ in 0..5 {
            let longer: Vec<_> = all[from..]
                .iter()
                .flat_map(|text| ['a', 'b', 'A', 'x', ':', '/'].map(|letter| format!("{text}{letter}")))
                .collect();
            from = all.len();
            all.extend(longer);
        }
        all.remove(0);
        all
    })
}
