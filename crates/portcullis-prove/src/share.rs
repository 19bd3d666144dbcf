//! Principals that are judged alike: one of them is judged for all.

use portcullis_iam::Arn;
use portcullis_snapshot::Account;

use crate::case::Ruling;
use crate::estate::{Estate, Who};
use crate::judgement::Verdict;
use crate::property::Property;
use crate::reach::Doubt;
use crate::run::Options;

/// Principals of one account that are judged alike, in the order of their ARNs; never empty.
#[derive(Clone, Debug)]
pub(crate) struct Group<'s> {
    pub(crate) account: &'s Account,
    pub(crate) members: Vec<Who<'s>>,
}

/// The principals of the account that are asked about, by what they are judged on.
pub(crate) fn groups<'s>(
    estate: &Estate<'s>,
    account: &'s Account,
    asked: &[&'static Property],
    options: &Options,
) -> Vec<Group<'s>> {
    let users = account.users.values().map(Who::User);
    let all = users.chain(account.roles.values().map(Who::Role)).chain([Who::Root]);
    let wanted = all.filter(|who| {
        options.asks_about(arn(account, *who)) && asked.iter().any(|own| own.concerns(estate, account, *who))
    });
    wanted.map(|who| Group { account, members: vec![who] }).collect()
}

/// The principal's ARN.
pub(crate) fn arn<'s>(account: &'s Account, who: Who<'s>) -> &'s Arn {
    match who {
        Who::User(user) => &user.arn,
        Who::Role(role) => &role.arn,
        Who::Root => &account.root.arn,
    }
}

/// Nothing can be said, whatever the credential.
pub(crate) fn undecided(doubt: Doubt) -> Ruling {
    Ruling { kind: None, verdict: Verdict::Undecided(doubt) }
}
