//! Writes events down: the texts of their parameters, how they fail, and what they come to.

use std::io;

use portcullis_iam::Timestamp;

use super::denial::{Attempt, Failed};
use super::event::{Event, Failure, Kind};
use super::guardrail::SELF_SERVICE;
use super::identity::{Identity, Session};
use super::operation::{Operation, SIGN_IN};
use super::people::{GLOBAL, Hold, Person, REGIONS};
use super::shelf::{Note, Outcome, Shelf};
use super::texts::{Values, fill, number};
use super::truth::{Fate, Sort};
use crate::large::random::Random;

/// Where events are written down.
pub(super) struct Desk {
    pub(super) shelf: Shelf,
    pub(super) random: Random,
    line: String,
    texts: Texts,
}

/// The texts of one event, in buffers that are used again.
#[derive(Default)]
struct Texts {
    name: String,
    request: String,
    response: String,
    additional: String,
    /// What it is about, as policies name it.
    about: String,
    arns: Vec<String>,
}

/// A call, and when and where.
#[derive(Clone, Copy)]
pub(super) struct Act<'a> {
    pub(super) operation: &'static Operation,
    /// The name of the resource; when empty it is made of the number.
    pub(super) name: &'a str,
    pub(super) number: usize,
    /// What the resource holds that is meant.
    pub(super) object: &'a str,
    pub(super) region: usize,
    pub(super) at: Timestamp,
}

/// The credentials with which a user calls.
#[derive(Clone, Copy)]
pub(super) enum Way {
    /// The access key.
    Key,
    /// What `GetSessionToken` gave for a code.
    Token(Timestamp),
    /// The console.
    Console(Session),
}

/// Whether a call may fail.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Luck {
    /// Three of a hundred do.
    Usual,
    /// It does not.
    Certain,
    /// It is denied.
    Denied,
    /// The code of the device is wrong.
    WrongCode,
}

/// Who makes a call that is no user, and from where.
#[derive(Clone, Copy)]
pub(super) struct Dress<'a> {
    pub(super) identity: Identity<'a>,
    pub(super) address: &'a str,
    pub(super) agent: &'a str,
    pub(super) endpoint: Option<&'a str>,
    /// What kind of event it is, if not the one of the call.
    pub(super) kind: Option<Kind>,
    /// Whether another account has an event of the same call.
    pub(super) is_shared: bool,
}

impl Desk {
    pub(super) fn new(shelf: Shelf, random: Random) -> Desk {
        Desk { shelf, random, line: String::new(), texts: Texts::default() }
    }

    /// A user's call, and the one that a service makes of it.
    pub(super) fn call(
        &mut self,
        (index, person): (usize, &Person),
        act: &Act<'_>,
        way: Way,
        luck: Luck,
    ) -> io::Result<Outcome> {
        let mut texts = std::mem::take(&mut self.texts);
        texts.fill(act, (&person.account, &person.name), &mut self.random);
        let failed = self.failure(person, act, way, luck, &texts.about);
        let session = way.session();
        let mut event = self.event(act, &texts, &person.account);
        event.identity = Identity::User { who: person.who(), key: person.key_for(way), session, via: None };
        (event.address, event.agent) = (&person.address, person.agent);
        if let Way::Console(_) = way {
            (event.console, event.agent) = (true, person.browser);
        }
        event.error = failed.as_ref().map(Failed::as_failure);
        if failed.is_some() {
            event.response = "null";
        }
        let outcome = outcome(failed.as_ref());
        let mut note = note(&event, act, outcome);
        note.user = Some(index);
        note.fate = fate(person, way, act.operation, outcome);
        note.resource = resource_of(person, outcome, &texts.about);
        self.put(&event, act.region, note)?;
        self.texts = texts;
        if outcome == Outcome::Done && luck == Luck::Usual && self.random.percent(8.0) {
            self.forward((index, person), act, way)?;
        }
        Ok(outcome)
    }

    /// How a call fails, if it does.
    fn failure(
        &mut self,
        person: &Person,
        act: &Act<'_>,
        way: Way,
        luck: Luck,
        about: &str,
    ) -> Option<Failed> {
        let attempt = Attempt { operation: act.operation, caller: &person.arn, resource: about };
        let is_free = SELF_SERVICE.contains(&act.operation.action);
        match (&person.hold, luck) {
            (Hold::Enforced(reason), _) if !way.has_mfa() && !is_free => Some(attempt.explicitly(reason)),
            (_, Luck::Certain) => None,
            (_, Luck::WrongCode) => Some(wrong_code()),
            (_, Luck::Denied) if act.operation.service() == "iam" => {
                Some(attempt.implicitly("identity-based policy"))
            }
            (_, Luck::Denied) => Some(attempt.explicitly(&control_policy(&self.shelf, act.operation))),
            (_, Luck::Usual) if !self.random.percent(3.0) => None,
            (_, Luck::Usual) if person.sort == Sort::Automation || self.random.percent(50.0) => {
                Some(attempt.otherwise(&mut self.random))
            }
            (_, Luck::Usual) => Some(attempt.somehow(&mut self.random)),
        }
    }

    /// What a service calls with the rights of a user who has called it.
    pub(super) fn forward(
        &mut self,
        (index, person): (usize, &Person),
        act: &Act<'_>,
        way: Way,
    ) -> io::Result<()> {
        let (action, via) = match act.operation.action {
            "cloudformation:UpdateStack" => ("lambda:UpdateFunctionCode", "cloudformation.amazonaws.com"),
            "s3:PutObject" => ("kms:GenerateDataKey", "s3.amazonaws.com"),
            "s3:GetObject" => ("kms:Decrypt", "s3.amazonaws.com"),
            "secretsmanager:GetSecretValue" => ("kms:Decrypt", "secretsmanager.amazonaws.com"),
            _ => ("kms:Decrypt", "ssm.amazonaws.com"),
        };
        let Some(operation) = Operation::of(action) else { return Ok(()) };
        let region = if act.region == GLOBAL { 0 } else { act.region };
        let act = Act { operation, name: "", region, ..*act };
        let mut texts = std::mem::take(&mut self.texts);
        texts.fill(&act, (&person.account, &person.name), &mut self.random);
        let mut event = self.event(&act, &texts, &person.account);
        // A key has no session; what a service makes of it has one, without MFA.
        let session = way.session().or(Some(Session { created: act.at, mfa: false }));
        event.identity =
            Identity::User { who: person.who(), key: &person.session_key, session, via: Some(via) };
        (event.address, event.agent) = (via, via);
        let mut note = note(&event, &act, Outcome::Done);
        note.user = Some(index);
        note.fate = Fate::Forwarded;
        note.resource = resource_of(person, Outcome::Done, &texts.about);
        self.put(&event, region, note)?;
        self.texts = texts;
        Ok(())
    }

    /// A call of somebody who is no user.
    pub(super) fn other(&mut self, act: &Act<'_>, dress: &Dress<'_>, luck: Luck) -> io::Result<()> {
        let account = self.shelf.at.account.clone();
        let mut texts = std::mem::take(&mut self.texts);
        texts.fill(act, (&account, act.object), &mut self.random);
        let mut event = self.event(act, &texts, &account);
        (event.identity, event.address, event.agent) = (dress.identity, dress.address, dress.agent);
        (event.endpoint, event.kind) = (dress.endpoint, dress.kind.unwrap_or(event.kind));
        event.shared = dress.is_shared.then(|| number(&mut self.random));
        let fails = luck == Luck::Usual && self.random.percent(5.0);
        let is_session = matches!(dress.identity, Identity::Role { .. });
        let caller = caller(&dress.identity);
        let attempt = Attempt { operation: act.operation, caller: &caller, resource: &texts.about };
        let failed = fails.then(|| match self.random.between(0, 5) {
            0 if is_session => attempt.explicitly("a session policy"),
            1 if is_session => attempt.implicitly("permissions boundary"),
            2 => attempt.somehow(&mut self.random),
            _ => attempt.otherwise(&mut self.random),
        });
        event.error = failed.as_ref().map(Failed::as_failure);
        if failed.is_some() {
            event.response = "null";
        }
        let note = note(&event, act, outcome(failed.as_ref()));
        self.put(&event, act.region, note)?;
        self.texts = texts;
        Ok(())
    }

    /// An event of a user that is no call: a sign-in.
    pub(super) fn sign_in(
        &mut self,
        (index, person): (usize, &Person),
        at: Timestamp,
        mfa: bool,
        is_success: bool,
    ) -> io::Result<()> {
        let act = sign_in(at);
        let texts = Texts::default();
        let said = if is_success { r#"{"ConsoleLogin":"Success"}"# } else { r#"{"ConsoleLogin":"Failure"}"# };
        let serial = person.device.as_ref().filter(|_| mfa).map(|device| device.serial.as_str());
        let additional = sign_in_data(serial);
        let mut event = self.event(&act, &texts, &person.account);
        event.identity = Identity::User { who: person.who(), key: "", session: None, via: None };
        (event.address, event.agent) = (&person.address, person.browser);
        (event.additional, event.request, event.response) = (&additional, "null", said);
        if !is_success {
            event.error = Some(Failure { code: "", message: "Failed authentication" });
        }
        let mut note = note(&event, &act, Outcome::Done);
        (note.user, note.fate, note.action) = (Some(index), Fate::NoCall, "");
        self.put(&event, GLOBAL, note)
    }

    /// The root user signs in, with MFA.
    pub(super) fn root_signs_in(&mut self, account: &str, at: Timestamp, agent: &str) -> io::Result<()> {
        let act = sign_in(at);
        let texts = Texts::default();
        let additional = sign_in_data(Some(&format!("arn:aws:iam::{account}:mfa/root-account-mfa-device")));
        let mut event = self.event(&act, &texts, account);
        event.identity = Identity::Root { account, key: "", session: None };
        (event.address, event.agent) = ("203.0.113.1", agent);
        (event.additional, event.request) = (&additional, "null");
        event.response = r#"{"ConsoleLogin":"Success"}"#;
        let note = note(&event, &act, Outcome::Done);
        self.put(&event, GLOBAL, note)
    }

    /// An event without a caller.
    fn event<'a>(&mut self, act: &Act<'_>, texts: &'a Texts, account: &'a str) -> Event<'a> {
        let operation = act.operation;
        Event {
            version: self.version(),
            identity: Identity::Account { account },
            time: act.at,
            source: operation.source,
            name: operation.name,
            region: REGIONS.get(act.region).copied().unwrap_or_default(),
            address: "",
            agent: "",
            error: None,
            request: &texts.request,
            response: &texts.response,
            additional: &texts.additional,
            request_id: number(&mut self.random),
            id: number(&mut self.random),
            read_only: operation.read,
            types: operation.types,
            arns: &texts.arns,
            kind: operation.kind,
            account,
            shared: None,
            endpoint: None,
            console: false,
        }
    }

    /// Nearly always one that is known.
    fn version(&mut self) -> &'static str {
        match self.random.between(0, 9_999) {
            0..=6_999 => "1.11",
            7_000..=8_999 => "1.10",
            9_000..=9_949 => "1.09",
            _ if self.shelf.at.is_clean => "1.08",
            9_950..=9_979 => "1.08",
            9_980..=9_986 => "1.99",
            9_987..=9_992 => "2.0",
            9_993..=9_996 => "nonsense",
            _ => "",
        }
    }

    fn put(&mut self, event: &Event<'_>, region: usize, note: Note) -> io::Result<()> {
        self.line.clear();
        event.write(&mut self.line);
        self.shelf.put(region, &self.line, note)
    }
}

impl Texts {
    fn fill(&mut self, act: &Act<'_>, (account, caller): (&str, &str), random: &mut Random) {
        let operation = act.operation;
        self.name.clear();
        match act.name {
            "" => self.name.push_str(&operation.names.replace('#', &act.number.to_string())),
            name => self.name.push_str(name),
        }
        let region = REGIONS.get(act.region).copied().unwrap_or_default();
        let values = Values { name: &self.name, object: act.object, account, region, caller, at: act.at };
        let additional = if operation.service() == "s3" { OF_S3 } else { "" };
        for (text, template) in [
            (&mut self.request, operation.request),
            (&mut self.response, operation.response),
            (&mut self.additional, additional),
            (&mut self.about, operation.arn),
        ] {
            text.clear();
            fill(text, template, &values, random);
        }
        self.arns.clear();
        if operation.types.len() == 2 {
            let holder = self.about.split_once('/').map_or(self.about.as_str(), |(holder, _)| holder);
            self.arns.push(holder.to_owned());
        }
        self.arns.push(self.about.clone());
    }
}

/// What S3 says beside a call.
const OF_S3: &str = r#"{"SignatureVersion":"SigV4","CipherSuite":"TLS_AES_128_GCM_SHA256","bytesTransferredIn":0,"SSEApplied":"Default_SSE_S3","AuthenticationMethod":"AuthHeader","x-amz-id-2":"$i","bytesTransferredOut":1$d}"#;

impl Way {
    fn session(self) -> Option<Session> {
        match self {
            Way::Key => None,
            Way::Token(created) => Some(Session { created, mfa: true }),
            Way::Console(session) => Some(session),
        }
    }

    fn has_mfa(self) -> bool {
        self.session().is_some_and(|session| session.mfa)
    }
}

impl Person {
    fn key_for(&self, way: Way) -> &str {
        match way {
            Way::Key => self.key.as_deref().unwrap_or_default(),
            Way::Token(_) | Way::Console(_) => &self.session_key,
        }
    }
}

impl Failed {
    fn as_failure(&self) -> Failure<'_> {
        Failure { code: self.code, message: &self.message }
    }
}

fn outcome(failed: Option<&Failed>) -> Outcome {
    match failed {
        None => Outcome::Done,
        Some(failed) if failed.is_denial => Outcome::Denied,
        Some(_) => Outcome::Failed,
    }
}

/// What is meant by a call comes to under the guardrail.
fn fate(person: &Person, way: Way, operation: &Operation, outcome: Outcome) -> Fate {
    let is_free = SELF_SERVICE.contains(&operation.action);
    match outcome {
        Outcome::Denied => Fate::AlreadyDenied,
        Outcome::Done | Outcome::Failed if way.has_mfa() => Fate::WithMfa,
        Outcome::Done | Outcome::Failed if is_free => Fate::SelfService,
        Outcome::Done | Outcome::Failed if person.sort == Sort::BreakGlass => Fate::Spared,
        Outcome::Done | Outcome::Failed => Fate::Denied,
    }
}

fn note(event: &Event<'_>, act: &Act<'_>, outcome: Outcome) -> Note {
    Note {
        user: None,
        fate: Fate::NoCall,
        action: act.operation.action,
        at: act.at,
        version: event.version,
        identity: event.identity.kind(),
        outcome,
        resource: None,
    }
}

fn resource_of(person: &Person, outcome: Outcome, about: &str) -> Option<String> {
    (person.sort == Sort::Automation && outcome != Outcome::Denied).then(|| about.to_owned())
}

/// The control policy that denies a call to everybody.
fn control_policy(shelf: &Shelf, operation: &Operation) -> String {
    let (management, organization) = (&shelf.at.management, &shelf.at.organization);
    let id = if operation.service() == "cloudtrail" { "p-trail001" } else { "p-stay0001" };
    format!(
        "a service control policy: arn:aws:organizations::{management}:policy/{organization}/service_control_policy/{id}"
    )
}

fn wrong_code() -> Failed {
    let message = "Authentication code for device is not valid.".to_owned();
    Failed { code: "InvalidAuthenticationCodeException", message, is_denial: false }
}

/// The caller, as the message of an error names it.
fn caller(identity: &Identity<'_>) -> String {
    match identity {
        Identity::User { who, .. } => who.arn.to_owned(),
        Identity::Role { who, session_name, .. } => {
            format!("arn:aws:sts::{}:assumed-role/{}/{session_name}", who.account, who.name)
        }
        Identity::Root { account, .. } | Identity::Account { account } => {
            format!("arn:aws:iam::{account}:root")
        }
        Identity::Service { name } => (*name).to_owned(),
    }
}

fn sign_in_data(serial: Option<&str>) -> String {
    let head = r#"{"LoginTo":"https://console.aws.amazon.com/console/home?hashArgs=%23&isauthcode=true","MobileVersion":"No","#;
    match serial {
        Some(serial) => format!(r#"{head}"MFAIdentifier":"{serial}","MFAUsed":"Yes"}}"#),
        None => format!(r#"{head}"MFAUsed":"No"}}"#),
    }
}

fn sign_in(at: Timestamp) -> Act<'static> {
    Act { operation: &SIGN_IN, name: "", number: 0, object: "", region: GLOBAL, at }
}
