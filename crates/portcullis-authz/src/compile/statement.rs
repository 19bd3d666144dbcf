//! One statement, ready to be held against many requests.

use portcullis_iam::condition::Matcher;
use portcullis_iam::pattern::{ResourcePattern, ShortArn};
use portcullis_iam::policy::Clause;
use portcullis_iam::principal::PrincipalClause;
use portcullis_iam::{Effect, Polarity, Policy, Request, Statement, Truth, Version};

/// A statement whose patterns are split and whose values are read; its actions are in the index.
#[derive(Clone, Debug)]
pub(super) struct Body {
    pub(super) effect: Effect,
    pub(super) principal: Option<PrincipalClause>,
    resources: Resources,
    conditions: Box<[Matcher]>,
}

/// A `Resource` or `NotResource` element.
#[derive(Clone, Debug)]
enum Resources {
    Every,
    Listed(Polarity, Box<[ResourcePattern]>),
}

impl Body {
    pub(super) fn new(policy: &Policy, statement: &Statement, short: ShortArn) -> Self {
        let conditions = statement.conditions.iter();
        Self {
            effect: statement.effect,
            principal: statement.principal.clone(),
            resources: Resources::new(statement.resource.as_ref(), policy.version, short),
            conditions: conditions.map(|condition| Matcher::new(condition, policy.version)).collect(),
        }
    }

    /// Whether the statement is about `request`, its action and principal apart.
    pub(super) fn applies(&self, request: &Request) -> Truth {
        let mut all = self.resources.cover(request);
        for condition in &self.conditions {
            if all == Truth::False {
                break;
            }
            all = all.and(condition.holds(&request.context));
        }
        all
    }
}

impl Resources {
    fn new(clause: Option<&Clause>, version: Version, short: ShortArn) -> Self {
        let Some(clause) = clause else { return Self::Every };
        let patterns = clause.patterns.iter();
        let patterns: Box<[_]> =
            patterns.map(|text| ResourcePattern::parse(&text.value, version, short)).collect();
        match clause.polarity {
            Polarity::Only if patterns.iter().any(ResourcePattern::is_everything) => Self::Every,
            polarity => Self::Listed(polarity, patterns),
        }
    }

    fn cover(&self, request: &Request) -> Truth {
        let Self::Listed(polarity, patterns) = self else { return Truth::True };
        let mut any = Truth::False;
        for pattern in patterns {
            any = any.or(pattern.matches(&request.resource, &request.context));
            if any == Truth::True {
                break;
            }
        }
        match polarity {
            Polarity::Only => any,
            Polarity::Except => !any,
        }
    }
}
