//! `--fix`: the fixes that are certainly what was meant, written into the files or shown as a diff.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use portcullis_checks::review::{self, File, Mended, Options};
use portcullis_finding::LintReport;
use portcullis_report::lint::Format;
use similar::TextDiff;

use super::input::{Input, Source};
use super::{Args, print};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::terminal::Terminal;

pub(super) fn run(
    args: &Args,
    input: &Input,
    options: &Options,
    terminal: &mut Terminal,
) -> Result<(LintReport, Exit), Failure> {
    if !args.diff && input.sources.iter().any(|source| source.path.is_none()) {
        let failure = Failure::usage("the standard input cannot be fixed in place");
        return Err(failure.with_hint("--fix --diff prints what would be changed"));
    }
    let files: Vec<File> = input.sources.iter().map(|source| source.file.clone()).collect();
    let mut mended = review::mend(&files, options);
    mended.report.unread.extend(input.unread.iter().cloned());
    if args.diff {
        return show(&input.sources, mended, args, terminal);
    }
    for file in &mended.files {
        let source = input.sources.iter().find(|source| source.file.path == file.path);
        let Some(Source { path: Some(path), has_mark, .. }) = source else { continue };
        write(path, &file.text, *has_mark).map_err(|error| {
            Failure::usage(format!("cannot write `{}`: {error}", file.path))
                .with_hint("files that were written before it are fixed")
        })?;
    }
    tell(&mended, args, terminal)?;
    print(mended.report, args, terminal)
}

/// Prints the changes as a unified diff, and what was not seen to where people read.
fn show(
    sources: &[Source],
    mended: Mended,
    args: &Args,
    terminal: &mut Terminal,
) -> Result<(LintReport, Exit), Failure> {
    for file in &mended.files {
        let before = sources.iter().find(|source| source.file.path == file.path);
        let before = before.map_or("", |source| &source.file.text);
        let diff = TextDiff::from_lines(before, &*file.text);
        let (old, new) = (format!("a/{}", file.path), format!("b/{}", file.path));
        write!(terminal.data(), "{}", diff.unified_diff().context_radius(3).header(&old, &new))?;
    }
    terminal.flush()?;
    let (fixes, files) = (mended.made.len(), mended.files.len());
    let (fixes, files) = (count(fixes, "fix", "fixes"), count(files, "file", "files"));
    terminal.note(&format!("{fixes} in {files}; nothing was changed"));
    let exit = super::exit_of(&mended.report, args);
    Ok((mended.report, exit))
}

/// Tells what was changed: with the report for people, beside it for programs.
fn tell(mended: &Mended, args: &Args, terminal: &mut Terminal) -> Result<(), Failure> {
    for made in &mended.made {
        let text =
            format!("{}:{}: {} ({}, {})", made.path, made.line, made.title, made.document, made.rule.id);
        match args.format.format() {
            Format::Text => writeln!(terminal.data(), "fixed {text}")?,
            Format::Json | Format::Sarif => terminal.note(&format!("fixed {text}")),
        }
    }
    if !mended.made.is_empty() && args.format.format() == Format::Text {
        writeln!(terminal.data())?;
    }
    Ok(())
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// Replaces the file as a whole: whoever reads it meanwhile sees the old text or the new one.
fn write(path: &Path, text: &str, has_mark: bool) -> io::Result<()> {
    let path = fs::canonicalize(path)?;
    let mut beside = OsString::from(".");
    beside.push(path.file_name().unwrap_or_default());
    beside.push(format!(".portcullis-{}", std::process::id()));
    let beside = path.with_file_name(beside);
    let written = write_beside(&beside, &path, text, has_mark);
    if written.is_err() {
        // What is left of it is of no use; the first error is the one to tell.
        let _ = fs::remove_file(&beside);
    }
    written
}

fn write_beside(beside: &Path, path: &Path, text: &str, has_mark: bool) -> io::Result<()> {
    let mut file = fs::File::create_new(beside)?;
    if has_mark {
        file.write_all("\u{feff}".as_bytes())?;
    }
    file.write_all(text.as_bytes())?;
    file.set_permissions(fs::metadata(path)?.permissions())?;
    file.sync_all()?;
    fs::rename(beside, path)
}
