//! What an `Action` or `NotAction` element says of the actions of one service.

use portcullis_iam::pattern::{self, Part};
use portcullis_iam::policy::Clause;
use portcullis_iam::{Action, Polarity};

/// The actions of one service that an element covers.
#[derive(Clone, Debug)]
pub(super) enum Cover {
    /// All of them.
    Every,
    /// Those that are listed, or all others.
    Listed(Polarity, Names),
}

/// Names of actions of one service, in lower case.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    /// These, sorted.
    exact: Vec<Box<str>>,
    /// Those that match one of these.
    names: Vec<Box<[Part<'static>]>>,
    /// Those that match one of these with their service: patterns with a wildcard in the service.
    actions: Vec<Box<[Part<'static>]>>,
}

impl Cover {
    /// What `clause` covers of `service`; of services that no pattern names, when there is none. None when it covers
    /// nothing.
    pub(super) fn new(clause: &Clause, service: Option<&str>) -> Option<Self> {
        let mut names = Names::default();
        let mut every = false;
        for pattern in &clause.patterns {
            let lower = pattern.value.to_ascii_lowercase();
            match own_service(&lower) {
                Some((own, name)) if Some(own) == service => every |= names.add(name),
                Some(_) => {}
                None if lower == "*" => every = true,
                None => names.actions.push(pattern::parts(&lower)),
            }
        }
        names.exact.sort_unstable();
        match (clause.polarity, every, names.is_empty()) {
            (Polarity::Only, true, _) | (Polarity::Except, false, true) => Some(Self::Every),
            (Polarity::Except, true, _) | (Polarity::Only, false, true) => None,
            (polarity, false, false) => Some(Self::Listed(polarity, names)),
        }
    }

    /// Whether it covers `action`, which is of its service.
    pub(super) fn covers(&self, action: &Action) -> bool {
        match self {
            Self::Every => true,
            Self::Listed(Polarity::Only, names) => names.list(action),
            Self::Listed(Polarity::Except, names) => !names.list(action),
        }
    }
}

impl Names {
    /// Adds the pattern `name`; true when it covers all names.
    fn add(&mut self, name: &str) -> bool {
        if name == "*" {
            return true;
        }
        if name.contains(['*', '?']) {
            self.names.push(pattern::parts(name));
        } else {
            self.exact.push(name.into());
        }
        false
    }

    fn is_empty(&self) -> bool {
        self.exact.is_empty() && self.names.is_empty() && self.actions.is_empty()
    }

    fn list(&self, action: &Action) -> bool {
        let name = action.name();
        self.exact.binary_search_by(|own| (**own).cmp(name)).is_ok()
            || self.names.iter().any(|glob| pattern::matches(glob, name))
            || self.actions.iter().any(|glob| pattern::matches(glob, action.lower()))
    }
}

/// The services that the patterns of `clause` name without a wildcard, in lower case.
pub(super) fn services(clause: &Clause) -> impl Iterator<Item = Box<str>> {
    clause.patterns.iter().filter_map(|pattern| {
        let lower = pattern.value.to_ascii_lowercase();
        own_service(&lower).map(|(service, _)| service.into())
    })
}

/// The service and name of a pattern, when no wildcard stands in the service.
fn own_service(lower: &str) -> Option<(&str, &str)> {
    lower.split_once(':').filter(|(service, _)| !service.contains(['*', '?']))
}
