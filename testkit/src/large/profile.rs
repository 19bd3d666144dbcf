//! The combinations of policies that the users of an account have.

use super::documents::{Vocabulary, document};
use super::random::Random;
use crate::organization::{Attachment, Group, Inline, ManagedPolicy, User};
use crate::sample::documents;

use super::taken;

/// What is behind the users of one account.
pub(super) struct Grants {
    pub(super) policies: Vec<ManagedPolicy>,
    pub(super) groups: Vec<Group>,
    pub(super) profiles: Vec<Profile>,
}

/// One combination of policies.
pub(super) struct Profile {
    pub(super) kind: Kind,
    groups: Vec<String>,
    attached: Vec<Attachment>,
    inline: Vec<Inline>,
    boundary: Option<String>,
}

/// What a combination amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Everything needs MFA but enrolment.
    Enforced,
    /// Broad permissions that need no MFA.
    Open,
    /// A service user with one policy.
    Service,
}

const BOUNDARY: &str = "MfaBoundary";
const FORCE: &str = "RequireMfa";

/// Makes the policies, groups and combinations of an account with so many users.
pub(super) fn grants(
    account: &str,
    users: usize,
    sets: usize,
    vocabulary: &Vocabulary,
    random: &mut Random,
) -> Grants {
    let own = |name: &str| format!("arn:aws:iam::{account}:policy/{name}");
    let count = ((users as f64).powf(0.8).ceil() as usize).max(sets);
    let mut policies: Vec<ManagedPolicy> = (0..count)
        .map(|index| {
            let document = match kind(index) {
                Kind::Service if index < sets => narrow(index),
                Kind::Service | Kind::Enforced | Kind::Open => vocabulary.identity(random, account),
            };
            managed(own(&format!("Team-{index:04}")), document)
        })
        .collect();
    let team: Vec<String> = policies.iter().map(|policy| policy.arn.clone()).collect();
    let groups = groups(&team, &own(FORCE), random);
    let named: Vec<&str> = groups.iter().skip(3).map(|group| group.name.as_str()).collect();
    let profiles = team
        .iter()
        .take(sets)
        .enumerate()
        .map(|(index, arn)| profile(index, arn, &own(BOUNDARY), &named, random));
    let profiles = profiles.collect();
    policies.push(managed(own(FORCE), documents::own(FORCE).to_owned()));
    policies.push(managed(own(BOUNDARY), documents::own(BOUNDARY).to_owned()));
    policies.extend(OF_AWS.iter().map(|name| documents::aws(name)));
    Grants { policies, groups, profiles }
}

/// The managed policies of AWS that the account uses.
pub(super) const OF_AWS: &[&str] = &[
    "AdministratorAccess",
    "PowerUserAccess",
    "AmazonS3ReadOnlyAccess",
    "AmazonEC2ReadOnlyAccess",
    "IAMReadOnlyAccess",
];

fn managed(arn: String, document: String) -> ManagedPolicy {
    ManagedPolicy { arn, created: taken(), version: "v1".to_owned(), document }
}

/// Three groups that settle what their members amount to, and five to forty of teams.
fn groups(team: &[String], force: &str, random: &mut Random) -> Vec<Group> {
    let mut groups = vec![
        group("everyone", vec![Attachment::new(force)]),
        group("administrators", vec![Attachment::new(documents::aws("AdministratorAccess").arn)]),
        group("developers", vec![Attachment::new(documents::aws("PowerUserAccess").arn)]),
    ];
    for index in 0..random.between(5, 40) {
        let count = random.between(1, 3);
        let attached = (0..count).filter_map(|_| random.pick(team)).map(Attachment::new).collect();
        groups.push(group(&format!("team-{index:02}"), attached));
    }
    groups
}

fn group(name: &str, attached: Vec<Attachment>) -> Group {
    Group { name: name.to_owned(), created: taken(), attached, inline: Vec::new() }
}

/// What the combination of this index amounts to.
fn kind(index: usize) -> Kind {
    match index % 20 {
        7 => Kind::Service,
        0 | 3 | 4 | 8 | 9 | 12 | 14 | 16 | 19 => Kind::Enforced,
        _ => Kind::Open,
    }
}

/// What a service user may do: one thing, whatever the circumstances, so that it is certain that it needs no MFA.
fn narrow(index: usize) -> String {
    document(&format!(
        r#"{{"Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::service-{index}/*"}}"#
    ))
}

fn profile(index: usize, arn: &str, boundary: &str, teams: &[&str], random: &mut Random) -> Profile {
    let kind = kind(index);
    let bounded = index % 50 == 9;
    let broad = if random.percent(15.0) { "administrators" } else { "developers" };
    let of_kind: &[&str] = match kind {
        Kind::Service => &[],
        Kind::Enforced if bounded => &[broad],
        Kind::Enforced => &["everyone", broad],
        Kind::Open => &[broad],
    };
    let count = if kind == Kind::Service { 0 } else { random.between(0, 3) };
    let of_team = (0..count).filter_map(|_| random.pick_early(teams));
    let mut groups: Vec<String> = of_kind.iter().chain(of_team).map(|name| (*name).to_owned()).collect();
    groups.sort();
    groups.dedup();
    let inline = random.percent(5.0).then(|| Inline { name: "extra".to_owned(), document: EXTRA.to_owned() });
    Profile {
        kind,
        groups,
        attached: vec![Attachment::new(arn)],
        inline: inline.into_iter().collect(),
        boundary: (bounded && kind == Kind::Enforced).then(|| boundary.to_owned()),
    }
}

const EXTRA: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::shared-assets/${aws:username}/*"}]}"#;

impl Profile {
    /// Gives the user this combination.
    pub(super) fn give(&self, user: &mut User) {
        user.groups.clone_from(&self.groups);
        user.attached.clone_from(&self.attached);
        user.inline.clone_from(&self.inline);
        user.boundary.clone_from(&self.boundary);
    }
}
