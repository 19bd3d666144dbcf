//! What becomes of one recorded call: a table of callers and what their records say of MFA.
#![expect(clippy::unwrap_used, reason = "the cases are well formed")]

use std::io::Cursor;
use std::sync::Arc;

use portcullis_finding::Tool;
use portcullis_finding::replay::{Asked, Replay};
use portcullis_iam::{PolicyKind, parse};
use portcullis_snapshot::{Proposal, Target};
use portcullis_trail::census::{Census, Scratch};
use portcullis_trail::replay::{EVERYWHERE, Given, Supposed, Wanted, replay};
use portcullis_trail::{Lens, Worker};

const DENY: &str = r#"{"Effect":"Deny","NotAction":["iam:EnableMFADevice"],"Resource":"*","Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false","aws:ViaAWSService":"false"}}}"#;

const USER: &str = r#""type":"IAMUser","arn":"arn:aws:iam::111111111111:user/team/alice","accountId":"111111111111","accessKeyId":"AKIA0""#;
const ROLE: &str = r#""type":"AssumedRole","arn":"arn:aws:sts::111111111111:assumed-role/app/i-0","accountId":"111111111111","accessKeyId":"ASIA0""#;
const DESCRIBE: &str = r#""eventSource":"ec2.amazonaws.com","eventName":"DescribeInstances""#;

/// A session in which `mfaAuthenticated` is what is given.
fn session(mfa: &str) -> String {
    format!(r#","sessionContext":{{"attributes":{{"mfaAuthenticated":"{mfa}"}}}}"#)
}

fn replayed(statement: &str, target: Target, identity: &str, members: &str) -> Replay {
    let text = format!(r#"{{"Version":"2012-10-17","Statement":[{statement}]}}"#);
    let policy = Arc::new(parse::policy(&text, PolicyKind::Identity).policy.unwrap());
    let proposals = [Proposal { id: "guardrail".into(), policy, target }];
    let memory = || Ok(Box::new(Cursor::new(Vec::new())) as Box<dyn Scratch>);
    let (census, lens) = (Census::new(Box::new(memory)), Lens::new(&proposals));
    let mut worker = Worker::new(&census, &lens);
    let record = format!(
        r#"{{"eventVersion":"1.11","userIdentity":{{{identity}}},"eventTime":"2026-11-02T09:00:00Z",{members},"awsRegion":"eu-west-1","eventID":"a"}}"#
    );
    worker.object("object", &mut record.as_bytes()).unwrap();
    let given =
        Given { tool: Tool::default(), asked: Asked::default(), read: worker.finish().unwrap().totals() };
    let supposed = Supposed { snapshot: None, proposals: &proposals };
    replay(census.finish(), supposed, &Wanted::default(), given).unwrap()
}

/// The fate of the one call, and why it cannot be told.
fn fate(replay: &Replay) -> String {
    let fates = replay.totals.fates;
    let nothing = replay.totals.nothing.first().map(|(reason, _)| reason.to_string());
    let deed = replay.principals.first().and_then(|own| own.deeds.first());
    match (fates.passes, fates.denied, fates.refused, fates.cannot_tell) {
        (1, 0, 0, 0) => "passes".into(),
        (0, 1, 0, 0) => "denied".into(),
        (0, 0, 1, 0) => format!("refused: {}", deed.unwrap().because.join(", ")),
        (0, 0, 0, 1) => format!("cannot tell: {}", deed.unwrap().because.join(", ")),
        _ => nothing.unwrap_or_default(),
    }
}

fn check(statement: &str, target: Target, (identity, members): (&str, &str), expected: &str) {
    assert_eq!(fate(&replayed(statement, target, identity, members)), expected, "{identity} {members}");
}

#[test]
fn the_state_of_mfa_is_what_the_caller_and_its_session_say() {
    let user = |more: &str| format!("{USER}{more}");
    let role = |mfa: &str| format!("{ROLE}{}", session(mfa));
    let users = || Target::AllUsers;
    let everybody = || Target::ServiceControl(EVERYWHERE.into());
    let mfa = "cannot tell: aws:MultiFactorAuthPresent";
    for (identity, target, expected) in [
        (user(""), users(), "denied"),
        (user(&session("false")), users(), "denied"),
        (user(&session("true")), users(), "passes"),
        (user(r#","sessionContext":{"attributes":{}}"#), users(), mfa),
        // The letters of the key say nothing: the console's calls to S3 bear such ones.
        (user(&session("true")), everybody(), "passes"),
        (role("false"), users(), "passes"),
        (role("false"), everybody(), "denied"),
        // What is logged of a role is not the condition key.
        (role("true"), everybody(), "denied"),
        (r#""type":"Root","accountId":"111111111111""#.into(), users(), "passes"),
        (r#""type":"Root","accountId":"111111111111""#.into(), everybody(), "denied"),
        (
            r#""type":"Root","accountId":"111111111111","sessionContext":{"assumedRoot":"true","attributes":{"mfaAuthenticated":"true"}}"#.into(),
            everybody(),
            mfa,
        ),
        (
            r#""type":"FederatedUser","arn":"arn:aws:sts::111111111111:federated-user/bob","sessionContext":{"sessionIssuer":{"type":"IAMUser","arn":"arn:aws:iam::111111111111:user/alice"},"attributes":{"mfaAuthenticated":"false"}}"#.into(),
            users(),
            "denied",
        ),
        (
            r#""type":"FederatedUser","arn":"arn:aws:sts::111111111111:federated-user/bob""#.into(),
            users(),
            "cannot tell: who made the session",
        ),
        (r#""type":"AWSService","invokedBy":"ec2.amazonaws.com""#.into(), everybody(), "calls of AWS services for themselves"),
        (r#""type":"IdentityCenterUser""#.into(), everybody(), "calls of identities that IAM policies do not bind"),
    ] {
        check(DENY, target, (&identity, DESCRIBE), expected);
    }
}

#[test]
fn only_where_it_depends_on_absence_a_role_cannot_be_told() {
    let absent = r#"{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"false"}}}"#;
    let role = format!("{ROLE}{}", session("false"));
    let everybody = Target::ServiceControl(EVERYWHERE.into());
    check(absent, everybody, (&role, DESCRIBE), "cannot tell: aws:MultiFactorAuthPresent");
    check(absent, Target::AllUsers, (USER, DESCRIBE), "passes");
}

#[test]
fn a_role_is_denied_whichever_statement_does_it() {
    let two = r#"{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"false"}}},{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Null":{"aws:MultiFactorAuthPresent":"true"}}}"#;
    let role = format!("{ROLE}{}", session("false"));
    check(two, Target::ServiceControl(EVERYWHERE.into()), (&role, DESCRIBE), "denied");
}

#[test]
fn forwarded_calls_are_told_apart_where_the_record_does() {
    let via = |service: &str| format!(r#"{USER},"invokedBy":"{service}"{}"#, session("false"));
    check(DENY, Target::AllUsers, (&via("cloudformation.amazonaws.com"), DESCRIBE), "passes");
    check(DENY, Target::AllUsers, (&via("AWS Internal"), DESCRIBE), "cannot tell: aws:ViaAWSService");
}

#[test]
fn a_call_that_passes_a_code_has_mfa() {
    let assume = |parameters: &str| {
        format!(
            r#""eventSource":"sts.amazonaws.com","eventName":"AssumeRole","requestParameters":{{"roleArn":"arn:aws:iam::111111111111:role/r"{parameters}}}"#
        )
    };
    check(DENY, Target::AllUsers, (USER, &assume("")), "denied");
    let with = assume(r#","serialNumber":"arn:aws:iam::111111111111:mfa/alice""#);
    check(DENY, Target::AllUsers, (USER, &with), "passes");
}

#[test]
fn what_no_policy_governs_passes() {
    for name in ["GetSessionToken", "GetCallerIdentity"] {
        let members = format!(r#""eventSource":"sts.amazonaws.com","eventName":"{name}""#);
        check(DENY, Target::AllUsers, (USER, &members), "passes");
    }
}

#[test]
fn a_denial_stays_one() {
    let denied = format!(
        r#"{DESCRIBE},"errorCode":"Client.UnauthorizedOperation","errorMessage":"User: alice is not authorized to perform: ec2:DescribeInstances because no identity-based policy allows the ec2:DescribeInstances action""#
    );
    check(DENY, Target::AllUsers, (USER, &denied), "refused: no identity-based policy allows it");
    let failed = format!(r#"{DESCRIBE},"errorCode":"Client.RequestLimitExceeded""#);
    check(DENY, Target::AllUsers, (USER, &failed), "denied");
}

#[test]
fn a_resource_that_the_record_does_not_tell_is_unknown() {
    let own = r#"{"Effect":"Deny","Action":"*","NotResource":"arn:aws:iam::*:user/team/${aws:username}"}"#;
    let iam = |name: &str, parameters: &str| {
        format!(r#""eventSource":"iam.amazonaws.com","eventName":"{name}","requestParameters":{parameters}"#)
    };
    check(own, Target::AllUsers, (USER, &iam("GetUser", "null")), "passes");
    check(own, Target::AllUsers, (USER, &iam("GetUser", r#"{"userName":"alice"}"#)), "passes");
    // Its path is not in the record.
    check(
        own,
        Target::AllUsers,
        (USER, &iam("GetUser", r#"{"userName":"bob"}"#)),
        "cannot tell: the resource",
    );
    let volume = r#""eventSource":"ec2.amazonaws.com","eventName":"DeleteVolume","requestParameters":{"volumeId":"vol-0"}"#;
    check(own, Target::AllUsers, (USER, volume), "cannot tell: the resource");
}

#[test]
fn where_the_call_came_from_is_what_conditions_see() {
    let near = r#"{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"NotIpAddress":{"aws:SourceIp":"192.0.2.0/24"}}}"#;
    let from = |more: &str| format!("{DESCRIBE},{more}");
    for (more, expected) in [
        (r#""sourceIPAddress":"192.0.2.7""#, "passes"),
        (r#""sourceIPAddress":"198.51.100.7""#, "denied"),
        // A request through an endpoint does not carry the address, and a negated operator matches what is not there.
        (r#""sourceIPAddress":"10.0.0.7","vpcEndpointId":"vpce-0""#, "denied"),
        (r#""sourceIPAddress":"AWS Internal""#, "cannot tell: aws:SourceIp"),
    ] {
        check(near, Target::AllUsers, (USER, &from(more)), expected);
    }
}
