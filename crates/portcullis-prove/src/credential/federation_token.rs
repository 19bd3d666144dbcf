//! A session that a user makes with GetFederationToken: up to 36 hours, with a name and tags that the user chooses.
//!
//! Who makes it also chooses its session policies, so that only the user's own policies limit it. In the console, where
//! the sign-in endpoint takes such credentials, it can call IAM too; through the API it cannot.

use std::collections::BTreeSet;

use portcullis_iam::condition::Family;
use portcullis_iam::request::FederatedSession;
use portcullis_iam::{Arn, Caller, ContextKey, Credential, PolicySet};

use super::base::{self, Base, Mfa};
use crate::documents;
use crate::facts::{Domain, Optional};
use crate::question::Frame;

/// The requests of the sessions that the user can make, for each name that the policies tell apart from others.
pub(crate) fn frames(base: &Base, policies: &PolicySet) -> Vec<Frame> {
    let Caller::User(user) = &base.caller else { return Vec::new() };
    names(policies).iter().filter_map(|name| session(base, user, name)).collect()
}

fn session(base: &Base, user: &Arn, name: &str) -> Option<Frame> {
    let account = user.account_part();
    let session = Arn::parse(&format!("arn:{}:sts::{account}:federated-user/{name}", user.partition()))?;
    let facts = base::own_call(base::circumstances(base.facts.clone(), base.now));
    let mut facts = base::issued(base::mfa(facts, Mfa::Absent), base.now)
        .with("aws:PrincipalArn", Domain::One(session.as_str().into()))
        .with("aws:PrincipalType", Domain::One("FederatedUser".into()))
        .with("aws:userid", Domain::One(format!("{account}:{name}").into()))
        .with("aws:username", Domain::Absent)
        .with("aws:SignInSessionArn", Domain::Absent);
    for tag in base.tags() {
        facts.state(&tag, Domain::Free { absent: Optional::Yes });
    }
    let issuer = Some(user.clone());
    let caller = Caller::FederatedUser(FederatedSession { session, issuer });
    Some(Frame { caller, credential: Credential::Console, facts })
}

/// Whether names could be told apart in more ways than are tried: more than one pattern of names is in play.
pub(crate) fn is_exhaustive(policies: &PolicySet) -> bool {
    patterns(policies).len() < 2
}

/// A name that means nothing, and one for each pattern that the policies have for such names.
fn names(policies: &PolicySet) -> BTreeSet<String> {
    let own = patterns(policies).into_iter().map(|pattern| pattern.replace(['*', '?'], "x"));
    own.filter(|name| is_name(name)).chain(["portcullis".to_owned()]).collect()
}

/// What conditions on the principal ask of the name of a federated session; patterns of all names left out.
fn patterns(policies: &PolicySet) -> BTreeSet<String> {
    let [arn, id] = ["aws:PrincipalArn", "aws:userid"].map(ContextKey::new);
    let mut found = BTreeSet::new();
    for (_, statement) in documents::statements(policies) {
        for condition in statement.conditions.iter().filter(|condition| [&arn, &id].contains(&&condition.key))
        {
            if condition.operator.value.test.family() == Family::Null {
                continue;
            }
            for value in &condition.values {
                let name = match condition.key == arn {
                    true => value.value.split_once(":federated-user/").map(|(_, name)| name),
                    false => value.value.split_once(':').map(|(_, name)| name),
                };
                found.extend(name.filter(|name| !name.chars().all(|c| c == '*')).map(str::to_owned));
            }
        }
    }
    found
}

/// Whether AWS takes it as the name of a federated session.
fn is_name(name: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "+=,.@-_".contains(c);
    (2..=32).contains(&name.len()) && name.chars().all(allowed)
}
