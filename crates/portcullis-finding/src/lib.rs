//! What was found: rules, findings with their evidence, and how complete the view was.
//!
//! Analyses produce an [`Audit`], a [`Proof`] or a [`LintReport`], formats print it; neither knows the other.

pub mod audit;
pub mod changes;
pub mod compliance;
pub mod coverage;
pub mod diagnostic;
pub mod evidence;
pub mod finding;
pub mod fix;
pub mod lint;
pub mod proof;
pub mod replay;
pub mod rule;

pub use audit::{Audit, CheckTally, Selection, Tool};
pub use changes::{Changes, EarlierAudit, EarlierFinding};
pub use compliance::Requirement;
pub use coverage::{AccountCoverage, Count, Coverage, Share, Source, SourceState};
pub use diagnostic::{Applicability, Diagnostic, Edit, Fix, Label, Region};
pub use evidence::{Evidence, Origin};
pub use finding::{Finding, FindingId, Severity, Status};
pub use lint::{Hides, LintReport, LintedDocument, LintedFile, Unread, Unresolved};
pub use proof::{Judgement, Proof, Verdict};
pub use rule::Rule;
