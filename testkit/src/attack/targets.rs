//! Actions to call, each with resources to call it on.

use std::collections::BTreeSet;

use portcullis_iam::catalog::{ActionInfo, catalog};
use portcullis_iam::{Action, Caller};
use portcullis_prove::Question;

use super::resources::Shelf;
use super::statements::{areas, names, statements};
use crate::random::Random;

/// What may be called.
#[derive(Debug)]
pub(super) struct Targets {
    /// Actions that a pattern names or nearly names, each with the number of its resources.
    near: Vec<(Action, usize)>,
    /// Any others.
    far: Vec<(Action, usize)>,
    lists: Vec<Vec<Box<str>>>,
}

/// Of a pattern that covers more actions, so many are taken.
const MOST_COVERED: usize = 120;

/// How many of the other actions of the catalogue.
const OTHERS: usize = 60;

impl Targets {
    pub(super) fn of(question: &Question<'_>, random: &mut Random) -> Self {
        let patterns = patterns(question);
        let counts = |action: &Action| {
            let is_in = |area: &&_| names(area, action);
            (question.only.is_empty() || question.only.iter().any(|area| is_in(&area)))
                && !question.spared.iter().any(|area| area.resources.is_none() && is_in(&area))
        };
        let near: BTreeSet<String> = patterns.iter().flat_map(|pattern| near(pattern, random)).collect();
        let all: Vec<&ActionInfo> = catalog().actions().collect();
        let far: BTreeSet<String> =
            (0..OTHERS).filter_map(|_| random.pick(&all)).map(|action| action.full_name()).collect();
        let mut shelf = Shelf::of(question, account(&question.frame.caller));
        let mut placed = |names: BTreeSet<String>| -> Vec<(Action, usize)> {
            let actions = names.iter().filter_map(|name| Action::parse(name)).filter(&counts);
            actions.map(|action| (action.clone(), shelf.number(&action))).collect()
        };
        let (near, far) = (placed(near), placed(far));
        Self { near, far, lists: shelf.into_lists() }
    }

    /// An action and a resource.
    pub(super) fn pick(&self, random: &mut Random) -> Option<(&Action, &str)> {
        let near = random.below(8) != 0 && !self.near.is_empty() || self.far.is_empty();
        let (action, number) = random.pick(if near { &self.near } else { &self.far })?;
        let resource = random.pick(self.lists.get(*number)?)?;
        Some((action, resource))
    }
}

fn account(caller: &Caller) -> (&str, &str) {
    let arn = match caller {
        Caller::Anonymous | Caller::Service(_) => return ("aws", ""),
        Caller::Root(arn) | Caller::User(arn) => arn,
        Caller::Role(session) => &session.role,
        Caller::FederatedUser(session) => &session.session,
    };
    (arn.partition(), arn.account_part())
}

/// Action patterns of policies and areas.
fn patterns(question: &Question<'_>) -> BTreeSet<String> {
    let own = statements(question).flat_map(|statement| &statement.action.patterns);
    let own = own.map(|pattern| pattern.value.to_string());
    own.chain(areas(question).flat_map(|area| &area.actions).map(|text| text.to_string())).collect()
}

/// The actions of a pattern, and actions that AWS may add, in the pattern or beside it.
fn near(pattern: &str, random: &mut Random) -> Vec<String> {
    let covered: Vec<&ActionInfo> = catalog().actions_matching(pattern).collect();
    let mut names: Vec<String> = if covered.len() <= MOST_COVERED {
        covered.iter().map(|action| action.full_name()).collect()
    } else {
        (0..MOST_COVERED).filter_map(|_| random.pick(&covered)).map(|action| action.full_name()).collect()
    };
    let (service, name) = pattern.split_once(':').unwrap_or((pattern, "*"));
    for run in ["", "x", "unreleased", "get"] {
        let filled = |text: &str| text.replace('*', run).replace('?', "x");
        let services =
            [filled(service), service.replace(['*', '?'], "s3"), service.replace(['*', '?'], "iam")];
        for service in services {
            names.extend(
                [filled(name), filled(name) + "x", "unreleased".to_owned()]
                    .map(|own| format!("{service}:{own}")),
            );
        }
    }
    names.retain(|name| name.split(':').all(is_name));
    names
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
}
