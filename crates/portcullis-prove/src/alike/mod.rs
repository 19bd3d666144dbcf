//! When two users with the same policies are alike for every question.
//!
//! Users differ in their names, their tags and their ids. Tests of these alone are compared by their truth. Where one
//! of these words stands in a pattern, it is compared by what it does to patterns: two words are alike when every
//! pattern, wherever it meets the one as a whole part between `/` and `:`, goes on as it would after the other.
//! Exchanging the words in every resource and value then turns requests that pass for the one user into requests that
//! pass for the other, and so no question tells them apart.

use std::collections::BTreeSet;

use portcullis_authz::LayerKind;
use portcullis_iam::catalog::catalog;
use portcullis_iam::condition::{Condition, Family, Matcher, Test};
use portcullis_iam::pattern::{Part, Pattern, Piece, ResourcePattern, ShortArn, Wildcards};
use portcullis_iam::{Arn, Context, ContextKey, KeyState, PolicySet, Truth, Values, Version};

mod path;

use self::path::Path;

/// What a policy set asks of a user's name, tags and ids.
#[derive(Debug, Default)]
pub struct Alike {
    /// Tests that ask of the user alone.
    tests: Vec<Matcher>,
    /// Tags and ids of the user that stand in patterns.
    words: BTreeSet<Box<str>>,
    /// Those that stand there other than as a whole part, the name perhaps among them: they are compared as they are.
    glued: BTreeSet<Box<str>>,
    /// Whether words are compared without regard to case: all of them are compared as they are.
    caseless: bool,
    /// Patterns that words may meet.
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
        let tags = self.words.iter().map(|own| (&**own, context.state(&ContextKey::new(own))));
        let words: Vec<Word<'_>> = std::iter::once(Word::new(NAME, Some(name), ""))
            .chain(tags.map(|(own, state)| Word::new(own, single(state), state_name(state))))
            .collect();
        for (place, word) in words.iter().enumerate() {
            key.push(b'\n');
            self.push_word(word, &mut key);
            // Which words are the same: exchanging one must exchange the other.
            let first = words.iter().position(|other| other.text == word.text).unwrap_or(place);
            key.push(first as u8);
        }
        AlikeKey(key.into())
    }

    /// What a word does; the word itself where that does not tell all.
    fn push_word(&self, word: &Word<'_>, key: &mut Vec<u8>) {
        key.extend(word.state.bytes());
        let Some(text) = word.text else { return };
        if self.caseless || self.glued.contains(word.key) || !is_plain(text) {
            key.extend(text.bytes());
        } else {
            self.fixed.iter().for_each(|fixed| fixed.push_effect(text, key));
        }
    }

    fn take_condition(&mut self, condition: &Condition, version: Version) {
        let matcher = Matcher::new(condition, version);
        let personal = is_personal(matcher.key());
        let variables: Vec<&ContextKey> = matcher.variables().collect();
        let by_variables = variables.iter().any(|key| is_personal(key));
        if personal {
            // A key of the user's own compared with anything: told by its truth, and by its operands where these vary.
            self.tests.push(matcher);
            return;
        }
        if !by_variables && !matches!(condition.operator.value.test.family(), Family::String | Family::Arn) {
            return;
        }
        self.caseless |= matches!(
            condition.operator.value.test,
            Test::StringEqualsIgnoreCase | Test::StringNotEqualsIgnoreCase
        );
        for value in &condition.values {
            let pattern = Pattern::parse(&value.value, version, Wildcards::Active);
            self.take_pattern(&pattern);
        }
    }

    fn take_resource(&mut self, text: &str, version: Version) {
        let pattern = ResourcePattern::parse(text, version, ShortArn::Filled);
        if !pattern.is_everything() {
            self.take_pattern(pattern.pattern());
        }
    }

    fn take_pattern(&mut self, pattern: &Pattern) {
        let pieces: &[Piece] = match pattern {
            Pattern::Fixed(_) => &[],
            Pattern::Varying(pieces) => pieces,
        };
        for (at, piece) in pieces.iter().enumerate() {
            let Piece::Variable(variable) = piece else { continue };
            let key = match variable.key.as_str() {
                NAME | ARN => NAME,
                _ if is_personal(&variable.key) => variable.key.as_str(),
                _ => continue,
            };
            self.words.extend((key != NAME).then(|| Box::from(key)));
            if !is_whole_part(pieces, at) || variable.default.is_some() {
                self.glued.insert(key.into());
            }
        }
        // What is around a variable may meet words as well, in another part.
        self.fixed.push(Path::new(pattern));
    }
}

/// A word of a user: its name, or the value of a tag.
struct Word<'w> {
    key: &'w str,
    text: Option<&'w str>,
    /// What is known of the key when it has no single value.
    state: &'static str,
}

impl<'w> Word<'w> {
    fn new(key: &'w str, text: Option<&'w str>, state: &'static str) -> Self {
        Self { key, text, state }
    }
}

fn single(state: &KeyState) -> Option<&str> {
    match state {
        KeyState::Known(Values::One(value)) => Some(value),
        KeyState::Known(Values::Many(_)) | KeyState::Absent | KeyState::Unknown => None,
    }
}

fn state_name(state: &KeyState) -> &'static str {
    match state {
        KeyState::Known(Values::One(_)) => "one",
        KeyState::Known(Values::Many(_)) => "many",
        KeyState::Absent => "absent",
        KeyState::Unknown => "unknown",
    }
}

/// Whether users of the same policies may differ in the key.
fn is_personal(key: &ContextKey) -> bool {
    let key = key.as_str();
    matches!(key, NAME | ARN | "aws:userid") || key.starts_with("aws:principaltag/")
}

/// Whether the variable at this place stands between `/` and `:`, or at an end.
fn is_whole_part(pieces: &[Piece], at: usize) -> bool {
    let text = |piece: Option<&Piece>| match piece {
        None => Some(None),
        Some(Piece::Part(Part::Text(text))) => Some(Some(text.to_string())),
        Some(Piece::Part(Part::One | Part::Run) | Piece::Variable(_)) => None,
    };
    let before = text(at.checked_sub(1).and_then(|before| pieces.get(before)));
    let after = text(pieces.get(at + 1));
    let begins = before.is_some_and(|text| text.is_none_or(|text| text.ends_with(['/', ':'])));
    begins && after.is_some_and(|text| text.is_none_or(|text| text.starts_with(['/', ':'])))
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
