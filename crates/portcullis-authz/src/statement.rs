//! Whether one statement is about a request.

use portcullis_iam::condition::{self, Condition};
use portcullis_iam::pattern::{self, ResourcePattern, ShortArn};
use portcullis_iam::policy::Clause;
use portcullis_iam::{Action, Polarity, Policy, Request, Statement, Truth, Version};

/// Whether `statement` of `policy` is about `request`, its principal apart. `short` says what ARNs of fewer than six
/// parts mean in the policy's kind.
pub fn applies(policy: &Policy, statement: &Statement, request: &Request, short: ShortArn) -> Truth {
    if !covers_action(&statement.action, &request.action) {
        return Truth::False;
    }
    let resource = covers_resource(statement.resource.as_ref(), policy.version, request, short);
    if resource == Truth::False {
        return Truth::False;
    }
    resource.and(meets_conditions(&statement.conditions, policy.version, request))
}

/// Whether an `Action` or `NotAction` element covers `action`.
pub fn covers_action(clause: &Clause, action: &Action) -> bool {
    let listed = |pattern: &str| pattern::matches_text(&pattern.to_ascii_lowercase(), action.lower());
    let any = clause.patterns.iter().any(|pattern| listed(&pattern.value));
    match clause.polarity {
        Polarity::Only => any,
        Polarity::Except => !any,
    }
}

/// Whether a `Resource` or `NotResource` element covers the request's resource; a trust policy has none.
pub fn covers_resource(
    clause: Option<&Clause>,
    version: Version,
    request: &Request,
    short: ShortArn,
) -> Truth {
    let Some(clause) = clause else { return Truth::True };
    let listed = |text: &str| {
        ResourcePattern::parse(text, version, short).matches(&request.resource, &request.context)
    };
    let any = clause.patterns.iter().map(|pattern| listed(&pattern.value)).fold(Truth::False, Truth::or);
    match clause.polarity {
        Polarity::Only => any,
        Polarity::Except => !any,
    }
}

fn meets_conditions(conditions: &[Condition], version: Version, request: &Request) -> Truth {
    let mut all = Truth::True;
    for condition in conditions {
        all = all.and(condition::holds(condition, version, &request.context));
        if all == Truth::False {
            break;
        }
    }
    all
}
