//! Names: texts without colon and slash.

use portcullis_iam::condition::Case;
use portcullis_iam::pattern;

use super::solve::{Problem, solve};
use super::{Class, Glob};
use crate::theory::{Solved, Work};

/// A name that of each of the `wanted` lists some pattern covers, and none of the `barred` ones, and that `accepts` takes.
pub(crate) fn name(
    wanted: &[&[&str]],
    barred: &[&str],
    accepts: &dyn Fn(&str) -> bool,
    work: &Work,
) -> Solved<Box<str>> {
    let glob = |text: &&str| {
        let mut glob = Glob::empty(Case::Sensitive);
        glob.push_parts(&pattern::parts(text), Class::Name);
        glob
    };
    let clauses = wanted.iter().map(|list| list.iter().map(glob).collect()).collect();
    solve(&Problem { clauses, barred: barred.iter().map(glob).collect() }, accepts, work)
}
