//! The calls that a trail consists of, with what a record says of their parameters.
//!
//! In a template `$n` stands for the name of the resource, `$k` for that of the object in it, `$a` for the account, `$r`
//! for the Region, `$x` for seventeen random digits, `$u` for a UUID, `$o` for a long random text, `$t` for the time, `$w`
//! for the caller's name.

use super::event::Kind;

/// One call.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Operation {
    pub(super) source: &'static str,
    pub(super) name: &'static str,
    /// The IAM action that it needs.
    pub(super) action: &'static str,
    pub(super) kind: Kind,
    /// Whether it changes nothing.
    pub(super) read: bool,
    /// The ARN of what it is about; `*` when it is about nothing single.
    pub(super) arn: &'static str,
    /// The types under which a record lists the resource: of what holds it, and its own.
    pub(super) types: &'static [&'static str],
    /// The names of resources, with `#` for a number.
    pub(super) names: &'static str,
    pub(super) request: &'static str,
    pub(super) response: &'static str,
}

impl Operation {
    /// The service without `.amazonaws.com`.
    pub(super) fn service(&self) -> &'static str {
        self.source.strip_suffix(".amazonaws.com").unwrap_or(self.source)
    }

    /// Whether its events are recorded in us-east-1 only.
    pub(super) fn is_global(&self) -> bool {
        matches!(self.service(), "iam" | "sts" | "organizations" | "signin")
    }

    /// The call of this action.
    pub(super) fn of(action: &str) -> Option<&'static Operation> {
        OPERATIONS.iter().find(|operation| operation.action == action)
    }
}

/// A call that manages something and changes it.
const CHANGE: Operation = Operation {
    source: "",
    name: "",
    action: "",
    kind: Kind::Call,
    read: false,
    arn: "*",
    types: &[],
    names: "team-#",
    request: "null",
    response: "null",
};

/// A call that manages something and only looks.
const LOOK: Operation = Operation { read: true, ..CHANGE };

const FUNCTION: &str = "arn:aws:lambda:$r:$a:function:$n";
const TABLE: &str = "arn:aws:dynamodb:$r:$a:table/$n";
const KEY: &str = "arn:aws:kms:$r:$a:key/$n";
const IN_BUCKET: &str = r#"{"bucketName":"$n","Host":"$n.s3.$r.amazonaws.com"}"#;
const IN_OBJECT: &str = r#"{"bucketName":"$n","Host":"$n.s3.$r.amazonaws.com","key":"$k"}"#;

/// All of them; those that are frequent come first in each service.
pub(super) static OPERATIONS: &[Operation] = &[
    Operation {
        source: "s3.amazonaws.com",
        name: "GetObject",
        action: "s3:GetObject",
        kind: Kind::DataCall,
        arn: "arn:aws:s3:::$n/$k",
        types: &["AWS::S3::Bucket", "AWS::S3::Object"],
        names: "team-#-data",
        request: IN_OBJECT,
        ..LOOK
    },
    Operation {
        source: "s3.amazonaws.com",
        name: "PutObject",
        action: "s3:PutObject",
        kind: Kind::DataCall,
        arn: "arn:aws:s3:::$n/$k",
        types: &["AWS::S3::Bucket", "AWS::S3::Object"],
        names: "team-#-data",
        request: IN_OBJECT,
        response: r#"{"x-amz-server-side-encryption":"AES256","x-amz-version-id":"$x"}"#,
        ..CHANGE
    },
    Operation {
        source: "s3.amazonaws.com",
        name: "ListObjects",
        action: "s3:ListBucket",
        kind: Kind::DataCall,
        arn: "arn:aws:s3:::$n",
        types: &["AWS::S3::Bucket"],
        names: "team-#-data",
        request: r#"{"list-type":"2","bucketName":"$n","encoding-type":"url","prefix":"","Host":"$n.s3.$r.amazonaws.com"}"#,
        ..LOOK
    },
    Operation {
        source: "s3.amazonaws.com",
        name: "GetBucketAcl",
        action: "s3:GetBucketAcl",
        arn: "arn:aws:s3:::$n",
        types: &["AWS::S3::Bucket"],
        names: "team-#-data",
        request: IN_BUCKET,
        ..LOOK
    },
    Operation {
        source: "s3.amazonaws.com",
        name: "GetBucketEncryption",
        action: "s3:GetEncryptionConfiguration",
        arn: "arn:aws:s3:::$n",
        types: &["AWS::S3::Bucket"],
        names: "team-#-data",
        request: IN_BUCKET,
        ..LOOK
    },
    Operation {
        source: "s3.amazonaws.com",
        name: "ListBuckets",
        action: "s3:ListAllMyBuckets",
        request: r#"{"Host":"s3.$r.amazonaws.com"}"#,
        ..LOOK
    },
    Operation {
        source: "ec2.amazonaws.com",
        name: "DescribeInstances",
        action: "ec2:DescribeInstances",
        request: r#"{"maxResults":1000,"instancesSet":{},"filterSet":{"items":[{"name":"tag:team","valueSet":{"items":[{"value":"$n"}]}}]}}"#,
        ..LOOK
    },
    Operation {
        source: "ec2.amazonaws.com",
        name: "DescribeSecurityGroups",
        action: "ec2:DescribeSecurityGroups",
        request: r#"{"securityGroupSet":{},"securityGroupIdSet":{"items":[{"groupId":"sg-$x"}]},"filterSet":{}}"#,
        ..LOOK
    },
    Operation {
        source: "ec2.amazonaws.com",
        name: "DescribeVpcs",
        action: "ec2:DescribeVpcs",
        request: r#"{"vpcSet":{},"filterSet":{}}"#,
        ..LOOK
    },
    Operation {
        source: "ec2.amazonaws.com",
        name: "StopInstances",
        action: "ec2:StopInstances",
        arn: "arn:aws:ec2:$r:$a:instance/$n",
        names: "i-0f3c9a1b5d7e#",
        request: r#"{"instancesSet":{"items":[{"instanceId":"$n"}]},"force":false}"#,
        response: r#"{"requestId":"$u","instancesSet":{"items":[{"instanceId":"$n","currentState":{"code":64,"name":"stopping"},"previousState":{"code":16,"name":"running"}}]}}"#,
        ..CHANGE
    },
    Operation {
        source: "lambda.amazonaws.com",
        name: "GetFunction20150331v2",
        action: "lambda:GetFunction",
        arn: FUNCTION,
        names: "team-#-worker",
        request: r#"{"functionName":"$n"}"#,
        ..LOOK
    },
    Operation {
        source: "lambda.amazonaws.com",
        name: "ListFunctions20150331",
        action: "lambda:ListFunctions",
        request: r#"{"maxItems":50}"#,
        ..LOOK
    },
    Operation {
        source: "lambda.amazonaws.com",
        name: "UpdateFunctionCode20150331v2",
        action: "lambda:UpdateFunctionCode",
        arn: FUNCTION,
        names: "team-#-worker",
        request: r#"{"functionName":"$n","s3Bucket":"artifacts-$a","s3Key":"$k","publish":false,"dryRun":false}"#,
        response: r#"{"functionName":"$n","functionArn":"arn:aws:lambda:$r:$a:function:$n","runtime":"python3.13","handler":"main.handler","codeSize":48213,"timeout":30,"memorySize":256,"lastModified":"$t","codeSha256":"$x","version":"$LATEST","revisionId":"$u","state":"Active","lastUpdateStatus":"InProgress","packageType":"Zip","architectures":["arm64"]}"#,
        ..CHANGE
    },
    Operation {
        source: "dynamodb.amazonaws.com",
        name: "DescribeTable",
        action: "dynamodb:DescribeTable",
        arn: TABLE,
        types: &["AWS::DynamoDB::Table"],
        names: "team-#-orders",
        request: r#"{"tableName":"$n"}"#,
        ..LOOK
    },
    Operation {
        source: "dynamodb.amazonaws.com",
        name: "GetItem",
        action: "dynamodb:GetItem",
        kind: Kind::DataCall,
        arn: TABLE,
        types: &["AWS::DynamoDB::Table"],
        names: "team-#-orders",
        request: r#"{"tableName":"$n","key":{"id":"$x"},"consistentRead":false}"#,
        ..LOOK
    },
    Operation {
        source: "dynamodb.amazonaws.com",
        name: "PutItem",
        action: "dynamodb:PutItem",
        kind: Kind::DataCall,
        arn: TABLE,
        types: &["AWS::DynamoDB::Table"],
        names: "team-#-orders",
        request: r#"{"tableName":"$n","key":{"id":"$x"},"items":["id","state","at"]}"#,
        ..CHANGE
    },
    Operation {
        source: "kms.amazonaws.com",
        name: "Decrypt",
        action: "kms:Decrypt",
        arn: KEY,
        types: &["AWS::KMS::Key"],
        names: "4f1d2c3b-0a9e-4d8c-b7a6-00000000#",
        request: r#"{"encryptionContext":{"aws:s3:arn":"arn:aws:s3:::team-data-$a"},"encryptionAlgorithm":"SYMMETRIC_DEFAULT"}"#,
        ..LOOK
    },
    Operation {
        source: "kms.amazonaws.com",
        name: "GenerateDataKey",
        action: "kms:GenerateDataKey",
        arn: KEY,
        types: &["AWS::KMS::Key"],
        names: "4f1d2c3b-0a9e-4d8c-b7a6-00000000#",
        request: r#"{"keyId":"arn:aws:kms:$r:$a:key/$n","encryptionContext":{"aws:s3:arn":"arn:aws:s3:::team-data-$a"},"keySpec":"AES_256"}"#,
        ..LOOK
    },
    Operation {
        source: "secretsmanager.amazonaws.com",
        name: "GetSecretValue",
        action: "secretsmanager:GetSecretValue",
        arn: "arn:aws:secretsmanager:$r:$a:secret:$n",
        names: "team-#/database-Xk2pQ9",
        request: r#"{"secretId":"arn:aws:secretsmanager:$r:$a:secret:$n"}"#,
        ..LOOK
    },
    Operation {
        source: "ssm.amazonaws.com",
        name: "GetParameter",
        action: "ssm:GetParameter",
        arn: "arn:aws:ssm:$r:$a:parameter/$n",
        types: &["AWS::SSM::Parameter"],
        names: "team-#/settings",
        request: r#"{"name":"/$n","withDecryption":true}"#,
        ..LOOK
    },
    Operation {
        source: "ssm.amazonaws.com",
        name: "DescribeParameters",
        action: "ssm:DescribeParameters",
        request: r#"{"maxResults":50,"parameterFilters":[{"key":"Name","option":"BeginsWith","values":["/$n"]}]}"#,
        ..LOOK
    },
    Operation {
        source: "logs.amazonaws.com",
        name: "CreateLogStream",
        action: "logs:CreateLogStream",
        arn: "arn:aws:logs:$r:$a:log-group:$n:log-stream:$k",
        names: "/aws/lambda/team-#-worker",
        request: r#"{"logGroupName":"$n","logStreamName":"$k"}"#,
        ..CHANGE
    },
    Operation {
        source: "logs.amazonaws.com",
        name: "DescribeLogGroups",
        action: "logs:DescribeLogGroups",
        request: r#"{"logGroupNamePrefix":"/aws/lambda/$n"}"#,
        ..LOOK
    },
    Operation {
        source: "monitoring.amazonaws.com",
        name: "DescribeAlarms",
        action: "cloudwatch:DescribeAlarms",
        request: r#"{"maxRecords":100,"alarmNamePrefix":"$n"}"#,
        ..LOOK
    },
    Operation {
        source: "cloudformation.amazonaws.com",
        name: "DescribeStacks",
        action: "cloudformation:DescribeStacks",
        arn: "arn:aws:cloudformation:$r:$a:stack/$n/*",
        names: "team-#-service",
        request: r#"{"stackName":"$n"}"#,
        ..LOOK
    },
    Operation {
        source: "cloudformation.amazonaws.com",
        name: "UpdateStack",
        action: "cloudformation:UpdateStack",
        arn: "arn:aws:cloudformation:$r:$a:stack/$n/*",
        names: "team-#-service",
        request: r#"{"stackName":"$n","templateURL":"https://s3.amazonaws.com/artifacts-$a/$k","capabilities":["CAPABILITY_IAM"],"tags":[{"key":"team","value":"$n"}],"clientRequestToken":"$u"}"#,
        response: r#"{"stackId":"arn:aws:cloudformation:$r:$a:stack/$n/$u"}"#,
        ..CHANGE
    },
    Operation {
        source: "ecr.amazonaws.com",
        name: "GetAuthorizationToken",
        action: "ecr:GetAuthorizationToken",
        ..LOOK
    },
    Operation {
        source: "ecr.amazonaws.com",
        name: "PutImage",
        action: "ecr:PutImage",
        arn: "arn:aws:ecr:$r:$a:repository/$n",
        types: &["AWS::ECR::Repository"],
        names: "team-#/service",
        request: r#"{"registryId":"$a","repositoryName":"$n","imageTag":"$x","imageManifestMediaType":"application/vnd.docker.distribution.manifest.v2+json"}"#,
        response: r#"{"image":{"registryId":"$a","repositoryName":"$n","imageId":{"imageDigest":"sha256:$x","imageTag":"$x"}}}"#,
        ..CHANGE
    },
    Operation {
        source: "ecs.amazonaws.com",
        name: "DescribeServices",
        action: "ecs:DescribeServices",
        arn: "arn:aws:ecs:$r:$a:service/main/$n",
        names: "team-#-service",
        request: r#"{"cluster":"main","services":["$n"]}"#,
        ..LOOK
    },
    Operation {
        source: "ecs.amazonaws.com",
        name: "UpdateService",
        action: "ecs:UpdateService",
        arn: "arn:aws:ecs:$r:$a:service/main/$n",
        names: "team-#-service",
        request: r#"{"cluster":"main","service":"$n","forceNewDeployment":true}"#,
        response: r#"{"service":{"serviceArn":"arn:aws:ecs:$r:$a:service/main/$n","serviceName":"$n","clusterArn":"arn:aws:ecs:$r:$a:cluster/main","status":"ACTIVE","desiredCount":2,"runningCount":2,"pendingCount":0,"launchType":"FARGATE","deployments":[{"id":"ecs-svc/$x","status":"PRIMARY","rolloutState":"IN_PROGRESS"}]}}"#,
        ..CHANGE
    },
    Operation {
        source: "rds.amazonaws.com",
        name: "DescribeDBInstances",
        action: "rds:DescribeDBInstances",
        arn: "arn:aws:rds:$r:$a:db:$n",
        names: "team-#-db",
        request: r#"{"dBInstanceIdentifier":"$n"}"#,
        ..LOOK
    },
    Operation {
        source: "apigateway.amazonaws.com",
        name: "GetRestApis",
        action: "apigateway:GET",
        request: r#"{"limit":500,"template":false}"#,
        ..LOOK
    },
    Operation {
        source: "states.amazonaws.com",
        name: "StartExecution",
        action: "states:StartExecution",
        arn: "arn:aws:states:$r:$a:stateMachine:$n",
        types: &["AWS::StepFunctions::StateMachine"],
        names: "team-#-nightly",
        request: r#"{"stateMachineArn":"arn:aws:states:$r:$a:stateMachine:$n","name":"$x","input":"HIDDEN_DUE_TO_SECURITY_REASONS"}"#,
        response: r#"{"executionArn":"arn:aws:states:$r:$a:execution:$n:$x","startDate":"$t"}"#,
        ..CHANGE
    },
    Operation {
        source: "glue.amazonaws.com",
        name: "GetTables",
        action: "glue:GetTables",
        arn: "arn:aws:glue:$r:$a:database/$n",
        names: "team_#",
        request: r#"{"databaseName":"$n","maxResults":100}"#,
        ..LOOK
    },
    Operation {
        source: "cloudtrail.amazonaws.com",
        name: "LookupEvents",
        action: "cloudtrail:LookupEvents",
        request: r#"{"maxResults":50,"lookupAttributes":[{"attributeKey":"Username","attributeValue":"$n"}]}"#,
        ..LOOK
    },
    Operation {
        source: "iam.amazonaws.com",
        name: "ListRoles",
        action: "iam:ListRoles",
        request: r#"{"maxItems":1000}"#,
        ..LOOK
    },
    Operation {
        source: "iam.amazonaws.com",
        name: "ListUsers",
        action: "iam:ListUsers",
        request: r#"{"maxItems":1000}"#,
        ..LOOK
    },
    Operation {
        source: "iam.amazonaws.com",
        name: "GetAccountSummary",
        action: "iam:GetAccountSummary",
        ..LOOK
    },
];

/// Calls that somebody makes who does not know better: each is denied.
pub(super) static FORBIDDEN: &[Operation] = &[
    Operation {
        source: "iam.amazonaws.com",
        name: "CreateUser",
        action: "iam:CreateUser",
        arn: "arn:aws:iam::$a:user/$n",
        names: "helper-#",
        ..CHANGE
    },
    Operation {
        source: "cloudtrail.amazonaws.com",
        name: "StopLogging",
        action: "cloudtrail:StopLogging",
        arn: "arn:aws:cloudtrail:$r:$a:trail/$n",
        names: "organization",
        request: r#"{"name":"$n"}"#,
        ..CHANGE
    },
    Operation {
        source: "organizations.amazonaws.com",
        name: "LeaveOrganization",
        action: "organizations:LeaveOrganization",
        ..CHANGE
    },
];

/// What somebody does about a device, or about a session.
pub(super) static ENROLMENT: &[Operation] = &[
    Operation {
        source: "iam.amazonaws.com",
        name: "ListMFADevices",
        action: "iam:ListMFADevices",
        arn: "arn:aws:iam::$a:user/$w",
        request: r#"{"userName":"$w"}"#,
        ..LOOK
    },
    Operation {
        source: "iam.amazonaws.com",
        name: "ListVirtualMFADevices",
        action: "iam:ListVirtualMFADevices",
        arn: "*",
        ..LOOK
    },
    Operation {
        source: "iam.amazonaws.com",
        name: "GetUser",
        action: "iam:GetUser",
        arn: "arn:aws:iam::$a:user/$w",
        request: r#"{"userName":"$w"}"#,
        ..LOOK
    },
    Operation {
        source: "iam.amazonaws.com",
        name: "CreateVirtualMFADevice",
        action: "iam:CreateVirtualMFADevice",
        arn: "arn:aws:iam::$a:mfa/$n",
        request: r#"{"virtualMFADeviceName":"$n","path":"/"}"#,
        response: r#"{"virtualMFADevice":{"serialNumber":"arn:aws:iam::$a:mfa/$n"}}"#,
        ..CHANGE
    },
    Operation {
        source: "iam.amazonaws.com",
        name: "EnableMFADevice",
        action: "iam:EnableMFADevice",
        arn: "arn:aws:iam::$a:user/$w",
        request: r#"{"userName":"$w","serialNumber":"arn:aws:iam::$a:mfa/$n"}"#,
        ..CHANGE
    },
    Operation {
        source: "sts.amazonaws.com",
        name: "GetSessionToken",
        action: "sts:GetSessionToken",
        request: r#"{"durationSeconds":43200,"serialNumber":"$n"}"#,
        response: r#"{"credentials":{"accessKeyId":"ASIA$x","sessionToken":"$o","expiration":"$t"}}"#,
        ..LOOK
    },
    Operation {
        source: "sts.amazonaws.com",
        name: "AssumeRole",
        action: "sts:AssumeRole",
        arn: "arn:aws:iam::$a:role/$n",
        types: &["AWS::IAM::Role"],
        request: r#"{"roleArn":"arn:aws:iam::$a:role/$n","roleSessionName":"$w","durationSeconds":3600}"#,
        response: r#"{"credentials":{"accessKeyId":"ASIA$x","sessionToken":"$o","expiration":"$t"},"assumedRoleUser":{"assumedRoleId":"AROA$x:$w","arn":"arn:aws:sts::$a:assumed-role/$n/$w"}}"#,
        ..LOOK
    },
];

/// A sign-in, which is no call.
pub(super) static SIGN_IN: Operation =
    Operation { source: "signin.amazonaws.com", name: "ConsoleLogin", kind: Kind::SignIn, ..CHANGE };

/// One of what people do about devices and sessions.
pub(super) fn enrolment(name: &str) -> Option<&'static Operation> {
    ENROLMENT.iter().find(|operation| operation.name == name)
}

#[cfg(test)]
mod tests {
    use portcullis_iam::catalog::catalog;

    use super::*;

    #[test]
    fn every_call_needs_the_action_that_is_said() {
        for operation in OPERATIONS.iter().chain(FORBIDDEN).chain(ENROLMENT) {
            let actions = catalog().event_actions(operation.source, operation.name);
            let known = actions.is_some_and(|actions| actions.primary.to_string() == operation.action);
            assert!(known, "{}", operation.name);
            for template in [operation.request, operation.response] {
                assert!(serde_json::from_str::<serde_json::Value>(template).is_ok(), "{template}");
            }
        }
    }
}
