//! The trail of the sample organization: thirty-two days of two of its accounts, a few hundred records.
//!
//! Data events are not in it, as in most trails: of keys that are used with S3 and DynamoDB it shows nothing.

use std::cell::RefCell;
use std::io;
use std::rc::Rc;

use portcullis_iam::Timestamp;

use super::desk::{Act, Desk, Dress, Luck, Way};
use super::guardrail::guardrail;
use super::identity::{Identity, Session};
use super::operation::{Operation, enrolment};
use super::people::{GLOBAL, Hold, Person, Player};
use super::plan::user;
use super::shelf::{Place, Shelf};
use super::truth::Truth;
use crate::dump::Files;
use crate::large::random::Random;
use crate::large::taken;
use crate::organization::Account;

/// Where the files of the sample's trail are, below the project's folder.
pub const FOLDER: &str = "crates/portcullis/sample-trail";

/// How many days it covers.
const DAYS: i64 = 32;

/// The trail of the sample organization, with `truth.json` and `guardrail.json` beside `AWSLogs`, and its truth.
pub fn sample() -> (Files, Truth) {
    let mut truth = Truth {
        organization: crate::sample::organization(),
        from: Timestamp::from_seconds(taken().seconds() - 86_400 * DAYS).to_string(),
        until: taken().to_string(),
        ..Truth::default()
    };
    let mut files = Files::new();
    for account in crate::sample::recorded() {
        // INVARIANT: files in memory can always be written.
        let Ok((own, part)) = Play::new(account).and_then(Play::perform) else { continue };
        files.extend(own);
        truth.add(part);
    }
    files.insert("truth.json".to_owned(), truth.json().unwrap_or_default());
    files.insert("guardrail.json".to_owned(), guardrail());
    (files, truth)
}

/// What happens in one account.
struct Play {
    account: Account,
    people: Vec<Person>,
    desk: Desk,
    files: Rc<RefCell<Files>>,
}

impl Play {
    fn new(account: Account) -> io::Result<Play> {
        let mut random = Random::new(1, account.id.parse().unwrap_or_default());
        let mut people: Vec<Person> =
            account.users.iter().map(|user| Person::new(&account, user, &mut random)).collect();
        for person in &mut people {
            person.hold = hold(&account, &person.name);
        }
        let files = Rc::new(RefCell::new(Files::new()));
        let kept = Rc::clone(&files);
        let keep = Box::new(move |path: &str, bytes: &[u8]| {
            kept.borrow_mut().insert(format!("AWSLogs/{path}"), bytes.to_vec());
            Ok(())
        });
        let place = Place {
            organization: crate::sample::organization(),
            management: "111111111111".to_owned(),
            account: account.id.clone(),
            users: people.iter().map(|person| person.arn.clone()).collect(),
            is_first: false,
            is_clean: true,
            least: 10_000,
        };
        let mut shelf = Shelf::new(place, Random::new(2, 1), keep);
        shelf.truth.users = people.iter().map(|person| (person.arn.clone(), user(person))).collect();
        for user in shelf.truth.users.values_mut() {
            if let Some(job) = &mut user.job {
                job.period = 86_400;
            }
        }
        Ok(Play { account, people, desk: Desk::new(shelf, random), files })
    }

    fn perform(mut self) -> io::Result<(Files, Truth)> {
        for day in (1..DAYS).rev() {
            match self.account.id.as_str() {
                "111111111111" => self.management(day)?,
                _ => self.production(day)?,
            }
            if day % 16 == 1 {
                self.desk.shelf.close_all()?;
            }
        }
        let mut truth = self.desk.shelf.truth;
        truth.users.retain(|_, user| 0 < user.events());
        Ok((self.files.take(), truth))
    }

    fn management(&mut self, day: i64) -> io::Result<()> {
        if day == 31 {
            // Its password was last used then.
            let user = self.account.users.iter().find(|user| user.name == "break-glass-2");
            let used = user.and_then(|user| user.password).and_then(|password| password.used);
            self.console(
                "break-glass-2",
                used.unwrap_or(at(day, 12, 0)),
                &["iam:ListRoles", "iam:ListUsers", "cloudtrail:LookupEvents"],
            )?;
        }
        if matches!(day, 4 | 11 | 18 | 25) {
            self.key(
                "alice",
                at(day, 10, 12),
                &["ec2:DescribeInstances", "ec2:DescribeSecurityGroups"],
                Luck::Certain,
            )?;
        }
        if is_workday(day) && day % 3 == 0 {
            self.console(
                "bob",
                at(day, 8, 25),
                &["iam:ListUsers", "iam:GetAccountSummary", "cloudtrail:LookupEvents"],
            )?;
        }
        self.function("CostReport", at(day, 4, 0))
    }

    fn production(&mut self, day: i64) -> io::Result<()> {
        self.deployment(at(day, 3, 12))?;
        if matches!(day, 10 | 17 | 24) {
            let calls = [
                "rds:DescribeDBInstances",
                "logs:DescribeLogGroups",
                "lambda:UpdateFunctionCode",
                "ecs:UpdateService",
            ];
            self.console("oscar", at(day, 13, 5), &calls)?;
        }
        if 3 <= day && is_workday(day) {
            self.console("peggy", at(day, 8, 41), &["ecs:DescribeServices", "cloudwatch:DescribeAlarms"])?;
            if day % 2 == 1 {
                self.key(
                    "victor",
                    at(day, 14, 20),
                    &["ec2:DescribeInstances", "ec2:StopInstances"],
                    Luck::Certain,
                )?;
            }
        }
        match day {
            3 => self.key("quentin", at(day, 9, 2), &["lambda:ListFunctions"], Luck::Certain)?,
            4 | 12 => {
                self.token("quentin", at(day, 9, 5), &["lambda:ListFunctions", "lambda:GetFunction"])?;
            }
            7 => self.hesitation("sybil", at(day, 15, 30))?,
            _ => {}
        }
        self.function("AppServer", at(day, 5, 30))
    }

    /// The pipeline: every day at the same minute, from one address.
    fn deployment(&mut self, start: Timestamp) -> io::Result<()> {
        let calls = [
            "ecr:GetAuthorizationToken",
            "ecr:PutImage",
            "cloudformation:UpdateStack",
            "cloudformation:DescribeStacks",
        ];
        let Some((index, person)) = find(&self.people, "robot-deploy") else { return Ok(()) };
        for (step, action) in (0..).zip(calls) {
            let Some(act) = act(action, later(start, 20 * step)) else { continue };
            self.desk.call((index, person), &act, Way::Key, Luck::Certain)?;
            if action == "cloudformation:UpdateStack" {
                let after = Act { at: later(act.at, 4), ..act };
                self.desk.forward((index, person), &after, Way::Key)?;
            }
        }
        Ok(())
    }

    fn key(&mut self, name: &str, start: Timestamp, actions: &[&str], luck: Luck) -> io::Result<()> {
        let Some(who) = find(&self.people, name) else { return Ok(()) };
        calls(&mut self.desk, who, start, actions, (Way::Key, luck))
    }

    /// Signs in, and does some things. Whoever has a device uses it, for AWS asks for it.
    fn console(&mut self, name: &str, start: Timestamp, actions: &[&str]) -> io::Result<()> {
        let Some((index, person)) = find(&self.people, name) else { return Ok(()) };
        let mfa = person.device.is_some();
        self.desk.sign_in((index, person), start, mfa, true)?;
        let way = Way::Console(Session { created: start, mfa });
        calls(&mut self.desk, (index, person), start, actions, (way, Luck::Certain))
    }

    /// Gives a code for a session, and uses it.
    fn token(&mut self, name: &str, start: Timestamp, actions: &[&str]) -> io::Result<()> {
        let Some((index, person)) = find(&self.people, name) else { return Ok(()) };
        let serial = person.device.as_ref().map(|device| device.serial.as_str()).unwrap_or_default();
        if let Some(operation) = enrolment("GetSessionToken") {
            let act = Act { operation, name: serial, number: 0, object: "", region: GLOBAL, at: start };
            self.desk.call((index, person), &act, Way::Key, Luck::Certain)?;
        }
        calls(&mut self.desk, (index, person), start, actions, (Way::Token(start), Luck::Certain))
    }

    /// Looks whether there is a device, and is stopped at everything else.
    fn hesitation(&mut self, name: &str, start: Timestamp) -> io::Result<()> {
        let Some((index, person)) = find(&self.people, name) else { return Ok(()) };
        let way = Way::Console(Session { created: start, mfa: false });
        self.desk.sign_in((index, person), start, false, true)?;
        for (seconds, name) in [(30, "GetUser"), (31, "ListMFADevices")] {
            let Some(operation) = enrolment(name) else { continue };
            let at = later(start, seconds);
            let act = Act { operation, name: "", number: 0, object: "", region: GLOBAL, at };
            self.desk.call((index, person), &act, way, Luck::Certain)?;
        }
        calls(
            &mut self.desk,
            (index, person),
            later(start, 60),
            &["ec2:DescribeInstances"],
            (way, Luck::Certain),
        )
    }

    /// A service assumes a role, and the session looks around.
    fn function(&mut self, name: &str, start: Timestamp) -> io::Result<()> {
        let Some(role) = self.account.roles.iter().find(|role| role.name == name) else { return Ok(()) };
        let player = Player::new(&self.account, role, &mut self.desk.random);
        let service = player.service.as_deref().unwrap_or_default();
        let session_name = player.sessions.first().map(String::as_str).unwrap_or_default();
        let usual = Dress {
            identity: Identity::Service { name: service },
            address: service,
            agent: service,
            endpoint: None,
            kind: None,
            is_shared: true,
        };
        if let Some(operation) = enrolment("AssumeRole") {
            let act = Act {
                operation,
                name: &player.name,
                number: 0,
                object: session_name,
                region: GLOBAL,
                at: start,
            };
            self.desk.other(&act, &usual, Luck::Certain)?;
        }
        let session = Session { created: start, mfa: false };
        let identity = Identity::Role { who: player.who(), session_name, key: &player.key, session };
        let dress = Dress {
            identity,
            address: "10.0.7.21",
            agent: "aws-sdk-go-v2/1.38.1",
            is_shared: false,
            ..usual
        };
        let actions =
            if service.starts_with("ec2") { ["s3:ListAllMyBuckets"] } else { ["logs:DescribeLogGroups"] };
        let acts = actions.into_iter().filter_map(|action| act(action, later(start, 5)));
        for act in acts {
            self.desk.other(&act, &dress, Luck::Certain)?;
        }
        Ok(())
    }
}

/// What the sample's policies do about somebody who acts in its trail.
fn hold(account: &Account, name: &str) -> Hold {
    match name {
        "alice" | "oscar" | "break-glass-2" => Hold::Administrator,
        "robot-deploy" | "victor" => Hold::Open,
        _ => {
            Hold::Enforced(format!("an identity-based policy: arn:aws:iam::{}:policy/RequireMfa", account.id))
        }
    }
}

fn find<'p>(people: &'p [Person], name: &str) -> Option<(usize, &'p Person)> {
    people.iter().enumerate().find(|(_, person)| person.name == name)
}

fn calls(
    desk: &mut Desk,
    who: (usize, &Person),
    start: Timestamp,
    actions: &[&str],
    (way, luck): (Way, Luck),
) -> io::Result<()> {
    let acts = (1..).zip(actions).filter_map(|(step, action)| act(action, later(start, 37 * step)));
    for act in acts {
        desk.call(who, &act, way, luck)?;
    }
    Ok(())
}

fn act(action: &str, at: Timestamp) -> Option<Act<'static>> {
    let operation = Operation::of(action)?;
    let region = if operation.is_global() { GLOBAL } else { 0 };
    Some(Act { operation, name: "", number: 7, object: "releases/web.zip", region, at })
}

/// The hour and minute of the day that began so many days before the sample's.
fn at(day: i64, hour: i64, minute: i64) -> Timestamp {
    let midnight = taken().seconds().div_euclid(86_400) * 86_400;
    Timestamp::from_seconds(midnight - 86_400 * day + 3600 * hour + 60 * minute)
}

/// The sample's instant is a Monday.
fn is_workday(day: i64) -> bool {
    !matches!((-day).rem_euclid(7), 5 | 6)
}

fn later(at: Timestamp, seconds: i64) -> Timestamp {
    Timestamp::from_seconds(at.seconds() + seconds)
}
