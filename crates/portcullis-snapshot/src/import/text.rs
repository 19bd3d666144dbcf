//! The bytes of a file as text.

use std::borrow::Cow;

use portcullis_iam::span;

use super::fault::{Fault, saturate};

/// The longest file that is read, in bytes (256 MiB). The dump of an account at IAM's quotas stays under it.
pub const MAX_FILE_BYTES: u64 = 256 << 20;

/// The text of a file: UTF-8, or UTF-16 with a byte order mark, as PowerShell writes redirected output.
pub(super) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Fault> {
    if MAX_FILE_BYTES < bytes.len() as u64 {
        return Err(too_long(bytes.len() as u64));
    }
    match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes).map(Cow::Owned),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes).map(Cow::Owned),
        [0xef, 0xbb, 0xbf, rest @ ..] => utf8(rest).map(Cow::Borrowed),
        _ => utf8(bytes).map(Cow::Borrowed),
    }
}

/// What is wrong with a file of `bytes` bytes.
pub(super) fn too_long(bytes: u64) -> Fault {
    Fault::new(format!("the file has {bytes} bytes, more than the {MAX_FILE_BYTES} that are read"))
        .hint("split the dump: any file whose name starts with the dump's is read as a further page")
}

/// The error code in the text that the AWS CLI prints when AWS refuses a call.
///
/// `An error occurred (NoSuchEntity) when calling the GetAccountPasswordPolicy operation: …`
pub(super) fn refusal(text: &str) -> Option<&str> {
    let (first_line, _) = text.trim_start().split_once('\n').unwrap_or((text.trim_start(), ""));
    if first_line.starts_with('{') {
        return None;
    }
    let (_, after) = first_line.split_once("An error occurred (")?;
    after.split_once(')').map(|(code, _)| code)
}

/// The line and column of the byte at `offset`.
pub(super) fn place(text: &str, offset: usize) -> (u32, u32) {
    let position = span::position(text, saturate(offset));
    (position.line, position.column)
}

fn utf8(bytes: &[u8]) -> Result<&str, Fault> {
    std::str::from_utf8(bytes).map_err(|error| {
        let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let (line, column) = place(std::str::from_utf8(valid).unwrap_or_default(), valid.len());
        Fault::new("the text is not UTF-8").hint("save the AWS CLI's output unchanged").at(line, column)
    })
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, Fault> {
    let (pairs, _) = bytes.as_chunks::<2>();
    char::decode_utf16(pairs.iter().map(|pair| unit(*pair)))
        .collect::<Result<String, _>>()
        .map_err(|_| Fault::new("the text is not UTF-16").hint("save the AWS CLI's output unchanged"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_powershell_writes() {
        let bytes: Vec<u8> =
            [0xfeff].into_iter().chain("{\"ß\": 1}".encode_utf16()).flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&bytes).unwrap(), "{\"ß\": 1}");
    }

    #[test]
    fn says_where_the_text_stops_being_text() {
        let fault = decode(b"{\n  \"a\": \"\xff\"}").unwrap_err();
        assert_eq!(fault.place, Some((2, 9)));
    }

    #[test]
    fn knows_the_words_of_a_refused_call() {
        let text =
            "\nAn error occurred (NoSuchEntity) when calling the GetAccountPasswordPolicy operation: x";
        assert_eq!(refusal(text), Some("NoSuchEntity"));
        assert_eq!(refusal("{\"a\": \"An error occurred (X) when\"}"), None);
    }
}
