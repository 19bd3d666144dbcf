//! [`Policy`] to canonical text: one order of elements, single values without brackets.
//!
//! Reading the text gives the policy again, its places and the order of its conditions aside: tests of one operator
//! stand together.

use std::borrow::Cow;

use crate::catalog::catalog;
use crate::condition::Condition;
use crate::json::{self, Entry, Node, Value, write};
use crate::policy::{Clause, Effect, Polarity, Policy, Statement, Version};
use crate::principal::{PrincipalClause, PrincipalEntry};
use crate::span::{Span, Spanned};

/// The policy on one line, without white space: the least that it can measure.
pub fn minified(policy: &Policy) -> String {
    write::minified(&document(policy))
}

/// The policy over several lines, for people.
pub fn pretty(policy: &Policy) -> String {
    write::pretty(&document(policy))
}

fn document(policy: &Policy) -> Value<'_> {
    let version = match policy.version {
        Version::V2008 => "2008-10-17",
        Version::V2012 => "2012-10-17",
    };
    let mut entries = vec![entry("Version", text(version))];
    entries.extend(policy.id.as_ref().map(|id| entry("Id", text(&id.value))));
    let statements = policy.statements.iter().map(|statement| statement_of(statement, policy)).collect();
    entries.push(entry("Statement", value(Node::Array(statements))));
    value(Node::Object(entries))
}

fn statement_of<'p>(statement: &'p Statement, policy: &'p Policy) -> Value<'p> {
    let effect = match statement.effect {
        Effect::Allow => "Allow",
        Effect::Deny => "Deny",
    };
    let mut entries = Vec::new();
    entries.extend(statement.sid.as_ref().map(|sid| entry("Sid", text(&sid.value))));
    entries.push(entry("Effect", text(effect)));
    entries.extend(statement.principal.as_ref().map(principals));
    entries.push(clause(&statement.action, ["Action", "NotAction"]));
    entries.extend(statement.resource.as_ref().map(|resource| clause(resource, ["Resource", "NotResource"])));
    if !statement.conditions.is_empty() {
        entries.push(entry("Condition", conditions(&statement.conditions, policy)));
    }
    value(Node::Object(entries))
}

fn clause<'p>(clause: &'p Clause, names: [&'static str; 2]) -> Entry<'p> {
    entry(
        polar(names, clause.polarity),
        one_or_many(clause.patterns.iter().map(|pattern| text(&pattern.value))),
    )
}

fn polar(names: [&'static str; 2], polarity: Polarity) -> &'static str {
    let [only, except] = names;
    match polarity {
        Polarity::Only => only,
        Polarity::Except => except,
    }
}

fn principals(clause: &PrincipalClause) -> Entry<'_> {
    let name = polar(["Principal", "NotPrincipal"], clause.polarity);
    // `"*"` and `{"AWS": "*"}` mean the same, but each is refused somewhere: what was written stays.
    if let [everyone] = clause.entries.as_slice()
        && everyone.value == PrincipalEntry::Everyone
        && everyone.span.end == clause.span.end
    {
        return entry(name, text("*"));
    }
    let mut types: Vec<(&str, Vec<Value<'_>>)> = Vec::new();
    for Spanned { value: principal, .. } in &clause.entries {
        let (principal_type, written) = written(principal);
        match types.iter_mut().find(|(known, _)| *known == principal_type) {
            Some((_, values)) => values.push(text(written)),
            None => types.push((principal_type, vec![text(written)])),
        }
    }
    let types = types
        .into_iter()
        .map(|(principal_type, values)| entry(principal_type, one_or_many(values.into_iter())));
    entry(name, value(Node::Object(types.collect())))
}

/// The type of a principal, and what stands under it.
fn written(principal: &PrincipalEntry) -> (&'static str, &str) {
    match principal {
        PrincipalEntry::Everyone => ("AWS", "*"),
        PrincipalEntry::Account(account) => ("AWS", account.as_str()),
        PrincipalEntry::Arn(text) | PrincipalEntry::UniqueId(text) => ("AWS", text),
        PrincipalEntry::Service(text) => ("Service", text),
        PrincipalEntry::Federated(text) => ("Federated", text),
        PrincipalEntry::CanonicalUser(text) => ("CanonicalUser", text),
    }
}

/// One entry per operator, in the order of their first tests.
fn conditions<'p>(conditions: &'p [Condition], policy: &'p Policy) -> Value<'p> {
    let mut operators: Vec<(String, Vec<Entry<'p>>)> = Vec::new();
    for condition in conditions {
        let operator = condition.operator.value.to_string();
        let values = one_or_many(condition.values.iter().map(|value| text(&value.value)));
        let test = Entry { key: key(condition, policy), key_span: Span::default(), value: values };
        match operators.iter_mut().find(|(known, _)| *known == operator) {
            Some((_, tests)) => tests.push(test),
            None => operators.push((operator, vec![test])),
        }
    }
    let operator = |(name, tests): (String, Vec<Entry<'p>>)| Entry {
        key: Cow::Owned(name),
        key_span: Span::default(),
        value: value(Node::Object(tests)),
    };
    value(Node::Object(operators.into_iter().map(operator).collect()))
}

/// The key in the author's spelling, else in AWS's, else in lower case.
fn key<'p>(condition: &'p Condition, policy: &'p Policy) -> Cow<'p, str> {
    let lower = condition.key.as_str();
    let author =
        json::parse(condition.key_span.of(&policy.text)).ok().and_then(|literal| match literal.node {
            Node::String(author) => Some(author),
            Node::Null | Node::Bool(_) | Node::Number(_) | Node::Array(_) | Node::Object(_) => None,
        });
    let known = || catalog().condition_key(lower).map(|info| Cow::Borrowed(info.name));
    let fits = |spelling: &Cow<'_, str>| spelling.eq_ignore_ascii_case(lower);
    author.filter(fits).or_else(|| known().filter(fits)).unwrap_or(Cow::Borrowed(lower))
}

fn one_or_many<'p>(values: impl ExactSizeIterator<Item = Value<'p>>) -> Value<'p> {
    let mut values: Vec<_> = values.collect();
    match values.pop() {
        Some(only) if values.is_empty() => only,
        last => {
            values.extend(last);
            value(Node::Array(values))
        }
    }
}

fn entry<'p>(name: &'p str, value: Value<'p>) -> Entry<'p> {
    Entry { key: Cow::Borrowed(name), key_span: Span::default(), value }
}

fn text(text: &str) -> Value<'_> {
    value(Node::String(Cow::Borrowed(text)))
}

fn value(node: Node<'_>) -> Value<'_> {
    Value { node, span: Span::default() }
}
