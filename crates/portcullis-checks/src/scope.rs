//! What a check sees.

use std::sync::Arc;

use portcullis_finding::Evidence;
use portcullis_guardrail::{Exemption, Intent, Principal};
use portcullis_iam::{AccountId, Arn, Timestamp};
use portcullis_prove::Estate;
use portcullis_snapshot::{Account, Dump, Known, Origin, Snapshot, Use, User};

use crate::proofs::Proofs;
use crate::standing::Standing;

/// The snapshot as a whole, and what is intended for it.
#[derive(Debug)]
pub struct Scope<'s> {
    /// The snapshot.
    pub snapshot: &'s Snapshot,
    /// What is intended.
    pub intent: &'s Intent,
    /// The accounts that were asked for; empty for all.
    pub accounts: &'s [AccountId],
    /// The time to take as now.
    pub now: Timestamp,
    /// What the prover says of the principals of those accounts.
    pub proofs: Proofs<'s>,
    /// The paths of the snapshot's files, shared by all evidence.
    pub paths: Vec<Arc<str>>,
}

/// One account.
#[derive(Debug)]
pub struct AccountScope<'s> {
    /// The whole.
    pub scope: &'s Scope<'s>,
    /// The account.
    pub account: &'s Account,
}

/// One user.
#[derive(Debug)]
pub struct UserScope<'s> {
    /// The user's account.
    pub within: &'s AccountScope<'s>,
    /// The user.
    pub user: &'s User,
    /// What it may do with and without MFA.
    pub standing: &'s Standing,
}

impl<'s> Scope<'s> {
    /// What the checks see of an estate, with what was proved of the principals of `accounts`.
    pub fn new(estate: &Estate<'s>, accounts: &'s [AccountId], proofs: Proofs<'s>) -> Self {
        let Estate { snapshot, intent, now, .. } = *estate;
        let paths = snapshot.inputs.iter().map(|input| Arc::from(&*input.path)).collect();
        Self { snapshot, intent, accounts, now, proofs, paths }
    }

    /// The time for which the facts hold: when the snapshot was taken, else now.
    pub fn as_of(&self) -> Timestamp {
        self.snapshot.taken_at.map_or(self.now, |taken| taken.at)
    }

    /// The accounts of the snapshot that were asked for.
    pub fn selected(&self) -> impl Iterator<Item = &'s Account> {
        let all = self.snapshot.accounts.values();
        all.filter(|account| self.accounts.is_empty() || self.accounts.contains(&account.id))
    }

    /// The exemptions for the accounts that were asked for.
    pub fn exemptions(&self) -> impl Iterator<Item = &'s Exemption> {
        let asked = |account: Option<AccountId>| {
            self.accounts.is_empty() || account.is_some_and(|account| self.accounts.contains(&account))
        };
        self.intent.exemptions.iter().filter(move |exemption| asked(exemption.principal.account()))
    }

    /// The exemption that accepts what the check finds of the resource, where one holds.
    pub fn accepting(&self, check: &str, resource: &str) -> Option<&'s Exemption> {
        self.intent.exemptions.iter().find(|exemption| {
            exemption.holds_at(self.now)
                && exemption.checks.iter().any(|own| own == check)
                && exemption.principal.is(resource)
        })
    }

    /// The ARN of the principal of an exemption: the user's own where there is such a user.
    pub fn arn_of(&self, principal: &Principal) -> String {
        let account = principal.account().and_then(|id| self.snapshot.accounts.get(&id));
        let users = account.into_iter().flat_map(|account| account.users.values());
        match (principal, users.map(|user| user.arn.as_str()).find(|arn| principal.is(arn))) {
            (_, Some(arn)) => arn.to_owned(),
            (Principal::Arn(arn), None) => arn.to_string(),
            (Principal::User { account, name }, None) => format!("arn:aws:iam::{account}:user/{name}"),
        }
    }

    /// A fact, and the file and line in which it was read, where that is known.
    pub fn evidence(&self, fact: impl Into<Box<str>>, origin: Option<Origin>) -> Evidence {
        let path = origin.and_then(|origin| self.paths.get(origin.input.0 as usize));
        match (path, origin) {
            (Some(path), Some(origin)) => {
                Evidence::file(fact, path, (0 < origin.line).then_some(origin.line))
            }
            _ => Evidence::decision(fact),
        }
    }
}

impl AccountScope<'_> {
    /// A fact of the root user: its row of the report, else the account's own `dump`.
    pub fn about_root(&self, fact: &str, dump: Dump) -> Evidence {
        match self.account.root.report {
            Some(origin) => self.scope.evidence(fact, Some(origin)),
            None => self.told_by(fact, dump),
        }
    }

    /// A fact that a whole dump of the account tells.
    pub fn told_by(&self, fact: &str, dump: Dump) -> Evidence {
        let mut inputs = self.scope.snapshot.inputs.iter().zip(&self.scope.paths);
        let alone = self.scope.snapshot.accounts.len() == 1;
        let mine = |path: &str| alone || path.split('/').any(|part| part == self.account.id.as_str());
        match inputs.find(|(input, path)| input.used == Use::Read(dump) && mine(path)) {
            Some((_, path)) => Evidence::file(fact, path, None),
            None => Evidence::decision(fact),
        }
    }

    /// Whether the organization manages the credentials of its members' root users, and this account is a member.
    pub fn root_is_managed_centrally(&self) -> bool {
        self.scope.snapshot.organization.as_ref().is_some_and(|organization| {
            organization.root_credentials_management == Known::Fact(true)
                && organization.management_account != Known::Fact(self.account.id)
        })
    }

    /// The ARN of the account, which is the ARN of its root user too.
    pub fn arn(&self) -> &Arn {
        &self.account.root.arn
    }
}

impl UserScope<'_> {
    /// A fact that the user's row of the credential report tells.
    pub fn reported(&self, fact: impl Into<Box<str>>) -> Evidence {
        self.within.scope.evidence(fact, self.user.report)
    }

    /// The user's devices, as a fact.
    pub fn devices(&self) -> Evidence {
        let kinds: Vec<_> = self.user.mfa.devices.iter().map(|device| device.kind.name()).collect();
        self.reported(format!("MFA devices: {}", kinds.join(", ")))
    }

    /// The time for which the facts hold.
    pub fn as_of(&self) -> Timestamp {
        self.within.scope.as_of()
    }
}

/// The exemption that accepts a finding, as evidence.
pub fn intended(exemption: &Exemption) -> Evidence {
    let fact =
        format!("accepted by {} until {}: {}", exemption.owner, exemption.last_day(), exemption.reason);
    let path = Arc::from("portcullis.toml");
    Evidence::file(fact, &path, Some(exemption.position.line))
}
