//! Whether the calls of a principal look like those of a program that runs by itself.

use std::ops::RangeInclusive;

use portcullis_finding::replay::Habit;

use super::person::Person;
use super::sums::Hours;

/// With fewer events nothing is said.
const ENOUGH: u64 = 10;

/// What the calls of a principal look like: a program signs them with an access key, and at least two signs hold, one of
/// them about when it calls. A person at one desk who writes programs shows the others too.
pub(super) fn of(person: &Person, hours: Option<&Hours>, span: Option<RangeInclusive<u32>>) -> Habit {
    let mut signs: Vec<Box<str>> = Vec::new();
    let is_person = 0 < person.sign_ins.iter().sum::<u64>() + person.by_console;
    if is_person || person.by_key < ENOUGH {
        return Habit { is_automation: false, signs };
    }
    if let [address] = person.addresses.keys().collect::<Vec<_>>().as_slice() {
        signs.push(format!("one address, {address}").into());
    }
    if let Some(agent) = person.agents.keys().find(|agent| is_sdk(agent))
        && person.agents.keys().all(|agent| is_sdk(agent))
    {
        signs.push(format!("a program, {}", agent.split([' ', '/']).next().unwrap_or_default()).into());
    }
    let times = hours.zip(span).map(|(hours, span)| of_hours(hours, span)).unwrap_or_default();
    let is_automation = !times.is_empty() && 2 <= signs.len() + times.len();
    signs.extend(times);
    Habit { is_automation, signs }
}

/// Whether the program is one of those that people write, and not the console or the command line.
fn is_sdk(agent: &str) -> bool {
    let agent = agent.to_ascii_lowercase();
    let sdks = [
        "boto3",
        "botocore",
        "aws-sdk",
        "terraform",
        "apn/1.0 hashicorp",
        "pulumi",
        "github-actions",
        "jenkins",
    ];
    sdks.iter().any(|name| agent.starts_with(name) || agent.contains(&format!(" {name}")))
}

fn of_hours(hours: &Hours, span: RangeInclusive<u32>) -> Vec<Box<str>> {
    let by_hour: Vec<u32> =
        (0..24).map(|hour| hours.week.iter().filter_map(|day| day.get(hour)).sum()).collect();
    let all: u32 = by_hour.iter().sum();
    let active = by_hour.iter().filter(|count| 0 < **count).count();
    let weekend: u32 = hours.week.iter().skip(5).flatten().sum();
    let mut signs = Vec::new();
    if ALL_DAY <= active {
        signs.push(format!("at {active} hours of the day").into());
    }
    // Two days of seven are 29 %.
    if all / 5 <= weekend && MANY <= all && A_WEEK as usize <= hours.days.len() {
        signs.push("on weekends as on other days".into());
    }
    let days = span.end() - span.start() + 1;
    let one_hour = by_hour.iter().max().copied().unwrap_or_default();
    if all / 10 * 9 <= one_hour && days / 10 * 8 <= hours.days.len() as u32 && A_WEEK <= days {
        signs.push(format!("at the same hour on {} of {days} days", hours.days.len()).into());
    }
    signs
}

/// Of fewer events, some fall on a weekend by chance.
const MANY: u32 = 20;
/// People sleep.
const ALL_DAY: usize = 20;
const A_WEEK: u32 = 7;
