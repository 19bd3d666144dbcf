//! Which users have the same policies.

use std::sync::Arc;

use portcullis_iam::AccountId;

use crate::account::Account;
use crate::grants::Grants;
use crate::known::{Known, Missing};
use crate::user::User;

/// Stands for all the policies that apply to a user, apart from what they say of this user in particular: users of
/// one snapshot with equal fingerprints have equal policies. The reverse need not hold.
///
/// It is cheap, because equal names and documents of an import share one place in memory. It means nothing without
/// the snapshot, whose places it stands on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Fingerprint {
    account: AccountId,
    /// What hides the user's groups and policies.
    hidden: [Option<Missing>; 2],
    /// Sorted.
    marks: Box<[Mark]>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Mark {
    Group(usize),
    Managed(usize),
    Inline { name: usize, document: usize },
    Boundary(usize),
}

/// The fingerprint of the policies of `user`.
pub fn fingerprint(account: &Account, user: &User) -> Fingerprint {
    let groups = user.groups.fact().into_iter().flatten().map(|name| Mark::Group(place(name)));
    let grants = user.grants.fact().into_iter().flat_map(marks);
    let mut marks: Vec<Mark> = groups.chain(grants).collect();
    marks.sort_unstable();
    Fingerprint {
        account: account.id,
        hidden: [hidden(&user.groups), hidden(&user.grants)],
        marks: marks.into(),
    }
}

fn marks(grants: &Grants) -> impl Iterator<Item = Mark> {
    let attached = grants.attached.iter().map(|policy| Mark::Managed(place(&policy.arn)));
    let inline = grants.inline.iter().map(|policy| Mark::Inline {
        name: place(&policy.name),
        document: Arc::as_ptr(&policy.document).addr(),
    });
    let boundary = grants.boundary.iter().map(|arn| Mark::Boundary(place(arn)));
    attached.chain(inline).chain(boundary)
}

fn place(name: &Arc<str>) -> usize {
    name.as_ptr().addr()
}

fn hidden<T>(fact: &Known<T>) -> Option<Missing> {
    fact.missing()
}
