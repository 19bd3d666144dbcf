//! What the condition keys of a request may be.

use std::collections::{BTreeMap, BTreeSet};

use portcullis_iam::catalog::{KeyType, catalog};
use portcullis_iam::condition::is_operand;
use portcullis_iam::{Context, ContextKey, KeyState, Timestamp, Values};
use portcullis_prove::{Domain, Optional, Question};

use super::statements::statements;
use super::words::{fillings, neighbours};
use crate::random::Random;

/// The keys of a question's requests.
#[derive(Debug)]
pub(super) struct Keys {
    /// What every request carries.
    known: Context,
    free: Vec<Free>,
    /// Instants, where the policies ask for the time.
    clock: Vec<i64>,
}

/// A key that requests choose.
#[derive(Debug)]
struct Free {
    key: ContextKey,
    /// The service that alone sets it.
    service: Option<Box<str>>,
    optional: bool,
    values: Vec<Box<str>>,
    shape: Shape,
}

#[derive(Clone, Copy, Debug)]
enum Shape {
    One,
    Many,
    Either,
}

const NOW: &str = "aws:currenttime";
const EPOCH: &str = "aws:epochtime";

/// More values than this are thinned.
const MOST: usize = 400;

impl Keys {
    pub(super) fn of(question: &Question<'_>) -> Self {
        let mut operands = operands(question);
        let facts = &question.frame.facts;
        let mut keys = Self { known: Context::default(), free: Vec::new(), clock: Vec::new() };
        for (key, domain) in facts.stated() {
            let key = ContextKey::new(key);
            match domain.constant() {
                // Rules of services look at keys too.
                KeyState::Unknown => drop(operands.entry(key).or_default()),
                state @ (KeyState::Absent | KeyState::Known(_)) => keys.known.set(key, state),
            }
        }
        let words: BTreeSet<String> = operands.values().flatten().cloned().collect();
        for (key, own) in &operands {
            if [NOW, EPOCH].contains(&key.as_str()) {
                continue;
            }
            match facts.domain(key, None) {
                Domain::Absent | Domain::One(_) | Domain::Many(_) => {}
                domain => keys.free.push(Free::of(question, key, own, &words, &domain)),
            }
        }
        if operands.keys().any(|key| [NOW, EPOCH].contains(&key.as_str())) {
            keys.start_clock(&facts.domain(&ContextKey::new(NOW), None), &words);
        }
        keys
    }

    fn start_clock(&mut self, domain: &Domain, words: &BTreeSet<String>) {
        let from = match domain {
            Domain::Absent | Domain::Many(_) => return,
            Domain::One(text) => {
                self.clock.extend(instant(text));
                return;
            }
            Domain::Since(from) => from.seconds(),
            Domain::Hidden | Domain::Free { .. } => i64::MIN,
        };
        let named = words.iter().filter_map(|word| instant(word)).chain([0, 1_800_000_000, 4_000_000_000]);
        let near =
            named.chain([from.max(0)]).flat_map(|own| [own - 86_400, own - 1, own, own + 1, own + 86_400]);
        self.clock = near.filter(|own| from <= *own).collect();
    }

    /// The context of a request to a service.
    pub(super) fn context(&self, service: &str, random: &mut Random) -> Context {
        let mut context = self.known.clone();
        for free in &self.free {
            let state = match &free.service {
                Some(own) if **own != *service => KeyState::Absent,
                Some(_) | None => free.state(random),
            };
            context.set(free.key.clone(), state);
        }
        if let Some(seconds) = random.pick(&self.clock) {
            let one = |text: String| KeyState::Known(Values::One(text.into()));
            context.set(ContextKey::new(NOW), one(Timestamp::from_seconds(*seconds).to_string()));
            context.set(ContextKey::new(EPOCH), one(seconds.to_string()));
        }
        context
    }
}

fn instant(text: &str) -> Option<i64> {
    Timestamp::parse(text).map(Timestamp::seconds).or_else(|| text.parse().ok().filter(|own| *own >= 10_000))
}

/// The keys that policies ask for, with what they compare each with.
fn operands(question: &Question<'_>) -> BTreeMap<ContextKey, BTreeSet<String>> {
    let mut operands: BTreeMap<ContextKey, BTreeSet<String>> = BTreeMap::new();
    for statement in statements(question) {
        for condition in &statement.conditions {
            let values = condition.values.iter().map(|value| value.value.to_string());
            operands.entry(condition.key.clone()).or_default().extend(values);
        }
        let tests = statement.conditions.iter().flat_map(|condition| &condition.values);
        let resources = statement.resource.iter().flat_map(|clause| &clause.patterns);
        for pattern in tests.chain(resources) {
            for inner in pattern.value.split("${").skip(1).filter_map(|rest| rest.split_once('}')) {
                let key = inner.0.split(',').next().unwrap_or_default().trim();
                operands.entry(ContextKey::new(key)).or_default();
            }
        }
    }
    operands
}

impl Free {
    fn of(
        question: &Question<'_>,
        key: &ContextKey,
        own: &BTreeSet<String>,
        words: &BTreeSet<String>,
        domain: &Domain,
    ) -> Self {
        let info = catalog().condition_key(key.as_str());
        let stated = question.frame.facts.stated().any(|(stated, _)| stated == key.as_str());
        let prefix = key.as_str().split_once(':').map(|(prefix, _)| prefix);
        let service = prefix.filter(|prefix| !stated && catalog().service(prefix).is_some()).map(Box::from);
        let types = info.map_or(vec![KeyType::String], |info| {
            std::iter::once(info.key_type).chain(info.other_type).collect()
        });
        let mut texts: BTreeSet<String> = BTreeSet::new();
        for word in own.iter().chain(words.iter().take(12)) {
            let filled = fillings(word, &question.frame.facts);
            texts.extend(filled.iter().flat_map(|text| neighbours(text)));
        }
        let of_type = |key_type: &KeyType| values(*key_type, &texts, own);
        let values: BTreeSet<String> = types.iter().flat_map(of_type).collect();
        let step = values.len().div_ceil(MOST).max(1);
        Self {
            key: key.clone(),
            service,
            optional: !matches!(domain, Domain::Free { absent: Optional::No }),
            values: values.into_iter().step_by(step).map(Box::from).collect(),
            shape: match info.map(|info| info.multivalued) {
                Some(true) => Shape::Many,
                Some(false) => Shape::One,
                None => Shape::Either,
            },
        }
    }

    fn state(&self, random: &mut Random) -> KeyState {
        if self.optional && random.below(4) == 0 {
            return KeyState::Absent;
        }
        let many = match self.shape {
            Shape::One => false,
            Shape::Many => true,
            Shape::Either => random.below(2) == 0,
        };
        let count = if many { 1 + random.below(3) } else { 1 };
        let mut values = (0..count).filter_map(|_| random.pick(&self.values).cloned());
        if many {
            return KeyState::Known(Values::Many(values.collect()));
        }
        values.next().map_or(KeyState::Absent, |value| KeyState::Known(Values::One(value)))
    }
}

/// Values of a type: of what the policies say, and beside it.
fn values(key_type: KeyType, texts: &BTreeSet<String>, own: &BTreeSet<String>) -> Vec<String> {
    let plain = |extra: &[&str], is_value: &dyn Fn(&str) -> bool| {
        let extra = extra.iter().map(|text| (*text).to_owned());
        texts.iter().cloned().chain(extra).filter(|text| is_value(text)).collect()
    };
    match key_type {
        KeyType::String => plain(&["portcullis", "true", "false", "0", "ß"], &|text| !text.is_empty()),
        KeyType::Arn => {
            plain(&["arn:aws:s3:::portcullis", "arn:aws:iam::111111111111:user/alice"], &|text| {
                text.starts_with("arn:") && 5 <= text.matches(':').count()
            })
        }
        KeyType::Bool => vec!["true".to_owned(), "false".to_owned()],
        KeyType::Numeric => {
            let all = own.iter().flat_map(|text| numbers(text)).chain(numbers("3600"));
            // `1e3` is a number to others, and none to AWS.
            all.filter(|text| is_operand(key_type.family(), text)).collect()
        }
        KeyType::Ip => own.iter().flat_map(|text| addresses(text)).chain(addresses("192.0.2.0/24")).collect(),
        KeyType::Date => {
            let instants = own.iter().filter_map(|text| instant(text)).chain([0, 1_800_000_000]);
            let near = instants.flat_map(|own| [own - 1, own, own + 1]);
            near.map(|own| Timestamp::from_seconds(own).to_string()).collect()
        }
        KeyType::Binary => {
            plain(&["QQ==", "QUE="], &|text| !text.is_empty() && is_operand(key_type.family(), text))
        }
    }
}

fn numbers(text: &str) -> Vec<String> {
    let Ok(number) = text.parse::<f64>() else { return Vec::new() };
    let near = [number - 1.0, number - 0.5, number, number + 0.5, number + 1.0, -number, 0.0];
    near.iter().map(f64::to_string).chain([text.to_owned()]).collect()
}

/// The first and last address of a range, and those beside it.
fn addresses(text: &str) -> Vec<String> {
    let (address, length) = text.split_once('/').unwrap_or((text, ""));
    let around = |first: u128, width: u32, show: &dyn Fn(u128) -> String| {
        let length: u32 = length.parse().unwrap_or(width).min(width);
        let size = 1_u128.checked_shl(width - length).unwrap_or(0).wrapping_sub(1);
        let first = first & !size;
        let last = first | size;
        let near = [first, last, first.wrapping_sub(1), last.wrapping_add(1), first + size / 2];
        near.into_iter().map(show).collect()
    };
    if let Ok(address) = address.parse::<std::net::Ipv4Addr>() {
        let show = |bits: u128| std::net::Ipv4Addr::from(bits as u32).to_string();
        return around(u128::from(u32::from(address)), 32, &show);
    }
    if let Ok(address) = address.parse::<std::net::Ipv6Addr>() {
        return around(u128::from(address), 128, &|bits| std::net::Ipv6Addr::from(bits).to_string());
    }
    Vec::new()
}
