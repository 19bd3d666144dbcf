//! An Allow that means to ask for MFA and lets access keys in.

use portcullis_finding::Severity;
use portcullis_iam::condition::Presence;
use portcullis_iam::{Effect, PolicyKind, Truth};

use crate::reading::{Flaw, LintRule, Meant, Profile, Subject, edit, question};
use crate::standing::Mfa;

pub(super) const RULE: LintRule = LintRule::new(
    "allow-admits-access-keys",
    Severity::High,
    include_str!("allow-admits-access-keys.md"),
    look,
);

fn look(subject: &Subject<'_>) -> Vec<Flaw> {
    let allows = subject.asking().filter(|(_, own, profile)| own.effect == Effect::Allow && admits(*profile));
    let flaws = allows.filter_map(|(at, statement, _)| {
        let scene = subject.user_scene(statement)?;
        let passed = question::admits(subject, at, &scene, Mfa::Absent)
            .or_else(|| question::admits_somewhere(subject, at, &scene, Mfa::Absent))?;
        let test = subject.admitting_test(statement)?;
        let what = match subject.document.kind {
            PolicyKind::Trust => "the role opens to access keys",
            _ => "access keys pass this Allow",
        };
        let flaw = Flaw::new(test.operator.span, format!("{what}: `{}` needs no MFA", passed.action))
            .label("true when the key is absent")
            .note("a request signed with an access key carries no `aws:MultiFactorAuthPresent`")
            .help("use the operator without `IfExists`: it holds for requests with MFA only");
        let operator =
            portcullis_iam::condition::Operator { presence: Presence::Required, ..test.operator.value };
        let edits = edit::presence(statement, test, Presence::Required);
        Some(flaw.change(Meant::Certainly, format!("use `{operator}`"), edits))
    });
    flaws.collect()
}

fn admits(profile: Profile) -> bool {
    (profile.absent, profile.without, profile.fresh) == (Truth::True, Truth::False, Truth::True)
}
