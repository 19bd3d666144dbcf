//! Places as SARIF has them: URIs that are relative to the root of the repository, lines and columns.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use portcullis_finding::LintReport;
use portcullis_iam::Place;
use serde_json::{Value, json};

use super::set;

/// The name of the root of the repository, as GitHub and editors know it.
pub(super) const ROOT: &str = "%SRCROOT%";

/// The files that hold a policy.
pub(super) fn artifacts(report: &LintReport) -> Vec<Value> {
    let paths: BTreeSet<_> = report.documents.iter().map(|document| &document.place.path).collect();
    paths.into_iter().map(|path| json!({ "location": artifact(report, path) })).collect()
}

/// A place with its file.
pub(super) fn location(report: &LintReport, place: &Place) -> Value {
    let mut physical = json!({ "artifactLocation": artifact(report, &place.path) });
    if let Some(mut region) = region(report, place) {
        let snippet = place.span.of(report.text(&place.path).unwrap_or_default());
        if snippet.len() <= MOST_SNIPPET {
            set(&mut region, "snippet", json!({ "text": snippet }));
        }
        set(&mut physical, "region", region);
    }
    json!({ "physicalLocation": physical })
}

/// Lines and columns of a place.
pub(super) fn region(report: &LintReport, place: &Place) -> Option<Value> {
    let region = report.region(place)?;
    Some(json!({
        "startLine": region.start.line,
        "startColumn": region.start.column,
        "endLine": region.end.line,
        "endColumn": region.end.column,
    }))
}

/// A file: relative to the root of the repository where it lies in it.
pub(super) fn artifact(report: &LintReport, path: &str) -> Value {
    if path.starts_with('/') {
        return json!({ "uri": format!("file://{}", encoded(path)) });
    }
    let path = normal(&report.folder, path);
    match path.starts_with("../") {
        true => json!({ "uri": encoded(&path) }),
        false => json!({ "uri": encoded(&path), "uriBaseId": ROOT }),
    }
}

/// The path without `.` and, as far as that goes, without `..`.
fn normal(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

/// The path with everything percent-encoded that a URI does not take as it is.
fn encoded(path: &str) -> String {
    let mut uri = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            // Writing into a string does not fail.
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

/// The longest flawed text that is repeated, in bytes.
const MOST_SNIPPET: usize = 1_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_from_the_root_of_the_repository() {
        for (folder, path, expected) in [
            ("", "infra/mfa.tf", r#"{"uri":"infra/mfa.tf","uriBaseId":"%SRCROOT%"}"#),
            ("infra", "./mfa.tf", r#"{"uri":"infra/mfa.tf","uriBaseId":"%SRCROOT%"}"#),
            ("infra", "../scp/a b.json", r#"{"uri":"scp/a%20b.json","uriBaseId":"%SRCROOT%"}"#),
            ("infra", "../../mfa.tf", r#"{"uri":"../mfa.tf"}"#),
            ("infra", "/etc/ü.json", r#"{"uri":"file:///etc/%C3%BC.json"}"#),
        ] {
            let report = LintReport { folder: folder.into(), ..LintReport::default() };
            assert_eq!(artifact(&report, path).to_string(), expected, "{folder} {path}");
        }
    }
}
