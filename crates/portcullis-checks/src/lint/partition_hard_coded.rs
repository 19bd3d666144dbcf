//! ARNs of one partition in a document that is meant for others too.

use portcullis_finding::Severity;
use portcullis_iam::{Effect, Polarity, Span, Spanned, Statement};

use crate::reading::scene::Scene;
use crate::reading::{Flaw, LintRule, Subject, own_user};

pub(super) const RULE: LintRule =
    LintRule::new("partition-hard-coded", Severity::Medium, include_str!("partition-hard-coded.md"), look);

/// The partitions besides the usual one, in words.
const OTHERS: [&str; 2] = ["aws-us-gov", "aws-cn"];
/// How ARNs of the usual partition begin.
const HERE: &str = "arn:aws:";

fn look(subject: &Subject<'_>) -> Vec<Flaw> {
    if !is_for_several(subject) {
        return Vec::new();
    }
    let guards = subject.guards().flat_map(|(_, statement, _)| {
        let missed = binds(subject, statement).map(missed);
        missed.into_iter().chain(exemptions(statement).map(unspared)).collect::<Vec<_>>()
    });
    let own = own_user::patterns(subject)
        .filter(|own| own.pattern.value.starts_with(HERE) && own.matches("user/alice"));
    let own = own.map(|own| match (own.effect, own.clause.polarity) {
        (Effect::Allow, Polarity::Only) | (Effect::Deny, Polarity::Except) => {
            made(own.pattern.span, "gives users of other partitions nothing to do on themselves")
        }
        (Effect::Allow, Polarity::Except) | (Effect::Deny, Polarity::Only) => {
            made(own.pattern.span, "is about users of one partition only")
        }
    });
    guards.chain(own).collect()
}

/// Whether the files tell that the document is used in several partitions: they take the partition from where they
/// are used, or name another one beside this.
fn is_for_several(subject: &Subject<'_>) -> bool {
    let all = subject.all.iter().chain([subject.document]);
    let mut placeholders = all.flat_map(|document| &document.placeholders);
    let asks =
        placeholders.any(|one| one.what.contains("aws_partition") || one.what.contains("AWS::Partition"));
    let text = &subject.policy.text;
    asks || text.contains("arn:*:") || OTHERS.iter().any(|other| text.contains(&format!("arn:{other}:")))
}

/// What keeps the Deny from users of another partition, although it binds those of this one.
fn binds<'d>(subject: &Subject<'d>, statement: &'d Statement) -> Option<&'d Spanned<Box<str>>> {
    let scene = |partition: &str| {
        let arn = portcullis_iam::Arn::parse(&format!("arn:{partition}:iam::111111111111:user/alice"))?;
        subject.under(Scene::of_user(&arn, &subject.open), statement)
    };
    let is_missed = scene("aws").is_some() && OTHERS.iter().any(|other| scene(other).is_none());
    let tests = statement.conditions.iter().filter(|test| !test.operator.value.test.is_negated());
    let mut values =
        tests.filter(|test| test.key.as_str() == "aws:principalarn").flat_map(|test| &test.values);
    values.find(|value| is_missed && value.value.starts_with(HERE))
}

/// What spares principals of one partition.
fn exemptions(statement: &Statement) -> impl Iterator<Item = &Spanned<Box<str>>> {
    let tests = statement.conditions.iter();
    let tests =
        tests.filter(|test| test.key.as_str() == "aws:principalarn" && test.operator.value.test.is_negated());
    let is_elsewhere = |test: &portcullis_iam::condition::Condition| {
        test.values.iter().any(|value| !value.value.starts_with(HERE))
    };
    tests.filter(move |test| !is_elsewhere(test)).flat_map(|test| test.values.iter().take(1))
}

fn missed(value: &Spanned<Box<str>>) -> Flaw {
    made(value.span, "binds nobody in other partitions: users pass there without MFA")
        .severity(Severity::High)
}

fn unspared(value: &Spanned<Box<str>>) -> Flaw {
    made(value.span, "spares nobody in other partitions: who is exempt here is stopped there")
}

fn made(span: Span, message: &str) -> Flaw {
    Flaw::new(span, message)
        .label("only in the partition `aws`")
        .note("in GovCloud and in China ARNs begin with `arn:aws-us-gov:` and `arn:aws-cn:`")
        .help("write `arn:*:`, or take the partition from where the policy is used")
}
