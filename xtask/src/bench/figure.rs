//! What a bench has measured.

use std::fmt;

use serde_json::json;

/// One measured thing, its target, and the same thing done by somebody else in the same run.
pub(crate) struct Figure {
    /// What was done: `decide, three policies and one SCP`.
    pub(crate) what: String,
    pub(crate) value: f64,
    pub(crate) unit: Unit,
    pub(crate) target: Option<Target>,
    pub(crate) other: Option<Other>,
}

/// The same work done by something else, in the same unit.
pub(crate) struct Other {
    /// Who: `@cloud-copilot/iam-simulate 0.1`.
    pub(crate) name: String,
    pub(crate) value: f64,
}

/// What the value counts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Nanoseconds,
    Microseconds,
    Milliseconds,
    Megabytes,
    MegabytesPerSecond,
}

/// What the value must come to.
#[derive(Clone, Copy)]
pub(crate) enum Target {
    AtMost(f64),
    AtLeast(f64),
    /// So many times better than the other.
    TimesBetter(f64),
}

impl Figure {
    /// A figure without target and without other.
    pub(crate) fn new(what: impl Into<String>, value: f64, unit: Unit) -> Self {
        Self { what: what.into(), value, unit, target: None, other: None }
    }

    /// The same figure with a target.
    pub(crate) fn target(self, target: Target) -> Self {
        Self { target: Some(target), ..self }
    }

    /// The same figure beside somebody else's.
    pub(crate) fn against(self, name: impl Into<String>, value: f64) -> Self {
        Self { other: Some(Other { name: name.into(), value }), ..self }
    }

    /// How many times better than the other.
    pub(crate) fn ratio(&self) -> Option<f64> {
        let other = self.other.as_ref()?.value;
        Some(if self.unit.more_is_better() { self.value / other } else { other / self.value })
    }

    /// Whether the target is reached; a figure without one always is.
    pub(crate) fn is_met(&self) -> bool {
        match self.target {
            Some(Target::AtMost(most)) => self.value <= most,
            Some(Target::AtLeast(least)) => self.value >= least,
            Some(Target::TimesBetter(times)) => self.ratio().is_some_and(|ratio| ratio >= times),
            None => true,
        }
    }
}

impl Unit {
    fn symbol(self) -> &'static str {
        match self {
            Unit::Nanoseconds => "ns",
            Unit::Microseconds => "us",
            Unit::Milliseconds => "ms",
            Unit::Megabytes => "MB",
            Unit::MegabytesPerSecond => "MB/s",
        }
    }

    fn more_is_better(self) -> bool {
        match self {
            Unit::MegabytesPerSecond => true,
            Unit::Nanoseconds | Unit::Microseconds | Unit::Milliseconds | Unit::Megabytes => false,
        }
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = self.unit.symbol();
        write!(f, "{:<56} {:>12} {unit}", self.what, number(self.value))?;
        if let (Some(other), Some(ratio)) = (&self.other, self.ratio()) {
            write!(f, " | {} {} {unit}, {}x", other.name, number(other.value), number(ratio))?;
        }
        let target = match self.target {
            Some(Target::AtMost(most)) => format!("at most {} {unit}", number(most)),
            Some(Target::AtLeast(least)) => format!("at least {} {unit}", number(least)),
            Some(Target::TimesBetter(times)) => format!("at least {}x", number(times)),
            None => return Ok(()),
        };
        write!(f, " | {target}: {}", if self.is_met() { "met" } else { "MISSED" })
    }
}

/// Three figures are as many as a measurement is worth.
fn number(value: f64) -> String {
    match value.abs() {
        magnitude if magnitude >= 100.0 => format!("{value:.0}"),
        magnitude if magnitude >= 10.0 => format!("{value:.1}"),
        magnitude if magnitude >= 1.0 => format!("{value:.2}"),
        _ => format!("{value:.4}"),
    }
}

/// The figures as JSON, each with the name of its bench.
pub(super) fn json(figures: &[(&str, Figure)]) -> String {
    let rows: Vec<_> = figures
        .iter()
        .map(|(bench, figure)| {
            json!({
                "bench": bench,
                "what": figure.what,
                "value": figure.value,
                "unit": figure.unit.symbol(),
                "other": figure.other.as_ref().map(|other| json!({"name": other.name, "value": other.value})),
                "ratio": figure.ratio(),
                "met": figure.is_met(),
            })
        })
        .collect();
    format!("{:#}\n", json!({ "version": 1, "figures": rows }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn less_time_and_more_bytes_are_better() {
        let time = Figure::new("decide", 10.0, Unit::Nanoseconds).against("other", 1_000.0);
        assert_eq!(time.ratio(), Some(100.0));
        assert!(time.target(Target::TimesBetter(100.0)).is_met());
        let rate = Figure::new("parse", 90.0, Unit::MegabytesPerSecond).target(Target::AtLeast(100.0));
        assert!(!rate.is_met());
        assert!(rate.to_string().ends_with("at least 100 MB/s: MISSED"), "{rate}");
    }
}
