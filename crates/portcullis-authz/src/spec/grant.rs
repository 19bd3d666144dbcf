//! What the statements of one layer say together.

use portcullis_iam::policy_set::{Layer, Level};
use portcullis_iam::{Effect, Request, Statement, Version};

use super::holds::Holds;
use super::principal::{self, Reach};
use super::resource::ShortArns;
use super::statement;

/// Whether a statement of a layer that is attached to the caller, or to an account, has `effect` on the request.
///
/// Such statements apply to whom they are attached, and RCPs name everyone.
pub(super) fn attached(layer: &Layer, short: ShortArns, effect: Effect, request: &Request) -> Holds {
    any_statement(layer, effect, |statement, version| {
        let principal = match &statement.principal {
            Some(clause) => {
                Holds::any(ANY_REACH.iter().map(|reach| principal::names(clause, *reach, request)))
            }
            None => Holds::Yes,
        };
        principal.and(statement::matches_but_principal(statement, short, version, request))
    })
}

/// Whether every level has a statement with an Allow: "any account has only those permissions permitted by every
/// parent above it". ORG: orgs_manage_policies_scps_evaluation.
pub(super) fn every_level_allows(levels: &[Level], request: &Request) -> Holds {
    Holds::all(
        levels.iter().map(|level| attached(&level.layer, ShortArns::AsWritten, Effect::Allow, request)),
    )
}

/// Whether any level has a statement with a Deny.
pub(super) fn any_level_denies(levels: &[Level], request: &Request) -> Holds {
    Holds::any(levels.iter().map(|level| attached(&level.layer, ShortArns::AsWritten, Effect::Deny, request)))
}

/// Whether an Allow of a layer that names principals (a resource's or an endpoint's policy) reaches the caller in
/// one of the ways of `reaches`.
pub(super) fn granted(layer: Option<&Layer>, reaches: &[Reach], request: &Request) -> Holds {
    let Some(layer) = layer else {
        return Holds::No;
    };
    any_statement(layer, Effect::Allow, |statement, version| {
        let principal = match &statement.principal {
            Some(clause) => Holds::any(reaches.iter().map(|reach| principal::names(clause, *reach, request))),
            None => Holds::No,
        };
        principal.and(statement::matches_but_principal(statement, ShortArns::AsWritten, version, request))
    })
}

/// Whether a Deny of a layer that names principals is aimed at the caller.
pub(super) fn refused(layer: Option<&Layer>, has_boundary: bool, request: &Request) -> Holds {
    let Some(layer) = layer else {
        return Holds::No;
    };
    any_statement(layer, Effect::Deny, |statement, version| {
        let principal = match &statement.principal {
            Some(clause) => principal::is_denied(clause, has_boundary, request),
            None => Holds::No,
        };
        principal.and(statement::matches_but_principal(statement, ShortArns::AsWritten, version, request))
    })
}

/// Whether any statement with `effect` matches, or one that a gap may hide.
fn any_statement(layer: &Layer, effect: Effect, matches: impl Fn(&Statement, Version) -> Holds) -> Holds {
    let statements = layer.policies.iter().flat_map(|attached| {
        let policy = &attached.policy;
        policy.statements.iter().map(|statement| (statement, policy.version))
    });
    let with_effect = statements.filter(|(statement, _)| statement.effect == effect);
    Holds::any(with_effect.map(|(statement, version)| matches(statement, version)))
        .or(Holds::depends_on_gaps(&layer.gaps))
}

/// Every way in which a principal may be named.
pub(super) const ANY_REACH: [Reach; 3] = [Reach::Caller, Reach::Identity, Reach::Account];
