//! A window on a text of any length: what is read of it, without what is done with.

use std::io::{self, Read};

/// A text that is read piece by piece.
pub(super) struct Window<'r> {
    text: String,
    /// Before this place all is done with.
    start: usize,
    /// What was read of a character that is not whole yet.
    rest: Vec<u8>,
    source: Option<&'r mut dyn Read>,
    /// How the source failed, after what is here.
    failed: Option<io::Error>,
    /// How many bytes of the text are done with.
    pub(super) done: u64,
    /// How many bytes were read.
    pub(super) read: u64,
    /// Whether bytes that are no UTF-8 were replaced.
    pub(super) replaced: bool,
}

/// How much is read at once.
const PIECE: usize = 1 << 20;

impl<'r> Window<'r> {
    /// A window on all of the text.
    pub(super) fn whole(bytes: Vec<u8>) -> Self {
        let read = bytes.len() as u64;
        let (text, replaced) = match String::from_utf8(bytes) {
            Ok(text) => (text, false),
            Err(error) => (String::from_utf8_lossy(error.as_bytes()).into_owned(), true),
        };
        Self { text, start: 0, rest: Vec::new(), source: None, failed: None, done: 0, read, replaced }
    }

    /// A window on what the source gives.
    pub(super) fn of(source: &'r mut dyn Read) -> Self {
        Self {
            text: String::new(),
            start: 0,
            rest: Vec::new(),
            source: Some(source),
            failed: None,
            done: 0,
            read: 0,
            replaced: false,
        }
    }

    /// What is read and not yet done with.
    pub(super) fn text(&self) -> &str {
        self.text.get(self.start..).unwrap_or_default()
    }

    /// So many bytes are done with.
    pub(super) fn advance(&mut self, bytes: usize) {
        self.start += bytes;
        self.done += bytes as u64;
    }

    /// Reads on. Whether there was more. What came before a failure is there before the failure is told.
    pub(super) fn fill(&mut self) -> io::Result<bool> {
        if let Some(error) = self.failed.take() {
            self.source = None;
            return Err(error);
        }
        let Some(source) = self.source.as_mut() else { return Ok(false) };
        let mut piece = std::mem::take(&mut self.rest);
        let held = piece.len();
        let failed = source.take(PIECE as u64).read_to_end(&mut piece).err();
        let given = piece.len() - held;
        self.read += given as u64;
        self.take(&piece, given == 0);
        if 0 < given {
            self.failed = failed;
            return Ok(true);
        }
        self.source = None;
        // The last of it may be the beginning of a character.
        failed.map_or(Ok(0 < held), Err)
    }

    /// Adds a piece to the text; all of it when it is the last.
    fn take(&mut self, piece: &[u8], is_last: bool) {
        self.text.drain(..self.start);
        self.start = 0;
        let mut left = piece;
        loop {
            let error = match std::str::from_utf8(left) {
                Ok(text) => return self.text.push_str(text),
                Err(error) => error,
            };
            let (valid, broken) = left.split_at(error.valid_up_to());
            self.text.push_str(std::str::from_utf8(valid).unwrap_or_default());
            let length = match error.error_len() {
                None if !is_last => return self.rest.extend_from_slice(broken),
                None => broken.len(),
                Some(length) => length,
            };
            self.replaced = true;
            self.text.push(char::REPLACEMENT_CHARACTER);
            left = broken.get(length..).unwrap_or_default();
        }
    }

    /// The buffer, for the next text.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.text.into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives a byte at a time.
    struct Drops<'t>(&'t [u8]);

    impl Read for Drops<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let one = buffer.len().min(1);
            (&self.0[..one.min(self.0.len())]).read(buffer).inspect(|read| self.0 = &self.0[*read..])
        }
    }

    #[test]
    fn a_text_comes_whole_however_it_is_given() {
        let text = "aé😀b".repeat(PIECE / 4);
        let mut source = Drops(text.as_bytes());
        let mut window = Window::of(&mut source);
        let mut seen = String::new();
        while window.fill().unwrap() {
            let piece = window.text().to_owned();
            window.advance(piece.len());
            seen += &piece;
        }
        seen += window.text();
        assert!(seen == text && !window.replaced);
        assert_eq!(window.read, text.len() as u64);
    }

    #[test]
    fn what_is_no_text_is_replaced() {
        for bytes in [&b"a\xffb\xc3"[..], b"a\xffb\xf0\x9f"] {
            let mut source = bytes;
            let mut window = Window::of(&mut source);
            assert!(window.fill().unwrap() && window.fill().unwrap() && !window.fill().unwrap());
            assert_eq!(Window::whole(bytes.to_vec()).text(), "a\u{fffd}b\u{fffd}");
            let mut source = bytes;
            let mut window = Window::of(&mut source);
            while window.fill().unwrap() {}
            assert_eq!(window.text(), "a\u{fffd}b\u{fffd}");
            assert!(window.replaced);
        }
    }
}
