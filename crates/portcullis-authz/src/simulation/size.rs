//! How large a simulation may be.
//!
//! AWS states no limit for its product; a command that answers a batch in constant memory needs one.

use portcullis_iam::{Layer, PolicySet};

use super::fault::Fault;
use crate::layer::{self, LayerKind};

/// Refuses `cases` requests that each may answer with every statement and every key of `policies` and each of which
/// carries `keys` condition keys, when together they are too much.
pub(super) fn check(cases: usize, keys: usize, policies: &PolicySet) -> Result<(), Fault> {
    let weight = 1 + keys + weight(policies);
    if cases.saturating_mul(weight) <= MAX_SIZE {
        return Ok(());
    }
    let most = MAX_SIZE / weight;
    Err(Fault::invalid(format!(
        "the request asks for {cases} decisions at once; with policies and condition keys as long as these, \
         {most} is the most: ask in parts, with fewer resources or a smaller MaxItems"
    )))
}

/// How many statements and tests of conditions the policies have.
fn weight(policies: &PolicySet) -> usize {
    let layers = LayerKind::ALL.into_iter().flat_map(|kind| kind.of(policies));
    layers
        .map(|(_, layer): (_, &Layer)| {
            layer::statements(layer).map(|(_, one)| 1 + one.conditions.len()).sum::<usize>()
        })
        .sum()
}

const MAX_SIZE: usize = 4_000_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_has_a_size() {
        assert_eq!(check(MAX_SIZE, 0, &PolicySet::default()), Ok(()));
        let refused = check(MAX_SIZE, 1, &PolicySet::default()).unwrap_err();
        let start = "the request asks for 4000000 decisions at once";
        assert!(refused.message.starts_with(start) && refused.message.contains("2000000 is the most"));
    }
}
