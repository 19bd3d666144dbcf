//! The embedded data: what its first use costs, and every later one.

use std::hint::black_box;

use portcullis_iam::catalog::{self, catalog};

use crate::failure::Outcome;

use super::figure::{Figure, Target, Unit};
use super::timing;

pub(super) fn run() -> Outcome<Vec<Figure>> {
    let (first_lookup, _) = timing::once_milliseconds(|| catalog().action_by_name("iam", "CreateUser"));
    let (everything, _) = timing::once_milliseconds(|| catalog().actions().count());
    let (first_policy, _) = timing::once_milliseconds(|| catalog::managed_policies().len());
    let lookup =
        timing::median_nanoseconds(|| catalog().action_by_name(black_box("s3"), black_box("getobject")));
    let key = timing::median_nanoseconds(|| catalog().condition_key(black_box("aws:PrincipalTag/team")));
    let bytes = catalog::EMBEDDED_BYTES as f64 / 1e6;
    Ok(vec![
        Figure::new("embedded data", bytes, Unit::Megabytes).target(Target::AtMost(1.0)),
        Figure::new("catalogue, first lookup", first_lookup, Unit::Milliseconds).target(Target::AtMost(30.0)),
        Figure::new("catalogue, all services read", everything, Unit::Milliseconds)
            .target(Target::AtMost(60.0)),
        Figure::new("managed policies, first use", first_policy, Unit::Milliseconds)
            .target(Target::AtMost(30.0)),
        Figure::new("action by name", lookup, Unit::Nanoseconds).target(Target::AtMost(1_000.0)),
        Figure::new("condition key with a tag", key, Unit::Nanoseconds),
    ])
}
