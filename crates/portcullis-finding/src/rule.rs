//! Rules: what a check looks for, why it matters and what to do, read from the check's own page.

use crate::compliance::Requirement;
use crate::finding::Severity;

/// A rule: the permanent identity of a check.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The kebab-case id; never renamed, never reused.
    pub id: &'static str,
    /// The severity of a finding, unless what stands behind it makes it worse or milder.
    pub severity: Severity,
    /// The published controls that a finding fails.
    pub compliance: &'static [Requirement],
    /// The page of the rule, in Markdown: title, why it matters, remediation, cases.
    pub page: &'static str,
}

impl Rule {
    /// What the rule finds, in a few words: the heading of its page.
    pub fn title(&self) -> &'static str {
        self.page.lines().next().and_then(|line| line.strip_prefix("# ")).unwrap_or(self.id)
    }

    /// What to do about a finding: the text under `## Remediation`.
    pub fn remediation(&self) -> &'static str {
        section(self.page, "Remediation").unwrap_or_default()
    }

    /// The page without the cases that test the rule: what people read.
    pub fn explanation(&self) -> &'static str {
        self.page.split("\n## Cases\n").next().unwrap_or_default().trim_end()
    }

    /// Why a finding matters: the text under `## Why it matters`.
    pub fn rationale(&self) -> &'static str {
        section(self.page, "Why it matters").unwrap_or_default()
    }
}

/// The text under the heading `## name`, up to the next heading of that level.
fn section<'p>(page: &'p str, name: &str) -> Option<&'p str> {
    let (_, rest) = page.split_once(&format!("\n## {name}\n"))?;
    Some(rest.split("\n## ").next().unwrap_or_default().trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_gives_title_and_sections() {
        let rule = Rule {
            id: "a",
            severity: Severity::Low,
            compliance: &[],
            page: "# Title\n\n## Why it matters\nBecause.\n\n## Remediation\n\nDo it.\n\n## Cases\n",
        };
        assert_eq!((rule.title(), rule.rationale(), rule.remediation()), ("Title", "Because.", "Do it."));
        assert!(rule.explanation().ends_with("## Remediation\n\nDo it."), "{}", rule.explanation());
    }
}
