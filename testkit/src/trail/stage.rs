//! What happens in one account, hour by hour.

use std::io;

use portcullis_iam::Timestamp;

use super::beside;
use super::desk::{Act, Desk, Dress, Luck, Way};
use super::hours::{Beat, Carry, Rhythm};
use super::identity::Session;
use super::job::Work;
use super::operation::{FORBIDDEN, enrolment};
use super::people::{GLOBAL, Habit, Hold, Owned, Person, Player};
use super::truth::Sort;

/// Who is in an account, by what they do.
pub(super) struct Stage {
    pub(super) people: Vec<Person>,
    pub(super) players: Vec<Player>,
    pub(super) works: Vec<Work>,
    /// Names of devices that were made and never enabled.
    pub(super) orphans: Vec<String>,
    pub(super) from: i64,
    pub(super) hours: i64,
    /// How many events there are in about all.
    pub(super) events: f64,
    pub(super) is_management: bool,
}

/// What makes calls, and its part of all events in percent.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Services,
    Roles,
    /// People with their access keys.
    Keys,
    /// People with a session token for which they gave a code.
    Tokens,
    /// People in the console.
    Console,
    /// People whose access key is of no use without MFA.
    Stopped,
    BreakGlass,
    Root,
}

const CLASSES: [(Class, f64, Beat); 8] = [
    (Class::Services, 60.0, Beat::Always),
    (Class::Roles, 25.0, Beat::Always),
    (Class::Keys, 4.0, Beat::Office),
    (Class::Tokens, 1.2, Beat::Office),
    (Class::Console, 4.0, Beat::Office),
    (Class::Stopped, 0.3, Beat::Office),
    (Class::BreakGlass, 0.2, Beat::Always),
    (Class::Root, 0.1, Beat::Office),
];

/// The part of the events that automation makes, in percent.
pub(super) const AUTOMATION: f64 = 5.0;

impl Stage {
    /// Plays the whole span.
    pub(super) fn play(&self, desk: &mut Desk) -> io::Result<()> {
        let mut rhythm = |beat| Rhythm::new(beat, self.from, self.hours, &mut desk.random);
        let (office, always) = (rhythm(Beat::Office), rhythm(Beat::Always));
        let casts = CLASSES.map(|(class, _, _)| self.cast(class));
        let mut carries = CLASSES.map(|_| Carry::default());
        let mut sessions = vec![None; self.people.len()];
        for hour in 0..self.hours {
            let at = self.from + 3600 * hour;
            if at.rem_euclid(86_400) == 0 {
                self.turn(desk, at)?;
            }
            for (((class, part, beat), carry), cast) in CLASSES.into_iter().zip(&mut carries).zip(&casts) {
                let share = if beat == Beat::Office { office.share(hour) } else { always.share(hour) };
                let count = if cast.is_empty() { 0 } else { carry.whole(self.events * part / 100.0 * share) };
                for _ in 0..count {
                    let at = Timestamp::from_seconds(at + desk.random.between(0, 3599) as i64);
                    let who = cast.get(desk.random.zipf(cast.len())).copied().unwrap_or_default();
                    self.happens(desk, class, (who, at), &mut sessions)?;
                }
            }
            self.works.iter().try_for_each(|work| self.run(desk, work, at))?;
            self.enrolments(desk, at)?;
            if hour == 26 {
                self.give_up(desk, at)?;
            }
        }
        self.turn(desk, self.from + 3600 * self.hours)
    }

    /// Who belongs to a class.
    fn cast(&self, class: Class) -> Vec<usize> {
        let people = |fits: &dyn Fn(&Person) -> bool| {
            self.people
                .iter()
                .enumerate()
                .filter(|(_, person)| fits(person))
                .map(|(index, _)| index)
                .collect()
        };
        let is_person = |person: &Person| {
            let is_old = !person.device.as_ref().is_some_and(|device| device.serial.contains(":sms-mfa/"));
            is_old && matches!(person.sort, Sort::PersonWithDevice | Sort::PersonWithoutDevice)
        };
        let is_held = |person: &Person| matches!(person.hold, Hold::Enforced(_));
        match class {
            Class::Services | Class::Root => vec![0],
            Class::Roles => (0..self.players.len()).collect(),
            Class::Keys => people(&|person| is_person(person) && person.key.is_some() && !is_held(person)),
            Class::Tokens => people(&|person| {
                let passes = person.device.as_ref().is_some_and(|device| device.passes);
                is_person(person) && person.key.is_some() && passes
            }),
            Class::Console => people(&|person| {
                // Those whom policies stop until they enrol come seldom: one in ten is still trying.
                let is_stuck = is_held(person) && person.device.is_none();
                is_person(person) && person.password && (!is_stuck || person.name.ends_with('0'))
            }),
            Class::Stopped => people(&|person| is_person(person) && person.key.is_some() && is_held(person)),
            Class::BreakGlass => {
                people(&|person| person.sort == Sort::BreakGlass && person.key.is_some() && !is_held(person))
            }
        }
    }

    fn happens(
        &self,
        desk: &mut Desk,
        class: Class,
        (who, at): (usize, Timestamp),
        sessions: &mut [Option<(i64, Timestamp)>],
    ) -> io::Result<()> {
        match class {
            Class::Services => return super::services::happens(desk, &self.players, at),
            Class::Root => return root(desk, at),
            Class::Roles => {
                return self.players.get(who).map_or(Ok(()), |player| role(desk, player, at));
            }
            Class::Keys | Class::Tokens | Class::Console | Class::Stopped | Class::BreakGlass => {}
        }
        let Some(person) = self.people.get(who) else { return Ok(()) };
        if person.device.as_ref().is_some_and(|device| at < device.enabled) {
            return Ok(());
        }
        let Some(habit) = person.habits.get(desk.random.zipf(person.habits.len())) else { return Ok(()) };
        let way = match class {
            Class::Tokens | Class::Console => match sessions.get_mut(who) {
                Some(session) => self.session(desk, class, (who, at), session)?,
                None => return Ok(()),
            },
            _ => Way::Key,
        };
        if self.forbidden(desk, (who, person), way, at)? {
            return Ok(());
        }
        let object = object(habit);
        let act = of_habit(habit, &object, at);
        desk.call((who, person), &act, way, Luck::Usual).map(drop)
    }

    /// The day's session of a person, which begins when there is none yet.
    fn session(
        &self,
        desk: &mut Desk,
        class: Class,
        (who, at): (usize, Timestamp),
        session: &mut Option<(i64, Timestamp)>,
    ) -> io::Result<Way> {
        let Some(person) = self.people.get(who) else { return Ok(Way::Key) };
        let day = at.seconds().div_euclid(86_400);
        let began = match *session {
            Some((of, began)) if of == day && began <= at => began,
            _ => {
                let began = Timestamp::from_seconds(at.seconds() - 60);
                *session = Some((day, began));
                self.begin(desk, class, (who, person), began)?;
                began
            }
        };
        let mfa = person.device.is_some();
        Ok(match class {
            Class::Console => Way::Console(Session { created: began, mfa }),
            _ => Way::Token(began),
        })
    }

    fn begin(
        &self,
        desk: &mut Desk,
        class: Class,
        (who, person): (usize, &Person),
        at: Timestamp,
    ) -> io::Result<()> {
        if class == Class::Console {
            if desk.random.percent(5.0) {
                desk.sign_in((who, person), at, person.device.is_some(), false)?;
            }
            return desk.sign_in((who, person), at, person.device.is_some(), true);
        }
        let serial = person.device.as_ref().map(|device| device.serial.as_str()).unwrap_or_default();
        let_call(desk, (who, person), ("GetSessionToken", serial), at, (Way::Key, Luck::Certain))
    }

    /// Now and then somebody tries what nobody may; whether it is so.
    fn forbidden(
        &self,
        desk: &mut Desk,
        (who, person): (usize, &Person),
        way: Way,
        at: Timestamp,
    ) -> io::Result<bool> {
        if self.is_management || person.hold != Hold::Open || !desk.random.percent(1.0) {
            return Ok(false);
        }
        let Some(operation) = desk.random.pick(FORBIDDEN) else { return Ok(false) };
        let region = if operation.is_global() { GLOBAL } else { 0 };
        let act = Act { operation, name: "", number: 1, object: "", region, at };
        desk.call((who, person), &act, way, Luck::Denied).map(|_| true)
    }

    /// The runs of a job in an hour.
    fn run(&self, desk: &mut Desk, work: &Work, hour: i64) -> io::Result<()> {
        let Some(person) = self.people.get(work.person) else { return Ok(()) };
        for (run, start) in work.runs(hour) {
            let object = format!("builds/build-{}.zip", run.rem_euclid(5));
            for (step, operation) in (0_i64..).zip(&work.steps) {
                let at = Timestamp::from_seconds(start + 2 * step);
                let name = person.bucket.as_deref().unwrap_or_default();
                let act = Act { operation, name, number: work.number, object: &object, region: 0, at };
                desk.call((work.person, person), &act, Way::Key, Luck::Usual)?;
            }
        }
        Ok(())
    }

    /// Those who enable their device in the hour, and may do so themselves.
    fn enrolments(&self, desk: &mut Desk, hour: i64) -> io::Result<()> {
        let lies_here = |device: &&Owned| (hour..hour + 3600).contains(&device.enabled.seconds());
        for (who, person) in self.people.iter().enumerate() {
            let Some(device) = person.device.as_ref().filter(lies_here) else { continue };
            if person.password && matches!(person.hold, Hold::Enforced(_) | Hold::Administrator) {
                let name = device.serial.rsplit('/').next().unwrap_or_default();
                enrol(desk, (who, person), (name, device.enabled), Luck::Certain)?;
            }
        }
        Ok(())
    }

    /// Those who began to enrol and did not finish: their devices are left over.
    fn give_up(&self, desk: &mut Desk, hour: i64) -> io::Result<()> {
        let fits = |person: &(usize, &Person)| {
            person.1.password && person.1.device.is_none() && matches!(person.1.hold, Hold::Enforced(_))
        };
        let people: Vec<_> = self.people.iter().enumerate().filter(fits).collect();
        for ((who, person), name) in people.into_iter().zip(&self.orphans) {
            let at = Timestamp::from_seconds(hour + 1800);
            enrol(desk, (who, person), (name, at), Luck::WrongCode)?;
        }
        Ok(())
    }

    /// A day ends: all files are delivered.
    fn turn(&self, desk: &mut Desk, at: i64) -> io::Result<()> {
        desk.shelf.close_all()?;
        beside::digest(&mut desk.shelf, at)?;
        let is_usual = !(desk.shelf.at.is_first && at - self.from <= 86_400);
        if is_usual && !desk.random.percent(1.0) {
            return Ok(());
        }
        beside::oddities(&mut desk.shelf, at)
    }
}

/// A person makes and enables a device in the console.
fn enrol(
    desk: &mut Desk,
    of: (usize, &Person),
    (name, enabled): (&str, Timestamp),
    luck: Luck,
) -> io::Result<()> {
    let before = |seconds| Timestamp::from_seconds(enabled.seconds() - seconds);
    let way = Way::Console(Session { created: before(240), mfa: false });
    desk.sign_in(of, before(240), false, true)?;
    let_call(desk, of, ("GetUser", ""), before(200), (way, Luck::Certain))?;
    let_call(desk, of, ("ListMFADevices", ""), before(199), (way, Luck::Certain))?;
    let_call(desk, of, ("CreateVirtualMFADevice", name), before(120), (way, Luck::Certain))?;
    let_call(desk, of, ("EnableMFADevice", name), before(0), (way, luck))
}

fn let_call(
    desk: &mut Desk,
    of: (usize, &Person),
    (operation, name): (&str, &str),
    at: Timestamp,
    (way, luck): (Way, Luck),
) -> io::Result<()> {
    let Some(operation) = enrolment(operation) else { return Ok(()) };
    let act = Act { operation, name, number: 0, object: "", region: GLOBAL, at };
    desk.call(of, &act, way, luck).map(drop)
}

/// A call of a session of a role.
fn role(desk: &mut Desk, player: &Player, at: Timestamp) -> io::Result<()> {
    let Some(habit) = player.habits.get(desk.random.zipf(player.habits.len())) else { return Ok(()) };
    let session_name = desk.random.pick_early(&player.sessions).cloned().unwrap_or_default();
    let created = Timestamp::from_seconds(at.seconds() - at.seconds().rem_euclid(3600) - 120);
    let is_private = player.service.is_some() && habit.number % 5 == 0;
    let address = format!("10.0.{}.{}", habit.number, session_name.len());
    let identity = super::identity::Identity::Role {
        who: player.who(),
        session_name: &session_name,
        key: &player.key,
        session: Session { created, mfa: false },
    };
    let public = format!("203.0.113.{}", habit.number);
    let dress = Dress {
        identity,
        address: if is_private { &address } else { &public },
        agent: super::people::TOOLS.get(habit.number % 3).copied().unwrap_or_default(),
        endpoint: is_private.then_some("vpce-0f3c9a1b5d7e00001"),
        kind: None,
        is_shared: false,
    };
    let object = object(habit);
    desk.other(&of_habit(habit, &object, at), &dress, Luck::Usual)
}

/// The root user signs in and looks at the bill.
fn root(desk: &mut Desk, at: Timestamp) -> io::Result<()> {
    let account = desk.shelf.at.account.clone();
    let agent = super::people::BROWSERS.first().copied().unwrap_or_default();
    desk.root_signs_in(&account, at, agent)
}

fn object(habit: &Habit) -> String {
    format!("data/part-{:03}.json", habit.number)
}

fn of_habit<'a>(habit: &Habit, object: &'a str, at: Timestamp) -> Act<'a> {
    Act { operation: habit.operation, name: "", number: habit.number, object, region: habit.region, at }
}
