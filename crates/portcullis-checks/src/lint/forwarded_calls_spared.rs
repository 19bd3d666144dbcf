//! A Deny of listed actions without MFA that spares calls which a service forwards.

use portcullis_finding::Severity;
use portcullis_iam::condition::{self, Condition};
use portcullis_iam::{Context, Truth};

use crate::reading::self_service::{Target, door};
use crate::reading::{Beside, Flaw, LintRule, Subject};
use crate::standing::{Mfa, Passage};

pub(super) const RULE: LintRule =
    LintRule::new("forwarded-calls-spared", Severity::High, include_str!("forwarded-calls-spared.md"), look);

/// Calls after which a service calls others for the caller.
const FIRST_HOPS: [&str; 3] =
    ["cloudformation:CreateStack", "athena:StartQueryExecution", "servicecatalog:ProvisionProduct"];

fn look(subject: &Subject<'_>) -> Vec<Flaw> {
    let flaws = subject.guards().filter_map(|(at, statement, profile)| {
        let spares = |test: &&Condition| spares_forwarded(subject, test);
        let test = statement.conditions.iter().find(spares)?;
        let scene = subject.user_scene(statement)?;
        let set = subject.set_in(&scene, at, Beside::Admin);
        let is_open = |action: &&&str| {
            let first = door(action, Target::Everything, &scene);
            let passes = |mfa| subject.is(&Passage::Open, (&set, &scene), mfa, &first);
            // A state in which the Deny does not hold at all is another flaw.
            [Mfa::Absent, Mfa::False].into_iter().any(|mfa| profile.at(mfa) == Truth::True && passes(mfa))
        };
        let hop = FIRST_HOPS.iter().find(is_open)?;
        let message = format!("a service does without MFA what the user may not: `{hop}` is not stopped");
        let flaw = Flaw::new(test.key_span, message)
            .label("spares calls that a service makes for the user")
            .note("the first call is on no list, and the service then acts with the user's own permissions")
            .help("do not spare forwarded calls, or deny everything but enrolment without MFA");
        Some(flaw)
    });
    flaws.collect()
}

/// Whether the condition lets forwarded calls off: true of direct calls, and not of forwarded ones.
fn spares_forwarded(subject: &Subject<'_>, test: &Condition) -> bool {
    let key = test.key.as_str();
    if !matches!(key, "aws:viaawsservice" | "aws:calledvia" | "aws:calledviafirst" | "aws:calledvialast") {
        return false;
    }
    let holds = |context: &Context| condition::holds(test, subject.policy.version, context);
    let direct = subject.open.clone().with("aws:ViaAWSService", "false");
    let via = |service: &str| {
        let context = subject.open.clone().with("aws:ViaAWSService", "true");
        context.with("aws:CalledViaFirst", service).with("aws:CalledViaLast", service)
    };
    holds(&direct) == Truth::True && holds(&via("cloudformation.amazonaws.com")) == Truth::False
}
