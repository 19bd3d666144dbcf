//! Every rule that Portcullis has, by family: the one place that knows them all.

use portcullis_finding::Rule;
use portcullis_prove::PROPERTIES;

use crate::audit::CHECKS;
use crate::review;

/// The rules of one command.
#[derive(Clone, Copy, Debug)]
pub struct Family {
    /// What they are called, one and many.
    pub name: (&'static str, &'static str),
    /// The command that reports them.
    pub command: &'static str,
    /// The rules, in the order in which the command tells them.
    pub rules: fn() -> Vec<&'static Rule>,
}

/// Every family.
pub const FAMILIES: &[Family] = &[
    Family { name: ("check", "checks"), command: "audit", rules: checks },
    Family { name: ("property", "properties"), command: "prove", rules: properties },
    Family { name: ("rule", "rules"), command: "lint", rules: lints },
];

/// The rule with the id, and its family.
pub fn find(id: &str) -> Option<(&'static Family, &'static Rule)> {
    all().find(|(_, rule)| rule.id == id)
}

/// Every rule with its family.
pub fn all() -> impl Iterator<Item = (&'static Family, &'static Rule)> {
    FAMILIES.iter().flat_map(|family| (family.rules)().into_iter().map(move |rule| (family, rule)))
}

fn checks() -> Vec<&'static Rule> {
    CHECKS.iter().map(|check| &check.rule).collect()
}

fn properties() -> Vec<&'static Rule> {
    PROPERTIES.iter().map(|property| &property.rule).collect()
}

fn lints() -> Vec<&'static Rule> {
    review::lint_rules().collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn an_id_belongs_to_one_rule() {
        let ids: Vec<_> = all().map(|(_, rule)| rule.id).collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
        assert!(find("mfa-not-enforced").is_some_and(|(family, _)| family.command == "audit"));
        assert!(find("mfa").is_none());
    }
}
