//! Classes of actions: those which all statements treat alike.

use std::sync::Arc;

use portcullis_authz::LayerKind;
use portcullis_iam::catalog::catalog;
use portcullis_iam::{Action, Polarity};

use crate::actions::{Bits, universe};
use crate::fold::{Cover, Library, Stack};

/// Actions that no statement tells apart.
#[derive(Clone, Debug)]
pub(crate) enum Class {
    /// Of the catalogue.
    Known(Bits),
    /// One that the catalogue does not know: it stands for all that AWS may add.
    Unknown(Action),
}

/// Splits `actions` by every cover.
pub(crate) fn split<'c>(actions: Bits, covers: impl Iterator<Item = &'c Bits>) -> Vec<Bits> {
    let mut classes = vec![actions];
    for cover in covers {
        let mut next = Vec::with_capacity(classes.len());
        for class in classes {
            if !class.meets(cover) || class.is_within(cover) {
                next.push(class);
                continue;
            }
            let (mut inside, mut outside) = (class.clone(), class);
            inside.keep(cover);
            outside.remove(cover);
            next.extend([inside, outside]);
        }
        classes = next;
    }
    classes.retain(|class| !class.is_empty());
    classes
}

/// The covers by which rules tell actions apart that are no statements: services that bar calls, trust policies, key
/// policies, resource control policies.
pub(crate) fn of_services(stacks: &[&Stack<'_>], library: &mut Library) -> Arc<[Cover]> {
    let has_resource = stacks.iter().any(|stack| stack.policies.resource.is_some());
    let has_control = stacks.iter().any(|stack| stack.of(LayerKind::ResourceControl).next().is_some());
    let key = (has_resource, has_control);
    if let Some(found) = library.services.get(&key) {
        return Arc::clone(found);
    }
    let mut covers: Vec<Cover> = RULED.iter().map(|names| library.cover_of(Polarity::Only, names)).collect();
    if has_resource {
        covers.push(library.cover_of(Polarity::Only, &["kms:*"]));
    }
    if has_control {
        let services = catalog().services().iter();
        let bound: Vec<String> =
            services.filter(|own| own.resource_control).map(|own| format!("{}:*", own.prefix)).collect();
        let bound: Vec<&str> = bound.iter().map(String::as_str).collect();
        covers.push(library.cover_of(Polarity::Only, &bound));
        covers.push(library.cover_of(Polarity::Only, &["kms:RetireGrant"]));
    }
    let covers: Arc<[Cover]> = covers.into();
    library.services.insert(key, Arc::clone(&covers));
    covers
}

/// Actions that rules of services tell apart.
const RULED: [&[&str]; 9] = [
    &["iam:*"],
    &["sts:GetSessionToken"],
    &["sts:GetCallerIdentity"],
    &["sts:GetFederationToken"],
    &["sts:AssumeRole"],
    &["sts:AssumeRole*"],
    &["sts:TagSession", "sts:SetSourceIdentity"],
    &["sts:SetContext", "sts:GetServiceBearerToken"],
    &["sts:*"],
];

impl Class {
    /// How telling a witness of it would be: the lower, the more.
    fn rank(&self) -> usize {
        match self {
            Class::Known(bits) => universe().rank_of(bits),
            Class::Unknown(_) => usize::MAX,
        }
    }

    /// The most telling first, and those of one rank in the order of the catalogue, however they were split.
    pub(crate) fn order(&self) -> (usize, Option<usize>) {
        let first = match self {
            Class::Known(bits) => bits.iter().next(),
            Class::Unknown(_) => None,
        };
        (self.rank(), first)
    }
}
