//! The roles of a large account.

use super::documents::{Vocabulary, document};
use super::profile::OF_AWS;
use super::random::Random;
use super::taken;
use super::tree::{Plan, Share};
use crate::organization::{Attachment, Inline, Role};
use crate::sample::documents;

/// About 1.8 roles for every user to the power of 0.75, within AWS's quota.
pub(super) fn roles(share: &Share, plan: &Plan, vocabulary: &Vocabulary, random: &mut Random) -> Vec<Role> {
    let count = ((1.8 * (share.users as f64).powf(0.75)) as usize).min(1000);
    (0..count).map(|index| role(index, share, plan, vocabulary, random)).collect()
}

fn role(index: usize, share: &Share, plan: &Plan, vocabulary: &Vocabulary, random: &mut Random) -> Role {
    let embedded = random
        .percent(30.0)
        .then(|| Inline { name: "inline".to_owned(), document: vocabulary.identity(random, &share.id) });
    let attached = random.pick(OF_AWS).map(|name| Attachment::new(documents::aws(name).arn));
    Role {
        name: format!("role-{index:04}"),
        path: "/".to_owned(),
        created: taken(),
        trust: trust(share, plan, random),
        attached: attached.into_iter().collect(),
        inline: embedded.into_iter().collect(),
        boundary: None,
        used: random.percent(70.0).then(|| (taken(), "eu-central-1".to_owned())),
    }
}

/// Services 37 %, federations 3 %, the rest principals of the organization's accounts.
fn trust(share: &Share, plan: &Plan, random: &mut Random) -> String {
    const SERVICES: &[&str] =
        &["lambda", "ec2", "ecs-tasks", "states", "events", "glue", "codebuild", "apigateway"];
    let account = &share.id;
    match random.between(0, 99) {
        0..=36 => {
            let service = random.pick_early(SERVICES).copied().unwrap_or("lambda");
            statement(&format!(r#"{{"Service":"{service}.amazonaws.com"}}"#), "sts:AssumeRole", "")
        }
        37..=39 => statement(
            &format!(
                r#"{{"Federated":"arn:aws:iam::{account}:saml-provider/AWSSSO_0f1e2d3c_DO_NOT_DELETE"}}"#
            ),
            "sts:AssumeRoleWithSAML",
            r#","Condition":{"StringEquals":{"SAML:aud":"https://signin.aws.amazon.com/saml"}}"#,
        ),
        40..=59 => {
            statement(&format!(r#"{{"AWS":"arn:aws:iam::{account}:root"}}"#), "sts:AssumeRole", mfa(random))
        }
        60..=69 => {
            let other = random.pick(&plan.shares).map_or(account, |share| &share.id);
            statement(&format!(r#"{{"AWS":"arn:aws:iam::{other}:root"}}"#), "sts:AssumeRole", mfa(random))
        }
        _ => {
            let other = random.between(0, 50);
            statement(
                &format!(r#"{{"AWS":"arn:aws:iam::{account}:role/role-{other:04}"}}"#),
                "sts:AssumeRole",
                "",
            )
        }
    }
}

fn mfa(random: &mut Random) -> &'static str {
    if random.percent(40.0) { r#","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}"# } else { "" }
}

fn statement(principal: &str, action: &str, condition: &str) -> String {
    document(&format!(r#"{{"Effect":"Allow","Principal":{principal},"Action":"{action}"{condition}}}"#))
}
