//! Where output goes: data to stdout, talk to stderr, colour only where it is wanted.

use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};

use crate::failure::Failure;

/// When to use colour.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

/// The standard streams of a command.
pub(crate) struct Terminal {
    stdout: BufWriter<AutoStream<StdoutLock<'static>>>,
    choice: ColorChoice,
}

const ERROR: Style = AnsiColor::Red.on_default().bold();
const HINT: Style = AnsiColor::Cyan.on_default().bold();

impl Terminal {
    /// The process's own streams.
    pub(crate) fn new(color: Color) -> Self {
        let choice = match color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        Self {
            stdout: BufWriter::with_capacity(1 << 16, AutoStream::new(io::stdout().lock(), choice)),
            choice,
        }
    }

    /// Where data goes. ANSI styles written to it are dropped where colour is not wanted.
    pub(crate) fn data(&mut self) -> &mut impl Write {
        &mut self.stdout
    }

    /// Where the data of a format for programs goes: no styles are looked for, and it is written in large pieces.
    /// Flush it at the end.
    pub(crate) fn program_data(&mut self) -> io::Result<impl Write + use<>> {
        self.stdout.flush()?;
        Ok(BufWriter::with_capacity(1 << 18, io::stdout().lock()))
    }

    /// The columns of the terminal; 100 when the output goes elsewhere.
    pub(crate) fn width(&self) -> usize {
        terminal_size::terminal_size_of(io::stdout()).map_or(100, |(width, _)| usize::from(width.0))
    }

    /// Whether a person reads the data.
    pub(crate) fn is_interactive(&self) -> bool {
        io::stdout().is_terminal()
    }

    /// Writes out what is buffered.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.stdout.flush()
    }

    /// Tells something that the reader of the data should know.
    pub(crate) fn note(&mut self, text: &str) {
        let mut stderr = AutoStream::new(io::stderr().lock(), self.choice);
        // When stderr is gone there is nobody to tell.
        let _ = stderr.write_all(format!("{HINT}note:{HINT:#} {text}\n").as_bytes());
    }

    /// Tells why the command failed. Says nothing when nobody reads any more.
    pub(crate) fn report(&mut self, failure: &Failure) {
        if failure.message.is_empty() {
            return;
        }
        let mut stderr = AutoStream::new(io::stderr().lock(), self.choice);
        let message = format!("{ERROR}error:{ERROR:#} {}\n", failure.message);
        let hint =
            failure.hint.iter().map(|hint| format!("{HINT}hint:{HINT:#} {hint}\n")).collect::<String>();
        // When stderr is gone there is nobody to tell.
        let _ = stderr.write_all((message + &hint).as_bytes());
    }
}
