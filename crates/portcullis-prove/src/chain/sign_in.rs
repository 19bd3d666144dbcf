//! From a sign-in to the console to a session of `aws login`.

use portcullis_iam::PolicySet;

use super::Hop;
use crate::area::Area;
use crate::case::{Among, Case};
use crate::credential::{CredentialKind, sign_in};
use crate::documents;
use crate::prover::Prover;
use crate::reach::Certificate;

/// The calls that turn a sign-in without MFA into such a session.
pub(crate) fn hop(case: &Case<'_>, prover: &mut Prover) -> Hop {
    let mut hop = Hop::Closed(Certificate::default());
    for frame in case.frames(CredentialKind::Console) {
        let mut call = |action: &str| {
            let only = [Area::of_actions([action])];
            Hop::of(case, prover, (&frame, "signs in with `aws login`"), Among { only: &only, spared: &[] })
        };
        let [authorize, token] = sign_in::HOPS;
        hop = call(authorize).then(|| call(token));
    }
    hop
}

/// Whether the policies tell such sessions apart from others.
pub(crate) fn is_told_apart(policies: &PolicySet) -> bool {
    let key = "aws:signinsessionarn";
    documents::statements(policies).any(|(attached, statement)| {
        statement.conditions.iter().any(|condition| condition.key.as_str() == key)
            || (attached.policy.text.contains("${")
                && attached.policy.text.to_ascii_lowercase().contains(key))
    })
}
