//! The standings of an account's users, each distinct one decided once.

use std::collections::HashMap;
use std::sync::Arc;

use portcullis_finding::Evidence;
use portcullis_iam::{Arn, Caller, Context, Credential, Gap, Request, Truth};
use portcullis_snapshot::{Fingerprint, Role, User, fingerprint, policies};

use super::context::{self, Mfa};
use super::door::{self, Door, DoorKind};
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

/// What is remembered of one policy set: the standings, by what users differ in.
struct Chapter {
    prepared: Prepared,
    standings: HashMap<Vec<Truth>, Arc<Standing>>,
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
        if user.arn.account() != Some(account.id) {
            let why = "its ARN names another account than the dump that it is in";
            return Arc::new(Standing::unknown(Hidden::Words(why)));
        }
        let chapter = self.sets.entry(fingerprint(account, user)).or_insert_with(|| {
            let policies = policies::of_user(within.scope.snapshot, account, user, context::ASSUME);
            let users = format!("arn:{}:iam::{}:user/", account.partition, account.id);
            let prepared = Prepared::new(&policies, &self.doors, &users);
            Chapter { prepared, standings: HashMap::new() }
        });
        chapter.standing(within, &self.doors, user)
    }
}

/// Whether a session of `role` administers the account, whatever the credential that it was made with.
pub(crate) fn administers(within: &AccountScope<'_>, role: &Role) -> Result<bool, Hidden> {
    let policies = policies::of_role(within.scope.snapshot, within.account, role, context::ASSUME);
    let prepared = Prepared::new(&policies, &[], "");
    let doors = door::common(&within.account.partition, within.account.id);
    let takeover = doors.iter().filter(|door| door.kind == DoorKind::Takeover);
    let asker = Asker::new(within, &prepared, &role.arn)?;
    let tried: Vec<_> = takeover.map(|door| asker.attempt(door)).collect();
    judge::administrator(&tried)
}

impl Chapter {
    fn standing(&mut self, within: &AccountScope<'_>, doors: &[Door], user: &User) -> Arc<Standing> {
        let prepared = &self.prepared;
        if prepared.is_impersonal() {
            let decided = self.standings.entry(Vec::new());
            return Arc::clone(decided.or_insert_with(|| Arc::new(decide(within, prepared, doors, user))));
        }
        let asker = match Asker::new(within, prepared, &user.arn) {
            Ok(asker) => asker,
            Err(hidden) => return Arc::new(Standing::unknown(hidden)),
        };
        let decided = self.standings.entry(prepared.traits(&user.arn, &user.name, &asker.personal));
        Arc::clone(decided.or_insert_with(|| Arc::new(asker.standing(doors, user))))
    }
}

fn decide(within: &AccountScope<'_>, prepared: &Prepared, doors: &[Door], user: &User) -> Standing {
    match Asker::new(within, prepared, &user.arn) {
        Ok(asker) => asker.standing(doors, user),
        Err(hidden) => Standing::unknown(hidden),
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
        match context::principal(within, principal, prepared.policies()) {
            Ok((caller, personal)) => Ok(Self { prepared, caller, personal }),
            Err(error) => Err(Hidden::Gap(Gap(error.to_string().into()))),
        }
    }

    /// The user's standing: every door tried.
    fn standing(&self, common: &[Door], user: &User) -> Standing {
        let named = self.prepared.named.iter().filter_map(|named| named.door(&user.name));
        let more: Vec<Door> = door::own(&user.arn).into_iter().chain(named).collect();
        let doors: Vec<&Door> = common.iter().chain(&more).collect();
        let tried: Vec<Tried> = doors.iter().map(|door| self.attempt(door)).collect();
        let worst = judge::witness(&tried).and_then(|(at, mfa)| Some((doors.get(at)?, mfa)));
        let evidence = worst.map(|(door, mfa)| self.evidence(door, mfa)).unwrap_or_default();
        judge::judge(&tried, evidence)
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
        witness::evidence(&request, self.prepared.policies(), &door.shown, mfa)
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
