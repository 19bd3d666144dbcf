//! Classes of actions: those which all statements treat alike.

use std::collections::BTreeSet;

use portcullis_authz::LayerKind;
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
            let common = class.count_common(cover);
            if common == 0 || common == class.count() {
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
pub(crate) fn of_services(stacks: &[&Stack<'_>], library: &mut Library) -> Vec<Cover> {
    let mut covers = vec![
        library.cover_of(Polarity::Only, &["iam:*"]),
        library.cover_of(Polarity::Only, &["sts:GetSessionToken"]),
        library.cover_of(Polarity::Only, &["sts:GetCallerIdentity"]),
        library.cover_of(Polarity::Only, &["sts:GetFederationToken"]),
        library.cover_of(Polarity::Only, &["sts:AssumeRole"]),
        library.cover_of(Polarity::Only, &["sts:AssumeRole*"]),
        library.cover_of(Polarity::Only, &["sts:TagSession", "sts:SetSourceIdentity"]),
        library.cover_of(Polarity::Only, &["sts:SetContext", "sts:GetServiceBearerToken"]),
        library.cover_of(Polarity::Only, &["sts:*"]),
    ];
    if stacks.iter().any(|stack| stack.policies.resource.is_some()) {
        covers.push(library.cover_of(Polarity::Only, &["kms:*"]));
    }
    if stacks.iter().any(|stack| stack.of(LayerKind::ResourceControl).next().is_some()) {
        let services = portcullis_iam::catalog::catalog().services().iter();
        let bound: Vec<String> =
            services.filter(|own| own.resource_control).map(|own| format!("{}:*", own.prefix)).collect();
        let bound: Vec<&str> = bound.iter().map(String::as_str).collect();
        covers.push(library.cover_of(Polarity::Only, &bound));
        covers.push(library.cover_of(Polarity::Only, &["kms:RetireGrant"]));
    }
    covers
}

/// Actions that the catalogue does not know: one for each pattern and each service that the covers name, and one of
/// no known service.
pub(crate) fn unknown<'c>(covers: impl Iterator<Item = &'c Cover>) -> Vec<Action> {
    let mut names = BTreeSet::from([format!("{FUTURE_SERVICE}:{FUTURE}")]);
    for text in covers.flat_map(Cover::texts) {
        let (service, name) = text.split_once(':').unwrap_or((text, "*"));
        let filled = |text: &str, by: &str| text.replace('*', by).replace('?', "x");
        let own = filled(service, FUTURE_SERVICE);
        names.insert(format!("{own}:{}", filled(name, FUTURE)));
        names.insert(format!("{own}:{FUTURE}"));
    }
    let actions = names.iter().filter_map(|name| Action::parse(name));
    actions.filter(|action| portcullis_iam::catalog::catalog().action(action).is_none()).collect()
}

impl Class {
    /// How telling a witness of it would be: the lower, the more.
    pub(crate) fn rank(&self) -> usize {
        match self {
            Class::Known(bits) => universe().rank_of(bits),
            Class::Unknown(_) => usize::MAX,
        }
    }
}

/// The name of what AWS may add.
const FUTURE: &str = "unreleased";
const FUTURE_SERVICE: &str = "unreleased";
