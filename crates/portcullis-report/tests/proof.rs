//! What each format prints of one proof, byte by byte. With `PORTCULLIS_UPDATE=1` what is printed replaces the files.
#![cfg(test)]

mod support;

use std::sync::Arc;

use portcullis_finding::proof::{
    Asked, Assumption, Broken, Certificate, Change, Counterexample, Edit, Excerpt, Ground, Judgement,
    KeySource, Outcome, OwnWitnesses, Part, PassedOver, Proof, PropertyTally, ProvenAccount, ShownKey,
    ShownStep, ShownWitness, StatementPart, Supposed, SupposedPolicies, TextLayout, Verdict,
};
use portcullis_finding::{Rule, Severity, Tool};
use portcullis_iam::span::position;
use portcullis_iam::{AccountId, Effect, Span, Timestamp, Values};
use portcullis_report::proof::{Format, replay, witnesses, write};
use portcullis_report::{Detail, Layout};
use support::{check, plain};

static CLOSED: Rule = Rule {
    id: "no-access-without-key",
    severity: Severity::High,
    compliance: &[],
    page: "# Nobody comes in without a key\n",
};

static OPENS: Rule =
    Rule { id: "key-opens", severity: Severity::Medium, compliance: &[], page: "# The key opens the door\n" };

static COMPARED: Rule =
    Rule { id: "no-new-door", severity: Severity::High, compliance: &[], page: "# There is no new door\n" };

#[test]
fn every_format_prints_as_before() {
    let proof = proof();
    check("proof.v1.json", printed(&proof, Format::Json, 100, Detail::All));
    check("proof.txt", plain(&printed(&proof, Format::Text, 100, Detail::Brief)));
    check("proof-80-columns.txt", plain(&printed(&proof, Format::Text, 80, Detail::All)));
    let mut lines = Vec::new();
    witnesses::write(&proof, &mut lines).unwrap();
    check("witnesses.jsonl", lines);
}

#[test]
fn names_cannot_reach_the_terminal() {
    let text = plain(&printed(&proof(), Format::Text, 100, Detail::All));
    assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'), "{text}");
}

#[test]
fn one_counterexample_refutes_and_one_doubt_leaves_undecided() {
    let verdicts: Vec<_> = proof().judgements.iter().map(Judgement::verdict).collect();
    let expected =
        [Verdict::Refuted, Verdict::Refuted, Verdict::Undecided, Verdict::Accepted, Verdict::Proved];
    assert_eq!(verdicts, expected);
}

#[test]
fn policies_that_are_not_in_the_snapshot_do_not_fit_a_command() {
    let mut witness = witness("s3:GetObject");
    assert!(replay::command(&witness, "dumps").is_some());
    witness.supposed = SupposedPolicies { identity: vec!["{}".into()], ..SupposedPolicies::default() };
    assert_eq!(replay::command(&witness, "dumps"), None);
}

fn proof() -> Proof {
    let account = AccountId::parse("111111111111").unwrap();
    let tally = |property, [proved, refuted, accepted, undecided]: [u32; 4]| PropertyTally {
        property,
        proved,
        refuted,
        accepted,
        undecided,
        not_asked: None,
    };
    let compared = PropertyTally {
        not_asked: Some("give an earlier snapshot with --before".into()),
        ..tally(&COMPARED, [0; 4])
    };
    let asked = Asked {
        snapshot: "my dumps".into(),
        guardrail: Some(Supposed { file: "lock.json".into(), attached: "attached to every user".into() }),
        accounts: vec![account],
        ..Asked::default()
    };
    Proof {
        tool: Tool { version: "0.0.0".into(), catalog: "2026-11-01".into() },
        taken_at: Timestamp::parse("2026-11-24T06:00:00Z"),
        proved_at: Timestamp::parse("2026-11-24T09:00:00Z").unwrap(),
        asked,
        accounts: vec![ProvenAccount { account, name: Some("Production".into()), users: 9, roles: 1 }],
        properties: vec![tally(&CLOSED, [1234, 4, 1, 0]), tally(&OPENS, [0, 0, 0, 1]), compared],
        judgements: judgements(account),
    }
}

fn judgements(account: AccountId) -> Vec<Judgement> {
    let of = |property, names: &[&str], parts| Judgement {
        property,
        severity: Severity::High,
        account: Some(account),
        subjects: names.iter().map(|name| format!("arn:aws:iam::111111111111:user/{name}").into()).collect(),
        message: "comes in without a key".into(),
        accepted: None,
        parts,
        notes: Vec::new(),
    };
    let part = |name: &str, outcome| Part {
        credential: name.ends_with("key").then_some("access-key"),
        name: name.into(),
        holders: 1,
        outcome,
    };
    let grounds = || {
        let ground = |by: &str, actions| Ground { by: by.into(), actions, example: "s3:GetObject".into() };
        let grounds = vec![
            ground("by Deny `Lock` of Doors", 22_000),
            ground("because no identity policy allows them", 80),
            ground("as self-service", 11),
        ];
        let assuming = vec![Assumption { id: "air", text: "AWS breathes" }];
        Outcome::Proved(Certificate { grounds, shown: vec![step("door:Open")], assuming })
    };
    let open = |action| Outcome::Refuted(vec![counterexample(action)]);
    let settles = Outcome::Undecided(vec!["the tags of the user would settle it".into()]);
    let worst = Judgement {
        severity: Severity::Critical,
        notes: vec!["behind the door are 3 roles".into()],
        ..of(
            &CLOSED,
            &["alice", "ev\u{1b}[2Jil", "x\u{202e}y"],
            vec![part("an access key", open("s3:GetObject")), part("a session", open("ec2:RunInstances"))],
        )
    };
    let accepted = Some("accepted by platform@example.com until 2027-01-31: fresh air".into());
    vec![
        worst,
        of(
            &CLOSED,
            &["bob"],
            vec![part("an access key", grounds()), part("a session", open("s3:ListBucket"))],
        ),
        of(&OPENS, &["carol"], vec![part("enable the device", settles)]),
        Judgement { accepted, ..of(&CLOSED, &["robot"], vec![part("an access key", open("s3:PutObject"))]) },
        of(&CLOSED, &["dave", "erin"], vec![part("an access key", grounds()), part("a session", grounds())]),
    ]
}

fn counterexample(action: &str) -> Counterexample {
    Counterexample {
        message: "the door is open".into(),
        steps: vec![step("door:Knock"), step(action)],
        others: vec![OwnWitnesses {
            principal: "arn:aws:iam::111111111111:user/bob".into(),
            steps: vec![ShownWitness {
                principal: "arn:aws:iam::111111111111:user/bob".into(),
                ..witness(action)
            }],
        }],
        change: Some(Change {
            title: "in Doors:1 write `BoolIfExists` instead of `Bool`".into(),
            document: None,
            edits: vec![Edit { policy: "Doors".into(), document: "{}".into() }],
            proved_for: 1,
            also_closes: vec!["closed"],
            keeps: vec!["opens"],
            others: 2,
        }),
        passed_over: Some(PassedOver {
            title: "take the door out".into(),
            breaks: vec![Broken {
                property: "opens",
                principal: "arn:aws:iam::111111111111:user/alice".into(),
            }],
        }),
    }
}

fn step(action: &str) -> ShownStep {
    ShownStep {
        title: "come in".into(),
        witness: witness(action),
        decision: "allowed",
        statements: vec![
            excerpt(
                "{\n  \"Statement\": [\n    {\n      \"Effect\": \"Allow\",\n      \"Action\": \"*\",\n      \"Resource\": \"*\"\n    }\n  ]\n}",
                (StatementPart::Decides, Effect::Allow),
                "this statement allows it",
                None,
            ),
            excerpt(
                "{\"Statement\": [{\"Effect\": \"Deny\", \"Action\": \"*\", \"Resource\": \"*\", \"Condition\": {\"Bool\": {\"door:Key\": \"false\"}}}]}",
                (StatementPart::PassedBy, Effect::Deny),
                "this statement should stop it",
                Some(("\"door:Key\"", "absent")),
            ),
        ],
        notes: vec!["the key is not there, and what is absent is not false".into()],
    }
}

fn excerpt(
    text: &str,
    (part, effect): (StatementPart, Effect),
    label: &str,
    mark: Option<(&str, &str)>,
) -> Excerpt {
    let span = |from: usize, to: usize| Span::new(u32::try_from(from).unwrap(), u32::try_from(to).unwrap());
    // The first object of the first list.
    let start = text.match_indices('{').nth(1).unwrap().0;
    let end = text.rfind(']').and_then(|list| text.get(..list)?.rfind('}')).unwrap() + 1;
    let marks = mark.iter().map(|(found, why)| {
        let at = text.find(found).unwrap();
        (span(at, at + found.len()), (*why).into())
    });
    Excerpt {
        part,
        policy: Arc::from("arn:aws:iam::111111111111:policy/Doors"),
        sid: None,
        effect,
        position: position(text, u32::try_from(start).unwrap()),
        text: text.into(),
        layout: TextLayout::Own,
        span: span(start, end),
        label: label.into(),
        marks: marks.collect(),
    }
}

fn witness(action: &str) -> ShownWitness {
    let key = |name: &str, value: &str, source| ShownKey {
        name: name.into(),
        values: Values::One(value.into()),
        source,
    };
    ShownWitness {
        principal: "arn:aws:iam::111111111111:user/alice".into(),
        credential: Some("LongTermKey"),
        credential_words: "an access key".into(),
        action: action.into(),
        resource: "*".into(),
        context: vec![
            key("aws:PrincipalArn", "arn:aws:iam::111111111111:user/alice", KeySource::Principal),
            key("aws:SourceIp", "203.0.113.7", KeySource::Chosen),
        ],
        unknown: vec!["aws:userid".into()],
        ..ShownWitness::default()
    }
}

fn printed(proof: &Proof, format: Format, width: usize, detail: Detail) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(proof, format, Layout { width, detail }, &mut bytes).unwrap();
    bytes
}
