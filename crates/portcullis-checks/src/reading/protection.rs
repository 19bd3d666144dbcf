//! What a document keeps people from doing to a policy that it protects, MFA or not.

use portcullis_iam::{Arn, Context, ContextKey, Effect, Polarity, PolicyKind, Spanned, Statement};

use super::broad::naming;
use super::scene::{self, Home, Scene};
use super::set::Beside;
use super::subject::{Door, Set, Subject};
use crate::standing::{Mfa, Passage};

/// A policy that a document protects, and somebody whom the protection binds.
pub(crate) struct Protected<'s, 'd> {
    subject: &'s Subject<'d>,
    /// What names it, or an action that protects whatever policy there is.
    pub(crate) named: &'d Spanned<Box<str>>,
    /// Its ARN.
    pub(crate) arn: String,
    scene: Scene,
    set: Set,
}

/// What takes a policy off somebody.
pub(crate) const DETACH: [&str; 3] =
    ["iam:DetachUserPolicy", "iam:DetachGroupPolicy", "iam:RemoveUserFromGroup"];
/// What gives a policy another text.
pub(crate) const REWRITE: [&str; 2] = ["iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion"];
/// What deletes a policy that is attached to nobody any more, or a version that does not count.
pub(crate) const DELETE: [&str; 2] = ["iam:DeletePolicy", "iam:DeletePolicyVersion"];

/// The Denies that hold with MFA too.
pub(crate) fn keeps<'d>(subject: &Subject<'d>) -> impl Iterator<Item = (usize, &'d Statement)> {
    let own = subject.policy.statements.iter().zip(&subject.profiles).enumerate();
    own.filter_map(|(at, (statement, profile))| {
        let is_list = statement.effect == Effect::Deny && statement.action.polarity == Polarity::Only;
        (is_list && profile.is_none()).then_some((at, statement))
    })
}

/// The policies that the document protects from being rewritten or detached.
pub(crate) fn policies<'s, 'd>(subject: &'s Subject<'d>) -> Vec<Protected<'s, 'd>> {
    let mut found: Vec<Protected<'s, 'd>> = Vec::new();
    for (at, statement) in keeps(subject).filter(|(_, statement)| names_any(statement)) {
        for named in by_resource(statement).chain(by_condition(statement)) {
            let is_known = found.iter().any(|other| other.named.value == named.value);
            found.extend(Protected::new(subject, at, statement, named).filter(|_| !is_known));
        }
    }
    found
}

fn names_any(statement: &Statement) -> bool {
    DETACH.iter().chain(&REWRITE).chain(&DELETE).any(|action| naming(statement, action).is_some())
}

/// The patterns of the statement's resources that name a policy; of a reference, its actions tell that it is one.
fn by_resource(statement: &Statement) -> impl Iterator<Item = &Spanned<Box<str>>> {
    let clauses = statement.resource.iter().filter(|clause| clause.polarity == Polarity::Only);
    let rewrites = REWRITE.iter().chain(&DELETE).any(|action| naming(statement, action).is_some());
    let patterns = clauses.flat_map(|clause| &clause.patterns);
    patterns
        .filter(move |pattern| names_policy(&pattern.value) && (rewrites || !is_reference(&pattern.value)))
}

fn names_policy(pattern: &str) -> bool {
    if is_reference(pattern) {
        return true;
    }
    let name = pattern.splitn(6, ':').nth(5).and_then(|resource| resource.strip_prefix("policy/"));
    let is_own = pattern.split(':').nth(4) != Some("aws");
    name.is_some_and(|name| is_own && !name.trim_matches(['*', '/']).is_empty())
}

/// Whether the pattern is as a whole what the files leave open: where policies stand, another policy's ARN.
fn is_reference(pattern: &str) -> bool {
    let key = pattern.strip_prefix("${").and_then(|rest| rest.strip_suffix('}'));
    key.is_some_and(|key| key.starts_with(portcullis_source::UNKNOWN_KEY) && !key.contains("${"))
}

/// The values of the statement's tests of the policy that is attached or detached.
fn by_condition(statement: &Statement) -> impl Iterator<Item = &Spanned<Box<str>>> {
    let tests = statement.conditions.iter();
    let tests =
        tests.filter(|test| test.key.as_str() == "iam:policyarn" && !test.operator.value.test.is_negated());
    let takes = DETACH.iter().any(|action| naming(statement, action).is_some());
    tests
        .filter(move |_| takes)
        .flat_map(|test| test.values.iter())
        .filter(|value| names_policy(&value.value))
}

impl<'s, 'd> Protected<'s, 'd> {
    fn new(
        subject: &'s Subject<'d>,
        at: usize,
        statement: &Statement,
        named: &'d Spanned<Box<str>>,
    ) -> Option<Self> {
        let mut scene = subject.user_scene(statement)?;
        let arn = filled(&named.value, &mut scene.context).filter(|arn| Arn::parse(arn).is_some())?;
        scene.context = scene.context.with("iam:PolicyARN", &arn);
        let set = subject.set_in(&scene, at, Beside::Admin);
        Some(Self { subject, named, arn, scene, set })
    }

    /// Those of `actions` that are open although somebody has MFA.
    pub(crate) fn open(&self, actions: &[&'static str]) -> Vec<&'static str> {
        self.with(actions, &Passage::Open)
    }

    /// Those of `actions` that the document stops.
    pub(crate) fn closed(&self, actions: &[&'static str]) -> Vec<&'static str> {
        self.with(actions, &Passage::Closed)
    }

    fn with(&self, actions: &[&'static str], passage: &Passage) -> Vec<&'static str> {
        let is = |action: &&&str| {
            let door = Door { action: (**action).to_owned(), resource: self.resource(action) };
            self.subject.is(passage, (&self.set, &self.scene), Mfa::True, &door)
        };
        actions.iter().filter(is).copied().collect()
    }

    /// What the files call it.
    pub(crate) fn name(&self) -> &'s str {
        let is_own = |one: &&portcullis_source::Placeholder| {
            self.named.value.strip_prefix("${") == Some(&format!("{}}}", one.key))
        };
        let reference = self.subject.document.placeholders.iter().find(is_own);
        match reference {
            Some(reference) => &reference.what,
            None => self.named.value.splitn(6, ':').nth(5).unwrap_or(&self.named.value),
        }
    }

    /// Whether a Deny names the policy as the resource of `action`.
    pub(crate) fn names_by_resource(&self, action: &str) -> bool {
        let own = keeps(self.subject).filter(|(_, statement)| naming(statement, action).is_some());
        let mut patterns = own.filter_map(|(_, statement)| statement.resource.as_ref());
        patterns.any(|clause| clause.patterns.iter().any(|pattern| pattern.value == self.named.value))
    }

    /// What the action is authorised on: the policy, or whoever has it, one whom the document names where it names any.
    fn resource(&self, action: &str) -> String {
        let kind = match action {
            "iam:DetachUserPolicy"
            | "iam:PutUserPermissionsBoundary"
            | "iam:DeleteUserPermissionsBoundary" => "user",
            "iam:DetachGroupPolicy" | "iam:RemoveUserFromGroup" => "group",
            "iam:DetachRolePolicy"
            | "iam:PutRolePermissionsBoundary"
            | "iam:DeleteRolePermissionsBoundary" => "role",
            _ => return self.arn.clone(),
        };
        member(self.subject, kind, &mut self.scene.context.clone())
    }
}

/// A user, group or role of those that the document's Denies name, or any one.
pub(crate) fn member(subject: &Subject<'_>, kind: &str, context: &mut Context) -> String {
    let clauses = keeps(subject).filter_map(|(_, statement)| statement.resource.as_ref());
    let mut patterns = clauses.flat_map(|clause| &clause.patterns);
    let start = format!("{kind}/");
    let named = patterns.find(|pattern| {
        pattern.value.splitn(6, ':').nth(5).is_some_and(|resource| resource.starts_with(&start))
    });
    let named = named.and_then(|pattern| filled(&pattern.value, context));
    let Home { partition, account } = Home::of(subject.policy);
    named.unwrap_or_else(|| format!("arn:{partition}:iam::{account}:{kind}/portcullis"))
}

/// A text that the pattern matches; what the files leave open of it is chosen, in `context`. None when something else
/// varies.
fn filled(pattern: &str, context: &mut Context) -> Option<String> {
    if is_reference(pattern) {
        let arn = "arn:aws:iam::111111111111:policy/portcullis";
        context.set(ContextKey::new(pattern.get(2..pattern.len() - 1)?), scene::one(arn));
        return Some(arn.to_owned());
    }
    let mut text = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once("${") {
        let (key, after) = after.split_once('}')?;
        text.push_str(before);
        let value = match (text.as_str(), key.starts_with(portcullis_source::UNKNOWN_KEY)) {
            (_, false) => return None,
            ("arn:", true) => "aws",
            (start, true) if start.ends_with("::") => "111111111111",
            (_, true) => "portcullis",
        };
        context.set(ContextKey::new(key), scene::one(value));
        text.push_str(value);
        rest = after;
    }
    text.push_str(rest);
    Some(scene::instance(&text))
}

/// Whether the document has to do with permissions boundaries or policies of roles: a policy that it protects may be
/// such a one, which no user is freed of by detaching.
pub(crate) fn may_be_for_others(subject: &Subject<'_>, protected: &Protected<'_, '_>) -> bool {
    let others =
        ["iam:DeleteUserPermissionsBoundary", "iam:DeleteRolePermissionsBoundary", "iam:DetachRolePolicy"];
    subject.document.kind == PolicyKind::Boundary
        || protected.arn.to_ascii_lowercase().contains("boundary")
        || !protected.closed(&others).is_empty()
}
