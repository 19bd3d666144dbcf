//! Every layer, every operator and every caller: the cases that decisions are compared on, as questions.

use super::super::{Problem, facts};
use crate::decisions::{Choices, generate};
use portcullis_prove::Area;

pub(super) fn problem(choices: &mut Choices<'_>) -> Problem {
    let mut case = generate::case_of(choices);
    let own = case.facts.role_arn.as_deref().or(case.request.caller_arn.as_deref()).unwrap_or_default();
    let facts = facts::of_caller(choices, own);
    case.request.context_entries.clear();
    case.request.unknown_context_keys.clear();
    let refused = choices.chance(10).then(|| {
        let mut other = case.clone();
        other.request.policy_input_list.truncate(1);
        other.request.ordered_organization_policy_input_list.clear();
        other
    });
    Problem { case, refused, facts, only: only(choices), spared: spared(choices) }
}

fn only(choices: &mut Choices<'_>) -> Vec<Area> {
    match choices.below(6) {
        0..=2 => Vec::new(),
        3 => vec![Area::of_actions(["s3:*"])],
        4 => vec![
            Area::of_actions(["s3:GetObject", "iam:*"])
                .on(["arn:aws:s3:::bucket/*", "arn:aws:iam::*:user/*"]),
        ],
        _ => vec![Area::of_actions(["kms:*", "lambda:Invoke*"]), Area::of_actions(["sts:AssumeRole"])],
    }
}

fn spared(choices: &mut Choices<'_>) -> Vec<Area> {
    match choices.below(4) {
        0 => Vec::new(),
        1 => vec![Area::of_actions(["sts:GetSessionToken", "sts:GetCallerIdentity"])],
        2 => vec![
            Area::of_actions(["sts:*"]),
            Area::of_actions(["s3:GetObject"]).on(["arn:aws:s3:::bucket/*"]),
        ],
        _ => vec![Area::of_actions(["sts:Get*", "iam:*", "kms:*"])],
    }
}
