//! The standings of an account's users, each distinct one decided once.

use std::collections::HashMap;
use std::sync::Arc;

use portcullis_finding::Evidence;
use portcullis_iam::{Arn, Caller, Context, Credential, Gap, PolicySet, Request, Truth};
use portcullis_snapshot::{Fingerprint, Role, User, fingerprint, policies};

use super::context::{self, Mfa};
use super::door::{self, Door, DoorKind, Named};
use super::judge::{self, Tried};
use super::prepared::Prepared;
use super::settle::{self, Passage};
use super::{Standing, witness};
use crate::hidden::Hidden;
use crate::scope::AccountScope;

/// Decides standings, and remembers them.
pub struct Book<'s> {
    within: &'s AccountScope<'s>,
    doors: Vec<Door>,
    sets: HashMap<Fingerprint, Chapter>,
}

/// What is remembered of one policy set.
struct Chapter {
    prepared: Prepared,
    /// The common doors, by what users differ in.
    common: HashMap<Vec<Truth>, Arc<Vec<Tried>>>,
    /// The standings, by how the common and the personal doors turned out.
    standings: HashMap<(Vec<Truth>, Vec<Tried>), Arc<Standing>>,
}

impl<'s> Book<'s> {
    /// An empty book for the principals of one account.
    pub fn new(within: &'s AccountScope<'s>) -> Self {
        let doors = door::common(&within.account.partition, within.account.id);
        Self { within, doors, sets: HashMap::new() }
    }

    /// The standing of `user`.
    pub fn standing(&mut self, user: &User) -> Arc<Standing> {
        let (within, account) = (self.within, self.within.account);
        let chapter = self.sets.entry(fingerprint(account, user)).or_insert_with(|| {
            Chapter::new(&policies::of_user(within.scope.snapshot, account, user, context::ASSUME))
        });
        chapter.standing(within, &self.doors, user)
    }
}

/// Whether a session of `role` administers the account, whatever the credential that it was made with.
pub(crate) fn administers(within: &AccountScope<'_>, role: &Role) -> Result<bool, Hidden> {
    let policies = policies::of_role(within.scope.snapshot, within.account, role, context::ASSUME);
    let prepared = Prepared::new(&policies);
    let doors = door::common(&within.account.partition, within.account.id);
    let takeover = doors.iter().filter(|door| door.kind == DoorKind::Takeover);
    let asker = Asker::new(within, &prepared, &role.arn)?;
    let tried: Vec<_> = takeover.map(|door| asker.attempt(door)).collect();
    judge::administrator(&tried.iter().collect::<Vec<_>>())
}

impl Chapter {
    fn new(policies: &PolicySet) -> Self {
        Self { prepared: Prepared::new(policies), common: HashMap::new(), standings: HashMap::new() }
    }

    fn standing(&mut self, within: &AccountScope<'_>, doors: &[Door], user: &User) -> Arc<Standing> {
        let prepared = &self.prepared;
        let asker = match Asker::new(within, prepared, &user.arn) {
            Ok(asker) => asker,
            Err(hidden) => return Arc::new(Standing::unknown(hidden)),
        };
        let traits = prepared.traits(&asker.personal);
        let (personal, shared): (Vec<_>, Vec<_>) =
            prepared.named.iter().partition(|named| named.is_personal());
        let open = |named: &[&Named]| named.iter().filter_map(|named| named.door(&user.name)).collect();
        let common = self.common.entry(traits.clone()).or_insert_with(|| {
            let named: Vec<Door> = open(&shared);
            Arc::new(doors.iter().chain(&named).map(|door| asker.attempt(door)).collect())
        });
        let own: Vec<Door> = door::own(&user.arn).into_iter().chain(open(&personal)).collect();
        let tried: Vec<Tried> = own.iter().map(|door| asker.attempt(door)).collect();
        let standing = self.standings.entry((traits, tried)).or_insert_with_key(|(_, tried)| {
            let all: Vec<&Tried> = common.iter().chain(tried).collect();
            let named: Vec<Door> = open(&shared);
            let witness = judge::witness(&all).and_then(|(at, mfa)| {
                let door = doors.iter().chain(&named).chain(&own).nth(at)?;
                Some(asker.evidence(door, mfa))
            });
            Arc::new(judge::judge(&all, witness.unwrap_or_default()))
        });
        Arc::clone(standing)
    }
}

/// Asks for one principal.
struct Asker<'a> {
    prepared: &'a Prepared,
    caller: Caller,
    personal: Context,
}

impl<'a> Asker<'a> {
    fn new(within: &AccountScope<'_>, prepared: &'a Prepared, principal: &Arn) -> Result<Self, Hidden> {
        if principal.account() != Some(within.account.id) {
            return Err(Hidden::Words("its ARN names another account than the dump that it is in"));
        }
        match context::principal(within, principal, prepared.policies()) {
            Ok((caller, personal)) => Ok(Self { prepared, caller, personal }),
            Err(error) => Err(Hidden::Gap(Gap(error.to_string().into()))),
        }
    }

    fn attempt(&self, door: &Door) -> Tried {
        Tried {
            kind: door.kind,
            action: door.action.as_str().into(),
            absent: self.passage(door, Mfa::Absent),
            without: self.passage(door, Mfa::False),
            with: self.passage(door, Mfa::True),
        }
    }

    fn passage(&self, door: &Door, mfa: Mfa) -> Passage {
        self.passage_with(door, mfa).0
    }

    /// A request that opens the door, and the statements that let it through.
    fn evidence(&self, door: &Door, mfa: Mfa) -> Vec<Evidence> {
        let (_, request) = self.passage_with(door, mfa);
        witness::evidence(&request, self.prepared.policies(), mfa)
    }

    fn passage_with(&self, door: &Door, mfa: Mfa) -> (Passage, Request) {
        let candidates = &self.prepared.candidates;
        let credential = match (&self.caller, mfa) {
            (Caller::Role(_), _) => Credential::RoleSession,
            (_, Mfa::Absent) => Credential::LongTermKey,
            (_, Mfa::False | Mfa::True) => Credential::Console,
        };
        let mut request = Request {
            caller: self.caller.clone(),
            credential,
            action: door.action.clone(),
            resource: door.resource.clone(),
            resource_owner: self.caller.account(),
            context: context::context(&self.personal, candidates, door.action.service(), mfa),
        };
        let passage = settle::passage(&|request| self.prepared.decide(request), candidates, &mut request);
        (passage, request)
    }
}
