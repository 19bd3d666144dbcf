//! Whom what asks for MFA spares by name or tag, and whom `portcullis.toml` declares.

use std::collections::BTreeMap;
use std::sync::Arc;

use portcullis_authz::words;
use portcullis_finding::{Evidence, Severity};
use portcullis_guardrail::{BreakGlassMfa, Principal};
use portcullis_iam::condition::Condition;
use portcullis_iam::{Arn, Gap, Level, Policy};
use portcullis_prove::CredentialKind;
use portcullis_snapshot::organization::{OrganizationPolicy, OrganizationPolicyKind};
use portcullis_snapshot::policies::{Assume, levels};
use portcullis_snapshot::{Account, Document, Known, User};

use crate::check::{Failure, Outcome};
use crate::guards;
use crate::hidden::{Hidden, known};
use crate::proofs::{self, Proven, Said};
use crate::scope::Scope;
use crate::usable;

/// A policy in force, and the users that it binds.
#[derive(Clone, Debug)]
pub(crate) struct Binding<'s> {
    /// Its ARN, or that of the user or group in which it is embedded.
    pub(crate) resource: Box<str>,
    /// How a message begins that does not say where it belongs.
    which: String,
    document: Known<&'s Arc<Document>>,
    users: Vec<&'s User>,
}

/// The policies of an account that bind users.
pub(crate) fn in_account(account: &Account) -> Vec<Binding<'_>> {
    let mut members: BTreeMap<&str, Vec<&User>> = BTreeMap::new();
    for user in account.users.values() {
        for group in user.groups.fact().into_iter().flatten() {
            members.entry(group).or_default().push(user);
        }
    }
    let own = account.users.values().filter_map(|user| Some((&user.arn, user.grants.fact()?, vec![user])));
    let of_groups = account.groups.values().filter_map(|group| {
        members.get(&*group.name).map(|users| (&group.arn, &group.grants, users.clone()))
    });
    let mut managed: BTreeMap<&str, Vec<&User>> = BTreeMap::new();
    let mut bindings = Vec::new();
    for (arn, grants, users) in own.chain(of_groups) {
        for policy in guards::attached(grants) {
            managed.entry(policy).or_default().extend(&users);
        }
        for inline in &grants.inline {
            let (resource, document) = (arn.as_str().into(), Known::Fact(&inline.document));
            bindings.push(Binding { resource, which: String::new(), document, users: users.clone() });
        }
    }
    let managed = managed.into_iter().filter_map(|(arn, users)| {
        let policy = account.policies.get(arn).filter(|policy| !policy.is_of_aws())?;
        Some(Binding {
            resource: arn.into(),
            which: String::new(),
            document: policy.document.as_ref(),
            users,
        })
    });
    bindings.extend(managed);
    bindings
}

/// The control policies that bind accounts of the snapshot.
pub(crate) fn in_organization<'s>(scope: &Scope<'s>) -> Vec<Binding<'s>> {
    let Some(organization) = &scope.snapshot.organization else { return Vec::new() };
    let kind = OrganizationPolicyKind::ServiceControl;
    let accounts: Vec<(&Account, Vec<Level>)> = scope
        .selected()
        .map(|account| (account, levels(scope.snapshot, account.id, kind, Assume::NoOrganization)))
        .collect();
    let of = |policy: &'s OrganizationPolicy| {
        let id = policy.arn.as_ref().unwrap_or(&policy.id);
        let binds = |levels: &[Level]| {
            levels.iter().flat_map(|level| &level.layer.policies).any(|attached| attached.id == *id)
        };
        let bound: Vec<&'s Account> =
            accounts.iter().filter(|(_, levels)| binds(levels)).map(|(account, _)| *account).collect();
        let users = bound.iter().flat_map(|account| account.users.values()).collect();
        let binding = Binding {
            resource: (&**id).into(),
            which: format!("the control policy {} ", policy.called()),
            document: policy.document.as_ref(),
            users,
        };
        (!bound.is_empty()).then_some(binding)
    };
    organization.service_control().filter_map(of).collect()
}

impl Binding<'_> {
    /// What the policy spares beyond what is declared; not applicable where it does not ask for MFA.
    pub(crate) fn said(&self, scope: &Scope<'_>) -> Result<Outcome, Hidden> {
        let document = known(self.document)?;
        let unreadable = || Hidden::Gap(Gap("a policy has no meaning".into()));
        let policy = document.policy.as_ref().ok_or_else(unreadable)?;
        Ok(self.outcome(scope, policy))
    }

    fn outcome(&self, scope: &Scope<'_>, policy: &Policy) -> Outcome {
        if guards::guards(policy).next().is_none() {
            return Outcome::NotApplicable;
        }
        let conditions = guards::exemptions(policy);
        let mut open: Vec<String> = conditions.iter().flat_map(|own| open_values(scope, own)).collect();
        open.sort();
        open.dedup();
        let spared = self.undeclared(scope, policy, &conditions);
        // Who is named and exists is told by name alone.
        open.retain(|own| !spared.iter().any(|arn| own.strip_prefix("is ") == Some(arn.as_str())));
        if spared.is_empty() && open.is_empty() {
            return Outcome::Pass;
        }
        let names: Vec<&str> = spared.iter().take(SHOWN).map(|arn| arn.resource()).collect();
        let users = match spared.len().saturating_sub(SHOWN) {
            _ if names.is_empty() => None,
            0 => Some(names.join(", ")),
            more => Some(format!("{} and {more} more", names.join(", "))),
        };
        let values = (!open.is_empty()).then(|| format!("whoever {}", open.join(" or ")));
        let whom: Vec<String> = users.into_iter().chain(values).collect();
        Outcome::Fail(Failure {
            severity: if spared.is_empty() { Severity::Medium } else { Severity::High },
            message: format!("{}spares more than portcullis.toml declares: {}", self.which, whom.join("; ")),
            evidence: conditions.iter().map(|own| evidence(own)).collect(),
        })
    }

    /// The users whom the policy spares and nobody declares.
    fn undeclared(&self, scope: &Scope<'_>, policy: &Policy, conditions: &[&Condition]) -> Vec<&Arn> {
        let spared = self.users.iter().filter(|user| {
            conditions.iter().any(|own| guards::spares(own, policy, user)) && !is_declared(scope, &user.arn)
        });
        let mut spared: Vec<&Arn> = spared.map(|user| &user.arn).collect();
        spared.sort();
        spared.dedup();
        spared
    }
}

fn evidence(condition: &Condition) -> Evidence {
    let values: Vec<&str> = condition.values.iter().map(|value| &*value.value).collect();
    let operator = condition.operator.value;
    Evidence::decision(format!("{operator} {} spares {}", words::spelling(&condition.key), values.join(", ")))
}

/// The values of the condition that do not stand for one declared principal.
fn open_values(scope: &Scope<'_>, condition: &Condition) -> Vec<String> {
    let key = condition.key.as_str();
    let values = condition.values.iter().map(|value| &*value.value);
    let open = values.filter(|value| guards::may_be_user(key, value) && !stands_for_one(scope, key, value));
    open.map(|value| match key.strip_prefix("aws:principaltag/") {
        Some(tag) => format!("carries the tag {tag} = {value}"),
        None if value.contains(['*', '?']) => format!("matches {value}"),
        None => format!("is {value}"),
    })
    .collect()
}

fn stands_for_one(scope: &Scope<'_>, key: &str, value: &str) -> bool {
    let mut users = scope.snapshot.users().map(|(_, user)| user);
    match key {
        "aws:principalarn" => declared(scope).any(|own| own.is(value)),
        // An id is nobody else's, ever: it is enough that whoever has it is declared.
        "aws:userid" => {
            users.any(|user| user.id.fact().is_some_and(|id| **id == *value) && is_declared(scope, &user.arn))
        }
        _ => false,
    }
}

/// The principals of whom the intent says that no MFA is asked of them.
fn declared<'s>(scope: &Scope<'s>) -> impl Iterator<Item = &'s Principal> {
    let intent = scope.intent;
    let now = scope.now;
    let break_glass = intent.break_glass.iter().filter(|own| own.mfa == BreakGlassMfa::Exempt);
    let accepted = intent
        .exemptions
        .iter()
        .filter(move |own| own.holds_at(now) && own.checks.iter().any(|check| check == proofs::ENFORCED));
    break_glass.map(|own| &own.principal).chain(accepted.map(|own| &own.principal))
}

fn is_declared(scope: &Scope<'_>, arn: &Arn) -> bool {
    declared(scope).any(|own| own.is(arn.as_str()))
}

/// Whether somebody can pass as a principal that is exempt; none for those of whom nobody asks.
pub(crate) fn impostor(
    scope: &Scope<'_>,
    (check, arn): (&str, &Arn),
    user: Option<&User>,
) -> Option<Result<Outcome, Hidden>> {
    if scope.intent.break_glass.iter().any(|own| own.principal.is(arn.as_str())) {
        return None;
    }
    let refuted = match scope.proofs.say(check, arn) {
        Said::Nothing => return None,
        Said::Proved => return Some(Ok(Outcome::Pass)),
        Said::Undecided(hidden) => return Some(Err(hidden)),
        Said::Refuted(refuted) => refuted,
    };
    let weighed = refuted.into_iter().filter_map(|proven| Some((weight(proven, user)?, proven)));
    let (severity, proven) = weighed.rev().max_by_key(|(severity, _)| *severity)?;
    let message = proven.flaw()?.message.to_string();
    let evidence = proven.evidence(scope.snapshot, arn);
    Some(Ok(Outcome::Fail(Failure { severity, message, evidence })))
}

/// How bad it is, by whether the user holds such a credential without MFA.
fn weight(proven: &Proven<'_>, user: Option<&User>) -> Option<Severity> {
    let severity = proven.severity()?;
    Some(match (user, proven.kind()?) {
        (Some(user), kind @ (CredentialKind::AccessKey | CredentialKind::Console)) => {
            usable::weighed(severity, usable::with(user, &[kind]))
        }
        _ => severity,
    })
}

/// How many users a message names.
const SHOWN: usize = 2;
