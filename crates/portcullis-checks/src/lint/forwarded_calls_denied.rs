//! Denies that stop the calls which a service makes for somebody who passed them.

use portcullis_finding::Severity;
use portcullis_iam::condition::{self, Condition};
use portcullis_iam::{Context, ContextKey, Effect, KeyState, Polarity, PolicyKind, Statement, Truth};

use crate::reading::broad::{self, covers};
use crate::reading::scene::{Home, Scene};
use crate::reading::self_service::{Target, door};
use crate::reading::{Flaw, LintRule, Subject};
use crate::standing::{Mfa, Passage};

pub(super) const RULE: LintRule = LintRule::new(
    "forwarded-calls-denied",
    Severity::Medium,
    include_str!("forwarded-calls-denied.md"),
    look,
);

/// What tells from which network a request comes.
const NETWORK: [&str; 4] = ["aws:sourceip", "aws:sourcevpc", "aws:sourcevpce", "aws:vpcsourceip"];
/// What tells whether a service makes the request for somebody.
const FORWARDING: [&str; 4] =
    ["aws:viaawsservice", "aws:calledvia", "aws:calledviafirst", "aws:calledvialast"];
/// Calls that services make for those who call them.
const FORWARDED: [&str; 6] = [
    "s3:GetObject",
    "ec2:RunInstances",
    "kms:Decrypt",
    "dynamodb:GetItem",
    "lambda:InvokeFunction",
    "secretsmanager:GetSecretValue",
];
/// Calls after which a service calls others for the caller.
const FIRST_HOPS: [(&str, Target); 2] =
    [("cloudformation:CreateStack", Target::Everything), ("athena:StartQueryExecution", Target::Everything)];

fn look(subject: &Subject<'_>) -> Vec<Flaw> {
    let is_for_callers = match subject.document.kind {
        PolicyKind::Identity
        | PolicyKind::Group
        | PolicyKind::Boundary
        | PolicyKind::Session
        | PolicyKind::ServiceControl => true,
        PolicyKind::ResourceControl | PolicyKind::Resource | PolicyKind::Trust | PolicyKind::Endpoint => {
            false
        }
    };
    if !is_for_callers {
        return Vec::new();
    }
    let denies = subject.policy.statements.iter().filter(|own| own.effect == Effect::Deny);
    denies.filter_map(|statement| by_network(subject, statement)).chain(half_way(subject)).collect()
}

/// The Deny asks where the request comes from, which of forwarded calls is the service's own network.
fn by_network(subject: &Subject<'_>, statement: &Statement) -> Option<Flaw> {
    let test = statement.conditions.iter().find(|test| NETWORK.contains(&test.key.as_str()))?;
    let action = FORWARDED.into_iter().find(|action| {
        let named = statement.action.patterns.iter().any(|pattern| covers(&pattern.value, action));
        named == (statement.action.polarity == Polarity::Only)
    })?;
    if !holds_when_forwarded(subject, statement) || !is_for_users_or_roles(subject, statement) {
        return None;
    }
    let message =
        format!("stops calls that a service makes for somebody who may call it, such as `{action}`");
    let flaw = Flaw::new(test.key_span, message)
        .label("of a forwarded call the service's network, or none")
        .note("CloudFormation, Athena and others call further services with the caller's permissions, from their own network")
        .help("spare them: \"Bool\": {\"aws:ViaAWSService\": \"false\"} beside it");
    Some(flaw)
}

/// Whether it is about somebody who works with services: not about root users alone, say.
fn is_for_users_or_roles(subject: &Subject<'_>, statement: &Statement) -> bool {
    let role = || {
        let arn = Home::of(subject.policy).arn("role/app")?;
        subject.under(Scene::of_role(&arn, &subject.open), statement)
    };
    subject.user_scene(statement).or_else(role).is_some()
}

/// Whether the tests of network and forwarding hold for a call that a service forwards from its own network.
fn holds_when_forwarded(subject: &Subject<'_>, statement: &Statement) -> bool {
    let service = "cloudformation.amazonaws.com";
    let mut context = subject.open.clone();
    context = context.with("aws:ViaAWSService", "true").with("aws:PrincipalIsAWSService", "false");
    context = context.with("aws:CalledViaFirst", service).with("aws:CalledViaLast", service);
    context.set(
        ContextKey::new("aws:CalledVia"),
        KeyState::Known(portcullis_iam::Values::Many([service.into()].into())),
    );
    context = context.with("aws:SourceIp", "192.0.2.77");
    let is_one =
        |test: &&Condition| NETWORK.contains(&test.key.as_str()) || FORWARDING.contains(&test.key.as_str());
    let mut tests = statement.conditions.iter().filter(is_one);
    let holds = |test: &Condition, context: &Context| condition::holds(test, subject.policy.version, context);
    tests.all(|test| holds(test, &context) == Truth::True)
}

/// The Deny without MFA spares a service, and stops what the service does for the user.
fn half_way(subject: &Subject<'_>) -> Option<Flaw> {
    let broad = broad::of(subject)?;
    let exempt = broad.exempt(subject, &FIRST_HOPS);
    let (first, pattern) = exempt.iter().find_map(|exempt| Some((exempt.action, exempt.pattern?)))?;
    let mut scene = broad.scene.clone();
    scene.context = scene.context.with("aws:ViaAWSService", "true");
    let stopped = FORWARDED.into_iter().find(|action| {
        let door = door(action, Target::Everything, &scene);
        subject.is(&Passage::Closed, (&broad.set, &scene), Mfa::False, &door)
    })?;
    let message =
        format!("`{first}` is open without MFA, and fails half-way: what the service then calls is stopped");
    let flaw = Flaw::new(pattern.span, message)
        .severity(Severity::Low)
        .label("spared by the Deny")
        .note(format!(
            "a service that acts for an access key does so with the MFA key false: `{stopped}` is denied"
        ))
        .help("leave it out: a user with MFA is not denied it");
    Some(flaw)
}
