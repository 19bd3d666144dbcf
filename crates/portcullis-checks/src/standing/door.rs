//! Telling actions on resources in general: how far a user reaches is told by which of them it can call.

use portcullis_iam::{AccountId, Arn};
use portcullis_prove::{Area, TAKEOVER};

/// The telling requests of the principals of one account.
#[derive(Clone, Debug)]
pub(super) struct Doors {
    /// With these a principal can give itself, or take over, any permission.
    pub(super) takeover: Vec<Area>,
    /// These harm the account.
    pub(super) telling: Vec<Area>,
}

/// Other actions of IAM and STS that tell how far a user reaches.
const TELLING_IAM: [(&str, &str); 6] = [
    ("iam:DeactivateMFADevice", "user/=portcullis"),
    ("iam:DeleteVirtualMFADevice", "mfa/=portcullis"),
    ("iam:CreateUser", "user/=portcullis"),
    ("iam:DeleteUser", "user/=portcullis"),
    ("iam:PassRole", "role/=portcullis"),
    ("sts:AssumeRole", "role/=portcullis"),
];

/// Actions of other services with the form of their resource.
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

/// Actions on the user itself that disarm its MFA, or make a credential of its own.
const OWN: [&str; 2] = ["iam:DeactivateMFADevice", "iam:CreateAccessKey"];

impl Doors {
    /// Those that are the same for every principal of an account.
    pub(super) fn of_account(partition: &str, account: AccountId) -> Self {
        let region = match partition {
            "aws-cn" => "cn-north-1",
            "aws-us-gov" => "us-gov-west-1",
            _ => "us-east-1",
        };
        let iam =
            |(action, name): &(&str, &str)| area(action, &format!("arn:{partition}:iam::{account}:{name}"));
        let fill = |form: &str| {
            form.replace("{p}", partition).replace("{r}", region).replace("{a}", account.as_str())
        };
        let telling = TELLING.iter().map(|(action, form)| area(action, &fill(form)));
        Self {
            takeover: TAKEOVER.map(|(action, kind)| iam(&(action, &format!("{kind}/=portcullis")))).into(),
            telling: telling.chain(TELLING_IAM.iter().map(iam)).collect(),
        }
    }

    /// With those to the user itself.
    pub(super) fn with_own(&self, user: &Arn) -> Self {
        let mut doors = self.clone();
        doors.takeover.push(area("iam:PutUserPolicy", user.as_str()));
        doors.telling.extend(OWN.iter().map(|action| area(action, user.as_str())));
        doors
    }
}

fn area(action: &str, resource: &str) -> Area {
    Area::of_actions([action]).on([resource])
}

#[cfg(test)]
mod tests {
    use portcullis_iam::Action;
    use portcullis_iam::catalog::catalog;

    use super::*;

    #[test]
    fn every_door_is_an_action_that_aws_has() {
        let account = AccountId::parse("111111111111").unwrap();
        let user = Arn::parse("arn:aws:iam::111111111111:user/alice").unwrap();
        let doors = Doors::of_account("aws", account).with_own(&user);
        for area in doors.takeover.iter().chain(&doors.telling) {
            let action = Action::parse(&area.actions[0]).unwrap();
            assert!(catalog().action(&action).is_some(), "{action}");
            for resource in area.resources.as_ref().unwrap() {
                assert!(&**resource == "*" || Arn::parse(resource).is_some(), "{resource}");
            }
        }
    }
}
