//! Classes of actions: those which all statements treat alike.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use portcullis_authz::LayerKind;
use portcullis_iam::catalog::catalog;
use portcullis_iam::pattern::matches_text;
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

/// Actions that the catalogue does not know: one for each pattern, each pair of patterns that have actions in common,
/// and each service that the covers name, and one of no known service.
pub(crate) fn unknown<'c>(covers: impl Iterator<Item = &'c Cover>, library: &mut Library) -> Vec<Action> {
    let texts: BTreeSet<Cow<'_, str>> = covers.flat_map(Cover::texts).flat_map(with_colon).collect();
    let services: BTreeSet<&str> = texts.iter().filter_map(|text| plain_service(text)).collect();
    let mut names = BTreeSet::from([format!("{FUTURE_SERVICE}:{FUTURE}")]);
    for (service, name) in texts.iter().filter_map(|text| text.split_once(':')) {
        let filled = |text: &str, by: &str| text.replace('*', by).replace('?', "x");
        let own = filled(service, FUTURE_SERVICE);
        names.insert(format!("{own}:{}", filled(name, FUTURE)));
        names.insert(format!("{own}:{FUTURE}"));
        // A pattern of many services also meets the patterns that name one of them.
        let met = services.iter().filter(|named| own != ***named && matches_text(service, named));
        names.extend(met.map(|named| format!("{named}:{}", filled(name, FUTURE))));
    }
    let narrow: Vec<&Cow<'_, str>> = texts.iter().filter(|text| is_narrow(text)).take(MOST_NARROW).collect();
    for (index, one) in narrow.iter().enumerate() {
        let others = narrow.iter().skip(index + 1);
        names.extend(others.filter_map(|other| library.common(one, other)).map(|name| name.to_string()));
    }
    let actions = names.iter().filter_map(|name| Action::parse(name));
    actions.filter(|action| catalog().action(action).is_none()).collect()
}

/// The patterns with a colon that together cover what the pattern covers: where it has none, any of its wildcards may
/// stand for one.
fn with_colon(text: &str) -> Vec<Cow<'_, str>> {
    if text.contains(':') {
        return vec![Cow::Borrowed(text)];
    }
    let split = |(at, wildcard): (usize, &str)| {
        let rest = if wildcard == "*" { text.get(at..)? } else { text.get(at + 1..)? };
        let end = if wildcard == "*" { at + 1 } else { at };
        Some(Cow::Owned(format!("{}:{rest}", text.get(..end)?)))
    };
    text.match_indices(['*', '?']).filter_map(split).collect()
}

/// The service that a pattern names without a wildcard.
fn plain_service(text: &str) -> Option<&str> {
    let (service, _) = text.split_once(':')?;
    (!service.contains(['*', '?'])).then_some(service)
}

/// Whether the pattern has a wildcard and stands for other actions than all of a service, or of every service.
fn is_narrow(text: &str) -> bool {
    let is_broad =
        text.strip_suffix(":*").is_some_and(|service| service == "*" || plain_service(text).is_some());
    text.contains(['*', '?']) && !is_broad
}

/// Of more patterns than this, the pairs are not looked at.
const MOST_NARROW: usize = 24;

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

/// The name of what AWS may add.
const FUTURE: &str = "unreleased";
const FUTURE_SERVICE: &str = "unreleased";
