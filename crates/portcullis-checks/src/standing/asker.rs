//! How far one principal reaches, asked of the prover.

use std::sync::Arc;

use portcullis_iam::{Arn, Context, Gap, PolicySet};
use portcullis_prove::credential::Base;
use portcullis_prove::{Area, CredentialKind, Question, Reach as Answer, Step, self_service};
use portcullis_snapshot::{Role, policies};

use super::candidates::documents;
use super::context::ASSUME;
use super::door::Doors;
use super::{Enforcement, Extent, Opening, Power, Reach, Standing};
use crate::hidden::Hidden;
use crate::proofs::{self, Proven, Said};
use crate::reading::profile::is_mfa;
use crate::scope::AccountScope;

/// Asks for one principal.
pub(super) struct Asker<'a> {
    within: &'a AccountScope<'a>,
    principal: &'a Arn,
    policies: &'a Arc<PolicySet>,
    base: Base,
}

/// A credential that MFA is not asked of, and how far it reaches.
struct Way {
    kind: CredentialKind,
    reach: Reach,
    /// The requests that show it.
    steps: Vec<Step>,
}

/// Whether a session of `role` administers the account, whatever the credential that it was made with.
pub(crate) fn administers(within: &AccountScope<'_>, role: &Role) -> Result<bool, Hidden> {
    let account = within.account;
    let policies = Arc::new(policies::of_role(within.scope.snapshot, account, role, ASSUME));
    let asker = Asker::new(within, &policies, &role.arn)?;
    asker.is_open(CredentialKind::RoleSession, &Doors::of_account(&account.partition, account.id).takeover)
}

impl<'a> Asker<'a> {
    pub(super) fn new(
        within: &'a AccountScope<'a>,
        policies: &'a Arc<PolicySet>,
        principal: &'a Arn,
    ) -> Result<Self, Hidden> {
        match Base::new(within.scope.snapshot, principal, policies, within.scope.now) {
            Ok(base) => Ok(Self { within, principal, policies, base }),
            Err(error) => Err(Hidden::Gap(Gap(error.to_string().into()))),
        }
    }

    /// What is known of every request.
    pub(super) fn context(&self) -> &Context {
        self.base.context()
    }

    /// The standing of the principal.
    pub(super) fn standing(&self, doors: &Doors) -> Standing {
        let administrator = self.is_open(CredentialKind::ConsoleWithMfa, &doors.takeover);
        let enforcement = match self.within.scope.proofs.say(proofs::ENFORCED, self.principal) {
            Said::Nothing => Enforcement::Unknown(Hidden::Words("nothing was proved of it")),
            Said::Undecided(hidden) => Enforcement::Unknown(hidden),
            Said::Proved if administrator != Ok(true) && self.has_no_access() => Enforcement::NoAccess,
            Said::Proved => Enforcement::Enforced,
            Said::Refuted(judgements) => Enforcement::Open(self.opening(&judgements, doors)),
        };
        Standing { administrator, enforcement }
    }

    /// Whether a request in one of these areas is allowed with such a credential.
    fn is_open(&self, kind: CredentialKind, only: &[Area]) -> Result<bool, Hidden> {
        match self.ask(kind, only, &[]) {
            Answer::Open(_) => Ok(true),
            Answer::Closed(_) => Ok(false),
            Answer::Undecided(doubt) => Err(Hidden::from(&doubt)),
        }
    }

    fn has_no_access(&self) -> bool {
        let spared = self_service::actions();
        matches!(self.ask(CredentialKind::ConsoleWithMfa, &[], &spared), Answer::Closed(_))
    }

    /// The most that is said in any state of the MFA keys that such a credential can have.
    fn ask(&self, kind: CredentialKind, only: &[Area], spared: &[Area]) -> Answer {
        let mut said = Answer::Closed(Default::default());
        for frame in kind.frames(&self.base) {
            let question = Question::any(self.policies, &frame).only(only).sparing(spared);
            match self.within.scope.proofs.provers.ask(&question) {
                Answer::Closed(_) => {}
                Answer::Undecided(doubt) => said = Answer::Undecided(doubt),
                open @ Answer::Open(_) => return open,
            }
        }
        said
    }

    /// What the judgements that refute it come to.
    fn opening(&self, judgements: &[&Proven<'_>], doors: &Doors) -> Opening {
        let way = |kinds: &[CredentialKind]| {
            let of = |kind: &CredentialKind| judgements.iter().find(|own| own.kind() == Some(*kind));
            kinds.iter().find_map(of).and_then(|proven| self.way(proven, doors))
        };
        let by_key = way(&[CredentialKind::AccessKey]);
        let by_session = way(&SESSIONS);
        let other = if by_key.is_none() && by_session.is_none() { way(&OTHERS) } else { None };
        let ways = [&other, &by_session, &by_key];
        let worst = ways.into_iter().flatten().max_by_key(|own| own.reach.power);
        let most = worst.map(|own| own.reach.power);
        // Beside what reaches further, that others can be enrolled does not tell how much is left out.
        let counts = |way: &Option<Way>| {
            way.as_ref()
                .is_some_and(|own| Some(own.reach.power) == most || Power::Enrolment < own.reach.power)
        };
        let extent = match (counts(&by_key), counts(&by_session), &other) {
            (false, false, Some(own)) => Extent::Only(own.kind),
            (true, false, _) => Extent::KeysOnly,
            (false, true, _) => Extent::SessionsOnly,
            _ if self.asks_for_mfa() => Extent::Part,
            _ => Extent::Everything,
        };
        let snapshot = self.within.scope.snapshot;
        let evidence = worst.map(|own| proofs::of_steps(&own.steps, Some(own.kind), snapshot));
        let reach = |way: Option<Way>| way.map(|own| own.reach);
        Opening {
            by_key: reach(by_key),
            by_session: reach(by_session),
            other: reach(other),
            extent,
            of: self.principal.clone(),
            evidence: evidence.unwrap_or_default(),
        }
    }

    fn way(&self, proven: &Proven<'_>, doors: &Doors) -> Option<Way> {
        let kind = proven.kind()?;
        let flaw = proven.flaw()?;
        let asked = [(Power::Administrator, &doors.takeover), (Power::Broad, &doors.telling)];
        for (power, areas) in asked {
            if let Answer::Open(witness) = self.ask(kind, areas, &[]) {
                let step = Step::open(format!("a request with {kind}"), &witness, self.policies, None);
                let reach = Reach::new(power, &step);
                return Some(Way { kind, reach, steps: vec![step] });
            }
        }
        let last = flaw.steps.last()?;
        let is_chain = 1 < flaw.steps.len();
        let power = if is_chain { Power::of_severity(flaw.severity) } else { Power::Narrow };
        Some(Way { kind, reach: Reach::new(power, last), steps: flaw.steps.clone() })
    }

    /// Whether a policy that applies asks for MFA.
    fn asks_for_mfa(&self) -> bool {
        let statements = documents(self.policies).into_iter().flat_map(|policy| &policy.statements);
        statements.flat_map(|statement| &statement.conditions).any(is_mfa)
    }
}

/// Sessions without MFA: whatever one of the later ones may do the first may do as well, but for what tests the session.
const SESSIONS: [CredentialKind; 3] =
    [CredentialKind::Console, CredentialKind::SessionToken, CredentialKind::SignIn];

/// What is made of a key or of a session.
const OTHERS: [CredentialKind; 2] = [CredentialKind::FederationToken, CredentialKind::Forwarded];
