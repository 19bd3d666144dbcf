//! Random tests of one key: when the theory says that nothing meets them, no value of a pool made to attack them does,
//! alone or in a set; and when anything of the pool does, the theory finds something too.

use portcullis_iam::condition::Matcher;
use portcullis_iam::{Context, ContextKey, KeyState, Timestamp, Values};
use portcullis_prove::Domain;
use portcullis_prove::facts::Optional;
use portcullis_prove::theory::{KeyTests, Reading, Solved, Work, key};
use proptest::prelude::*;

use crate::support::{matcher, texts};

/// A kind of key, the tests that it gets, and the values that attack them.
struct Suite {
    key: &'static str,
    domain: Domain,
    operators: &'static [&'static str],
    values: &'static [&'static str],
    pool: Vec<String>,
    /// Whether the theory must be exact.
    exact: bool,
}

/// A test as proptest writes it: operator, values, whether it must hold.
type Drawn = (usize, Vec<usize>, bool);

const FREE: Domain = Domain::Free { absent: Optional::Yes };
const PRESENT: Domain = Domain::Free { absent: Optional::No };
/// With and without qualifiers, for keys of one value and of several.
const QUALIFIERS: [(&str, &str); 6] = [
    ("", ""),
    ("", "IfExists"),
    ("ForAllValues:", ""),
    ("ForAnyValue:", ""),
    ("ForAllValues:", "IfExists"),
    ("ForAnyValue:", "IfExists"),
];

fn check(suite: &Suite, drawn: &[Drawn], reading: Reading) {
    let matchers: Vec<(Matcher, bool)> = drawn
        .iter()
        .map(|(operator, values, holds)| {
            let operator = suite.operators[operator % suite.operators.len()];
            let values: Vec<_> =
                values.iter().map(|value| suite.values[value % suite.values.len()].to_owned()).collect();
            (matcher(operator, suite.key, &values), *holds)
        })
        .collect();
    let tests: Vec<_> = matchers.iter().map(|(matcher, holds)| (matcher, *holds)).collect();
    let own = ContextKey::new(suite.key);
    let context = Context::default().with("aws:userid", "ab").with_unknown("aws:sourcevpc");
    let question = KeyTests {
        key: &own,
        domain: &suite.domain,
        tests: &tests,
        context: &context,
        reading,
        work: &Work::default(),
    };
    let meets = |state: &KeyState| {
        let mut context = context.clone();
        context.set(own.clone(), state.clone());
        tests.iter().all(|(matcher, holds)| reading.counts(matcher.holds(&context), *holds))
    };
    let written: Vec<_> = drawn
        .iter()
        .map(|(operator, values, holds)| {
            let values: Vec<_> =
                values.iter().map(|value| suite.values[value % suite.values.len()]).collect();
            format!("{} {values:?} {holds}", suite.operators[operator % suite.operators.len()])
        })
        .collect();
    match key(&question) {
        Solved::Some(state) => {
            assert!(meets(&state), "{state:?} does not meet {written:?}");
            assert!(values(&state).all(|value| may_be(suite.key, value)), "{state:?}: {written:?}");
        }
        Solved::None => {
            let found = states(suite).find(&meets);
            assert_eq!(found, None, "{written:?} {reading:?}");
        }
        Solved::Unknown => {
            assert!(!suite.exact, "unknown: {written:?} {reading:?}");
        }
    }
}

fn values(state: &KeyState) -> impl Iterator<Item = &str> {
    let values: Vec<&str> = match state {
        KeyState::Known(Values::One(value)) => vec![value],
        KeyState::Known(Values::Many(values)) => values.iter().map(|value| &**value).collect(),
        KeyState::Absent | KeyState::Unknown => Vec::new(),
    };
    values.into_iter()
}

/// Whether AWS may set the key to this value.
fn may_be(key: &str, value: &str) -> bool {
    match key {
        "aws:sourceip" => value.parse::<std::net::IpAddr>().is_ok(),
        "aws:securetransport" => ["true", "false"].contains(&value),
        "aws:multifactorauthage" => value.parse::<f64>().is_ok(),
        "aws:sourcearn" => value.starts_with("arn:") && 5 <= value.matches(':').count(),
        "aws:tokenissuetime" => Timestamp::parse(value).is_some() || value.parse::<f64>().is_ok(),
        "aws:currenttime" => value.parse().is_ok_and(|seconds: i64| 1_767_225_600 <= seconds),
        _ => !value.is_empty(),
    }
}

fn states(suite: &Suite) -> impl Iterator<Item = KeyState> {
    let multivalued = suite.key == "aws:tagkeys";
    let unknown = suite.key.starts_with("custom:");
    let absent = (suite.domain == FREE).then_some(KeyState::Absent);
    let one = suite.pool.iter().filter(move |_| !multivalued);
    let one = one.map(|text| KeyState::Known(Values::One(text.as_str().into())));
    let many = suite.pool.iter().enumerate().filter(move |_| multivalued || unknown);
    let many = many.flat_map(|(index, left)| {
        let right = &suite.pool[(index * 7 + 3) % suite.pool.len()];
        let alone = Values::Many(vec![left.as_str().into()]);
        let both = Values::Many(vec![left.as_str().into(), right.as_str().into()]);
        [KeyState::Known(alone), KeyState::Known(both)]
    });
    absent.into_iter().chain(one).chain(many)
}

fn drawn() -> impl Strategy<Value = Vec<Drawn>> {
    prop::collection::vec((0_usize..64, prop::collection::vec(0_usize..64, 1..4), any::<bool>()), 1..5)
}

fn reading() -> impl Strategy<Value = Reading> {
    prop_oneof![Just(Reading::Possible), Just(Reading::Certain)]
}

fn run(suite: &Suite, cases: u32) {
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(cases));
    let result = runner.run(&(drawn(), reading()), |(drawn, reading)| {
        check(suite, &drawn, reading);
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// The texts without the empty one, which AWS takes for no value.
fn present(texts: Vec<String>) -> Vec<String> {
    texts.into_iter().filter(|text| !text.is_empty()).collect()
}

const STRINGS: &[&str] = &[
    "StringEquals",
    "StringNotEquals",
    "StringLike",
    "StringNotLike",
    "StringEqualsIgnoreCase",
    "StringNotEqualsIgnoreCase",
    "StringLikeIfExists",
    "Null",
    "ForAllValues:StringLike",
    "ForAnyValue:StringLike",
    "ForAllValues:StringNotLike",
    "ForAnyValue:StringNotLikeIfExists",
    "ForAnyValue:StringEqualsIgnoreCase",
];
const TEXTS: &[&str] = &[
    "a",
    "b",
    "A",
    "ab",
    "aB",
    "a*",
    "*b",
    "*a*",
    "*",
    "?",
    "??",
    "a?",
    "?*",
    "*ab*",
    "*b*a*",
    "a*b",
    "*?b",
    "true",
    "false",
    "${aws:userid}",
    "${aws:sourcevpc}",
    "${aws:userid}*",
    "a${aws:sourcevpc}b",
    "${none}",
    "${none, 'b'}",
    "K",
    "*${*}*",
];

#[test]
fn strings() {
    let mut pool = present(texts(&["a", "b", "A", "*", "x"], 4));
    pool.extend(owned(&["true", "false", "k", "K", "\u{212a}"]));
    for (key, domain) in [("aws:referer", FREE), ("aws:tagkeys", PRESENT), ("custom:text", PRESENT)] {
        let suite = Suite { key, domain, operators: STRINGS, values: TEXTS, pool: pool.clone(), exact: true };
        run(&suite, 400);
    }
}

#[test]
fn booleans() {
    let operators = &["Bool", "BoolIfExists", "Null", "StringEquals", "ForAnyValue:Bool", "StringNotLike"];
    let values = &["true", "false", "True", "yes", "*", "t*", "${aws:sourcevpc}", "${none, 'FALSE'}"];
    let pool = owned(&["true", "false"]);
    for domain in [FREE, PRESENT] {
        let key = "aws:securetransport";
        run(&Suite { key, domain, operators, values, pool: pool.clone(), exact: true }, 500);
    }
    let pool = owned(&["true", "false", "TRUE", "yes", "x", "t"]);
    run(&Suite { key: "custom:flag", domain: PRESENT, operators, values, pool, exact: true }, 500);
}

#[test]
fn arns() {
    let operators = &[
        "ArnLike",
        "ArnNotLike",
        "ArnEquals",
        "ArnNotEqualsIfExists",
        "StringLike",
        "StringNotLike",
        "Null",
        "StringEquals",
    ];
    let values = &[
        "arn:a:b:*:*:*",
        "arn:*:b::1:a",
        "arn:a:b::1:*",
        "arn:a:b:?:1:a*",
        "arn:a:b::*:a:b",
        "*",
        "b",
        "arn:*",
        "arn:a:b::1:${aws:userid}",
        "arn:a:b::1:${aws:sourcevpc}",
        "${aws:sourcevpc}",
        "*a",
        "arn:a:b::1:a",
        "*:*:*:*:*:*",
        "${none}",
    ];
    let mut pool = owned(&["b", "arn:", "arn:a:b", "a:a:b::1:a", "ARN:a:b::1:a"]);
    for service in ["b", "c"] {
        for (region, account) in [("", "1"), ("r", "1"), ("", ""), ("r", "2")] {
            for rest in ["", "a", "b", "ab", "a:b", "b:a", "aa"] {
                pool.push(format!("arn:a:{service}:{region}:{account}:{rest}"));
            }
        }
    }
    let is_arn = |text: &String| text.starts_with("arn:") && 5 <= text.matches(':').count();
    let arns: Vec<_> = pool.iter().filter(|text| is_arn(text)).cloned().collect();
    run(&Suite { key: "aws:sourcearn", domain: PRESENT, operators, values, pool: arns, exact: true }, 600);
    run(&Suite { key: "custom:arn", domain: PRESENT, operators, values, pool, exact: true }, 600);
}

#[test]
fn numbers() {
    let operators = &[
        "NumericEquals",
        "NumericNotEquals",
        "NumericLessThan",
        "NumericLessThanEquals",
        "NumericGreaterThan",
        "NumericGreaterThanEqualsIfExists",
        "ForAllValues:NumericLessThan",
        "ForAnyValue:NumericNotEquals",
        "Null",
    ];
    let values = &["0", "1", "2", "1.5", "-1", "3600", "1.50", "99999999999999999999", "x"];
    let pool = owned(&[
        "0",
        "1",
        "2",
        "1.5",
        "-1",
        "-2",
        "-0.5",
        "0.5",
        "1.2",
        "1.7",
        "3",
        "3600",
        "3600.5",
        "3601",
        "99999999999999999999",
        "99999999999999999998.5",
        "100000000000000000000",
    ]);
    let suite = |key, domain, pool| Suite { key, domain, operators, values, pool, exact: true };
    run(&suite("aws:multifactorauthage", PRESENT, pool.clone()), 500);
    let pool = pool.into_iter().chain(owned(&["x", "y"])).collect();
    run(&suite("custom:number", PRESENT, pool), 500);
}

#[test]
fn dates() {
    let operators = &[
        "DateEquals",
        "DateNotEquals",
        "DateLessThan",
        "DateLessThanEquals",
        "DateGreaterThan",
        "DateGreaterThanEqualsIfExists",
        "Null",
    ];
    let values = &[
        "2026-01-01",
        "2026-01-01T00:00:00Z",
        "1767225601",
        "1767225601.5",
        "2026",
        "2025-12-31T23:59:59.5Z",
        "never",
    ];
    let pool = owned(&[
        "2026-01-01",
        "1767225600",
        "1767225600.2",
        "1767225601",
        "1767225601.2",
        "1767225601.5",
        "1767225602",
        "2025",
        "2027-01-01T00:00:00Z",
        "1767225599.5",
        "1767225599.7",
        "1767225599",
    ]);
    run(
        &Suite {
            key: "aws:tokenissuetime",
            domain: PRESENT,
            operators,
            values,
            pool: pool.clone(),
            exact: true,
        },
        500,
    );
    let pool = pool.into_iter().chain(owned(&["x", "never"])).collect();
    run(&Suite { key: "custom:date", domain: PRESENT, operators, values, pool, exact: true }, 500);
}

#[test]
fn moments() {
    let operators = &[
        "DateEquals",
        "DateNotEquals",
        "DateLessThan",
        "DateGreaterThanEquals",
        "NumericEquals",
        "NumericNotEquals",
        "NumericLessThan",
        "NumericGreaterThan",
        "Null",
    ];
    let values = &[
        "2026-01-01",
        "1767225601",
        "1767225601.5",
        "2020-01-01",
        "0",
        "1767225603",
        "99999999999999999999",
        "2026-01-01T00:00:03.5Z",
    ];
    let pool: Vec<_> = (1_767_225_600..1_767_225_610).map(|seconds: i64| seconds.to_string()).collect();
    let domain = Domain::Since(Timestamp::from_seconds(1_767_225_600));
    run(&Suite { key: "aws:currenttime", domain, operators, values, pool, exact: true }, 800);
}

#[test]
fn addresses() {
    let operators = &["IpAddress", "NotIpAddress", "IpAddressIfExists", "NotIpAddressIfExists", "Null"];
    let values = &[
        "10.0.0.0/8",
        "10.1.0.0/16",
        "10.1.2.3",
        "0.0.0.0/0",
        "::/0",
        "2001:db8::/32",
        "2001:db8:1::/48",
        "128.0.0.0/1",
        "0.0.0.0/1",
        "255.255.255.255",
        "nowhere",
    ];
    let pool = owned(&[
        "10.0.0.0",
        "10.1.2.3",
        "10.1.2.4",
        "10.255.255.255",
        "11.0.0.0",
        "9.255.255.255",
        "0.0.0.0",
        "255.255.255.255",
        "255.255.255.254",
        "128.0.0.0",
        "127.255.255.255",
        "::",
        "2001:db8::",
        "2001:db8:1::",
        "2001:db9::",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    ]);
    run(
        &Suite { key: "aws:sourceip", domain: PRESENT, operators, values, pool: pool.clone(), exact: true },
        500,
    );
    let pool = pool.into_iter().chain(owned(&["x", "nowhere"])).collect();
    run(&Suite { key: "custom:ip", domain: PRESENT, operators, values, pool, exact: true }, 500);
}

#[test]
fn bytes() {
    let operators = &["BinaryEquals", "BinaryEqualsIfExists", "ForAllValues:BinaryEquals", "Null"];
    let values = &["QQ==", "QUI=", "AAAA", "no"];
    let pool = owned(&["QQ==", "QUI=", "QR==", "AAAA", "BBBB", "no", "x"]);
    run(&Suite { key: "custom:bytes", domain: PRESENT, operators, values, pool, exact: true }, 300);
}

/// Operands of every family.
const MIXED_VALUES: &str = "1 2026 10.0.0.0/8 10.* * true 2026-01-01 arn:a:b::1:* x 1* 10.0.0.1";

/// Values of every family.
const MIXED_POOL: &str = "\
    1 0 2 2026 2025 2027 10.0.0.1 10.1.1.1 11.0.0.1 true false x y 2026-01-01 2027-01-01 arn:a:b::1:a arn:a:c::1:a 1x 10.x 1767225600 -1 ::1";

#[test]
fn mixtures() {
    let mut operators = Vec::new();
    for (before, after) in QUALIFIERS {
        for test in [
            "StringLike",
            "NumericLessThan",
            "DateGreaterThan",
            "IpAddress",
            "Bool",
            "ArnNotLike",
            "StringNotEquals",
        ] {
            operators.push(&*format!("{before}{test}{after}").leak());
        }
    }
    let values: Vec<&str> = MIXED_VALUES.split(' ').collect();
    let pool: Vec<String> = MIXED_POOL.split(' ').map(str::to_owned).collect();
    for key in [
        "custom:mixed",
        "aws:tagkeys",
        "aws:sourceip",
        "aws:multifactorauthage",
        "aws:sourcearn",
        "aws:epochtime",
    ] {
        let of_type = |text: &String| match key {
            "aws:sourceip" => text.parse::<std::net::IpAddr>().is_ok(),
            "aws:multifactorauthage" => text.parse::<f64>().is_ok(),
            "aws:sourcearn" => text.starts_with("arn:"),
            "aws:epochtime" => text.parse::<f64>().is_ok() || text.starts_with("20"),
            _ => true,
        };
        let pool = pool.iter().filter(|text| of_type(text)).cloned().collect();
        run(
            &Suite {
                key,
                domain: FREE,
                operators: operators.clone().leak(),
                values: values.clone().leak(),
                pool,
                exact: false,
            },
            300,
        );
    }
}
