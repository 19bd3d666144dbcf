//! What each format prints of one audit, byte by byte. With `PORTCULLIS_UPDATE=1` what is printed replaces the files.
//!
//! The JSON files of all versions stay for ever: the reader of earlier audits must understand each of them.
#![cfg(test)]
#![expect(clippy::disallowed_methods, reason = "the golden files are files")]

mod support;

use std::sync::Arc;

use portcullis_finding::{
    AccountCoverage, Audit, Changes, CheckTally, Count, Coverage, EarlierFinding, Evidence, Finding, Origin,
    Requirement, Rule, Selection, Severity, Share, Source, SourceState, Status, Tool,
};
use portcullis_iam::span::Position;
use portcullis_iam::{AccountId, Timestamp};
use portcullis_report::{Detail, Format, Layout, bundle, earlier, write};
use support::{check, plain};

static OPEN: Rule = Rule {
    id: "door-open",
    severity: Severity::High,
    compliance: &[
        Requirement { framework: "CIS AWS Foundations", version: "7.0", id: "2.10" },
        Requirement { framework: "AWS Security Hub", version: "", id: "IAM.5" },
    ],
    page: "# Door is open\n\n## Why it matters\n\nDraught.\n\n## Remediation\n\nClose it: `close DOOR`.\nThen lock it.\n\n## Cases\n",
};

static OLD: Rule = Rule {
    id: "door-old",
    severity: Severity::Low,
    compliance: &[],
    page: "# Door is old\n\n## Why it matters\n\nIt creaks.\n\n## Remediation\n\nOil it.\n\n## Cases\n",
};

#[test]
fn every_format_prints_as_before() {
    let audit = audit();
    check("audit.v1.json", printed(&audit, Format::Json, 100, Detail::All));
    check("audit.csv", printed(&audit, Format::Csv, 100, Detail::All));
    check("audit.txt", plain(&printed(&audit, Format::Text, 100, Detail::Brief)));
    check("audit-80-columns.txt", plain(&printed(&audit, Format::Text, 80, Detail::Brief)));
    check("audit-all.txt", plain(&printed(&audit, Format::Text, 100, Detail::All)));
    let clean = Audit { findings: Vec::new(), changes: None, coverage: Coverage::default(), ..audit };
    check("audit-clean.txt", plain(&printed(&clean, Format::Text, 100, Detail::Brief)));
}

#[test]
fn lines_stay_within_the_width() {
    for width in [80, 100, 120] {
        let text = plain(&printed(&audit(), Format::Text, width, Detail::All));
        for line in text.lines() {
            let is_one_word = line.trim().split(' ').count() < 3;
            assert!(line.chars().count() <= width || is_one_word, "{width}: {line}");
        }
    }
}

#[test]
fn names_cannot_reach_the_terminal() {
    let text = plain(&printed(&audit(), Format::Text, 100, Detail::All));
    assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'), "{text}");
    assert!(text.contains("user/ev\u{fffd}[2Jil"), "{text}");
}

#[test]
fn every_version_is_read_as_an_earlier_audit() {
    let texts: Vec<_> = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("audit.v")))
        .map(|path| std::fs::read(path).unwrap())
        .collect();
    assert!(!texts.is_empty());
    for text in texts {
        let earlier = earlier::parse(&text).unwrap();
        assert_eq!(earlier.taken_at, Timestamp::parse("2026-11-24T06:00:00Z"));
        assert_eq!(earlier.findings.len(), audit().findings.len());
        assert!(
            earlier
                .findings
                .iter()
                .any(|finding| finding.id == "door-open@arn:aws:iam::111111111111:user/alice")
        );
    }
}

#[test]
fn what_is_no_earlier_audit_is_refused() {
    let newer = String::from_utf8(printed(&audit(), Format::Json, 100, Detail::All)).unwrap();
    let newer = newer.replacen("\"version\": 1", "\"version\": 2", 1);
    assert_eq!(
        earlier::parse(newer.as_bytes()).unwrap_err().to_string(),
        "version 2 of the format is newer than this portcullis"
    );
    assert!(earlier::parse(b"[]").unwrap_err().to_string().starts_with("not the JSON of an audit: "));
}

#[test]
fn a_bundle_holds_the_digests_of_what_it_holds() {
    let inputs = [bundle::Input::of("credential-report.csv".to_owned(), b"user,arn\n")];
    let files = bundle::files(&audit(), &inputs).unwrap();
    let names: Vec<_> = files.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["audit.json", "findings.csv", "report.txt", "inputs.json", "SHA256SUMS"]);
    let sums = String::from_utf8(files[4].1.clone()).unwrap();
    for (name, bytes) in &files[..4] {
        let line = format!("{}  {name}\n", bundle::Input::of(String::new(), bytes).sha256);
        assert!(sums.contains(&line), "{name}: {sums}");
    }
    check("inputs.txt", String::from_utf8(files[3].1.clone()).unwrap());
}

fn audit() -> Audit {
    let account = AccountId::parse("111111111111").unwrap();
    let tally =
        |rule, fail, unknown, exempt| CheckTally { rule, pass: 3, not_applicable: 1, fail, unknown, exempt };
    Audit {
        tool: Tool { version: "0.0.0".into(), catalog: "2026-11-01".into() },
        taken_at: Timestamp::parse("2026-11-24T06:00:00Z"),
        audited_at: Timestamp::parse("2026-11-24T09:00:00Z").unwrap(),
        selection: Selection { only: vec!["door-open".into(), "door-old".into()], ..Selection::default() },
        coverage: coverage(account),
        checks: vec![tally(&OPEN, 15, 1, 1), tally(&OLD, 1, 0, 0)],
        findings: findings(account),
        changes: Some(changes()),
    }
}

fn coverage(account: AccountId) -> Coverage {
    let source = |name, state| Source {
        name,
        state,
        share: None,
        problems: Vec::new(),
        decides: "who has a password",
        command: "aws iam get-credential-report",
    };
    let devices = Source {
        share: Some(Share { found: 2, wanted: 3 }),
        problems: vec!["mfa-devices/bob.json:2:1: not JSON".into()],
        command: "aws iam list-mfa-devices --user-name USER",
        ..source("mfa-devices/<user>.json", SourceState::Partial)
    };
    let with_device = Count { yes: 10, no: 5, unknown: 1 };
    let one = AccountCoverage {
        account,
        name: Some("Production".into()),
        management: false,
        with_device,
        enforced: Count { yes: 15, no: 1, unknown: 0 },
        sources: vec![source("credential-report.csv", SourceState::Present), devices],
    };
    let two = AccountCoverage {
        account: AccountId::parse("222222222222").unwrap(),
        name: None,
        management: true,
        with_device: Count::default(),
        enforced: Count::default(),
        sources: vec![source("credential-report.csv", SourceState::Missing)],
    };
    Coverage {
        accounts: vec![one, two],
        organization: Vec::new(),
        not_assessed: vec!["whether IAM Identity Center asks its users for MFA"],
    }
}

fn findings(account: AccountId) -> Vec<Finding> {
    let user = |rule, severity, status, name: &str, message: &str, evidence| Finding {
        rule,
        severity,
        status,
        account: Some(account),
        resource: format!("arn:aws:iam::111111111111:user/{name}").into(),
        message: message.into(),
        evidence,
    };
    let statement = Evidence {
        fact: "this statement allows it".into(),
        origin: Origin::Statement {
            policy: "arn:aws:iam::111111111111:policy/Doors".into(),
            sid: Some("Open".into()),
            position: Position { line: 4, column: 5 },
        },
    };
    let report: Arc<str> = "111111111111/credential-report.csv".into();
    let told = vec![Evidence::file("door_open is true", &report, Some(3)), statement];
    let mut findings =
        vec![user(&OPEN, Severity::Critical, Status::Fail, "alice", "may leave, and \"come back\"", told)];
    for at in 0..12 {
        let name = format!("doors/with/a/longer/path/bob{at:02}");
        findings.push(user(
            &OPEN,
            Severity::High,
            Status::Fail,
            &name,
            "has a door that is open",
            Vec::new(),
        ));
    }
    findings.push(user(&OPEN, Severity::High, Status::Fail, "carol", "has another door", Vec::new()));
    findings.push(user(
        &OPEN,
        Severity::High,
        Status::Fail,
        "ev\u{1b}[2Jil",
        "has a door of \u{202e}lieve",
        Vec::new(),
    ));
    findings.push(user(&OLD, Severity::Low, Status::Fail, "alice", "the door is 99 days old", Vec::new()));
    let hidden = vec![
        Evidence::decision("doors.json is missing"),
        Evidence::decision("credential-report.csv is missing"),
    ];
    findings.push(user(&OPEN, Severity::High, Status::Unknown, "dave", "doors.json is missing", hidden));
    let toml: Arc<str> = "portcullis.toml".into();
    let accepted = "accepted by platform@example.com until 2027-01-31: fresh air";
    let accepted = vec![Evidence::file(accepted, &toml, Some(7))];
    findings.push(user(&OPEN, Severity::High, Status::Exempt, "robot", "has a door that is open", accepted));
    findings
}

fn changes() -> Changes {
    let gone = EarlierFinding {
        id: "door-old@arn:aws:iam::111111111111:user/bob".into(),
        check: "door-old".into(),
        account: Some("111111111111".into()),
        status: "fail".into(),
        severity: "low".into(),
        message: "the door is 98 days old".into(),
    };
    Changes {
        since: Timestamp::parse("2026-11-17T06:00:00Z"),
        new: vec!["door-open@arn:aws:iam::111111111111:user/alice".into()],
        fixed: vec![gone],
        accepted: vec!["door-open@arn:aws:iam::111111111111:user/robot".into()],
        out_of_sight: Vec::new(),
        unchanged: 15,
    }
}

fn printed(audit: &Audit, format: Format, width: usize, detail: Detail) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(audit, format, Layout { width, detail }, &mut bytes).unwrap();
    bytes
}
