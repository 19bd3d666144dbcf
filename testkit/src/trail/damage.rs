//! Packs files, and damages some of them so that it is certain what can be read of them.

use std::io;

use flate2::{Compress, Compression, FlushCompress};
use libdeflater::{CompressionLvl, Compressor};

/// What is wrong with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Damage {
    /// The packed data end early. What comes before their end can be unpacked to the last byte, whatever unpacks it.
    Truncated,
    /// The text ends within a record.
    Cut,
    /// From some byte on it is no JSON.
    Malformed,
}

/// The bytes of a cut record that are left.
const LEFT: usize = 120;

impl Damage {
    pub(super) fn name(self) -> &'static str {
        match self {
            Damage::Truncated => "truncated",
            Damage::Cut => "cut",
            Damage::Malformed => "malformed",
        }
    }

    /// What is left of a list of records when the one that starts there is the first that cannot be read.
    pub(super) fn of(self, text: &str, start: usize) -> String {
        let (before, after) = text.split_at_checked(start).unwrap_or((text, ""));
        match self {
            Damage::Truncated | Damage::Cut => {
                // INVARIANT: records are ASCII, and longer than this.
                format!("{before}{}", after.get(..LEFT).unwrap_or_default())
            }
            Damage::Malformed => format!(r#"{before}{{"eventVersion":}},{after}]}}"#),
        }
    }

    pub(super) fn pack(self, packer: &mut Packer, text: &str) -> io::Result<Vec<u8>> {
        match self {
            Damage::Truncated => truncated(text),
            Damage::Cut | Damage::Malformed => packer.gzip(text.as_bytes()),
        }
    }
}

/// The beginning of a packed file: the last block of the text ends, and no further one comes.
fn truncated(text: &str) -> io::Result<Vec<u8>> {
    let mut packed = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
    packed.reserve(text.len() + 1024);
    Compress::new(Compression::fast(), false).compress_vec(
        text.as_bytes(),
        &mut packed,
        FlushCompress::Sync,
    )?;
    Ok(packed)
}

/// Packs files.
pub(super) struct Packer {
    compressor: Compressor,
}

impl Packer {
    pub(super) fn new() -> Packer {
        // The lowest level does not pack at all.
        let level = CompressionLvl::new(1).unwrap_or_default();
        Packer { compressor: Compressor::new(level) }
    }

    pub(super) fn gzip(&mut self, text: &[u8]) -> io::Result<Vec<u8>> {
        let mut packed = vec![0; self.compressor.gzip_compress_bound(text.len())];
        let length = self.compressor.gzip_compress(text, &mut packed).map_err(io::Error::other)?;
        packed.truncate(length);
        Ok(packed)
    }
}
