//! `--fail-on`: from which severity findings make the exit code 1.

use clap::ValueEnum;
use portcullis_finding::Severity;

/// The severities of `--fail-on`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::command) enum FailOn {
    /// Findings never make the exit code 1
    Never,
    /// From low on
    Low,
    /// From medium on
    Medium,
    /// From high on
    High,
    /// Critical findings alone
    Critical,
}

impl FailOn {
    pub(in crate::command) fn threshold(self) -> Option<Severity> {
        match self {
            FailOn::Never => None,
            FailOn::Low => Some(Severity::Low),
            FailOn::Medium => Some(Severity::Medium),
            FailOn::High => Some(Severity::High),
            FailOn::Critical => Some(Severity::Critical),
        }
    }
}
