//! What AWS's own services call.

use std::io;

use portcullis_iam::Timestamp;

use super::desk::{Act, Desk, Dress, Luck};
use super::event::Kind;
use super::identity::Identity;
use super::operation::{Operation, enrolment};
use super::people::{GLOBAL, Player};

/// A service assumes a role, uses a key, delivers logs, or does something of itself.
pub(super) fn happens(desk: &mut Desk, players: &[Player], at: Timestamp) -> io::Result<()> {
    match desk.random.between(0, 99) {
        0..=54 => assume(desk, players, at),
        55..=74 => calls(desk, ("kms:GenerateDataKey", ""), "dynamodb.amazonaws.com", at),
        75..=84 => calls(desk, ("kms:Decrypt", ""), "secretsmanager.amazonaws.com", at),
        85..=92 => calls(desk, ("s3:PutObject", "logs"), "delivery.logs.amazonaws.com", at),
        93..=97 => calls(desk, ("s3:GetBucketAcl", "logs"), "cloudtrail.amazonaws.com", at),
        _ => of_itself(desk, at),
    }
}

/// A service assumes one of the roles that trust it.
fn assume(desk: &mut Desk, players: &[Player], at: Timestamp) -> io::Result<()> {
    let trusting: Vec<&Player> = players.iter().filter(|player| player.service.is_some()).collect();
    let (Some(player), Some(operation)) =
        (desk.random.pick_early(&trusting).copied(), enrolment("AssumeRole"))
    else {
        return calls(desk, ("kms:Decrypt", ""), "dynamodb.amazonaws.com", at);
    };
    let service = player.service.as_deref().unwrap_or_default();
    let session = desk.random.pick_early(&player.sessions).cloned().unwrap_or_default();
    let act = Act { operation, name: &player.name, number: 0, object: &session, region: GLOBAL, at };
    desk.other(&act, &Dress { is_shared: true, ..dress(service) }, Luck::Certain)
}

fn calls(desk: &mut Desk, (action, name): (&str, &str), service: &str, at: Timestamp) -> io::Result<()> {
    let Some(operation) = Operation::of(action) else { return Ok(()) };
    let number = desk.random.between(1, 20);
    let region = desk.random.zipf(3);
    let object = format!("AWSLogs/{}/part-{number}.gz", desk.shelf.at.account);
    let name = if name.is_empty() { String::new() } else { format!("{name}-{}", desk.shelf.at.account) };
    let act = Act { operation, name: &name, number, object: &object, region, at };
    desk.other(&act, &Dress { is_shared: true, ..dress(service) }, Luck::Usual)
}

/// What nobody has called for.
fn of_itself(desk: &mut Desk, at: Timestamp) -> io::Result<()> {
    let is_deletion = desk.random.percent(50.0);
    let operation = if is_deletion { &DELETION } else { &ROTATION };
    let act = Act { operation, name: "", number: desk.random.between(1, 20), object: "", region: 0, at };
    let account = desk.shelf.at.account.clone();
    let service = dress("AWS Internal");
    let identity = if is_deletion { Identity::Account { account: &account } } else { service.identity };
    let address = operation.source;
    let kind = Some(Kind::OfService);
    desk.other(&act, &Dress { identity, address, kind, ..service }, Luck::Certain)
}

fn dress(service: &str) -> Dress<'_> {
    Dress {
        identity: Identity::Service { name: service },
        address: service,
        agent: service,
        endpoint: None,
        kind: None,
        is_shared: false,
    }
}

/// Needs no action, for nobody calls it.
static ROTATION: Operation = Operation {
    source: "kms.amazonaws.com",
    name: "RotateKey",
    action: "",
    kind: Kind::OfService,
    read: false,
    arn: "arn:aws:kms:$r:$a:key/$n",
    types: &["AWS::KMS::Key"],
    names: "4f1d2c3b-0a9e-4d8c-b7a6-00000000#",
    request: "null",
    response: "null",
};

static DELETION: Operation = Operation {
    source: "secretsmanager.amazonaws.com",
    name: "StartSecretVersionDelete",
    action: "",
    kind: Kind::OfService,
    read: false,
    arn: "arn:aws:secretsmanager:$r:$a:secret:$n",
    types: &[],
    names: "team-#/database-Xk2pQ9",
    request: "null",
    response: "null",
};
