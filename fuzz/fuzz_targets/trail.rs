//! Any bytes as an object of a trail: nothing stops the run, every record is given or counted, and packed it reads the
//! same.
#![no_main]

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use libfuzzer_sys::fuzz_target;
use portcullis_trail::{Outcome, Reader};

fuzz_target!(|bytes: &[u8]| {
    let mut reader = Reader::new();
    let plain = read(&mut reader, bytes);
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
