//! Choices made by bytes: the one source of every generated case, whether the bytes are random, shrunk or fuzzed.

use crate::random::Random;

/// A run of bytes that is used up choice by choice. When it is empty every choice is the first, so that fewer and
/// smaller bytes make simpler cases.
#[derive(Debug)]
pub struct Choices<'b> {
    bytes: std::slice::Iter<'b, u8>,
}

impl<'b> Choices<'b> {
    /// The choices that `bytes` make.
    pub fn new(bytes: &'b [u8]) -> Self {
        Self { bytes: bytes.iter() }
    }

    /// A number below `count`, which is at most 256; 0 when `count` is.
    pub fn below(&mut self, count: usize) -> usize {
        let byte = usize::from(self.bytes.next().copied().unwrap_or_default());
        byte.checked_rem(count).unwrap_or_default()
    }

    /// One of `items`, or the default when there is none.
    pub fn pick<T: Copy + Default>(&mut self, items: &[T]) -> T {
        let index = self.below(items.len());
        items.get(index).copied().unwrap_or_default()
    }

    /// True in `percent` of a hundred cases, as nearly as a byte tells; false when there are no bytes left.
    pub fn chance(&mut self, percent: usize) -> bool {
        let byte = usize::from(self.bytes.next().copied().unwrap_or_default());
        (256 * (100 - percent.min(100))) / 100 <= byte
    }
}

/// Random bytes from a seed.
pub fn bytes(seed: u64, count: usize) -> Vec<u8> {
    let mut random = Random::new(seed);
    let mut bytes = Vec::with_capacity(count + 8);
    while bytes.len() < count {
        bytes.extend(random.word().to_le_bytes());
    }
    bytes.truncate(count);
    bytes
}
