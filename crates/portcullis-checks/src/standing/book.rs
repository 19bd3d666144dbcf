//! The standings of an account's users, each distinct one decided once.

use std::collections::HashMap;
use std::sync::Arc;

use portcullis_iam::PolicySet;
use portcullis_prove::{Alike, AlikeKey};
use portcullis_snapshot::{Fingerprint, User, fingerprint, policies};

use super::Standing;
use super::asker::Asker;
use super::context;
use super::door::Doors;
use crate::hidden::Hidden;
use crate::scope::AccountScope;

/// Decides standings, and remembers them.
pub struct Book<'s> {
    within: &'s AccountScope<'s>,
    doors: Doors,
    sets: HashMap<Fingerprint, Chapter>,
}

/// What is remembered of one policy set: the standings, by what users differ in.
struct Chapter {
    policies: Arc<PolicySet>,
    alike: Alike,
    standings: HashMap<AlikeKey, Arc<Standing>>,
}

impl<'s> Book<'s> {
    /// An empty book for the users of one account.
    pub fn new(within: &'s AccountScope<'s>) -> Self {
        let doors = Doors::of_account(&within.account.partition, within.account.id);
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
            let alike = Alike::new(&policies);
            Chapter { policies: Arc::new(policies), alike, standings: HashMap::new() }
        });
        chapter.standing(within, &self.doors, user)
    }
}

impl Chapter {
    fn standing(&mut self, within: &AccountScope<'_>, doors: &Doors, user: &User) -> Arc<Standing> {
        let asker = match Asker::new(within, &self.policies, &user.arn) {
            Ok(asker) => asker,
            Err(hidden) => return Arc::new(Standing::unknown(hidden)),
        };
        let key = self.alike.key(&user.arn, asker.context());
        let decided = self.standings.entry(key);
        Arc::clone(decided.or_insert_with(|| Arc::new(asker.standing(&doors.with_own(&user.arn)))))
    }
}
