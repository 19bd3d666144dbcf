//! The tree of a large organization, and how its users are spread over the accounts.

use super::documents::document;
use super::random::Random;
use super::{Size, taken};
use crate::organization::{ControlPolicy, Member, Organization, Unit};

/// The organization, and what each account gets of the users and policy sets.
pub(super) struct Plan {
    pub(super) organization: Organization,
    pub(super) shares: Vec<Share>,
    pub(super) seed: u64,
}

/// One account's part.
pub(super) struct Share {
    pub(super) index: usize,
    pub(super) id: String,
    pub(super) users: usize,
    pub(super) policy_sets: usize,
}

/// AWS's quota of users in an account.
const MOST_USERS: usize = 5000;
const ROOT: &str = "r-4tg7";

/// Makes the tree and spreads the users.
pub(super) fn plan(size: Size) -> Plan {
    let mut random = Random::new(size.seed, 0);
    let counts = spread(size.users, size.accounts, &mut random);
    let shares: Vec<Share> = counts
        .into_iter()
        .enumerate()
        .map(|(index, users)| Share {
            index,
            id: format!("{:012}", 100_000_000_000_u64 + 4_294_967_291 * index as u64 % 899_999_999_999),
            users,
            policy_sets: (size.policy_sets * users).div_ceil(size.users.max(1)),
        })
        .collect();
    Plan { organization: organization(&shares, &mut random), shares, seed: size.seed }
}

/// Users by account: lognormal with a median of 300 and a 95th percentile of 1,200, then brought to the wanted sum.
fn spread(users: usize, accounts: usize, random: &mut Random) -> Vec<usize> {
    let drawn: Vec<f64> = (0..accounts).map(|_| random.lognormal(300.0, 0.843)).collect();
    let scale = users as f64 / drawn.iter().sum::<f64>();
    let mut counts: Vec<usize> =
        drawn.iter().map(|share| ((share * scale) as usize).clamp(1, MOST_USERS)).collect();
    let mut missing = users as i64 - counts.iter().sum::<usize>() as i64;
    for index in (0..accounts).cycle().take(accounts * MOST_USERS) {
        let Some(count) = counts.get_mut(index) else { break };
        match missing {
            0 => break,
            1.. if *count < MOST_USERS => (*count, missing) = (*count + 1, missing - 1),
            ..0 if 1 < *count => (*count, missing) = (*count - 1, missing + 1),
            _ => {}
        }
    }
    counts
}

fn organization(shares: &[Share], random: &mut Random) -> Organization {
    let units = units();
    let management = shares.first().map(|share| share.id.clone()).unwrap_or_default();
    let members = shares.iter().map(|share| member(share, &units, random)).collect();
    Organization {
        id: "o-large00001".to_owned(),
        root: ROOT.to_owned(),
        management,
        policies: policies(&units),
        units,
        members,
        features: Vec::new(),
    }
}

/// Three and four levels: business units, environments, teams.
fn units() -> Vec<Unit> {
    let mut units = Vec::new();
    for business in 0..4 {
        let of_business = unit(&mut units, &format!("business-{business}"), ROOT);
        for environment in ["production", "staging", "sandbox"] {
            let of_environment = unit(&mut units, &format!("{environment}-{business}"), &of_business);
            if environment == "production" {
                for team in 0..3 {
                    unit(&mut units, &format!("team-{business}-{team}"), &of_environment);
                }
            }
        }
    }
    units
}

fn unit(units: &mut Vec<Unit>, name: &str, parent: &str) -> String {
    let id = format!("ou-4tg7-{:08}", units.len());
    units.push(Unit { id: id.clone(), name: name.to_owned(), parent: parent.to_owned() });
    id
}

fn member(share: &Share, units: &[Unit], random: &mut Random) -> Member {
    let of_unit = random.pick_early(units).map_or(ROOT, |unit| unit.id.as_str());
    Member {
        id: share.id.clone(),
        name: format!("account-{:04}", share.index),
        email: format!("aws+{:04}@example.com", share.index),
        parent: if share.index == 0 { ROOT.to_owned() } else { of_unit.to_owned() },
        joined: taken(),
        created_here: share.index > 0,
    }
}

/// Control policies that have nothing to do with MFA: it is the accounts' own policies that enforce it or do not.
fn policies(units: &[Unit]) -> Vec<ControlPolicy> {
    let stay = r#"{"Sid":"Stay","Effect":"Deny","Action":"organizations:LeaveOrganization","Resource":"*"}"#;
    let regions = r#"{"Sid":"Regions","Effect":"Deny","NotAction":["iam:*","organizations:*","sts:*","support:*"],"Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":["eu-central-1","eu-west-1","us-east-1"]},"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/Landing*"}}}"#;
    let trail = r#"{"Sid":"Trail","Effect":"Deny","Action":["cloudtrail:DeleteTrail","cloudtrail:StopLogging","cloudtrail:UpdateTrail"],"Resource":"*"}"#;
    let production = units.iter().filter(|unit| unit.name.starts_with("production"));
    vec![
        policy("p-stay0001", "Stay", stay, vec![ROOT.to_owned()]),
        policy(
            "p-trail001",
            "Trail",
            trail,
            units.iter().filter(|unit| unit.parent == ROOT).map(|unit| unit.id.clone()).collect(),
        ),
        policy("p-regions1", "Regions", regions, production.map(|unit| unit.id.clone()).collect()),
    ]
}

fn policy(id: &str, name: &str, statement: &str, targets: Vec<String>) -> ControlPolicy {
    ControlPolicy {
        id: id.to_owned(),
        name: name.to_owned(),
        description: String::new(),
        document: document(statement),
        targets,
    }
}
