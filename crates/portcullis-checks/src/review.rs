//! A lint from files to its report: documents are read, rules look, comments and exemptions accept, fixes are made.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use portcullis_finding::{
    Diagnostic, Hides, LintReport, LintedDocument, LintedFile, Rule, Selection, Status, Tool, Unread,
    Unresolved, fix,
};
use portcullis_iam::{PolicyKind, Span, Tier};
use portcullis_source::{Basis, Document, Element, Found, Gap};
use rayon::prelude::*;

use crate::lint;
use crate::rules;
use crate::suppress;

/// A file with its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its path, as it is to be reported.
    pub path: Arc<str>,
    /// Its text.
    pub text: Arc<str>,
    /// What is done with it.
    pub part: Part,
}

/// What is done with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// Its policies are looked at.
    Linted,
    /// It is only read for what other files say of it: another file of their Terraform module.
    Context,
}

/// How files are looked at.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The program, as the report names it.
    pub tool: Tool,
    /// The rules; ids that do not exist select nothing.
    pub selection: Selection,
    /// What a document is when only its content speaks for its kind.
    pub kind: Option<PolicyKind>,
    /// What is accepted in whole files.
    pub accepted: Vec<Accepted>,
}

/// Flaws of a file that somebody accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The file, as it is reported.
    pub path: Arc<str>,
    /// The ids of the rules.
    pub rules: Vec<String>,
    /// Why, and who says so.
    pub reason: Box<str>,
}

impl Accepted {
    fn concerns(&self, flaw: &Diagnostic) -> bool {
        self.path == flaw.place.path && self.rules.iter().any(|rule| rule == flaw.rule.id)
    }
}

/// What the rules say of the files.
pub fn review(files: &[File], options: &Options) -> LintReport {
    let known: Vec<_> = rules::all().map(|(_, rule)| rule.id).collect();
    let ran: Vec<_> = lint_rules().filter(|rule| is_selected(rule, &options.selection)).collect();
    let run = Run { options, known: &known, ran: &ran.iter().map(|rule| rule.id).collect::<Vec<_>>() };
    let mut report = LintReport {
        tool: options.tool.clone(),
        selection: options.selection.clone(),
        rules: ran,
        ..LintReport::default()
    };
    let folders: Vec<_> = by_folder(files).into_values().collect();
    let parts: Vec<_> = folders.par_iter().map(|files| run.folder(files)).collect();
    for part in parts {
        report.files.extend(part.files);
        report.documents.extend(part.documents);
        report.diagnostics.extend(part.diagnostics);
        report.unresolved.extend(part.unresolved);
        report.unread.extend(part.unread);
    }
    report.sort();
    report
}

/// Every rule that lint has, in the order in which reports tell them.
pub fn lint_rules() -> impl Iterator<Item = &'static Rule> {
    lint::RULES.iter().map(|rule| &rule.rule).chain(suppress::RULES)
}

fn is_selected(rule: &Rule, selection: &Selection) -> bool {
    let named = |ids: &[String]| ids.iter().any(|id| id == rule.id);
    (selection.only.is_empty() || named(&selection.only)) && !named(&selection.skip)
}

/// The files of each folder: what belongs together, as the files of a Terraform module do.
fn by_folder(files: &[File]) -> BTreeMap<&Path, Vec<&File>> {
    let mut folders: BTreeMap<&Path, Vec<&File>> = BTreeMap::new();
    for file in files {
        folders.entry(Path::new(&*file.path).parent().unwrap_or(Path::new(""))).or_default().push(file);
    }
    folders
}

struct Run<'o> {
    options: &'o Options,
    known: &'o [&'static str],
    ran: &'o [&'static str],
}

impl Run<'_> {
    /// The report of the files of one folder.
    fn folder(&self, files: &[&File]) -> LintReport {
        let texts: Vec<_> = files.iter().map(|file| (&*file.path, &*file.text)).collect();
        let mut found = portcullis_source::read_all(&texts);
        let mut report = LintReport::default();
        let mut documents: Vec<Document> = Vec::new();
        for (file, found) in files.iter().zip(&mut found) {
            documents.extend(std::mem::take(&mut found.documents));
            seen(file, found, &mut report);
        }
        if let Some(kind) = self.options.kind {
            documents.iter_mut().filter(|one| one.basis == Basis::Guessed).for_each(|one| one.declare(kind));
        }
        report.diagnostics = lint::run(&documents, &self.options.selection);
        for document in &documents {
            told(document, &mut report);
        }
        for (file, found) in files.iter().zip(&found) {
            self.accept(file, found, &mut report);
        }
        for flaw in &mut report.diagnostics {
            if let Some(accepted) = self.options.accepted.iter().find(|accepted| accepted.concerns(flaw)) {
                flaw.status = Status::Exempt;
                flaw.accepted = Some(accepted.reason.clone());
            }
        }
        only_linted(files, &mut report);
        report
    }

    /// Marks what the comments of a file accept.
    fn accept(&self, file: &File, found: &Found, report: &mut LintReport) {
        let Some(format) = found.format else { return };
        let page = suppress::Page { path: &file.path, text: &file.text, format };
        let known = suppress::Known { all: self.known, ran: self.ran };
        let mut flaws: Vec<&mut Diagnostic> =
            report.diagnostics.iter_mut().filter(|flaw| flaw.place.path == file.path).collect();
        let wrong = suppress::accept(&page, &mut flaws, &known);
        report.diagnostics.extend(wrong);
    }
}

/// Takes out what is said of files that are only there for others. Their texts stay: flaws may point into them.
fn only_linted(files: &[&File], report: &mut LintReport) {
    let context: BTreeSet<&str> =
        files.iter().filter(|file| file.part == Part::Context).map(|file| &*file.path).collect();
    if context.is_empty() {
        return;
    }
    report.documents.retain(|one| !context.contains(&*one.place.path));
    report.diagnostics.retain(|one| !context.contains(&*one.place.path));
    report.unresolved.retain(|one| !context.contains(&*one.place.path));
    report.unread.retain(|one| !context.contains(&*one.path));
}

/// What a file is, and what of it could not be read.
fn seen(file: &File, found: &mut Found, report: &mut LintReport) {
    report.files.push(LintedFile {
        path: Arc::clone(&file.path),
        text: Arc::clone(&file.text),
        format: found.format.map(portcullis_source::Format::name),
    });
    let notes = found.notes.drain(..);
    report.unresolved.extend(notes.map(|note| Unresolved {
        document: Arc::clone(&file.path),
        place: note.place,
        message: note.message.into(),
        hides: Hides::Value,
    }));
    let faults = found.faults.drain(..);
    report.unread.extend(faults.map(|fault| Unread {
        path: Arc::clone(&file.path),
        place: Some(fault.place),
        message: fault.message.into(),
        hint: fault.hint.map(Into::into),
    }));
}

/// What a document is, and why it has no meaning where it has none.
fn told(document: &Document, report: &mut LintReport) {
    let whole = Span::new(0, u32::try_from(document.text.len()).unwrap_or(u32::MAX));
    report.documents.push(LintedDocument {
        name: Arc::clone(&document.name),
        place: document.place(whole),
        kind: document.kind,
        is_guess: document.basis == Basis::Guessed,
    });
    for gap in &document.gaps {
        hide(document, gap, report);
    }
    if document.parsed.policy.is_some() {
        return;
    }
    let mut reasons = document.parsed.problems.iter().filter(|problem| problem.tier == Tier::Rejected);
    let Some(first) = reasons.next() else { return };
    let more = match reasons.count() {
        0 => String::new(),
        1 => ", and 1 more problem".to_owned(),
        more => format!(", and {more} more problems"),
    };
    let why = first.hint.as_ref().unwrap_or(&first.message);
    let place = document.place(first.span);
    report.unread.push(Unread {
        path: Arc::clone(&place.path),
        place: Some(place),
        message: format!("`{}` is no policy: {why}{more}", document.name).into(),
        hint: None,
    });
}

/// Tells what a gap hides: of a principal only who it is, which the rules know; else a part that none has seen.
/// The note about the same place says more.
fn hide(document: &Document, gap: &Gap, report: &mut LintReport) {
    let is_value = document.placeholders.iter().any(|one| {
        let (inner, outer) = (one.place.span, gap.place.span);
        let meets = inner.start < outer.end && outer.start < inner.end;
        one.element == Element::Principal && one.place.path == gap.place.path && meets
    });
    let hides = if is_value { Hides::Value } else { Hides::Part };
    let document = Arc::clone(&document.name);
    match report.unresolved.iter_mut().find(|note| note.place == gap.place) {
        Some(note) => {
            note.hides = note.hides.max(hides);
            note.document = document;
        }
        None => report.unresolved.push(Unresolved {
            document,
            place: gap.place.clone(),
            message: gap.what.as_str().into(),
            hides,
        }),
    }
}

/// What became of files whose fixes were made.
#[derive(Clone, Debug)]
pub struct Mended {
    /// The files that have another text now.
    pub files: Vec<File>,
    /// The fixes that were made, in their order.
    pub made: Vec<Made>,
    /// What the rules say of the files as they are now.
    pub report: LintReport,
}

/// A fix that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// The rule that wanted it.
    pub rule: &'static Rule,
    /// The policy.
    pub document: Arc<str>,
    /// The file.
    pub path: Arc<str>,
    /// The line on which the flaw was, in the text that it was in.
    pub line: u32,
    /// What was done.
    pub title: Box<str>,
}

/// Makes the safe fixes of the files, pass by pass, until there is none left to make.
pub fn mend(files: &[File], options: &Options) -> Mended {
    let mut now = files.to_vec();
    let mut made = Vec::new();
    let mut report = review(&now, options);
    for _ in 0..MOST_PASSES {
        let fixes = fix::together(&report.diagnostics);
        let texts: Vec<_> = now.iter().map(|file| fix::applied(&file.path, &file.text, &fixes)).collect();
        let Some(texts) = texts.into_iter().collect::<Option<Vec<_>>>() else { break };
        if now.iter().zip(&texts).all(|(file, text)| *file.text == **text) {
            break;
        }
        made.extend(fixes.iter().filter_map(|flaw| done(flaw, &report)));
        for (file, text) in now.iter_mut().zip(texts) {
            file.text = text.into();
        }
        report = review(&now, options);
    }
    let changed = files.iter().zip(now).filter(|(before, after)| before.text != after.text);
    Mended { files: changed.map(|(_, after)| after).collect(), made, report }
}

fn done(flaw: &Diagnostic, report: &LintReport) -> Option<Made> {
    Some(Made {
        rule: flaw.rule,
        document: Arc::clone(&flaw.document),
        path: Arc::clone(&flaw.place.path),
        line: report.region(&flaw.place)?.start.line,
        title: flaw.fix.as_ref()?.title.clone(),
    })
}

/// Rules that undo each other's fixes would go on for ever.
const MOST_PASSES: usize = 16;
