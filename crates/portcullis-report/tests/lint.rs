//! What each format prints of one lint, byte by byte. With `PORTCULLIS_UPDATE=1` what is printed replaces the files.
#![cfg(test)]
#![expect(clippy::disallowed_methods, reason = "the golden files and the schemas are files")]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use portcullis_finding::{
    Applicability, Diagnostic, Edit, Fix, Hides, Label, LintReport, LintedDocument, LintedFile, Rule,
    Selection, Severity, Status, Tool, Unread, Unresolved,
};
use portcullis_iam::{Place, PolicyKind, Span};
use portcullis_report::lint::{Format, write};
use portcullis_report::{Detail, Layout};
use serde_json::Value;

static OPEN: Rule = Rule {
    id: "door-open",
    severity: Severity::High,
    compliance: &[],
    page: "# Door is open\n\n## Why it matters\n\nDraught.\n\n## Remediation\n\nClose it: `close DOOR`.\n\n## Cases\n\nnone\n",
};

static OLD: Rule = Rule {
    id: "door-old",
    severity: Severity::Low,
    compliance: &[],
    page: "# Door is old\n\n## Why it matters\n\nIt creaks.\n\n## Remediation\n\nOil it.\n\n## Cases\n",
};

const HOUSE: &str = "\
house:
  doors:
    - name: front
      state: open
    - name: ev\u{1b}[2Jil # \u{202e}
      state: open
    - name: back
      state: ${var.back}
";

const SHED: &str = "{\"door\": \"open\", \"größe\": 3}\n";

#[test]
fn every_format_prints_as_before() {
    let report = report();
    check("report.txt", plain(&printed(&report, Format::Text, Detail::Brief)));
    check("report-all.txt", plain(&printed(&report, Format::Text, Detail::All)));
    check("report.v1.json", printed(&report, Format::Json, Detail::All));
    check("report.sarif", printed(&report, Format::Sarif, Detail::All));
    check("nothing.txt", plain(&printed(&LintReport::default(), Format::Text, Detail::Brief)));
}

#[test]
fn sarif_follows_the_schema_of_oasis() {
    let text = std::fs::read_to_string(folder().join("../sarif/sarif-schema-2.1.0.json")).unwrap();
    // The pattern of the language, which Portcullis does not write, is no regular expression.
    let text = text.replace("^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$", "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$");
    let schema = serde_json::from_str(&text).unwrap();
    for report in [report(), LintReport::default()] {
        follows(&schema, &sarif(&report));
    }
    let mut wrong = sarif(&report());
    wrong["runs"][0]["results"][0]["level"] = "terrible".into();
    assert!(!jsonschema::validator_for(&schema).unwrap().is_valid(&wrong));
}

#[test]
fn the_json_follows_its_published_schema() {
    let text = std::fs::read_to_string(folder().join("../../../../docs/lint.schema.json")).unwrap();
    let schema: Value = serde_json::from_str(&text).unwrap();
    for report in [report(), LintReport::default()] {
        follows(&schema, &serde_json::from_slice(&printed(&report, Format::Json, Detail::All)).unwrap());
    }
    let mut output: Value = serde_json::from_slice(&printed(&report(), Format::Json, Detail::All)).unwrap();
    output["diagnostics"][0]["severity"] = "terrible".into();
    assert!(!jsonschema::validator_for(&schema).unwrap().is_valid(&output));
}

#[test]
fn sarif_describes_rules_as_briefly_as_code_scanning_wants() {
    for rule in sarif(&report())["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap() {
        assert!(rule["properties"]["tags"].as_array().unwrap().len() <= 10);
        assert!(rule["fullDescription"]["text"].as_str().unwrap().chars().count() <= 1_024);
        assert!(rule["help"]["text"].as_str().is_some_and(|text| !text.is_empty()));
    }
}

#[test]
fn texts_cannot_reach_the_terminal() {
    let text = plain(&printed(&report(), Format::Text, Detail::All));
    assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'), "{text}");
}

fn report() -> LintReport {
    let house: Arc<str> = "src/house.yaml".into();
    let shed: Arc<str> = "./my shed.json".into();
    let mut report = LintReport {
        tool: Tool { version: "0.0.0".into(), catalog: "2026-11-01".into() },
        home: Some("https://example.com/portcullis".into()),
        folder: "infra".into(),
        selection: Selection { skip: vec!["door-green".into()], ..Selection::default() },
        rules: vec![&OPEN, &OLD],
        files: vec![
            LintedFile { path: Arc::clone(&house), text: HOUSE.into(), format: Some("YAML") },
            LintedFile { path: Arc::clone(&shed), text: SHED.into(), format: Some("JSON") },
        ],
        documents: vec![
            document("Doors", Place::new(&house, Span::new(0, 5)), PolicyKind::Identity, false),
            document("my shed", Place::new(&shed, Span::new(0, 28)), PolicyKind::ServiceControl, true),
        ],
        diagnostics: diagnostics(&house, &shed),
        unresolved: vec![Unresolved {
            document: "Doors".into(),
            place: place(&house, HOUSE, "${var.back}"),
            message: "`var.back` has no value here".into(),
            hides: Hides::Part,
        }],
        unread: vec![Unread {
            path: "barn.json".into(),
            place: None,
            message: "permission denied".into(),
            hint: Some("let the barn be read".into()),
        }],
    };
    report.sort();
    report
}

fn document(name: &str, place: Place, kind: PolicyKind, is_guess: bool) -> LintedDocument {
    LintedDocument { name: name.into(), place, kind, is_guess }
}

fn diagnostics(house: &Arc<str>, shed: &Arc<str>) -> Vec<Diagnostic> {
    let doors: Arc<str> = "Doors".into();
    let front = Diagnostic {
        label: "anybody may walk in".into(),
        related: vec![Label { place: place(house, HOUSE, "name: front"), text: "this one".into() }],
        notes: vec!["a door that is open lets in everybody who comes along the road, and everybody who comes along the road at night, which is longer than a line".into()],
        fix: Some(fix(place(house, HOUSE, "open"), Applicability::Safe)),
        ..Diagnostic::new(&OPEN, &doors, place(house, HOUSE, "state: open"), "the front door is open")
    };
    let evil = Diagnostic {
        severity: Severity::Medium,
        help: Some("close it".into()),
        ..Diagnostic::new(
            &OPEN,
            &doors,
            place(house, HOUSE, "ev\u{1b}[2Jil # \u{202e}"),
            "a door of \u{202e}lieve is open",
        )
    };
    let back = Diagnostic {
        status: Status::Unknown,
        ..Diagnostic::new(&OPEN, &doors, place(house, HOUSE, "${var.back}"), "the back door may be open")
    };
    let named = "my shed".into();
    let old = Diagnostic {
        fix: Some(fix(place(shed, SHED, "\"open\""), Applicability::Suggested)),
        ..Diagnostic::new(&OLD, &named, place(shed, SHED, "größe"), "the shed is old")
    };
    let fresh = Diagnostic {
        status: Status::Exempt,
        accepted: Some("fresh air".into()),
        ..Diagnostic::new(&OPEN, &named, place(shed, SHED, "\"open\""), "the shed is open")
    };
    vec![back, evil, front, old, fresh]
}

fn fix(place: Place, applicability: Applicability) -> Fix {
    let edits = vec![Edit { place, replacement: "closed".into() }];
    Fix { title: "close the door".into(), edits, applicability }
}

fn place(path: &Arc<str>, text: &str, part: &str) -> Place {
    let start = text.find(part).unwrap();
    let offset = |at| u32::try_from(at).unwrap();
    Place::new(path, Span::new(offset(start), offset(start + part.len())))
}

fn printed(report: &LintReport, format: Format, detail: Detail) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(report, format, Layout { width: 100, detail }, &mut bytes).unwrap();
    bytes
}

fn sarif(report: &LintReport) -> Value {
    serde_json::from_slice(&printed(report, Format::Sarif, Detail::All)).unwrap()
}

fn follows(schema: &Value, output: &Value) {
    let validator = jsonschema::validator_for(schema).unwrap();
    let errors: Vec<_> = validator
        .iter_errors(output)
        .take(5)
        .map(|error| format!("{error} at {}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

fn plain(bytes: &[u8]) -> String {
    anstream::adapter::strip_str(std::str::from_utf8(bytes).unwrap()).to_string()
}

fn check(name: &str, printed: impl AsRef<[u8]>) {
    let path = folder().join(name);
    if std::env::var_os("PORTCULLIS_UPDATE").is_some() {
        std::fs::write(&path, printed.as_ref()).unwrap();
    }
    let expected = std::fs::read(&path).unwrap_or_default();
    let (expected, printed) = (String::from_utf8_lossy(&expected), String::from_utf8_lossy(printed.as_ref()));
    assert!(expected == printed, "{name} differs; PORTCULLIS_UPDATE=1 writes what is printed:\n{printed}");
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lint")
}
