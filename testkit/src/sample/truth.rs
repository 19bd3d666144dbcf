//! What is true of the sample by design, never by evaluation.

/// One row: a principal, account or device, what it shows, and what the audit must find about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Truth {
    /// The ARN.
    pub resource: String,
    /// What it is in the sample for.
    pub story: &'static str,
    /// The ids of the checks that must fail for it; none when it is clean.
    pub checks: Vec<&'static str>,
    /// The ids of the checks that must find it exempt.
    pub exempt: Vec<&'static str>,
}

impl Truth {
    /// A row.
    pub fn new(resource: String, story: &'static str, checks: &[&'static str]) -> Truth {
        Truth { resource, story, checks: checks.to_vec(), exempt: Vec::new() }
    }
}

/// The rows as the page that ships beside the sample.
pub fn page(rows: &[Truth]) -> String {
    let mut page = String::from(HEAD);
    for row in rows {
        let failed = row.checks.iter().map(|check| format!("`{check}`"));
        let exempt = row.exempt.iter().map(|check| format!("(`{check}`)"));
        let checks: Vec<String> = failed.chain(exempt).collect();
        page.push_str(&format!("| `{}` | {} | {} |\n", row.resource, row.story, checks.join(" ")));
    }
    page
}

const HEAD: &str = "<!-- Written by `cargo xtask sample` from testkit/src/sample. -->
# What is wrong in the sample organization, and what is not

Everything here was planted. A test compares it with what `portcullis audit` finds.
A check in brackets finds the flaw, and an exemption in `portcullis.toml` accepts it.

| resource | what it is | checks that must find it |
|---|---|---|
";
