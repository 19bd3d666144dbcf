//! An organization's Deny without MFA that spares users of a name in whichever account.

use portcullis_finding::Severity;
use portcullis_iam::condition::{self, Condition};
use portcullis_iam::{Arn, PolicyKind, Spanned, Truth};

use crate::reading::scene::{self, Scene};
use crate::reading::{Flaw, LintRule, Subject};

pub(super) const RULE: LintRule =
    LintRule::new("exempt-by-name", Severity::Medium, include_str!("exempt-by-name.md"), look);

/// An account that no document names.
const STRANGE: &str = "999999999999";

fn look(subject: &Subject<'_>) -> Vec<Flaw> {
    if subject.document.kind != PolicyKind::ServiceControl {
        return Vec::new();
    }
    let conditions = subject.guards().flat_map(|(_, statement, _)| &statement.conditions);
    let exemptions = conditions.filter(|test| {
        matches!(test.key.as_str(), "aws:principalarn" | "aws:username")
            && test.operator.value.test.is_negated()
    });
    let values = exemptions.flat_map(|test| test.values.iter().map(move |value| (test, value)));
    values
        .filter(|(test, value)| spares_stranger(subject, test, value))
        .map(|(_, value)| flaw(value))
        .collect()
}

/// Whether a user of the strange account whom the value names is spared, and a usual user is not.
fn spares_stranger(subject: &Subject<'_>, test: &Condition, value: &Spanned<Box<str>>) -> bool {
    let own = scene::instance(&value.value);
    let name = match test.key.as_str() {
        "aws:username" => format!("user/{own}"),
        _ => own.splitn(6, ':').nth(5).unwrap_or_default().to_owned(),
    };
    let holds = |resource: &str| {
        let arn = Arn::parse(&format!("arn:aws:iam::{STRANGE}:{resource}"))?;
        let context = Scene::of_user(&arn, &subject.open).context;
        Some(condition::holds(test, subject.policy.version, &context))
    };
    let is_named = name.starts_with("user/") && !value.value.contains("${");
    is_named && holds(&name) == Some(Truth::False) && holds("user/=portcullis") == Some(Truth::True)
}

fn flaw(value: &Spanned<Box<str>>) -> Flaw {
    Flaw::new(value.span, format!("spares `{}` in every account of the organization", value.value))
        .label("whoever may name a user so is exempt")
        .note("an administrator of any member account creates or renames a user to that name")
        .help("pin the exemption to an account and a name, and deny the creation of that name to everybody else")
}
