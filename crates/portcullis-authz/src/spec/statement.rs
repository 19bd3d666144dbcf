//! A statement matches a request when each of its elements does.

use portcullis_iam::{Request, Statement, Version};

use super::holds::Holds;
use super::resource::ShortArns;
use super::{action, condition, resource};

/// Whether every element but the principal matches. An absent `Resource` (only trust policies may leave it out)
/// matches, and so does an absent condition block.
pub(super) fn matches_but_principal(
    statement: &Statement,
    short: ShortArns,
    version: Version,
    request: &Request,
) -> Holds {
    let action = action::covers(&statement.action, &request.action);
    let resource = match &statement.resource {
        Some(clause) => resource::covers(clause, short, version, request),
        None => Holds::Yes,
    };
    let conditions = statement.conditions.iter().map(|test| condition::holds(test, version, request));
    action.and(resource).and(Holds::all(conditions))
}
