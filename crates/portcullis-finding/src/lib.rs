//! What was found: rules, findings with their evidence, and how complete the view was.
//!
//! Analyses produce an [`Audit`], formats print it; neither knows the other.

pub mod audit;
pub mod changes;
pub mod compliance;
pub mod coverage;
pub mod evidence;
pub mod finding;
pub mod rule;

pub use audit::{Audit, CheckTally, Selection, Tool};
pub use changes::{Changes, EarlierAudit, EarlierFinding};
pub use compliance::Requirement;
pub use coverage::{AccountCoverage, Count, Coverage, Share, Source, SourceState};
pub use evidence::{Evidence, Origin};
pub use finding::{Finding, FindingId, Severity, Status};
pub use rule::Rule;
