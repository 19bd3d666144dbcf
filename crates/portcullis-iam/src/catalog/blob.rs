//! The embedded data: text, compressed with zlib.

use miniz_oxide::inflate;

/// No text of ours is as long as this: a damaged one is refused before it fills the memory.
const MAX_TEXT: usize = 64 << 20;

/// The text in `compressed`; None when it is damaged.
pub(super) fn inflate(compressed: &[u8]) -> Option<String> {
    let bytes = inflate::decompress_to_vec_zlib_with_limit(compressed, MAX_TEXT).ok()?;
    String::from_utf8(bytes).ok()
}
