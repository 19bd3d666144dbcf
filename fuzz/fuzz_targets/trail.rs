//! Any bytes as an object of a trail: nothing stops the run, every record is given or counted, packed it reads the same,
//! and replayed every record comes to one fate.
#![no_main]

use std::io::{Cursor, Write};
use std::sync::{Arc, LazyLock};

use flate2::Compression;
use flate2::write::GzEncoder;
use libfuzzer_sys::fuzz_target;
use portcullis_finding::Tool;
use portcullis_finding::replay::Asked;
use portcullis_iam::{PolicyKind, parse};
use portcullis_snapshot::{Proposal, Target};
use portcullis_trail::census::{Census, Scratch};
use portcullis_trail::replay::{EVERYWHERE, Given, Supposed, Wanted, replay};
use portcullis_trail::{Lens, Outcome, Reader, Worker};

fuzz_target!(|bytes: &[u8]| {
    let mut reader = Reader::new();
    let plain = read(&mut reader, bytes);
    replayed(bytes);
    if bytes.starts_with(&[0x1f, 0x8b]) {
        return;
    }
    let half = bytes.len() / 2;
    assert_eq!(read(&mut reader, &packed(bytes)), plain);
    // Of two members, piece by piece.
    assert_eq!(read(&mut reader, &[packed(&bytes[..half]), packed(&bytes[half..])].concat()), plain);
});

/// Everything that was read, and what it came to.
fn read(reader: &mut Reader, mut bytes: &[u8]) -> (Vec<String>, Outcome) {
    let mut records = Vec::new();
    let mut outcome = reader.read(&mut bytes, &mut |record| records.push(format!("{record:?}")));
    assert_eq!(records.len() as u64, outcome.records);
    if outcome.fault.is_some() {
        // How far beyond a fault the object was read is no matter.
        outcome = Outcome { bytes: 0, replaced: false, ..outcome };
    }
    (records, outcome)
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(bytes).expect("memory takes what is written");
    packer.finish().expect("memory takes what is written")
}

/// A guardrail that asks for what records tell, and for what they do not.
static GUARDRAIL: LazyLock<Vec<Proposal>> = LazyLock::new(|| {
    let statements = [
        r#"{"Effect":"Deny","NotAction":"iam:Get*","Resource":"*","Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false","aws:ViaAWSService":"false"}}}"#,
        r#"{"Effect":"Deny","Action":"*","NotResource":"arn:aws:iam::*:user/${aws:username}","Condition":{"NotIpAddress":{"aws:SourceIp":"192.0.2.0/24"},"StringNotLike":{"aws:userid":"A*"}}}"#,
    ];
    let targets = [Target::AllUsers, Target::ServiceControl(EVERYWHERE.into())];
    let proposal = |(statement, target): (&str, Target)| {
        let text = format!(r#"{{"Version":"2012-10-17","Statement":[{statement}]}}"#);
        let policy = parse::policy(&text, PolicyKind::Identity).policy.expect("the policy is well formed");
        Proposal { id: "guardrail".into(), policy: Arc::new(policy), target }
    };
    statements.into_iter().zip(targets).map(proposal).collect()
});

/// Every record is delivered again, or an event of one fate.
fn replayed(mut bytes: &[u8]) {
    let scratch = || Ok(Box::new(Cursor::new(Vec::new())) as Box<dyn Scratch>);
    let (census, lens) = (Census::holding(64, Box::new(scratch)), Lens::new(&GUARDRAIL));
    let mut worker = Worker::new(&census, &lens);
    worker.object("object", &mut bytes).expect("memory takes what is written");
    let read = worker.finish().expect("memory takes what is written").totals();
    let supposed = Supposed { snapshot: None, proposals: &GUARDRAIL };
    let given = Given { tool: Tool::default(), asked: Asked::default(), read };
    let replay = replay(census.finish(), supposed, &Wanted::default(), given);
    let totals = replay.expect("memory gives back what it took").totals;
    let nothing: u64 = totals.nothing.iter().map(|(_, events)| events).sum();
    assert_eq!(totals.records, totals.again + totals.left_out + nothing + totals.fates.all());
}
