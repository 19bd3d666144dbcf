//! Questions with known answers.
#![expect(clippy::unwrap_used, reason = "the cases are well formed")]

use std::sync::Arc;

use portcullis_iam::{Arn, Attached, Caller, Credential, Layer, PolicyKind, PolicySet, SourceKind, parse};
use portcullis_prove::facts::Optional;
use portcullis_prove::{Area, Domain, Facts, Frame, Prover, Question, Reach, reach};

const ADMIN: &str =
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;
const EXEMPT: &str = r#"["iam:CreateVirtualMFADevice","iam:EnableMFADevice","iam:GetUser","iam:ListMFADevices","iam:ListVirtualMFADevices","iam:ResyncMFADevice","sts:GetSessionToken"]"#;

fn deny(operator: &str) -> String {
    format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Sid":"Force","Effect":"Deny","NotAction":{EXEMPT},"Resource":"*","Condition":{{"{operator}":{{"aws:MultiFactorAuthPresent":"false"}}}}}}]}}"#
    )
}

fn set(documents: &[&str]) -> PolicySet {
    let attached = documents.iter().enumerate().map(|(index, text)| Attached {
        id: format!("policy-{index}").into(),
        source: SourceKind::Input,
        policy: Arc::new(parse::policy(text, PolicyKind::Identity).policy.unwrap()),
    });
    PolicySet { identity: Layer { policies: attached.collect(), gaps: Vec::new() }, ..PolicySet::default() }
}

fn frame(mfa: Domain) -> Frame {
    let arn = "arn:aws:iam::111111111111:user/alice";
    let facts = Facts::default()
        .with("aws:PrincipalArn", Domain::One(arn.into()))
        .with("aws:username", Domain::One("alice".into()))
        .with("aws:PrincipalAccount", Domain::One("111111111111".into()))
        .with("aws:ViaAWSService", Domain::One("false".into()))
        .with("aws:MultiFactorAuthPresent", mfa)
        .with("aws:MultiFactorAuthAge", Domain::Absent);
    Frame { caller: Caller::User(Arn::parse(arn).unwrap()), credential: Credential::LongTermKey, facts }
}

/// `closed`, the action and resource of the witness, or `undecided`.
fn ask(documents: &[&str], mfa: Domain) -> String {
    let spared = [Area::of_actions([
        "iam:CreateVirtualMFADevice",
        "iam:EnableMFADevice",
        "iam:GetUser",
        "iam:ListMFADevices",
        "iam:ListVirtualMFADevices",
        "iam:ResyncMFADevice",
        "sts:GetSessionToken",
        "sts:GetCallerIdentity",
    ])];
    let (policies, frame) = (set(documents), frame(mfa));
    match reach(&mut Prover::new(), &Question::any(&policies, &frame).sparing(&spared)) {
        Reach::Closed(_) => "closed".to_owned(),
        Reach::Open(witness) => format!("{} {}", witness.request().action, witness.request().resource),
        Reach::Undecided(doubt) => format!("undecided {doubt:?}"),
    }
}

fn check(documents: &[&str], mfa: Domain, expected: &str) {
    assert_eq!(ask(documents, mfa), expected, "{documents:?}");
}

#[test]
fn the_recommended_deny_closes_everything() {
    let deny = deny("BoolIfExists");
    check(&[ADMIN, &deny], Domain::Absent, "closed");
    check(&[ADMIN, &deny], Domain::One("false".into()), "closed");
}

#[test]
fn a_plain_bool_lets_access_keys_through() {
    let deny = deny("Bool");
    check(&[ADMIN, &deny], Domain::Absent, "iam:AddUserToGroup arn:aws:iam::111111111111:group/portcullis");
    check(&[ADMIN, &deny], Domain::One("false".into()), "closed");
}

#[test]
fn a_listed_deny_leaves_other_actions() {
    let listed = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":["ec2:*","s3:*"],"Resource":"*","Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}}]}"#;
    let narrow = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["ec2:*","s3:*","sqs:*"],"Resource":"*"}]}"#;
    check(
        &[narrow, listed],
        Domain::Absent,
        "sqs:AddPermission arn:aws:sqs:us-east-1:111111111111:portcullis",
    );
}

#[test]
fn a_hole_in_the_resources_is_found() {
    let hole = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","NotResource":["arn:aws:s3:::public-*/*"],"Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}}]}"#;
    let found = ask(&[ADMIN, hole], Domain::Absent);
    assert!(found.starts_with("s3:GetObject arn:aws:s3:::public-"), "{found}");
}

#[test]
fn actions_that_aws_may_add_are_covered_where_patterns_meet() {
    let gadgets =
        r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:*Gadget*","Resource":"*"}]}"#;
    let deny = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","NotAction":"iam:Create*","Resource":"*","Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}}]}"#;
    let found = ask(&[gadgets, deny], Domain::Absent);
    assert!(found.starts_with("iam:create") && found.contains("gadget"), "{found}");
}

/// A key's policy must allow what is done with the key, and has no say on an alias; the actions of both kinds are alike
/// to every statement.
#[test]
fn actions_that_three_patterns_tell_apart_are_covered() {
    let allow =
        r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:*Gadget*","Resource":"*"}]}"#;
    let deny = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","NotAction":"iam:*Widget*","Resource":"*"},{"Effect":"Deny","NotAction":"iam:*Sprocket*","Resource":"*"}]}"#;
    let found = ask(&[allow, deny], Domain::Absent);
    assert!(["gadget", "widget", "sprocket"].iter().all(|part| found.contains(part)), "{found}");
}

/// AWS attaches no such pattern; what is read from elsewhere may have one.
#[test]
fn a_pattern_without_a_colon_covers_services_too() {
    let any =
        r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*GetObject","Resource":"*"}]}"#;
    let barred =
        r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","NotAction":"iam:*","Resource":"*"}]}"#;
    check(&[any, barred], Domain::Absent, "iam:unreleasedgetobject *");
    let marked =
        r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam?x*","Resource":"*"}]}"#;
    check(&[marked], Domain::Absent, "iam:xunreleased *");
    let ends =
        r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","NotAction":"*Gadget","Resource":"*"}]}"#;
    let found = ask(&[any, &any.replace("*GetObject", "z*"), ends], Domain::Absent);
    assert!(found.starts_with('z') && found.contains("gadget"), "{found}");
}

/// Whether GetSessionToken was called with MFA decides whether IAM takes what it gave.
#[test]
fn iam_takes_a_session_token_that_was_made_with_mfa() {
    let free = Domain::Free { absent: Optional::Yes };
    let answer = |mfa: Domain| {
        let (policies, mut frame) = (set(&[ADMIN]), frame(mfa));
        frame.credential = Credential::SessionToken;
        let only = [Area::of_actions(["iam:CreateUser"])];
        match reach(&mut Prover::new(), &Question::any(&policies, &frame).only(&only)) {
            Reach::Closed(_) => "closed",
            Reach::Open(_) => "open",
            Reach::Undecided(_) => "undecided",
        }
    };
    assert_eq!(answer(Domain::Absent), "closed");
    assert_eq!(answer(Domain::One("false".into())), "closed");
    assert_eq!(answer(Domain::One("true".into())), "open");
    assert_eq!(answer(free), "open");
    assert_eq!(answer(Domain::Hidden), "undecided");
}

#[test]
fn a_key_policy_that_allows_nothing_leaves_aliases_open() {
    let mut policies = set(&[ADMIN]);
    policies.resource = Some(Layer::default());
    let only = [Area::of_actions(["kms:ScheduleKeyDeletion", "kms:DeleteAlias"])];
    let frame = frame(Domain::Absent);
    let Reach::Open(witness) = reach(&mut Prover::new(), &Question::any(&policies, &frame).only(&only))
    else {
        panic!("closed");
    };
    assert_eq!(witness.request().action.as_str(), "kms:DeleteAlias");
    let only = [Area::of_actions(["kms:ScheduleKeyDeletion"])];
    let closed = reach(&mut Prover::new(), &Question::any(&policies, &frame).only(&only));
    assert!(matches!(closed, Reach::Closed(_)), "{closed:?}");
}
