//! A verdict that users share is the one that each of them gets alone.
#![cfg(test)]

use portcullis_guardrail::Intent;
use portcullis_iam::Timestamp;
use portcullis_prove::{Estate, Judgement, Options, Verdict, prove};
use portcullis_snapshot::Snapshot;
use portcullis_snapshot::import::import;

const NAMES: [&str; 8] = ["alice", "bob", "robot-1", "robot-2", "al", "mfa", "zoe", "carol"];

/// Statements that name users in every way, and some that do not.
const STATEMENTS: [&str; 8] = [
    r#"{"Effect":"Allow","Action":"iam:*","Resource":["arn:aws:iam::*:user/${aws:username}","arn:aws:iam::*:mfa/*"]}"#,
    r#"{"Effect":"Allow","Action":"iam:*MFADevice","Resource":"arn:aws:iam::*:mfa/${aws:username}"}"#,
    r#"{"Effect":"Allow","Action":["iam:EnableMFADevice","iam:ListMFADevices"],"Resource":"arn:aws:iam::*:user/al*"}"#,
    r#"{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::home/${aws:username}/*"}"#,
    r#"{"Effect":"Deny","Action":"*","NotResource":["arn:aws:iam::*:user/robot-?","arn:aws:s3:::home/*"]}"#,
    r#"{"Effect":"Deny","NotAction":"iam:*","Resource":"*","Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}}"#,
    r#"{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:user/*o*"}}}"#,
    r#"{"Effect":"Allow","Action":"sqs:*","Resource":"*"}"#,
];

/// An account whose users are all in one group with the statements that `mask` picks.
fn account(mask: usize) -> Snapshot {
    let picked = STATEMENTS.iter().enumerate().filter(|(at, _)| mask >> at & 1 == 1);
    let picked: Vec<&str> = picked.map(|(_, text)| *text).collect();
    let users = NAMES.map(|name| {
        format!(
            r#"{{"UserName":"{name}","Arn":"arn:aws:iam::111111111111:user/{name}","Path":"/","GroupList":["all"]}}"#
        )
    });
    let details = format!(
        r#"{{"UserDetailList":[{}],"GroupDetailList":[{{"GroupName":"all","Arn":"arn:aws:iam::111111111111:group/all","Path":"/","GroupPolicyList":[{{"PolicyName":"p","PolicyDocument":{{"Version":"2012-10-17","Statement":[{}]}}}}]}}],"RoleDetailList":[],"Policies":[]}}"#,
        users.join(","),
        picked.join(",")
    );
    import(&[("111111111111/account-authorization-details.json".to_owned(), details)]).unwrap()
}

fn said(judgement: &Judgement<'_>) -> String {
    let flaws = match &judgement.verdict {
        Verdict::Refuted(refutation) => refutation.flaws.len(),
        Verdict::Proved(_) | Verdict::Undecided(_) => 0,
    };
    format!("{} {:?} {} {flaws}", judgement.rule.id, judgement.kind, judgement.verdict.name())
}

#[test]
fn a_shared_verdict_is_everybodys_own() {
    let (intent, now) = (Intent::default(), Timestamp::parse("2026-11-24").unwrap());
    let mut shared = 0;
    for mask in [0b0000_0001, 0b1010_1001, 0b0100_1010, 0b0001_1101, 0b1110_0111, 0b1001_0110, 0b0010_1100] {
        let snapshot = account(mask);
        let estate = Estate::new(&snapshot, &intent, now);
        let together = prove(&estate, &Options::default());
        for (_, user) in snapshot.users() {
            let alone = Options { principals: vec![user.arn.clone()], ..Options::default() };
            let alone: Vec<String> = prove(&estate, &alone).iter().map(said).collect();
            let about = together.iter().filter(|own| own.subjects.iter().any(|one| *one.arn == user.arn));
            shared += about.clone().filter(|own| 1 < own.subjects.len()).count();
            assert_eq!(about.map(said).collect::<Vec<_>>(), alone, "{mask:b} {}", user.name);
        }
    }
    assert!(100 < shared, "only {shared} verdicts were shared");
}
