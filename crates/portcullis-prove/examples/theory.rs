//! How long the theories take, on questions as policies ask them and on patterns made to be hard.
//!
//! `cargo run --release -p portcullis-prove --example theory`
#![expect(clippy::disallowed_methods, reason = "a clock is what this is for")]
#![expect(clippy::print_stdout, reason = "the times are the output")]

use std::time::{Duration, Instant};

use portcullis_iam::condition::{Condition, Matcher, Operator, Presence, Quantifier, Test};
use portcullis_iam::pattern::{ResourcePattern, ShortArn};
use portcullis_iam::{Context, ContextKey, Span, Spanned, Version};
use portcullis_prove::facts::Optional;
use portcullis_prove::theory::{self, KeyTests, Reading, ResourceTests, Solved, Work, resource};
use portcullis_prove::{Domain, Form, FormPart, Hole, HoleReach};

fn main() {
    usual();
    keys();
    for (pieces, letters) in [(2, 4), (3, 4), (3, 8), (4, 26)] {
        for patterns in [20, 40, 80] {
            random(patterns, pieces, letters);
        }
    }
    for width in [6, 10, 14, 18] {
        late(width, 3);
    }
    contained();
    covered();
}

/// Patterns that must match, and patterns that must not.
type Row<'t> = (&'t [&'t str], &'t [&'t str]);

/// Rows as policies have them.
const USUAL: [Row<'static>; 6] = [
    (&["arn:aws:s3:::*"], &["arn:aws:s3:::logs/*"]),
    (&["arn:aws:s3:::logs/*"], &["arn:aws:s3:::logs/*"]),
    (&["arn:aws:s3:::logs-*/*", "arn:aws:s3:::*-prod/*"], &["arn:aws:s3:::*/secret/*"]),
    (&["*"], &["arn:aws:iam::*:mfa/*", "arn:aws:iam::*:user/*", "arn:aws:iam::*:role/Admin*"]),
    (&["arn:aws:s3:::data/*"], &["arn:aws:s3:::*a*", "arn:aws:s3:::b*"]),
    (&["arn:aws:s3:::data/a*"], &["arn:aws:s3:::*/?*"]),
];

fn usual() {
    for (wanted, barred) in USUAL {
        let (answer, time) = times(&object(), &own(wanted), &own(barred), 2_000);
        println!("{time:>10.2?}  {} - {}: {answer}", wanted.join(" & "), barred.join(" - "));
    }
}

/// Operator, value and whether the test must hold; of one key.
type KeyRow<'t> = (&'t str, &'t [(&'t str, &'t str, bool)]);

const KEYS: [KeyRow<'static>; 8] = [
    ("aws:SecureTransport", &[("Bool", "false", false)]),
    (
        "aws:SecureTransport",
        &[("BoolIfExists", "false", false), ("Bool", "true", false), ("Null", "true", false)],
    ),
    ("aws:SourceIp", &[("NotIpAddress", "203.0.113.0/24", true), ("IpAddress", "10.0.0.0/8", false)]),
    ("aws:RequestedRegion", &[("StringEquals", "eu-west-1", false), ("StringLike", "eu-*", true)]),
    ("aws:RequestedRegion", &[("StringEquals", "eu-west-1", true), ("StringLike", "eu-*", false)]),
    ("aws:SourceArn", &[("ArnLike", "arn:aws:s3:::logs-*", true), ("ArnNotLike", "arn:aws:s3:::*-x", true)]),
    ("aws:CalledVia", &[("ForAnyValue:StringEquals", "athena.amazonaws.com", true), ("Null", "true", false)]),
    ("aws:MultiFactorAuthAge", &[("NumericLessThan", "3600", true), ("NumericGreaterThan", "60", true)]),
];

fn keys() {
    for (name, row) in KEYS {
        let key = ContextKey::new(name);
        let matchers: Vec<_> =
            row.iter().map(|(operator, value, _)| matcher(operator, &key, value)).collect();
        let tests: Vec<_> = matchers.iter().zip(row).map(|(own, (.., holds))| (own, *holds)).collect();
        let (context, domain) = (Context::default(), Domain::Free { absent: Optional::No });
        let reading = Reading::Certain;
        let question = KeyTests {
            key: &key,
            domain: &domain,
            tests: &tests,
            context: &context,
            reading,
            work: &Work::default(),
        };
        let (answer, time) = best(2_000, || theory::key(&question));
        println!("{time:>10.2?}  {name} {row:?}: {answer:?}");
    }
}

fn matcher(operator: &str, key: &ContextKey, value: &str) -> Matcher {
    let at = Span { start: 0, end: 0 };
    // INVARIANT: the rows hold operators.
    let operator = Operator::parse(operator).unwrap_or(Operator {
        quantifier: Quantifier::Single,
        test: Test::Null,
        presence: Presence::Required,
    });
    let values = vec![Spanned::new(value.into(), at)];
    let operator = Spanned::new(operator, at);
    Matcher::new(&Condition { operator, key: key.clone(), key_span: at, values }, Version::V2012)
}

/// Random pieces between stars, half of them wanted and half of them barred; nothing is known of the answer.
fn random(patterns: usize, pieces: usize, letters: u64) {
    let mut seed = 7_u64;
    let (mut some, mut none, mut unknown) = (0, 0, 0);
    let mut slowest = Duration::ZERO;
    for _ in 0..20 {
        let mut all: Vec<String> = (0..patterns).map(|_| pattern(&mut seed, pieces, letters)).collect();
        let wanted = all.split_off(patterns - patterns / 2);
        let (answer, time) = times(&object(), &wanted, &all, 1);
        slowest = slowest.max(time);
        match answer.as_str() {
            "none" => none += 1,
            "unknown" => unknown += 1,
            _ => some += 1,
        }
    }
    println!(
        "{slowest:>10.2?}  {patterns} of {pieces} pieces, {letters} letters: {some} some, {none} none, {unknown} unknown"
    );
}

/// A letter that must stand so many places before the end in some, and must not in others.
fn late(width: usize, patterns: usize) {
    let gap = |extra: usize| "?".repeat(width + extra);
    let wanted: Vec<_> = (0..patterns).map(|extra| format!("*a{}", gap(2 * extra))).collect();
    let barred: Vec<_> = (0..patterns).map(|extra| format!("*b{}", gap(2 * extra + 1))).collect();
    let (answer, time) = times(&object(), &wanted, &barred, 1);
    println!("{time:>10.2?}  {patterns} letters {width} before the end: {answer}");
    let barred: Vec<_> = (0..width).map(|extra| format!("*?a{}*a*", gap(extra))).collect();
    let (answer, time) = times(&object(), &own(&["*a*a*a*"]), &barred, 1);
    println!("{time:>10.2?}  {width} distances of a letter barred: {answer}");
}

/// Each pattern that is wanted lies in one that is barred.
fn contained() {
    for patterns in [20, 40] {
        let wanted: Vec<_> = (0..patterns).map(|index| format!("*a{index}*b{index}*c{index}*")).collect();
        let barred: Vec<_> = (0..patterns).map(|index| format!("*b{index}*c{index}*")).collect();
        let (answer, time) = times(&object(), &wanted, &barred, 1);
        println!("{time:>10.2?}  {patterns} contained: {answer}");
        let (answer, time) = times(&object(), &wanted, &[], 1);
        println!("{time:>10.2?}  {patterns} together: {}", answer.get(..60).unwrap_or(&answer));
    }
}

/// What is wanted is covered by all barred patterns together, and by none of them alone.
fn covered() {
    for letters in [4, 8, 16] {
        let letter = |index: u8| char::from(b'a' + index);
        let wanted: Vec<_> = (0..letters).map(|index| format!("*{}*", letter(index))).collect();
        let mut barred = Vec::new();
        for left in 0..letters {
            barred.extend(
                (0..letters)
                    .filter(|right| *right != left)
                    .map(|right| format!("*{}*{}*", letter(left), letter(right))),
            );
        }
        let (answer, time) = times(&object(), &wanted, &barred, 1);
        println!("{time:>10.2?}  every order of {letters} letters barred: {answer}");
    }
}

fn pattern(seed: &mut u64, pieces: usize, letters: u64) -> String {
    let mut text = "*".to_owned();
    for _ in 0..pieces {
        for _ in 0..=below(seed, 2) {
            text.push(char::from(b'a' + below(seed, letters) as u8));
        }
        text.push('*');
    }
    text
}

fn below(seed: &mut u64, limit: u64) -> u64 {
    *seed = seed.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
    (*seed >> 33) % limit
}

fn own(patterns: &[&str]) -> Vec<String> {
    patterns.iter().map(|pattern| (*pattern).to_owned()).collect()
}

/// An object in a bucket.
fn object() -> Form {
    let hole = |sample: &str, reach| FormPart::Hole(Hole { sample: sample.into(), reach, empty: false });
    Form(Box::new([
        FormPart::Text("arn:aws:s3:::".into()),
        hole("bucket", HoleReach::Name),
        FormPart::Text("/".into()),
        hole("key", HoleReach::Rest),
    ]))
}

/// The answer, and the shortest time that it took.
fn times(form: &Form, wanted: &[String], barred: &[String], rounds: u32) -> (String, Duration) {
    let parse = |pattern: &String| {
        let pattern =
            if pattern.starts_with("arn:") { pattern.clone() } else { format!("arn:aws:s3:::{pattern}") };
        ResourcePattern::parse(&pattern, Version::V2012, ShortArn::Filled)
    };
    let wanted: Vec<_> = wanted.iter().map(parse).collect();
    let barred: Vec<_> = barred.iter().map(parse).collect();
    let tests: Vec<_> =
        wanted.iter().map(|own| (own, true)).chain(barred.iter().map(|own| (own, false))).collect();
    let context = Context::default();
    let forms = std::slice::from_ref(form);
    let question = ResourceTests {
        forms,
        tests: &tests,
        context: &context,
        reading: Reading::Certain,
        work: &Work::default(),
    };
    let (answer, time) = best(rounds, || resource(&question));
    let answer = match answer {
        Solved::Some(text) => text.into_string(),
        Solved::None => "none".to_owned(),
        Solved::Unknown => "unknown".to_owned(),
    };
    (answer, time)
}

/// The answer, and the shortest time that it took.
fn best<T>(rounds: u32, solve: impl Fn() -> Solved<T>) -> (Solved<T>, Duration) {
    let (mut answer, mut time) = (Solved::Unknown, Duration::MAX);
    for _ in 0..rounds {
        let start = Instant::now();
        answer = solve();
        time = time.min(start.elapsed());
    }
    (answer, time)
}
