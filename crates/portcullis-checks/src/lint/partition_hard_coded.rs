//! ARNs of one partition in a document that is meant for others too.

use portcullis_finding::Severity;
use portcullis_iam::{Effect, Polarity, Span, Spanned, Statement};
use portcullis_source::{Basis, Document};

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

/// Whether the files tell that the document is used in several partitions: its module or template takes the partition
/// from where it is used, or it names another one beside this.
fn is_for_several(subject: &Subject<'_>) -> bool {
    let whole = Span::new(0, u32::try_from(subject.document.text.len()).unwrap_or(u32::MAX));
    let is_own = |other: &&Document| other.place(whole).path == subject.document.place(whole).path;
    let asks = |document: &Document, function: &str| {
        document.placeholders.iter().any(|placeholder| placeholder.what.contains(function))
    };
    let module = subject.all.iter().any(|document| asks(document, "aws_partition"));
    let template =
        is_declared(subject) && subject.all.iter().filter(is_own).any(|one| asks(one, "AWS::Partition"));
    let text = &subject.policy.text;
    let names = text.contains("arn:*:") || OTHERS.iter().any(|other| text.contains(&format!("arn:{other}:")));
    module || template || names
}

/// Whether the file says what the policy is for: what is collected from elsewhere says nothing of its neighbours.
fn is_declared(subject: &Subject<'_>) -> bool {
    match subject.document.basis {
        Basis::Declared => true,
        Basis::Guessed => false,
    }
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
