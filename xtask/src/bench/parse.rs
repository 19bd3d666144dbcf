//! Reading policies: every managed policy of AWS, on one core.

use std::hint::black_box;

use portcullis_iam::{PolicyKind, catalog, parse};

use crate::failure::{Failure, Outcome};

use super::figure::{Figure, Target, Unit};
use super::timing;

pub(super) fn run() -> Outcome<Vec<Figure>> {
    let documents: Vec<_> = catalog::managed_policies().iter().map(|policy| policy.document).collect();
    let read = |document: &&str| parse::policy(black_box(document), PolicyKind::Identity).policy.is_some();
    if !documents.iter().all(read) {
        return Err(Failure::Unmet("a managed policy of AWS could not be read".into()));
    }
    let bytes: usize = documents.iter().map(|document| document.len()).sum();
    let nanoseconds =
        timing::median_nanoseconds(|| documents.iter().filter(|document| read(document)).count());
    let rate = bytes as f64 / 1e6 / (nanoseconds / 1e9);
    let what = format!("read {} managed policies", documents.len());
    Ok(vec![Figure::new(what, rate, Unit::MegabytesPerSecond).target(Target::AtLeast(100.0))])
}
