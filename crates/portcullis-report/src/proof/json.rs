//! JSON: the versioned contract for programs. The schema is `docs/prove.schema.json`.

use std::io;

use portcullis_finding::Proof;
use portcullis_finding::proof::{self, Outcome, StatementPart, Verdict};
use portcullis_iam::{AccountId, Effect};
use serde::Serialize;

use super::replay;
use super::witnesses::Request;

/// The version of the contract. It grows when a member changes its meaning or goes away; new members may come.
pub const VERSION: u32 = 1;

/// Writes the proof as indented JSON with one judgement a line, and a newline at the end.
///
/// # Errors
/// When the writer fails.
pub fn write(proof: &Proof, out: &mut impl io::Write) -> io::Result<()> {
    let about = serde_json::to_string_pretty(&root(proof))?;
    out.write_all(about.strip_suffix("\n}").unwrap_or(&about).as_bytes())?;
    out.write_all(b",\n  \"judgements\": [")?;
    for (at, one) in proof.judgements.iter().enumerate() {
        out.write_all(if at == 0 { b"\n    " } else { b",\n    " })?;
        serde_json::to_writer(&mut *out, &judgement(one, &proof.asked.snapshot))?;
    }
    out.write_all(b"\n  ]\n}\n")
}

/// All but the judgements.
#[derive(Serialize)]
struct Root<'a> {
    version: u32,
    tool: Tool<'a>,
    taken_at: Option<String>,
    proved_at: String,
    asked: Asked<'a>,
    summary: Counts,
    accounts: Vec<Account<'a>>,
    properties: Vec<Property<'a>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    name: &'static str,
    version: &'a str,
    catalog: &'a str,
}

#[derive(Serialize)]
struct Asked<'a> {
    snapshot: &'a str,
    before: Option<&'a str>,
    properties: &'a [String],
    principals: &'a [String],
    accounts: Vec<&'a str>,
    guardrail: Option<Guardrail<'a>>,
}

#[derive(Serialize)]
struct Guardrail<'a> {
    file: &'a str,
    attached: &'a str,
}

#[derive(Serialize)]
struct Counts {
    proved: u32,
    refuted: u32,
    accepted: u32,
    undecided: u32,
}

#[derive(Serialize)]
struct Account<'a> {
    account: &'a str,
    name: Option<&'a str>,
    users: u32,
    roles: u32,
}

#[derive(Serialize)]
struct Property<'a> {
    property: &'static str,
    title: &'static str,
    #[serde(flatten)]
    counts: Counts,
    not_asked: Option<&'a str>,
}

#[derive(Serialize)]
struct Judgement<'a> {
    property: &'static str,
    verdict: &'static str,
    severity: Option<&'static str>,
    account: Option<&'a str>,
    subjects: &'a [Box<str>],
    message: &'a str,
    accepted: Option<&'a str>,
    parts: Vec<Part<'a>>,
    notes: &'a [Box<str>],
}

#[derive(Serialize)]
struct Part<'a> {
    name: &'a str,
    credential: Option<&'static str>,
    holders: u32,
    verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    certificate: Option<Certificate<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    counterexamples: Option<Vec<Counterexample<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    settles: Option<&'a [Box<str>]>,
}

#[derive(Serialize)]
struct Certificate<'a> {
    grounds: Vec<Ground<'a>>,
    shown: Vec<Step<'a>>,
    assuming: Vec<Assumption>,
}

#[derive(Serialize)]
struct Ground<'a> {
    by: &'a str,
    actions: usize,
    example: &'a str,
}

#[derive(Serialize)]
struct Assumption {
    id: &'static str,
    text: &'static str,
}

#[derive(Serialize)]
struct Counterexample<'a> {
    message: &'a str,
    steps: Vec<Step<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    others: Vec<OwnWitnesses<'a>>,
    change: Option<Change<'a>>,
    passed_over: Option<PassedOver<'a>>,
}

#[derive(Serialize)]
struct OwnWitnesses<'a> {
    principal: &'a str,
    steps: Vec<Request<'a>>,
}

#[derive(Serialize)]
struct Step<'a> {
    title: &'a str,
    decision: &'static str,
    hypothetical: bool,
    witness: Request<'a>,
    replay: Option<String>,
    statements: Vec<Statement<'a>>,
    notes: &'a [Box<str>],
}

#[derive(Serialize)]
struct Statement<'a> {
    part: &'static str,
    effect: &'static str,
    policy: &'a str,
    sid: Option<&'a str>,
    line: u32,
    column: u32,
    label: &'a str,
    because: Vec<&'a str>,
}

#[derive(Serialize)]
struct Change<'a> {
    title: &'a str,
    document: Option<&'a str>,
    edits: Vec<Edit<'a>>,
    proved_for: u32,
    also_closes: &'a [&'static str],
    keeps: &'a [&'static str],
    others: u32,
}

#[derive(Serialize)]
struct Edit<'a> {
    policy: &'a str,
    document: &'a str,
}

#[derive(Serialize)]
struct PassedOver<'a> {
    title: &'a str,
    breaks: Vec<Broken<'a>>,
}

#[derive(Serialize)]
struct Broken<'a> {
    property: &'static str,
    principal: &'a str,
}

fn root(proof: &Proof) -> Root<'_> {
    let asked = &proof.asked;
    Root {
        version: VERSION,
        tool: Tool { name: "portcullis", version: &proof.tool.version, catalog: &proof.tool.catalog },
        taken_at: proof.taken_at.map(|at| at.to_string()),
        proved_at: proof.proved_at.to_string(),
        asked: Asked {
            snapshot: &asked.snapshot,
            before: asked.before.as_deref(),
            properties: &asked.properties,
            principals: &asked.principals,
            accounts: asked.accounts.iter().map(AccountId::as_str).collect(),
            guardrail: asked
                .guardrail
                .as_ref()
                .map(|guardrail| Guardrail { file: &guardrail.file, attached: &guardrail.attached }),
        },
        summary: counts(|verdict| proof.count(verdict)),
        accounts: proof.accounts.iter().map(account).collect(),
        properties: proof.properties.iter().map(property).collect(),
    }
}

fn counts(of: impl Fn(Verdict) -> u32) -> Counts {
    Counts {
        proved: of(Verdict::Proved),
        refuted: of(Verdict::Refuted),
        accepted: of(Verdict::Accepted),
        undecided: of(Verdict::Undecided),
    }
}

fn account(account: &proof::ProvenAccount) -> Account<'_> {
    Account {
        account: account.account.as_str(),
        name: account.name.as_deref(),
        users: account.users,
        roles: account.roles,
    }
}

fn property(tally: &proof::PropertyTally) -> Property<'_> {
    Property {
        property: tally.property.id,
        title: tally.property.title(),
        counts: counts(|verdict| tally.count(verdict)),
        not_asked: tally.not_asked.as_deref(),
    }
}

fn judgement<'a>(judgement: &'a proof::Judgement, snapshot: &str) -> Judgement<'a> {
    let verdict = judgement.verdict();
    Judgement {
        property: judgement.property.id,
        verdict: verdict.as_str(),
        severity: (verdict != Verdict::Proved).then(|| judgement.severity.as_str()),
        account: judgement.account.as_ref().map(AccountId::as_str),
        subjects: &judgement.subjects,
        message: &judgement.message,
        accepted: judgement.accepted.as_deref(),
        parts: judgement.parts.iter().map(|one| part(one, snapshot)).collect(),
        notes: &judgement.notes,
    }
}

fn part<'a>(part: &'a proof::Part, snapshot: &str) -> Part<'a> {
    let bare = Part {
        name: &part.name,
        credential: part.credential,
        holders: part.holders,
        verdict: part.outcome.verdict().as_str(),
        certificate: None,
        counterexamples: None,
        settles: None,
    };
    match &part.outcome {
        Outcome::Proved(why) => Part { certificate: Some(certificate(why, snapshot)), ..bare },
        Outcome::Refuted(found) => {
            let all = found.iter().map(|one| counterexample(one, snapshot)).collect();
            Part { counterexamples: Some(all), ..bare }
        }
        Outcome::Undecided(settles) => Part { settles: Some(settles), ..bare },
    }
}

fn certificate<'a>(certificate: &'a proof::Certificate, snapshot: &str) -> Certificate<'a> {
    Certificate {
        grounds: certificate.grounds.iter().map(ground).collect(),
        shown: certificate.shown.iter().map(|one| step(one, snapshot)).collect(),
        assuming: certificate
            .assuming
            .iter()
            .map(|assumption| Assumption { id: assumption.id, text: assumption.text })
            .collect(),
    }
}

fn ground(ground: &proof::Ground) -> Ground<'_> {
    Ground { by: &ground.by, actions: ground.actions, example: &ground.example }
}

fn counterexample<'a>(found: &'a proof::Counterexample, snapshot: &str) -> Counterexample<'a> {
    Counterexample {
        message: &found.message,
        steps: found.steps.iter().map(|one| step(one, snapshot)).collect(),
        others: found.others.iter().map(own_witnesses).collect(),
        change: found.change.as_ref().map(|change| Change {
            title: &change.title,
            document: change.document.as_deref(),
            edits: change.edits.iter().map(edit).collect(),
            proved_for: change.proved_for,
            also_closes: &change.also_closes,
            keeps: &change.keeps,
            others: change.others,
        }),
        passed_over: found.passed_over.as_ref().map(passed_over),
    }
}

fn own_witnesses(own: &proof::OwnWitnesses) -> OwnWitnesses<'_> {
    OwnWitnesses { principal: &own.principal, steps: own.steps.iter().map(Request::of).collect() }
}

fn edit(edit: &proof::Edit) -> Edit<'_> {
    Edit { policy: &edit.policy, document: &edit.document }
}

fn passed_over(passed_over: &proof::PassedOver) -> PassedOver<'_> {
    PassedOver { title: &passed_over.title, breaks: passed_over.breaks.iter().map(broken).collect() }
}

fn broken(broken: &proof::Broken) -> Broken<'_> {
    Broken { property: broken.property, principal: &broken.principal }
}

fn step<'a>(step: &'a proof::ShownStep, snapshot: &str) -> Step<'a> {
    Step {
        title: &step.title,
        decision: step.decision,
        hypothetical: step.witness.is_hypothetical,
        witness: Request::of(&step.witness),
        replay: replay::command(&step.witness, snapshot),
        statements: step.statements.iter().map(statement).collect(),
        notes: &step.notes,
    }
}

fn statement(excerpt: &proof::Excerpt) -> Statement<'_> {
    Statement {
        part: match excerpt.part {
            StatementPart::Decides => "decides",
            StatementPart::PassedBy => "passed-by",
        },
        effect: match excerpt.effect {
            Effect::Allow => "Allow",
            Effect::Deny => "Deny",
        },
        policy: &excerpt.policy,
        sid: excerpt.sid.as_deref(),
        line: excerpt.position.line,
        column: excerpt.position.column,
        label: &excerpt.label,
        because: excerpt.marks.iter().map(|(_, why)| &**why).collect(),
    }
}
