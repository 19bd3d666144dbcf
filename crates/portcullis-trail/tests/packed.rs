//! Objects that are packed, whole or not: what can be read is read, and what is wrong is said.
#![cfg(test)]

use std::io::{self, Read, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use portcullis_trail::{Fault, Outcome, Reader};

fn gzip(text: &str) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(text.as_bytes()).unwrap();
    packer.finish().unwrap()
}

fn lines(ids: std::ops::Range<u32>) -> String {
    ids.map(|id| format!("{{\"eventID\":\"{id}\",\"eventName\":\"n\",\"eventSource\":\"s\"}}\n")).collect()
}

/// How many records there are, and what became of the object.
fn read(source: &mut dyn Read) -> (u64, Outcome) {
    let mut seen = 0;
    let outcome = Reader::new().read(source, &mut |_| seen += 1);
    assert_eq!(seen, outcome.records);
    (seen, outcome)
}

#[test]
fn members_follow_each_other() {
    let (one, other) = (gzip(&lines(0..3)), gzip(&lines(3..5)));
    let cases =
        [(vec![], 0), (one.clone(), 3), ([one.clone(), other.clone()].concat(), 5), (one.repeat(2), 6)];
    for (packed, records) in cases {
        let (seen, outcome) = read(&mut packed.as_slice());
        assert_eq!((seen, &outcome.fault), (records, &None), "{outcome:?}");
    }
    let between = [one.clone(), other, one].concat();
    assert_eq!(read(&mut between.as_slice()).0, 8);
}

#[test]
fn an_object_larger_than_the_buffers_is_read_piece_by_piece() {
    let blank = " ".repeat(1_000);
    let text: String = (0..60_000).map(|id| lines(id..id + 1) + &blank).collect();
    assert!(56 << 20 < text.len());
    assert_eq!(read(&mut gzip(&text).as_slice()).0, 60_000);
    assert_eq!(read(&mut text.as_bytes()).0, 60_000);
}

#[test]
fn what_comes_before_the_damage_counts() {
    let packed = gzip(&lines(0..50_000));
    let (seen, outcome) = read(&mut packed.get(..packed.len() / 2).unwrap());
    assert!((10_000..40_000).contains(&seen), "{seen}");
    assert_eq!(outcome.fault, Some(Fault::Damaged("the packed data end early".into())));

    let mut damaged = packed.clone();
    let middle = damaged.len() / 2;
    damaged.iter_mut().skip(middle).take(100).for_each(|byte| *byte ^= 0xff);
    let (seen, outcome) = read(&mut damaged.as_slice());
    assert!(matches!(outcome.fault, Some(Fault::Damaged(_))), "{outcome:?}");
    assert!(10_000 < seen, "{seen}");

    let mut followed = packed;
    followed.extend_from_slice(b"rest");
    let (seen, outcome) = read(&mut followed.as_slice());
    assert_eq!(seen, 50_000);
    assert!(matches!(outcome.fault, Some(Fault::Damaged(_))), "{outcome:?}");
}

/// Fails after what it holds.
struct Breaks<'t>(&'t [u8]);

impl Read for Breaks<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.0.read(buffer)? {
            0 => Err(io::Error::other("the disk is gone")),
            read => Ok(read),
        }
    }
}

#[test]
fn an_input_that_fails_is_not_the_end() {
    let fault = Some(Fault::Input("the disk is gone".into()));
    for bytes in [lines(0..100).into_bytes(), gzip(&lines(0..100))] {
        let (seen, outcome) = read(&mut Breaks(&bytes));
        assert_eq!((seen, outcome.fault), (100, fault.clone()));
    }
    let cut = gzip(&lines(0..100));
    let (_, outcome) = read(&mut Breaks(cut.get(..cut.len() - 10).unwrap()));
    assert_eq!(outcome.fault, fault);
}

#[test]
fn a_bomb_costs_no_memory() {
    let packed = gzip(&"\0".repeat(200 << 20));
    assert!(packed.len() < 1 << 20);
    let (seen, outcome) = read(&mut packed.as_slice());
    assert_eq!((seen, outcome.fault), (0, None));
    assert_eq!(outcome.skipped.values().sum::<u64>(), 1);
}
