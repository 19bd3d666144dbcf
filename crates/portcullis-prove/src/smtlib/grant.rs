//! What the statements of one layer say together.

use portcullis_iam::policy_set::{Layer, Level};
use portcullis_iam::{Effect, Statement, Version};

use super::encoder::Encoder;
use super::principal::{self, ANY_REACH, Reach};
use super::resource::{self, ShortArns};
use super::term::Holds;
use super::{NotExported, condition};

type Answer = Result<Holds, NotExported>;

/// Whether a statement of a layer that is attached to the caller, or to an account, has `effect`.
pub(super) fn attached(encoder: &mut Encoder<'_>, layer: &Layer, short: ShortArns, effect: Effect) -> Answer {
    any_statement(encoder, layer, effect, &|encoder, statement, version| {
        let named = match &statement.principal {
            Some(clause) => principal::names(encoder, clause, &ANY_REACH)?,
            None => true.into(),
        };
        Ok(named.and(matches(encoder, statement, short, version)?))
    })
}

/// Whether every level has a statement with an Allow.
pub(super) fn every_level_allows(encoder: &mut Encoder<'_>, levels: &[Level]) -> Answer {
    let mut all = Vec::new();
    for level in levels {
        all.push(attached(encoder, &level.layer, ShortArns::AsWritten, Effect::Allow)?);
    }
    Ok(Holds::all(all))
}

/// Whether any level has a statement with a Deny.
pub(super) fn any_level_denies(encoder: &mut Encoder<'_>, levels: &[Level]) -> Answer {
    let mut any = Vec::new();
    for level in levels {
        any.push(attached(encoder, &level.layer, ShortArns::AsWritten, Effect::Deny)?);
    }
    Ok(Holds::any(any))
}

/// Whether an Allow of a layer that names principals reaches the caller in one of the ways of `reaches`.
pub(super) fn granted(encoder: &mut Encoder<'_>, layer: Option<&Layer>, reaches: &[Reach]) -> Answer {
    let Some(layer) = layer else { return Ok(false.into()) };
    any_statement(encoder, layer, Effect::Allow, &|encoder, statement, version| {
        let named = match &statement.principal {
            Some(clause) => principal::names(encoder, clause, reaches)?,
            None => false.into(),
        };
        Ok(named.and(matches(encoder, statement, ShortArns::AsWritten, version)?))
    })
}

/// Whether a Deny of a layer that names principals is aimed at the caller.
pub(super) fn refused(encoder: &mut Encoder<'_>, layer: Option<&Layer>, has_boundary: bool) -> Answer {
    let Some(layer) = layer else { return Ok(false.into()) };
    any_statement(encoder, layer, Effect::Deny, &|encoder, statement, version| {
        let named = match &statement.principal {
            Some(clause) => principal::is_denied(encoder, clause, has_boundary)?,
            None => false.into(),
        };
        Ok(named.and(matches(encoder, statement, ShortArns::AsWritten, version)?))
    })
}

fn any_statement(
    encoder: &mut Encoder<'_>,
    layer: &Layer,
    effect: Effect,
    holds: &dyn Fn(&mut Encoder<'_>, &Statement, Version) -> Answer,
) -> Answer {
    let mut any = Vec::new();
    for attached in &layer.policies {
        for statement in attached.policy.statements.iter().filter(|statement| statement.effect == effect) {
            any.push(holds(encoder, statement, attached.policy.version)?);
        }
    }
    any.extend((!layer.gaps.is_empty()).then_some(Holds::MAYBE));
    Ok(encoder.script.name_both(Holds::any(any)))
}

/// Whether every element but the principal matches.
fn matches(encoder: &mut Encoder<'_>, statement: &Statement, short: ShortArns, version: Version) -> Answer {
    let mut all = vec![Holds::from(encoder.cell.is_covered(&statement.action))];
    if let Some(clause) = &statement.resource {
        all.push(resource::covers(encoder, clause, short, version)?);
    }
    for test in &statement.conditions {
        all.push(condition::holds(encoder, test, version)?);
    }
    Ok(Holds::all(all))
}
