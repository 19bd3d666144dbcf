//! Random policy documents of the size and variety that accounts collect over the years.

use portcullis_iam::catalog::catalog;

use super::random::Random;

/// The actions that documents are made of.
pub(super) struct Vocabulary(Vec<Service>);

struct Service {
    prefix: &'static str,
    actions: Vec<&'static str>,
}

/// The services that organizations use, the most frequent ones first.
const SERVICES: &[&str] = &[
    "s3",
    "ec2",
    "lambda",
    "logs",
    "dynamodb",
    "cloudwatch",
    "sqs",
    "sns",
    "kms",
    "secretsmanager",
    "rds",
    "ssm",
    "ecr",
    "ecs",
    "cloudformation",
    "glue",
    "athena",
    "apigateway",
    "events",
    "states",
    "elasticloadbalancing",
    "route53",
    "eks",
    "kinesis",
    "firehose",
    "sagemaker",
    "bedrock",
    "backup",
    "config",
    "codebuild",
];

impl Vocabulary {
    /// The actions of the usual services, from the catalogue.
    pub(super) fn new() -> Vocabulary {
        let services = SERVICES.iter().filter_map(|prefix| catalog().service(prefix));
        Vocabulary(
            services
                .map(|service| Service {
                    prefix: service.prefix,
                    actions: service.actions().iter().map(|action| action.name).collect(),
                })
                .collect(),
        )
    }

    /// An identity policy: one to twelve statements that allow something, few of them under conditions.
    pub(super) fn identity(&self, random: &mut Random, account: &str) -> String {
        let count = 1 + random.zipf(12);
        let statements: Vec<String> =
            (0..count).map(|index| self.statement(random, account, index)).collect();
        document(&statements.join(","))
    }

    fn statement(&self, random: &mut Random, account: &str, index: usize) -> String {
        let Some(service) = random.pick_early(&self.0) else { return String::new() };
        let actions = service.some_actions(random);
        let resource = service.resource(random, account);
        let condition = if random.percent(20.0) { condition(random) } else { "" };
        format!(
            r#"{{"Sid":"Allow{}{index}","Effect":"Allow","Action":[{actions}],"Resource":{resource}{condition}}}"#,
            service.prefix
        )
    }
}

impl Service {
    fn some_actions(&self, random: &mut Random) -> String {
        let count = 1 + random.zipf(40);
        let mut names: Vec<&str> = (0..count).filter_map(|_| random.pick(&self.actions).copied()).collect();
        names.sort_unstable();
        names.dedup();
        let quoted: Vec<String> = names.iter().map(|name| format!(r#""{}:{name}""#, self.prefix)).collect();
        quoted.join(",")
    }

    fn resource(&self, random: &mut Random, account: &str) -> String {
        let (prefix, number) = (self.prefix, random.between(1, 400));
        match (random.percent(50.0), prefix) {
            (true, _) => r#""*""#.to_owned(),
            (false, "s3") => {
                format!(r#"["arn:aws:s3:::team-{number}-data","arn:aws:s3:::team-{number}-data/*"]"#)
            }
            (false, _) => format!(r#""arn:aws:{prefix}:eu-central-1:{account}:*team-{number}*""#),
        }
    }
}

fn condition(random: &mut Random) -> &'static str {
    const CONDITIONS: &[&str] = &[
        r#","Condition":{"StringEquals":{"aws:RequestedRegion":["eu-central-1","eu-west-1"]}}"#,
        r#","Condition":{"IpAddress":{"aws:SourceIp":["203.0.113.0/24","198.51.100.0/24"]}}"#,
        r#","Condition":{"StringEquals":{"aws:ResourceTag/team":"${aws:PrincipalTag/team}"}}"#,
        r#","Condition":{"Bool":{"aws:SecureTransport":"true"}}"#,
        r#","Condition":{"DateLessThan":{"aws:CurrentTime":"2030-01-01T00:00:00Z"}}"#,
    ];
    random.pick_early(CONDITIONS).copied().unwrap_or_default()
}

/// A document with these statements.
pub(super) fn document(statements: &str) -> String {
    format!(r#"{{"Version":"2012-10-17","Statement":[{statements}]}}"#)
}
