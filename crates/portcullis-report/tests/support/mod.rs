//! What a format prints, beside the file that says what it should.

#![expect(clippy::disallowed_methods, reason = "the golden files are files")]

use std::path::{Path, PathBuf};

/// Compares what is printed with a golden file; with `PORTCULLIS_UPDATE=1` it replaces the file.
pub(crate) fn check(name: &str, printed: impl AsRef<[u8]>) {
    let path = folder().join(name);
    if std::env::var_os("PORTCULLIS_UPDATE").is_some() {
        std::fs::write(&path, printed.as_ref()).unwrap();
    }
    let expected = std::fs::read(&path).unwrap_or_default();
    let (expected, printed) = (String::from_utf8_lossy(&expected), String::from_utf8_lossy(printed.as_ref()));
    assert!(expected == printed, "{name} differs; PORTCULLIS_UPDATE=1 writes what is printed:\n{printed}");
}

/// The text without colours.
pub(crate) fn plain(bytes: &[u8]) -> String {
    anstream::adapter::strip_str(std::str::from_utf8(bytes).unwrap()).to_string()
}

/// Where the golden files are.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}
