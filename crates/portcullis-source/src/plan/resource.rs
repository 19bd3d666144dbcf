//! The resources of a plan or a state.

use std::collections::BTreeMap;

use crate::places::Source;
use crate::tree::Tree;

/// A resource as it will be, or is.
#[derive(Clone, Copy)]
pub(super) struct Resource<'t> {
    /// `module.a.aws_iam_policy.b["c"]`.
    pub(super) address: &'t str,
    pub(super) kind: &'t str,
    pub(super) values: &'t Tree,
    /// Where its address stands.
    pub(super) place: Source,
}

/// The resources of all modules; data sources are none of them.
pub(super) fn all(root: &Tree) -> Vec<Resource<'_>> {
    let values = root.get("planned_values").or_else(|| root.get("values"));
    let mut resources = Vec::new();
    if let Some(module) = values.and_then(|values| values.get("root_module")) {
        of_module(module, &mut resources);
    }
    resources
}

/// As deep as the file.
fn of_module<'t>(module: &'t Tree, resources: &mut Vec<Resource<'t>>) {
    let list = |key| module.get(key).map(Tree::items).unwrap_or_default();
    resources.extend(list("resources").iter().filter_map(resource));
    list("child_modules").iter().for_each(|module| of_module(module, resources));
}

fn resource(tree: &Tree) -> Option<Resource<'_>> {
    let text = |key| tree.get(key).and_then(Tree::known);
    let (address, kind, values) = (text("address")?, text("type")?, tree.get("values")?);
    let place = tree.get("address")?.source;
    (text("mode") != Some("data")).then_some(Resource { address, kind, values, place })
}

/// The attributes that are known only after apply, by the address of the resource.
pub(super) fn unknown(root: &Tree) -> BTreeMap<&str, &Tree> {
    let changes = root.get("resource_changes").map(Tree::items).unwrap_or_default();
    changes.iter().filter_map(after_unknown).collect()
}

fn after_unknown(change: &Tree) -> Option<(&str, &Tree)> {
    Some((change.get("address")?.known()?, change.get("change")?.get("after_unknown")?))
}

/// The address without the keys of `count` and `for_each`: that of the block.
pub(super) fn block(address: &str) -> String {
    let mut block = String::with_capacity(address.len());
    let mut rest = address;
    while let Some((before, after)) = rest.split_once('[') {
        block.push_str(before);
        // A key in quotes may hold brackets.
        rest = match after.strip_prefix('"') {
            Some(key) => key.split_once("\"]").map_or("", |(_, rest)| rest),
            None => after.split_once(']').map_or("", |(_, rest)| rest),
        };
    }
    block + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_have_no_keys() {
        let check = |address, expected| assert_eq!(block(address), expected);
        check("aws_iam_policy.a", "aws_iam_policy.a");
        check("module.m[0].aws_iam_policy.a[\"x[1].y\"]", "module.m.aws_iam_policy.a");
        check("a.b[", "a.b");
    }
}
