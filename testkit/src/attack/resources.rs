//! Resources to name, by the resource types of an action.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use portcullis_iam::Action;
use portcullis_iam::catalog::{ActionInfo, Service, catalog};
use portcullis_prove::Question;

use super::statements::{areas, statements};
use super::template::Template;
use super::words::{fillings, neighbours};

/// The lists of resources, one for each set of resource types.
pub(super) struct Shelf<'q> {
    partition: &'q str,
    account: &'q str,
    /// Texts of patterns as a whole.
    whole: Vec<String>,
    /// The last parts of these.
    parts: Vec<String>,
    numbers: BTreeMap<String, usize>,
    lists: Vec<Vec<Box<str>>>,
}

/// The longest list of whole texts, and of parts: one in so many is taken of what is more.
const MOST: usize = 1_500;

impl<'q> Shelf<'q> {
    pub(super) fn of(question: &Question<'_>, (partition, account): (&'q str, &'q str)) -> Self {
        let clauses = statements(question).filter_map(|statement| statement.resource.as_ref());
        let own = clauses.flat_map(|clause| &clause.patterns).map(|pattern| &*pattern.value);
        let of_areas =
            areas(question).filter_map(|area| area.resources.as_ref()).flatten().map(|text| &**text);
        let patterns: BTreeSet<&str> = own.chain(of_areas).collect();
        let filled = patterns.iter().flat_map(|pattern| fillings(pattern, &question.frame.facts));
        let filled: BTreeSet<String> = filled.collect();
        let whole: BTreeSet<String> = filled.iter().flat_map(|text| neighbours(text)).collect();
        let known = ["portcullis", "alice", "a", "bob", "alice/bob"].map(str::to_owned);
        let parts: BTreeSet<String> = filled.iter().flat_map(|text| tails(text)).chain(known).collect();
        Self {
            partition,
            account,
            whole: thinned(whole),
            parts: thinned(parts),
            numbers: BTreeMap::new(),
            lists: Vec::new(),
        }
    }

    /// The number of the list for an action.
    pub(super) fn number(&mut self, action: &Action) -> usize {
        let (key, templates, star) = self.templates(action);
        if let Some(number) = self.numbers.get(&key) {
            return *number;
        }
        let mut texts = BTreeSet::new();
        texts.extend(star.then(|| "*".to_owned()));
        for template in &templates {
            texts.extend(self.whole.iter().filter(|text| template.fits(text)).cloned());
            texts.extend(self.parts.iter().filter_map(|part| template.filled(part)));
        }
        self.lists.push(texts.into_iter().map(Box::from).collect());
        self.numbers.insert(key, self.lists.len() - 1);
        self.lists.len() - 1
    }

    /// The lists, by number.
    pub(super) fn into_lists(self) -> Vec<Vec<Box<str>>> {
        self.lists
    }

    /// What the resource of an action looks like, whether it may be `*`, and a key that is equal for equals.
    fn templates(&self, action: &Action) -> (String, Vec<Template>, bool) {
        let service = catalog().service(action.service());
        let info = catalog().action(action);
        match (service, info) {
            (Some(service), Some(info)) if !arns(service, info).is_empty() => self.of_types(service, info),
            _ => {
                let service = service.map_or("", |service| service.prefix);
                let accounts = [self.account, ""];
                let templates = accounts.map(|account| Template::any(service, self.partition, account));
                (format!("any of {service}"), templates.into(), true)
            }
        }
    }

    fn of_types(&self, service: &Service, info: &ActionInfo) -> (String, Vec<Template>, bool) {
        let arns = arns(service, info);
        let star = !info.resources.iter().any(|used| used.required);
        let own = |arn: &&str| Template::parse(service, arn, (self.partition, self.account));
        let mut templates: Vec<Template> = arns.iter().map(own).collect();
        let managed = arns.iter().filter(|arn| arn.contains(":policy/"));
        templates.extend(managed.map(|arn| Template::parse(service, arn, (self.partition, "aws"))));
        (format!("{} {star} {arns:?}", service.prefix), templates, star)
    }
}

fn arns(service: &Service, info: &ActionInfo) -> Vec<&'static str> {
    let types = info.resources.iter().filter_map(|used| service.resource_type(used.resource_type));
    types.flat_map(|own| own.arn.split(", ")).filter(|text| text.starts_with("arn:")).collect()
}

/// What stands behind each separator of the text.
fn tails(text: &str) -> Vec<String> {
    let mut tails = vec![text.to_owned()];
    let ends = text.char_indices().filter(|(_, letter)| matches!(letter, ':' | '/'));
    tails.extend(ends.filter_map(|(at, _)| text.get(at + 1..)).map(str::to_owned));
    tails
}

fn thinned(texts: BTreeSet<String>) -> Vec<String> {
    let step = texts.len().div_ceil(MOST).max(1);
    texts.into_iter().step_by(step).collect()
}
