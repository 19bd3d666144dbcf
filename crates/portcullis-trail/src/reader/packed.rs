//! Objects that are packed with gzip, as CloudTrail delivers them: those of usual size at once and at full speed, all
//! others piece by piece.

use std::io::{self, Cursor, Read};

use flate2::read::MultiGzDecoder;
use libdeflater::Decompressor;
use memchr::memmem;

use super::MAX_OBJECT_BYTES;

/// An object, unpacked or ready to be.
pub(super) enum Opened<'s> {
    /// All of its text.
    Whole(Vec<u8>),
    /// Its text, to be read on.
    Stream(Box<dyn Read + 's>),
}

/// Unpacks objects, with buffers that are used again.
pub(super) struct Unpacker {
    inflate: Decompressor,
    packed: Vec<u8>,
    plain: Vec<u8>,
}

/// Objects of up to this size, in bytes, are read at once.
const MOST_AT_ONCE: usize = 16 << 20;

/// Objects that say that they unpack to up to this size, in bytes, are unpacked at once: CloudTrail's have 50 MB at most.
const MOST_PLAIN: usize = 56 << 20;

/// How every member of a gzip file begins.
const MAGIC: [u8; 3] = [0x1f, 0x8b, 0x08];

impl Default for Unpacker {
    fn default() -> Self {
        Self { inflate: Decompressor::new(), packed: Vec::new(), plain: Vec::new() }
    }
}

impl Unpacker {
    pub(super) fn open<'s>(&mut self, source: &'s mut dyn Read) -> Opened<'s> {
        let mut packed = std::mem::take(&mut self.packed);
        packed.clear();
        let read = source.take(MOST_AT_ONCE as u64).read_to_end(&mut packed);
        if let Err(error) = read {
            let came = Cursor::new(packed).chain(Failed(Some(error)));
            return Opened::Stream(if came.get_ref().0.get_ref().starts_with(&MAGIC) {
                unpacked(came)
            } else {
                Box::new(came)
            });
        }
        let is_whole = packed.len() < MOST_AT_ONCE;
        match (packed.starts_with(&MAGIC), is_whole) {
            (false, true) => Opened::Whole(packed),
            (false, false) => Opened::Stream(Box::new(Cursor::new(packed).chain(source))),
            (true, true) => match self.at_once(&packed) {
                Some(opened) => {
                    self.packed = packed;
                    opened
                }
                None => Opened::Stream(unpacked(Cursor::new(packed))),
            },
            (true, false) => Opened::Stream(unpacked(Cursor::new(packed).chain(source))),
        }
    }

    /// A file of one member whose size is as it says.
    fn at_once(&mut self, packed: &[u8]) -> Option<Opened<'static>> {
        // Any further member begins like the first; by chance other bytes do too, once in 16 MB.
        let has_more = memmem::find(packed.get(1..)?, &MAGIC).is_some();
        let size = u32::from_le_bytes(*packed.last_chunk()?) as usize;
        if has_more || MOST_PLAIN < size {
            return None;
        }
        let mut plain = std::mem::take(&mut self.plain);
        plain.resize(size, 0);
        match self.inflate.gzip_decompress(packed, &mut plain) {
            Ok(length) if length == size => Some(Opened::Whole(plain)),
            Ok(_) | Err(_) => {
                self.plain = plain;
                None
            }
        }
    }

    /// Takes a buffer back that is not needed any more.
    pub(super) fn take_back(&mut self, buffer: Vec<u8>) {
        self.plain = buffer;
    }
}

/// An input that has failed.
struct Failed(Option<io::Error>);

impl Read for Failed {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

fn unpacked<'s>(packed: impl Read + 's) -> Box<dyn Read + 's> {
    Box::new(Bounded { inner: MultiGzDecoder::new(packed), left: MAX_OBJECT_BYTES })
}

/// Unpacks, up to a bound.
struct Bounded<R> {
    inner: MultiGzDecoder<R>,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer).map_err(damaged)?;
        match self.left.checked_sub(read as u64) {
            Some(left) => {
                self.left = left;
                Ok(read)
            }
            None => Err(io::Error::from(io::ErrorKind::FileTooLarge)),
        }
    }
}

/// Tells what is wrong with the packed data from what is wrong with the input.
fn damaged(error: io::Error) -> io::Error {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => {
            io::Error::new(io::ErrorKind::InvalidData, "the packed data end early")
        }
        io::ErrorKind::InvalidInput => io::Error::new(io::ErrorKind::InvalidData, error),
        _ => error,
    }
}
