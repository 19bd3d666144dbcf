//! The properties, one file and one page each. This file holds only their table.

mod break_glass_works;
mod can_enrol;
mod cannot_disarm_without_mfa;
mod no_access_without_mfa;
mod no_new_access_without_mfa;
mod operator_can_roll_back;
mod roles_unaffected;

use portcullis_finding::Rule;
use portcullis_guardrail::{BreakGlass, BreakGlassMfa};
use portcullis_iam::Arn;
use portcullis_snapshot::{Account, Known};

use crate::case::{Case, Ruling};
use crate::estate::Estate;
use crate::prover::Prover;
use crate::share::Traits;
use portcullis_snapshot::Who;

/// A property of principals.
#[derive(Debug)]
pub struct Property {
    /// Its id and its page.
    pub rule: Rule,
    /// Of whom it speaks.
    pub(crate) concerns: Concern,
    /// How it is judged.
    pub(crate) run: fn(&Case<'_>, &mut Prover) -> Vec<Ruling>,
}

/// Of whom a property speaks.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Concern {
    /// Users.
    Users,
    /// Users who have no device, or of whom that is not known.
    Unenrolled,
    /// Users, where there is something to compare with.
    ComparedUsers,
    /// Roles.
    Roles,
    /// The principals for emergencies, and where some are exempt everybody else in their account but their guardians.
    BreakGlass,
    /// Who takes a step.
    Operator,
}

impl Property {
    /// What it looks at in this principal beside its policies; none where it does not speak of it.
    pub(crate) fn traits(&self, estate: &Estate<'_>, account: &Account, who: Who<'_>) -> Option<Traits> {
        let arn = who.arn(account);
        match (self.concerns, who) {
            (Concern::Users, Who::User(_)) | (Concern::Roles, Who::Role(_)) => Some(Traits::default()),
            (Concern::Unenrolled, Who::User(user)) => {
                let enrols = user.mfa.active != Known::Fact(true);
                enrols.then(|| Traits::of_enrolment(estate, account, user))
            }
            (Concern::ComparedUsers, Who::User(_)) => estate.compares().then(Traits::default),
            (Concern::BreakGlass, _) => {
                let near = is_near_break_glass(estate, account, arn);
                near.then(|| Traits::near_break_glass(estate, arn))
            }
            (Concern::Operator, _) => {
                let is_operator = estate.operator.is_some_and(|operator| operator.principal == *arn);
                is_operator.then(Traits::default)
            }
            (
                Concern::Users | Concern::Unenrolled | Concern::ComparedUsers | Concern::Roles,
                Who::User(_) | Who::Role(_) | Who::Root,
            ) => None,
        }
    }
}

fn is_near_break_glass(estate: &Estate<'_>, account: &Account, arn: &Arn) -> bool {
    let declared = &estate.intent.break_glass;
    let here = |own: &&BreakGlass| own.principal.account() == Some(account.id);
    let is_one = declared.iter().any(|own| own.principal.is(arn.as_str()));
    let mut exempt = declared.iter().filter(here).filter(|own| own.mfa == BreakGlassMfa::Exempt).peekable();
    let root = arn.resource() == "root";
    is_one || (!root && exempt.peek().is_some() && !exempt.any(|own| own.guardians.contains(arn)))
}

/// The checks of an audit that rest on a property, each after its property: who accepts their findings accepts its
/// counterexamples.
pub const RESTS_ON: [(&str, &str); 5] = [
    ("no-access-without-mfa", "mfa-not-enforced"),
    ("cannot-disarm-without-mfa", "could-disarm-mfa"),
    ("can-enrol", "cannot-enrol"),
    ("roles-unaffected", "role-broken-by-mfa"),
    ("break-glass-works", "exemption-too-wide"),
];

/// Every property, in the order in which reports tell them.
pub static PROPERTIES: &[Property] = &[
    no_access_without_mfa::PROPERTY,
    cannot_disarm_without_mfa::PROPERTY,
    can_enrol::PROPERTY,
    break_glass_works::PROPERTY,
    roles_unaffected::PROPERTY,
    no_new_access_without_mfa::PROPERTY,
    operator_can_roll_back::PROPERTY,
];
