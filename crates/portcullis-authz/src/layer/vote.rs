//! What the policies of a layer say of a request.

use portcullis_iam::{Effect, Truth};

use crate::principal::Named;

/// What policies say of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Vote {
    /// A statement allows it.
    pub(crate) allow: Truth,
    /// A statement denies it.
    pub(crate) deny: Truth,
}

/// What policies say of a request, by how closely an Allow names the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NamedVote {
    pub(crate) allow: Named,
    pub(crate) deny: Truth,
}

impl Vote {
    /// Nothing against it.
    pub(crate) const ABSTAIN: Self = Self { allow: Truth::True, deny: Truth::False };
    /// Nothing for it and nothing against it.
    pub(crate) const SILENT: Self = Self { allow: Truth::False, deny: Truth::False };
}

impl NamedVote {
    /// Nothing for it and nothing against it.
    pub(crate) const SILENT: Self = Self { allow: Named::NOT, deny: Truth::False };

    /// With a statement that names the caller so and is about the request, its principal apart, as far as `applies`
    /// says.
    #[must_use]
    pub(crate) fn with(self, effect: Effect, named: Named, applies: Truth) -> Self {
        match effect {
            Effect::Allow => Self { allow: self.allow.or(named.and(applies)), ..self },
            Effect::Deny => Self { deny: self.deny.or(named.at_all().and(applies)), ..self },
        }
    }

    /// With policies missing, there may be further statements, for and against.
    #[must_use]
    pub(crate) fn with_gaps(self) -> Self {
        self.with(Effect::Allow, Named::ITSELF, Truth::Unknown).with(
            Effect::Deny,
            Named::ITSELF,
            Truth::Unknown,
        )
    }

    /// Whichever way an Allow names the caller.
    pub(crate) fn whoever(self) -> Vote {
        Vote { allow: self.allow.at_all(), deny: self.deny }
    }
}
