//! The doors that are tried: telling actions on telling resources.

use portcullis_iam::catalog::catalog;
use portcullis_iam::{AccountId, Action, Arn, Effect, Polarity, PolicySet, Statement};

use crate::reading::self_service;

/// One action on one resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Door {
    /// What is called.
    pub(super) action: Action,
    /// On what.
    pub(super) resource: Box<str>,
    /// The resource in words that hold for every user.
    pub(super) shown: Box<str>,
    /// What it means when it opens.
    pub(super) kind: DoorKind,
}

/// What it means when a door opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum DoorKind {
    /// Whoever gets through can give itself, or take over, any permission.
    Takeover,
    /// It harms the account.
    Telling,
    /// It is what the user's own policies name.
    Named,
}

/// The actions with which a user can give itself, or take over, any permission, when it may call them on everything.
const TAKEOVER: [(&str, &str); 13] = [
    ("iam:AttachUserPolicy", "user/=portcullis"),
    ("iam:PutUserPolicy", "user/=portcullis"),
    ("iam:CreateAccessKey", "user/=portcullis"),
    ("iam:CreateLoginProfile", "user/=portcullis"),
    ("iam:UpdateLoginProfile", "user/=portcullis"),
    ("iam:AddUserToGroup", "group/=portcullis"),
    ("iam:AttachGroupPolicy", "group/=portcullis"),
    ("iam:PutGroupPolicy", "group/=portcullis"),
    ("iam:AttachRolePolicy", "role/=portcullis"),
    ("iam:PutRolePolicy", "role/=portcullis"),
    ("iam:UpdateAssumeRolePolicy", "role/=portcullis"),
    ("iam:CreatePolicyVersion", "policy/=portcullis"),
    ("iam:SetDefaultPolicyVersion", "policy/=portcullis"),
];

/// Other actions of IAM and STS that tell how far a user reaches.
const TELLING_IAM: [(&str, &str); 6] = [
    ("iam:DeactivateMFADevice", "user/=portcullis"),
    ("iam:DeleteVirtualMFADevice", "mfa/=portcullis"),
    ("iam:CreateUser", "user/=portcullis"),
    ("iam:DeleteUser", "user/=portcullis"),
    ("iam:PassRole", "role/=portcullis"),
    ("sts:AssumeRole", "role/=portcullis"),
];

/// Actions of other services with the form of their resource, the most telling first: reports name the first ones.
const TELLING: [(&str, &str); 16] = [
    ("secretsmanager:GetSecretValue", "arn:{p}:secretsmanager:{r}:{a}:secret:portcullis"),
    ("s3:GetObject", "arn:{p}:s3:::portcullis-0/portcullis"),
    ("lambda:UpdateFunctionCode", "arn:{p}:lambda:{r}:{a}:function:portcullis"),
    ("kms:Decrypt", "arn:{p}:kms:{r}:{a}:key/00000000-0000-0000-0000-000000000000"),
    ("ssm:GetParameter", "arn:{p}:ssm:{r}:{a}:parameter/portcullis"),
    ("ec2:RunInstances", "arn:{p}:ec2:{r}:{a}:instance/*"),
    ("ec2:TerminateInstances", "arn:{p}:ec2:{r}:{a}:instance/i-0portcullis"),
    ("ec2:AuthorizeSecurityGroupIngress", "arn:{p}:ec2:{r}:{a}:security-group/sg-0portcullis"),
    ("s3:PutBucketPolicy", "arn:{p}:s3:::portcullis-0"),
    ("rds:DeleteDBInstance", "arn:{p}:rds:{r}:{a}:db:portcullis"),
    ("dynamodb:Scan", "arn:{p}:dynamodb:{r}:{a}:table/portcullis"),
    ("kms:ScheduleKeyDeletion", "arn:{p}:kms:{r}:{a}:key/00000000-0000-0000-0000-000000000000"),
    ("cloudformation:CreateStack", "arn:{p}:cloudformation:{r}:{a}:stack/portcullis/0"),
    ("cloudtrail:StopLogging", "arn:{p}:cloudtrail:{r}:{a}:trail/portcullis"),
    ("organizations:LeaveOrganization", "*"),
    ("ec2:DescribeInstances", "*"),
];

/// Actions on the user itself: they give it any permission, disarm its MFA, or make a credential of their own.
const OWN: [(&str, DoorKind); 3] = [
    ("iam:PutUserPolicy", DoorKind::Takeover),
    ("iam:DeactivateMFADevice", DoorKind::Telling),
    ("iam:CreateAccessKey", DoorKind::Telling),
];

/// How many doors the user's own policies may add.
const MAX_NAMED: usize = 16;

/// The doors that are the same for every user of an account.
pub(super) fn common(partition: &str, account: AccountId) -> Vec<Door> {
    let region = match partition {
        "aws-cn" => "cn-north-1",
        "aws-us-gov" => "us-gov-west-1",
        _ => "us-east-1",
    };
    let iam = |(action, name): &(&str, &str), kind| {
        door(action, &format!("arn:{partition}:iam::{account}:{name}"), kind)
    };
    let fill =
        |form: &str| form.replace("{p}", partition).replace("{r}", region).replace("{a}", account.as_str());
    let takeover = TAKEOVER.iter().filter_map(|entry| iam(entry, DoorKind::Takeover));
    let telling = TELLING.iter().filter_map(|(action, form)| door(action, &fill(form), DoorKind::Telling));
    let others = TELLING_IAM.iter().filter_map(|entry| iam(entry, DoorKind::Telling));
    takeover.chain(telling).chain(others).collect()
}

/// The doors to the user itself.
pub(super) fn own(user: &Arn) -> Vec<Door> {
    let own = OWN.iter().filter_map(|(action, kind)| door(action, user.as_str(), *kind));
    own.map(|door| Door { shown: "the user itself".into(), ..door }).collect()
}

/// An action and a resource that the identity policies of a set name, where `name` stands for the user's own name.
pub(super) fn named(policies: &PolicySet) -> Vec<Named> {
    let statements = policies.identity.policies.iter().flat_map(|attached| &attached.policy.statements);
    let allows = statements.filter(|statement| statement.effect == Effect::Allow);
    let mut named: Vec<Named> = allows.flat_map(named_by).collect();
    named.sort();
    named.dedup();
    named.truncate(MAX_NAMED);
    named
}

/// What a statement names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Named {
    action: String,
    resource: String,
}

impl Named {
    /// Whether it is another door for every user.
    pub(super) fn is_personal(&self) -> bool {
        self.resource.contains(OWN_NAME)
    }

    /// The door for the user with this name.
    pub(super) fn door(&self, name: &str) -> Option<Door> {
        let door = door(&self.action, &self.resource(name), DoorKind::Named)?;
        Some(Door { shown: self.resource.as_str().into(), ..door })
    }

    /// The resource for the user with this name.
    pub(super) fn resource(&self, name: &str) -> String {
        self.resource.replace(OWN_NAME, name)
    }

    /// What the resource begins with for every user.
    pub(super) fn constant(&self) -> &str {
        self.resource.split(OWN_NAME).next().unwrap_or_default()
    }
}

const OWN_NAME: &str = "${aws:username}";

/// The first two actions that the statement names, on the first resource that it names.
fn named_by(statement: &Statement) -> Vec<Named> {
    let resource = match &statement.resource {
        Some(clause) if clause.polarity == Polarity::Only => {
            clause.patterns.iter().find_map(|pattern| an_instance(&pattern.value))
        }
        Some(_) | None => Some("*".to_owned()),
    };
    let Some(resource) = resource else { return Vec::new() };
    if statement.action.polarity == Polarity::Except {
        return Vec::new();
    }
    let actions = statement.action.patterns.iter().filter_map(|pattern| an_action(&pattern.value));
    actions.take(2).map(|action| Named { action, resource: resource.clone() }).collect()
}

/// An action that the pattern covers and that is no self-service; none for a pattern of all services.
fn an_action(pattern: &str) -> Option<String> {
    let is_door = |action: &String| !self_service::is(action);
    let (service, _) = pattern.split_once(':')?;
    if service.contains(['*', '?']) {
        return None;
    }
    if !pattern.contains(['*', '?']) {
        return Some(pattern.to_owned()).filter(is_door);
    }
    let actions = catalog().actions_matching(pattern);
    actions.map(|action| format!("{}:{}", action.service, action.name)).find(is_door)
}

/// A resource that the pattern matches; none when it has variables of other keys than the user's name.
fn an_instance(pattern: &str) -> Option<String> {
    if pattern == "*" {
        return Some(pattern.to_owned());
    }
    let kept = pattern.replace("${aws:userName}", OWN_NAME).replace("${aws:UserName}", OWN_NAME);
    let rest = kept.replace(OWN_NAME, "");
    if rest.contains("${") {
        return None;
    }
    Some(kept.replace('*', "portcullis").replace('?', "x"))
}

fn door(action: &str, resource: &str, kind: DoorKind) -> Option<Door> {
    Some(Door { action: Action::parse(action)?, resource: resource.into(), shown: resource.into(), kind })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_door_is_an_action_that_aws_has() {
        let account = AccountId::parse("111111111111").unwrap();
        let user = Arn::parse("arn:aws:iam::111111111111:user/alice").unwrap();
        let doors: Vec<_> = common("aws", account).into_iter().chain(own(&user)).collect();
        assert_eq!(doors.len(), TAKEOVER.len() + TELLING_IAM.len() + TELLING.len() + OWN.len());
        for door in doors {
            assert!(catalog().action(&door.action).is_some(), "{}", door.action);
            assert!(
                door.resource.as_ref() == "*" || Arn::parse(&door.resource).is_some(),
                "{}",
                door.resource
            );
        }
    }
}
