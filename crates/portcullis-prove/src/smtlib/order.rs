//! The order of evaluation.

use portcullis_iam::policy_set::{Layer, Level};
use portcullis_iam::{AccountId, Arn, Caller, Effect, PolicySet};

use super::encoder::{Encoder, RESOURCE};
use super::glob::quoted;
use super::grant::{any_level_denies, attached, every_level_allows, granted, refused};
use super::principal::{ANY_REACH, Reach};
use super::resource::ShortArns;
use super::service_rule::{self, Rule};
use super::term::{Holds, Term};
use super::{NotExported, cell::Cell};

type Answer = Result<Holds, NotExported>;

/// The policies that apply to the requests of a cell.
struct Applicable<'p> {
    /// What the caller's own policies are; None when it has or needs none.
    own: Option<&'p Layer>,
    /// Whether the caller may do everything, as the root user may.
    may_all: bool,
    boundary: Option<&'p Layer>,
    session: Option<&'p Layer>,
    service_control: &'p [Level],
    resource_control: &'p [Level],
    resource: Option<&'p Layer>,
    endpoint: Option<&'p Layer>,
}

/// Whether `policies` allow a request of the cell.
pub(super) fn is_allowed(encoder: &mut Encoder<'_>, policies: &PolicySet) -> Answer {
    let bar = match service_rule::rule(encoder)? {
        Rule::Allowed => return Ok(true.into()),
        Rule::BarredIf(bar) => bar,
    };
    let applicable = applicable(&encoder.question.frame.caller, policies, encoder.cell);
    let denied = is_denied(encoder, &applicable, policies.management_account)?;
    let allowed = is_granted(encoder, &applicable)?;
    let holds = bar.not().and(denied.not()).and(allowed);
    Ok(encoder.script.name_both(holds))
}

fn applicable<'p>(caller: &Caller, policies: &'p PolicySet, cell: &Cell) -> Applicable<'p> {
    let is_root = |arn: &Arn| arn.resource() == "root";
    let may_all = match caller {
        Caller::Root(_) => true,
        Caller::FederatedUser(session) => session.issuer.as_ref().is_some_and(is_root),
        Caller::Anonymous | Caller::Service(_) | Caller::User(_) | Caller::Role(_) => false,
    };
    let has_account = caller.account().is_some();
    let own = Some(&policies.identity).filter(|_| has_account && !may_all);
    let linked = matches!(caller, Caller::Role(session) if is_service_linked(session.role.as_str()));
    let in_management = has_account && caller.account() == policies.management_account;
    let by_service_control = has_account && !in_management && !linked;
    Applicable {
        own,
        may_all,
        boundary: policies.boundary.as_ref().filter(|_| own.is_some()),
        session: policies.session.as_ref().filter(|_| has_account),
        service_control: if by_service_control { &policies.service_control } else { &[] },
        resource_control: if cell.is_bound_by_rcps && !linked { &policies.resource_control } else { &[] },
        resource: policies.resource.as_ref(),
        endpoint: policies.endpoint.as_ref(),
    }
}

fn is_denied(encoder: &mut Encoder<'_>, policies: &Applicable<'_>, management: Option<AccountId>) -> Answer {
    let mut any = Vec::new();
    for layer in [policies.own, policies.boundary, policies.session].into_iter().flatten() {
        any.push(attached(encoder, layer, ShortArns::Completed, Effect::Deny)?);
    }
    any.push(any_level_denies(encoder, policies.service_control)?);
    let bound = Holds::from(escapes_rcps(encoder, management).not());
    any.push(bound.and(any_level_denies(encoder, policies.resource_control)?));
    let has_boundary = policies.boundary.is_some();
    any.push(refused(encoder, policies.resource, has_boundary)?);
    any.push(refused(encoder, policies.endpoint, has_boundary)?);
    Ok(Holds::any(any))
}

/// Whether the resource is the management account's, or a service-linked role that is to be assumed.
fn escapes_rcps(encoder: &Encoder<'_>, management: Option<AccountId>) -> Term {
    let in_management = match management {
        Some(account) if encoder.question.frame.caller.account() == Some(account) => {
            is_in_own_account(encoder)
        }
        Some(account) => in_account(account),
        None => Term::False,
    };
    let linked = matches_arn("iam", "role/aws-service-role/");
    let assumes = Term::all([encoder.cell.makes_session.clone(), linked]);
    Term::any([in_management, assumes])
}

fn is_granted(encoder: &mut Encoder<'_>, policies: &Applicable<'_>) -> Answer {
    let scps = every_level_allows(encoder, policies.service_control)?;
    let endpoint = match policies.endpoint {
        Some(_) => granted(encoder, policies.endpoint, &ANY_REACH)?,
        None => true.into(),
    };
    let access = if encoder.question.frame.caller.account().is_some() {
        let same = Holds::from(is_in_own_account(encoder));
        let inside = in_one_account(encoder, policies)?;
        let across = by_both_accounts(encoder, policies)?;
        same.clone().and(inside).or(same.not().and(across))
    } else {
        granted(encoder, policies.resource, &[Reach::Caller])?
    };
    Ok(scps.and(endpoint).and(access))
}

fn in_one_account(encoder: &mut Encoder<'_>, policies: &Applicable<'_>) -> Answer {
    let to_caller = granted(encoder, policies.resource, &[Reach::Caller])?;
    let to_identity = granted(encoder, policies.resource, &[Reach::Identity])?;
    let to_account = granted(encoder, policies.resource, &[Reach::Account])?;
    let needs_name = if policies.resource.is_some() { must_name_principals(encoder) } else { Term::False };
    let delegated = Holds::from(needs_name.not()).or(to_account);
    let own = own(encoder, policies)?.and(delegated);
    Ok(to_caller.or(to_identity.or(own).and(limits(encoder, policies)?)))
}

fn by_both_accounts(encoder: &mut Encoder<'_>, policies: &Applicable<'_>) -> Answer {
    let in_callers = own(encoder, policies)?.and(limits(encoder, policies)?);
    Ok(in_callers.and(granted(encoder, policies.resource, &ANY_REACH)?))
}

fn own(encoder: &mut Encoder<'_>, policies: &Applicable<'_>) -> Answer {
    match policies.own {
        Some(layer) => attached(encoder, layer, ShortArns::Completed, Effect::Allow),
        None => Ok(policies.may_all.into()),
    }
}

fn limits(encoder: &mut Encoder<'_>, policies: &Applicable<'_>) -> Answer {
    let mut all = Vec::new();
    for layer in [policies.boundary, policies.session].into_iter().flatten() {
        all.push(attached(encoder, layer, ShortArns::Completed, Effect::Allow)?);
    }
    if policies.session.is_none() && matches!(encoder.question.frame.caller, Caller::FederatedUser(_)) {
        all.push(false.into());
    }
    Ok(Holds::all(all))
}

/// Trust policies and key policies must allow explicitly.
fn must_name_principals(encoder: &Encoder<'_>) -> Term {
    let of_role = Term::all([encoder.cell.makes_session.clone(), matches_arn("iam", "role/")]);
    let of_key = if encoder.cell.is_of("kms") { matches_arn("kms", "key/") } else { Term::False };
    Term::any([of_role, of_key])
}

/// The resource's account is the one that its ARN names, else the caller's.
fn is_in_own_account(encoder: &Encoder<'_>) -> Term {
    let account = encoder.question.frame.caller.account();
    if account.is_some_and(|own| encoder.cell.names_only.as_deref() == Some(own.as_str())) {
        return Term::True;
    }
    let own = account.map_or(Term::True, in_account);
    let names_account = Term::new(format!(
        "(str.in_re {RESOURCE} (re.++ {START} (re.* no-colon) (str.to_re \":\") (re.* no-colon) (str.to_re \":\") ((_ re.loop 12 12) digit) (str.to_re \":\") any))"
    ));
    Term::any([names_account.not(), own])
}

fn in_account(account: AccountId) -> Term {
    Term::new(format!(
        "(str.in_re {RESOURCE} (re.++ {START} (re.* no-colon) (str.to_re \":\") (re.* no-colon) (str.to_re {}) any))",
        quoted(&format!(":{account}:"))
    ))
}

/// Whether the resource is an ARN of `service` whose last part begins so.
fn matches_arn(service: &str, resource: &str) -> Term {
    Term::new(format!(
        "(str.in_re {RESOURCE} (re.++ {START} (str.to_re {}) (re.* no-colon) (str.to_re \":\") (re.* no-colon) (str.to_re {}) any))",
        quoted(&format!("{service}:")),
        quoted(&format!(":{resource}"))
    ))
}

fn is_service_linked(role: &str) -> bool {
    Arn::parse(role)
        .is_some_and(|arn| arn.service() == "iam" && arn.resource().starts_with("role/aws-service-role/"))
}

/// `arn:partition:`.
const START: &str = "(str.to_re \"arn:\") (re.* no-colon) (str.to_re \":\")";
