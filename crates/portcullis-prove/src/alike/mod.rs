//! When two users with the same policies are alike for every question.
//!
//! Users differ in their names, their tags and their ids. What policies make of tags and ids is compared as it is. A
//! name is compared by what it does to patterns: two names are alike when every pattern, wherever it meets the one as a
//! whole part between `/` and `:`, goes on as it would after the other. Exchanging the two names in every resource
//! then turns requests that pass for the one user into requests that pass for the other, and so no question tells
//! them apart.

use std::collections::BTreeSet;

use portcullis_authz::LayerKind;
use portcullis_iam::catalog::catalog;
use portcullis_iam::condition::{Condition, Family, Matcher, Test};
use portcullis_iam::pattern::{Pattern, ResourcePattern, ShortArn, Wildcards};
use portcullis_iam::{Arn, Context, ContextKey, PolicySet, Truth, Version};

mod path;

use self::path::Path;

/// What a policy set asks of a user's name, tags and ids.
#[derive(Debug, Default)]
pub struct Alike {
    /// Tests that ask of the user alone.
    tests: Vec<Matcher>,
    /// Keys of the user whose values stand in patterns as they are.
    values: BTreeSet<Box<str>>,
    /// Whether the user's name stands in patterns other than as a whole part, or is compared without regard to case.
    glued: bool,
    /// Patterns without the name, which the name may meet.
    fixed: Vec<Path>,
}

/// Users of one account with the same policies and equal keys are alike.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AlikeKey(Box<[u8]>);

impl Alike {
    /// What `policies` ask.
    pub fn new(policies: &PolicySet) -> Self {
        let mut alike = Self::default();
        let layers = LayerKind::ALL.into_iter().flat_map(|kind| kind.of(policies));
        let mut seen = BTreeSet::new();
        for attached in layers.flat_map(|(_, layer)| &layer.policies) {
            if !seen.insert(std::sync::Arc::as_ptr(&attached.policy)) {
                continue;
            }
            for statement in &attached.policy.statements {
                for condition in &statement.conditions {
                    alike.take_condition(condition, attached.policy.version);
                }
                for text in statement.resource.iter().flat_map(|clause| &clause.patterns) {
                    alike.take_resource(&text.value, attached.policy.version);
                }
            }
        }
        alike
    }

    /// Asks as well what the name does to a resource pattern that a question has and no policy.
    pub fn also(&mut self, pattern: &str) {
        self.take_resource(pattern, Version::V2008);
    }

    /// The key of the user with this ARN, of whom `context` says what is known of every request.
    pub fn key(&self, user: &Arn, context: &Context) -> AlikeKey {
        let mut key = Vec::new();
        let (path, name) = user.resource().rsplit_once('/').unwrap_or(("", user.resource()));
        key.extend(path.bytes());
        key.push(b'\n');
        key.extend(self.tests.iter().map(|test| match test.holds(context) {
            Truth::False => b'0',
            Truth::Unknown => b'?',
            Truth::True => b'1',
        }));
        for own in &self.values {
            key.extend(format!("\n{:?}", context.state(&ContextKey::new(own))).bytes());
        }
        key.push(b'\n');
        if self.glued || !is_plain(name) {
            key.extend(name.bytes());
        } else {
            self.fixed.iter().for_each(|fixed| fixed.push_effect(name, &mut key));
        }
        AlikeKey(key.into())
    }

    fn take_condition(&mut self, condition: &Condition, version: Version) {
        let matcher = Matcher::new(condition, version);
        let personal = is_personal(matcher.key());
        let variables: Vec<&ContextKey> = matcher.variables().collect();
        let by_variables = variables.iter().any(|key| is_personal(key));
        if personal {
            // A key of the user's own compared with anything: told by its truth, and by its operands where these vary.
            variables.iter().filter(|key| is_personal(key)).for_each(|key| self.take_value(key));
            self.tests.push(matcher);
            return;
        }
        if !by_variables && !matches!(condition.operator.value.test.family(), Family::String | Family::Arn) {
            return;
        }
        self.glued |= matches!(
            condition.operator.value.test,
            Test::StringEqualsIgnoreCase | Test::StringNotEqualsIgnoreCase
        );
        for value in &condition.values {
            let pattern = Pattern::parse(&value.value, version, Wildcards::Active);
            self.take_pattern(&pattern, &value.value);
        }
    }

    fn take_resource(&mut self, text: &str, version: Version) {
        let pattern = ResourcePattern::parse(text, version, ShortArn::Filled);
        if !pattern.is_everything() {
            self.take_pattern(pattern.pattern(), text);
        }
    }

    fn take_pattern(&mut self, pattern: &Pattern, text: &str) {
        let mut own = false;
        for key in pattern.keys() {
            match key.as_str() {
                NAME | ARN => own = true,
                _ if is_personal(key) => self.take_value(key),
                _ => {}
            }
        }
        self.glued |= own && !is_whole_part(text);
        // What is around the name may meet it as well, in another part.
        self.fixed.push(Path::new(pattern));
    }

    fn take_value(&mut self, key: &ContextKey) {
        self.values.insert(key.as_str().into());
    }
}

/// Whether users of the same policies may differ in the key.
fn is_personal(key: &ContextKey) -> bool {
    let key = key.as_str();
    matches!(key, NAME | ARN | "aws:userid") || key.starts_with("aws:principaltag/")
}

/// Whether the variables of the user's name and ARN stand between `/` and `:`, or at an end, wherever they stand.
fn is_whole_part(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let variables = ["${aws:username}", "${aws:principalarn}"];
    let starts = variables.iter().flat_map(|own| lower.match_indices(own));
    let whole = |(at, own): (usize, &str)| {
        let before = lower.get(..at).unwrap_or_default();
        let after = lower.get(at + own.len()..).unwrap_or_default();
        (before.is_empty() || before.ends_with(['/', ':']))
            && (after.is_empty() || after.starts_with(['/', ':']))
    };
    let mut seen = 0;
    let all = starts.inspect(|_| seen += 1).all(whole);
    // A spelling with a default value or blanks is not looked into.
    all && seen == lower.matches("${").count()
}

/// Whether the name has no meaning of its own in ARNs: `user` and `mfa` are also kinds of resources.
fn is_plain(name: &str) -> bool {
    static WORDS: std::sync::OnceLock<BTreeSet<&'static str>> = std::sync::OnceLock::new();
    let words = WORDS.get_or_init(|| {
        let arns = catalog().services().iter().flat_map(|service| service.resource_types());
        arns.flat_map(|resource| resource.arn.split(['/', ':', ',', ' '])).collect()
    });
    !words.contains(name) && !name.is_empty() && !name.contains(['/', ':'])
}

const NAME: &str = "aws:username";
const ARN: &str = "aws:principalarn";
