//! Who makes calls in an account: its users and roles, as its dumps have them, and their habits.

use portcullis_iam::Timestamp;

use super::guardrail::BREAK_GLASS;
use super::identity::Who;
use super::operation::{OPERATIONS, Operation};
use super::truth::Sort;
use crate::dump::devices::serial_of;
use crate::dump::id::unique;
use crate::large::random::Random;
use crate::organization::{Account, DeviceKind, Role, User};

/// A user with habits.
pub(super) struct Person {
    pub(super) account: String,
    pub(super) id: String,
    pub(super) arn: String,
    pub(super) name: String,
    pub(super) sort: Sort,
    pub(super) hold: Hold,
    pub(super) password: bool,
    /// The active access key.
    pub(super) key: Option<String>,
    /// The key of its sessions.
    pub(super) session_key: String,
    pub(super) device: Option<Owned>,
    pub(super) address: String,
    pub(super) agent: &'static str,
    pub(super) browser: &'static str,
    pub(super) habits: Vec<Habit>,
    /// The bucket of a service user.
    pub(super) bucket: Option<String>,
}

/// A device.
pub(super) struct Owned {
    pub(super) serial: String,
    /// Whether its codes can be passed to STS.
    pub(super) passes: bool,
    /// When the user enabled it.
    pub(super) enabled: Timestamp,
}

/// What the policies in force do about MFA.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Hold {
    /// Nothing; most of IAM is out of reach.
    Open,
    /// Nothing, and everything is allowed.
    Administrator,
    /// They deny everything but self-service without it: what the message of a denial calls the reason.
    Enforced(String),
    /// One thing only is allowed.
    Narrow,
}

/// A call that somebody makes again and again, of this number among the resources.
#[derive(Clone, Copy)]
pub(super) struct Habit {
    pub(super) operation: &'static Operation,
    pub(super) number: usize,
    pub(super) region: usize,
}

/// A role with sessions.
pub(super) struct Player {
    pub(super) account: String,
    pub(super) id: String,
    pub(super) arn: String,
    pub(super) name: String,
    /// The service that assumes it: `lambda.amazonaws.com`.
    pub(super) service: Option<String>,
    pub(super) sessions: Vec<String>,
    pub(super) key: String,
    pub(super) habits: Vec<Habit>,
}

/// The Regions that are used, the usual one first.
pub(super) const REGIONS: [&str; 3] = ["eu-central-1", "eu-west-1", "us-east-1"];

/// Where global services are recorded.
pub(super) const GLOBAL: usize = 2;

impl Person {
    pub(super) fn who(&self) -> Who<'_> {
        Who { account: &self.account, id: &self.id, arn: &self.arn, name: &self.name }
    }

    /// Somebody with random habits.
    pub(super) fn new(account: &Account, user: &User, random: &mut Random) -> Person {
        let hold = hold(account, user);
        let key = user.keys.iter().any(|key| key.active).then(|| key_id("AKIA", account, &user.name));
        let device = user.devices.first().map(|device| Owned {
            serial: serial_of(account, user, device),
            passes: matches!(device.kind, DeviceKind::Virtual(_) | DeviceKind::Hardware(_)),
            enabled: device.enabled,
        });
        let is_person = user.password.is_some() || device.is_some();
        let is_job = match hold {
            Hold::Narrow => true,
            Hold::Open | Hold::Administrator => !is_person && random.percent(50.0),
            Hold::Enforced(_) => false,
        };
        let sort = match device {
            _ if user.path == BREAK_GLASS => Sort::BreakGlass,
            _ if is_job => Sort::Automation,
            Some(_) => Sort::PersonWithDevice,
            None => Sort::PersonWithoutDevice,
        };
        let net = if sort == Sort::Automation { "192.0.2" } else { "198.51.100" };
        let agents = if sort == Sort::Automation { JOBS } else { TOOLS };
        let allowed = |operation: &&Operation| {
            operation.service() != "iam" || operation.name == "ListRoles" || hold != Hold::Open
        };
        let habits = habits(&allowed, random);
        let attached =
            user.attached.first().map(|own| own.name.trim_start_matches(|c: char| !c.is_ascii_digit()));
        let number = attached.and_then(|digits| digits.parse::<usize>().ok());
        Person {
            account: account.id.clone(),
            id: unique("AIDA", &account.id, &user.name),
            arn: format!("arn:aws:iam::{}:user{}{}", account.id, user.path, user.name),
            name: user.name.clone(),
            sort,
            bucket: number.filter(|_| hold == Hold::Narrow).map(|number| format!("service-{number}")),
            hold,
            password: user.password.is_some(),
            key,
            session_key: key_id("ASIA", account, &user.name),
            device,
            browser: random.pick(BROWSERS).copied().unwrap_or_default(),
            address: format!("{net}.{}", random.between(1, 254)),
            agent: random.pick_early(agents).copied().unwrap_or_default(),
            habits,
        }
    }
}

/// What the policies of a large organization do about a user, by the groups and boundary that settle it.
fn hold(account: &Account, user: &User) -> Hold {
    let is_in = |name: &str| user.groups.iter().any(|group| group == name);
    if user.path == "/service/" {
        return Hold::Narrow;
    }
    if is_in("everyone") {
        return Hold::Enforced(format!(
            "an identity-based policy: arn:aws:iam::{}:policy/RequireMfa",
            account.id
        ));
    }
    if user.boundary.is_some() {
        return Hold::Enforced(format!(
            "a permissions boundary: arn:aws:iam::{}:policy/MfaBoundary",
            account.id
        ));
    }
    if is_in("administrators") { Hold::Administrator } else { Hold::Open }
}

/// Three to thirty calls, the first ones the most frequent.
fn habits(allowed: &dyn Fn(&&Operation) -> bool, random: &mut Random) -> Vec<Habit> {
    let known: Vec<&'static Operation> = OPERATIONS.iter().filter(|own| allowed(own)).collect();
    let count = random.between(3, 30);
    let mut draw = || {
        let operation = random.pick(&known).copied()?;
        let region = if operation.is_global() { GLOBAL } else { random.zipf(REGIONS.len()) };
        Some(Habit { operation, number: random.between(1, 40), region })
    };
    (0..count).filter_map(|_| draw()).collect()
}

/// The id of an access key: four letters and sixteen more.
pub(super) fn key_id(prefix: &str, account: &Account, name: &str) -> String {
    let mut key = unique(prefix, &account.id, name);
    key.pop();
    key
}

impl Player {
    pub(super) fn who(&self) -> Who<'_> {
        Who { account: &self.account, id: &self.id, arn: &self.arn, name: &self.name }
    }

    /// A role with random habits, within the policy of AWS that is attached to it.
    pub(super) fn new(account: &Account, role: &Role, random: &mut Random) -> Player {
        let attached = role.attached.first().map(|own| own.name.as_str()).unwrap_or_default();
        let allowed = |operation: &&Operation| match attached {
            "AdministratorAccess" => true,
            "AmazonS3ReadOnlyAccess" => operation.service() == "s3" && operation.read,
            "AmazonEC2ReadOnlyAccess" => operation.service() == "ec2" && operation.read,
            "IAMReadOnlyAccess" => operation.service() == "iam" && operation.read,
            _ => operation.service() != "iam" || operation.name == "ListRoles",
        };
        let after = role.trust.split_once(r#""Service":""#).and_then(|(_, rest)| rest.split_once('"'));
        let service = after.map(|(name, _)| name.to_owned());
        let count = random.between(1, 6);
        let sessions = (0..count).map(|_| session_name(service.as_deref(), &role.trust, random)).collect();
        Player {
            account: account.id.clone(),
            id: unique("AROA", &account.id, &role.name),
            arn: format!("arn:aws:iam::{}:role{}{}", account.id, role.path, role.name),
            name: role.name.clone(),
            service,
            sessions,
            key: key_id("ASIA", account, &role.name),
            habits: habits(&allowed, random),
        }
    }
}

fn session_name(service: Option<&str>, trust: &str, random: &mut Random) -> String {
    let number = random.between(1, 40);
    match service {
        Some("ec2.amazonaws.com") => format!("i-0f3c9a1b5d7e{:05x}", random.between(0, 0xf_ffff)),
        Some("lambda.amazonaws.com") => format!("team-{number}-worker"),
        Some(_) => format!("{:032x}", u128::from(random.next()) << 32),
        None if trust.contains("SAML") => format!("person-{number}@example.com"),
        None => format!("botocore-session-17{:08}", random.between(0, 99_999_999)),
    }
}

/// What people use.
pub(super) const TOOLS: &[&str] = &[
    "aws-cli/2.31.4 md/awscrt#0.27.6 ua/2.1 os/linux#6.8.0-45-generic md/arch#x86_64 lang/python#3.13.7 md/pyimpl#CPython m/E,b,Z cfg/retry-mode#standard md/installer#exe md/prompt#off",
    "APN/1.0 HashiCorp/1.0 Terraform/1.11.4 (+https://www.terraform.io) terraform-provider-aws/6.14.1 (+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go-v2/1.39.0 ua/2.1 os/macos lang/go#1.24.6",
    "Boto3/1.40.30 md/Botocore#1.40.30 ua/2.1 os/macos#24.6.0 md/arch#arm64 lang/python#3.12.3 md/pyimpl#CPython cfg/retry-mode#legacy Botocore/1.40.30",
];

/// What jobs use.
pub(super) const JOBS: &[&str] = &[
    "Boto3/1.40.30 md/Botocore#1.40.30 ua/2.1 os/linux#5.10.240-238.955.amzn2.x86_64 md/arch#x86_64 lang/python#3.12.3 md/pyimpl#CPython cfg/retry-mode#legacy Botocore/1.40.30",
    "aws-sdk-go-v2/1.38.1 ua/2.1 os/linux lang/go#1.24.6 md/GOOS#linux md/GOARCH#amd64 api/s3#1.87.1",
    "aws-sdk-js/3.888.0 ua/2.1 os/linux#5.15.0-1084-azure lang/js md/nodejs#22.19.0 api/s3#3.888.0",
];

/// What the console is used with.
pub(super) const BROWSERS: &[&str] = &[
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15",
    "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
];
