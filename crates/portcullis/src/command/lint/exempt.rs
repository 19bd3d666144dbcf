//! What `portcullis.toml` accepts in files, for those that have no comments.

use std::fs;
use std::path::{Path, PathBuf};

use portcullis_checks::review::{self, Accepted};
use portcullis_finding::{LintReport, Status};
use portcullis_guardrail::LintExemption;
use portcullis_iam::Timestamp;

use super::Args;
use super::input::Source;
use crate::failure::Failure;
use crate::given;
use crate::terminal::Terminal;

/// The exemptions for files, and when it is.
pub(super) struct Exemptions {
    entries: Vec<LintExemption>,
    /// The file that they stand in.
    file: PathBuf,
    now: Timestamp,
}

/// Reads the exemptions: of the file that was named, else of `portcullis.toml` here.
pub(super) fn read(args: &Args) -> Result<Exemptions, Failure> {
    let intended = given::intent(args.config.as_deref(), Path::new(""))?;
    let file = intended.file.map(|(path, _)| path).unwrap_or_default();
    let now = given::now(args.now.as_deref())?;
    let exemptions = Exemptions { entries: intended.intent.lint_exemptions, file, now };
    match exemptions.unknown_rule() {
        None => Ok(exemptions),
        Some((place, rule)) => {
            let failure = Failure::usage(format!("{place}: unknown rule `{rule}`"));
            Err(failure.with_hint("`portcullis lint --list-rules` lists them"))
        }
    }
}

impl Exemptions {
    fn unknown_rule(&self) -> Option<(String, &str)> {
        self.entries.iter().find_map(|entry| {
            let unknown = |id: &&String| !review::lint_rules().any(|rule| rule.id == **id);
            entry.rules.iter().find(unknown).map(|rule| (self.place(entry), rule.as_str()))
        })
    }

    fn place(&self, entry: &LintExemption) -> String {
        format!("{}:{}:{}", self.file.display(), entry.position.line, entry.position.column)
    }

    /// What holds now of the files that were read, by the names that they have in the report.
    pub(super) fn of(&self, sources: &[Source]) -> Vec<Accepted> {
        let valid = self.entries.iter().filter(|entry| entry.holds_at(self.now));
        let accepted = valid.flat_map(|entry| {
            let file = self.resolved(entry);
            let named = sources.iter().filter(move |source| file.is_some() && real(source) == file);
            named.map(|source| Accepted {
                path: source.file.path.clone(),
                rules: entry.rules.clone(),
                reason: format!("{} ({})", entry.reason, entry.owner).into(),
            })
        });
        accepted.collect()
    }

    fn resolved(&self, entry: &LintExemption) -> Option<PathBuf> {
        let folder = self.file.parent().unwrap_or(Path::new(""));
        fs::canonicalize(folder.join(&entry.file)).ok()
    }

    /// Tells which exemptions are over, and which accept nothing that is there.
    pub(super) fn tell(&self, sources: &[Source], report: &LintReport, terminal: &mut Terminal) {
        for entry in &self.entries {
            let place = self.place(entry);
            if !entry.holds_at(self.now) {
                terminal.note(&format!("{place}: the exemption is over, and accepts nothing any more"));
                continue;
            }
            let file = self.resolved(entry);
            let Some(source) = sources.iter().find(|source| file.is_some() && real(source) == file) else {
                continue;
            };
            let accepts = report.diagnostics.iter().any(|flaw| {
                flaw.status == Status::Exempt
                    && flaw.place.path == source.file.path
                    && entry.rules.iter().any(|rule| rule == flaw.rule.id)
            });
            if !accepts {
                terminal.note(&format!("{place}: the exemption accepts nothing that is there"));
            }
        }
    }
}

fn real(source: &Source) -> Option<PathBuf> {
    source.path.as_ref().and_then(|path| fs::canonicalize(path).ok())
}
