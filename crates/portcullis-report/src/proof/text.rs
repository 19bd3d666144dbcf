//! Text: how much is proved, then every counterexample with the statement that lets it through, the worst first, then
//! what is undecided, and what the proofs rest on.

mod accepted;
mod proved;
mod refuted;
mod summary;
mod undecided;

use std::io;

use anstyle::Style;
use portcullis_finding::proof::{Judgement, Proof, Verdict};
use portcullis_iam::AccountId;

use crate::format::{Detail, Layout};
use crate::words::{safe, short_name};

/// Writes the proof for people.
///
/// # Errors
/// When the writer fails.
pub fn write(proof: &Proof, layout: Layout, out: &mut impl io::Write) -> io::Result<()> {
    let page = Page::new(layout);
    summary::write(proof, page, out)?;
    refuted::write(proof, page, out)?;
    undecided::write(proof, page, out)?;
    accepted::write(proof, page, out)?;
    proved::write(proof, page, out)
}

/// Writes the counterexamples alone.
///
/// # Errors
/// When the writer fails.
pub fn refuted(proof: &Proof, layout: Layout, out: &mut impl io::Write) -> io::Result<()> {
    refuted::write(proof, Page::new(layout), out)
}

/// How the page is laid out.
#[derive(Clone, Copy)]
struct Page {
    width: usize,
    detail: Detail,
}

impl Page {
    fn new(layout: Layout) -> Self {
        Self { width: layout.width.clamp(80, 120), detail: layout.detail }
    }

    /// How many of something are shown: `brief` of them, unless everything is wanted.
    fn limit(self, brief: usize) -> usize {
        match self.detail {
            Detail::Brief => brief,
            Detail::All => usize::MAX,
        }
    }
}

/// A heading with a line under it.
fn heading(title: &str, page: Page, out: &mut impl io::Write) -> io::Result<()> {
    writeln!(out, "\n{BOLD}{title}{BOLD:#}\n{DIM}{}{DIM:#}", "─".repeat(page.width))
}

/// The judgements with this verdict.
fn with(proof: &Proof, verdict: Verdict) -> Vec<&Judgement> {
    proof.judgements.iter().filter(|judgement| judgement.verdict() == verdict).collect()
}

/// `user/alice and 3 others`.
fn subjects(judgement: &Judgement) -> String {
    let first = judgement.subjects.first().map(|arn| short_name(arn, judgement.account)).unwrap_or_default();
    match judgement.subjects.len() {
        0 | 1 => first,
        2 => format!("{first} and 1 other"),
        many => format!("{first} and {} others", many - 1),
    }
}

/// `333333333333 Production`.
fn place(proof: &Proof, account: Option<AccountId>) -> Option<String> {
    let id = account?;
    let known = proof.accounts.iter().find(|account| account.account == id);
    Some(match known.and_then(|account| account.name.as_deref()) {
        Some(name) => format!("{id} {}", safe(name)),
        None => id.to_string(),
    })
}

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
