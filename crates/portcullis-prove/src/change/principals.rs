//! A Deny for lack of MFA that is aimed at everybody, aimed at users.

use super::candidate::Candidate;
use super::edit::{self, Place};
use crate::case::Case;
use crate::guard;

pub(super) fn candidates(case: &Case<'_>) -> Vec<Candidate> {
    let partition = case.arn.partition();
    let block = format!(
        r#"{{"ArnLike":{{"aws:PrincipalArn":["arn:{partition}:iam::*:user/*","arn:{partition}:sts::*:federated-user/*"]}}}}"#
    );
    let denying: Vec<Place<'_>> =
        edit::places(&case.policies).filter(|place| guard::denies(place.statement)).collect();
    let one = |places: &[Place<'_>]| {
        let names: Vec<String> = places.iter().map(Place::name).collect();
        let title = format!(
            "aim {} at users: \"ArnLike\": {{\"aws:PrincipalArn\": [\"arn:{partition}:iam::*:user/*\", \
             \"arn:{partition}:sts::*:federated-user/*\"]}}",
            names.join(" and ")
        );
        edit::candidate(title, places, |statement| {
            statement.conditions.extend(edit::conditions(&block));
        })
    };
    let each = denying.iter().filter_map(|place| one(std::slice::from_ref(place)));
    let all = if 1 < denying.len() { one(&denying) } else { None };
    each.chain(all).collect()
}
