//! Reading policies: every managed policy of AWS, on one core, and what hostile texts take.

use std::hint::black_box;

use portcullis_iam::parse::MAX_POLICY_BYTES;
use portcullis_iam::{PolicyKind, catalog, parse, validate};
use testkit::hostile;

use crate::failure::{Failure, Outcome};

use super::figure::{Figure, Target, Unit};
use super::timing;

pub(super) fn run() -> Outcome<Vec<Figure>> {
    let documents: Vec<_> = catalog::managed_policies().iter().map(|policy| policy.document).collect();
    if !documents.iter().all(read) {
        return Err(Failure::Unmet("a managed policy of AWS could not be read".into()));
    }
    let serde = rate(&documents, |document| serde_json::from_str::<serde_json::Value>(document).is_ok());
    let what = format!("read {} managed policies", documents.len());
    let checked =
        |document: &&str| validate::document(black_box(document), PolicyKind::Identity).policy.is_some();
    Ok(vec![
        Figure::new(what, rate(&documents, read), Unit::MegabytesPerSecond)
            .target(Target::AtLeast(100.0))
            .against("serde_json, as a Value", serde),
        Figure::new("read and check them", rate(&documents, checked), Unit::MegabytesPerSecond),
        hostile(),
    ])
}

fn read(document: &&str) -> bool {
    parse::policy(black_box(document), PolicyKind::Identity).policy.is_some()
}

/// Megabytes per second.
fn rate(documents: &[&str], work: impl Fn(&&str) -> bool) -> f64 {
    let bytes: usize = documents.iter().map(|document| document.len()).sum();
    let nanoseconds =
        timing::median_nanoseconds(|| documents.iter().filter(|document| work(document)).count());
    bytes as f64 / 1e6 / (nanoseconds / 1e9)
}

/// The hostile text that takes longest, of the largest size that is read.
fn hostile() -> Figure {
    let texts = hostile::texts(MAX_POLICY_BYTES - 4096);
    let time = |hostile: &hostile::Hostile| {
        timing::once_milliseconds(|| validate::document(&hostile.text, PolicyKind::Identity).problems.len()).0
    };
    let times = texts.iter().map(|hostile| (hostile.name.as_str(), time(hostile)));
    let (name, slowest) = times.max_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or_default();
    let what = format!("check 1 MB of hostile text, slowest: {name}");
    Figure::new(what, slowest, Unit::Milliseconds).target(Target::AtMost(1_000.0))
}
