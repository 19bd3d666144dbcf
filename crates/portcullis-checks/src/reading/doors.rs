//! Requests that a statement may be about: some actions on some resources.

use portcullis_authz::statement::{covers_action, covers_resource};
use portcullis_iam::catalog::catalog;
use portcullis_iam::pattern::ShortArn;
use portcullis_iam::{Action, Credential, Polarity, Policy, Request, Statement, Truth};

use super::scene::{ACCOUNT, Scene};
use super::subject::Door;

/// Actions of many kinds, for statements that name none.
const TELLING: [&str; 12] = [
    "s3:GetObject",
    "ec2:RunInstances",
    "ec2:DescribeInstances",
    "iam:CreateUser",
    "iam:CreateAccessKey",
    "iam:ListUsers",
    "lambda:UpdateFunctionCode",
    "secretsmanager:GetSecretValue",
    "kms:Decrypt",
    "sts:AssumeRole",
    "iam:EnableMFADevice",
    "iam:CreateVirtualMFADevice",
];

/// The most actions that are taken of one pattern, and of all.
const PER_PATTERN: usize = 3;
const MOST: usize = 60;

/// Requests that `statement` covers, its conditions apart.
pub(crate) fn of_statement(policy: &Policy, statement: &Statement, scene: &Scene) -> Vec<Door> {
    let mut actions: Vec<String> = TELLING.map(str::to_owned).into();
    if statement.action.polarity == Polarity::Only {
        for pattern in &statement.action.patterns {
            let few = catalog().actions_matching(&pattern.value).take(PER_PATTERN);
            actions.extend(few.map(|action| action.full_name()));
        }
    }
    let doors = actions.into_iter().flat_map(|action| {
        let resources = resources(statement, &action, scene);
        resources.into_iter().map(move |resource| Door { action: action.clone(), resource })
    });
    doors.filter(|door| covers(policy, statement, scene, door)).take(MOST).collect()
}

/// Whether the statement is about the request for certain, its conditions apart.
fn covers(policy: &Policy, statement: &Statement, scene: &Scene, door: &Door) -> bool {
    let Some(action) = Action::parse(&door.action) else { return false };
    if !covers_action(&statement.action, &action) {
        return false;
    }
    let request = Request {
        caller: scene.caller.clone(),
        credential: Credential::Unstated,
        action,
        resource: door.resource.as_str().into(),
        resource_owner: scene.caller.account(),
        context: scene.context.clone(),
    };
    let covered = covers_resource(statement.resource.as_ref(), policy.version, &request, ShortArn::AsWritten);
    covered == Truth::True
}

/// Resources for `action`: what the statement names, filled, and what the action is usually about.
fn resources(statement: &Statement, action: &str, scene: &Scene) -> Vec<String> {
    let patterns = statement.resource.iter().filter(|clause| clause.polarity == Polarity::Only);
    let named = patterns.flat_map(|clause| &clause.patterns).filter(|pattern| &*pattern.value != "*");
    let mut found: Vec<String> = named.filter_map(|pattern| filled(&pattern.value, scene)).collect();
    found.extend(usual(action, scene));
    found.dedup();
    found
}

/// A resource that a pattern matches, when its variables are those of the caller's name.
fn filled(pattern: &str, scene: &Scene) -> Option<String> {
    let name = scene.arn.resource().rsplit('/').next().unwrap_or_default();
    let own = ["${aws:username}", "${aws:userName}", "${aws:UserName}"];
    let known = own.iter().fold(pattern.to_owned(), |text, variable| text.replace(variable, name));
    (!known.contains("${")).then(|| super::scene::instance(&known))
}

/// A resource of the first type that the action has; `*` when it has none.
pub(crate) fn usual(action: &str, scene: &Scene) -> Option<String> {
    let info = catalog().action(&Action::parse(action)?)?;
    let Some(own) = info.resources.first() else { return Some("*".to_owned()) };
    let kind = catalog().service(info.service)?.resource_type(own.resource_type)?;
    let mut text = String::new();
    for part in kind.arn.split("${") {
        let Some((variable, rest)) = part.split_once('}') else {
            text.push_str(part);
            continue;
        };
        text.push_str(match variable {
            "Partition" => scene.arn.partition(),
            "Region" => "us-east-1",
            "Account" => ACCOUNT,
            _ => "portcullis",
        });
        text.push_str(rest);
    }
    Some(text)
}
