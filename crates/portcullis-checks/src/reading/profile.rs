//! What a statement's tests of the MFA keys say in each state in which requests come.

use portcullis_iam::condition::{self, Condition};
use portcullis_iam::{Context, ContextKey, Statement, Truth, Version};

use crate::standing::Mfa;

/// Whether the tests of the MFA keys hold, all other conditions apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Profile {
    /// With an access key: both keys are absent.
    pub(crate) absent: Truth,
    /// With a session without MFA: `aws:MultiFactorAuthPresent` is false.
    pub(crate) without: Truth,
    /// With a session whose MFA is a second old.
    pub(crate) fresh: Truth,
    /// With a session whose MFA is as old as one can be.
    pub(crate) stale: Truth,
}

/// The key that says whether MFA was used.
pub(crate) const PRESENT: &str = "aws:multifactorauthpresent";
/// The key that says how many seconds ago it was used.
pub(crate) const AGE: &str = "aws:multifactorauthage";

/// The longest session, in seconds: 36 hours.
const OLDEST: &str = "129600";

/// Whether a condition is about MFA.
pub(crate) fn is_mfa(condition: &Condition) -> bool {
    is_mfa_key(&condition.key)
}

/// Whether a key is about MFA.
pub(crate) fn is_mfa_key(key: &ContextKey) -> bool {
    matches!(key.as_str(), PRESENT | AGE)
}

/// The tests of the MFA keys in a statement.
pub(crate) fn mfa_tests(statement: &Statement) -> impl Iterator<Item = &Condition> {
    statement.conditions.iter().filter(|condition| is_mfa(condition))
}

impl Profile {
    /// The profile of a statement; none when it does not ask for MFA. `open` holds the keys of which nothing is known.
    pub(crate) fn of(statement: &Statement, version: Version, open: &Context) -> Option<Self> {
        let tests: Vec<_> = mfa_tests(statement).collect();
        (!tests.is_empty()).then(|| Self::of_tests(&tests, version, open))
    }

    /// The profile of some tests together.
    pub(crate) fn of_tests(tests: &[&Condition], version: Version, open: &Context) -> Self {
        let holds = |present: Option<&str>, age: Option<&str>| {
            let mut context = open.clone();
            for (key, value) in [(PRESENT, present), (AGE, age)] {
                context = value.map_or(context.clone(), |value| context.with(key, value));
            }
            let truths = tests.iter().map(|test| condition::holds(test, version, &context));
            truths.fold(Truth::True, Truth::and)
        };
        Self {
            absent: holds(None, None),
            without: holds(Some("false"), None),
            fresh: holds(Some("true"), Some("1")),
            stale: holds(Some("true"), Some(OLDEST)),
        }
    }

    /// The truth in a state, MFA being fresh.
    pub(crate) fn at(self, mfa: Mfa) -> Truth {
        match mfa {
            Mfa::Absent => self.absent,
            Mfa::False => self.without,
            Mfa::True => self.fresh,
        }
    }

    /// Holds in some state without MFA and not with fresh MFA: what a Deny needs to ask for MFA.
    pub(crate) fn asks_by_deny(self) -> bool {
        self.fresh == Truth::False && (self.absent == Truth::True || self.without == Truth::True)
    }

    /// Holds with fresh MFA alone: what an Allow needs to ask for MFA.
    pub(crate) fn asks_by_allow(self) -> bool {
        (self.absent, self.without, self.fresh) == (Truth::False, Truth::False, Truth::True)
    }

    /// The truths with an access key, with a session without MFA, with fresh and with stale MFA.
    pub(crate) fn states(self) -> [Truth; 4] {
        [self.absent, self.without, self.fresh, self.stale]
    }
}

impl std::ops::Not for Profile {
    type Output = Profile;

    /// Holds where the other does not.
    fn not(self) -> Profile {
        Profile { absent: !self.absent, without: !self.without, fresh: !self.fresh, stale: !self.stale }
    }
}

#[cfg(test)]
mod tests {
    use portcullis_iam::{PolicyKind, parse};

    use super::*;

    fn check(condition: &str, expected: &str) {
        let text = format!(
            r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Deny","Action":"*","Resource":"*","Condition":{condition}}}}}"#
        );
        let policy = parse::policy(&text, PolicyKind::Identity).policy.unwrap();
        let profile = Profile::of(&policy.statements[0], policy.version, &Context::default()).unwrap();
        let word = |truth: Truth| match truth {
            Truth::True => "yes",
            Truth::False => "no",
            Truth::Unknown => "?",
        };
        assert_eq!(profile.states().map(word).join(" "), expected, "{condition}");
    }

    #[test]
    fn absent_false_fresh_stale() {
        for (condition, expected) in [
            (r#"{"Bool":{"aws:MultiFactorAuthPresent":"false"}}"#, "no yes no no"),
            (r#"{"BoolIfExists":{"aws:MultiFactorAuthPresent":false}}"#, "yes yes no no"),
            (r#"{"BoolIfExists":{"aws:MultiFactorAuthPresent":"true"}}"#, "yes no yes yes"),
            (r#"{"Null":{"aws:MultiFactorAuthPresent":"true"}}"#, "yes no no no"),
            (r#"{"Null":{"aws:MultiFactorAuthAge":"true"}}"#, "yes yes no no"),
            (r#"{"StringNotEquals":{"aws:MultiFactorAuthPresent":"true"}}"#, "yes yes no no"),
            (r#"{"NumericGreaterThan":{"aws:MultiFactorAuthAge":"3600"}}"#, "no no no yes"),
            (r#"{"NumericGreaterThanIfExists":{"aws:MultiFactorAuthAge":"3600"}}"#, "yes yes no yes"),
        ] {
            check(condition, expected);
        }
    }
}
