//! Automation: what runs on an access key, to the minute, from one address, with one program.

use super::operation::Operation;
use super::people::Person;
use crate::large::random::Random;

/// A job.
pub(super) struct Work {
    /// Which person it runs as.
    pub(super) person: usize,
    /// Seconds between two runs.
    pub(super) period: i64,
    /// When it runs, as seconds within the period.
    pub(super) phase: i64,
    /// The calls of a run, in order.
    pub(super) steps: Vec<&'static Operation>,
    /// The number of the resources.
    pub(super) number: usize,
}

/// The periods that people choose, in minutes.
const PERIODS: [i64; 12] = [1, 5, 10, 15, 20, 30, 60, 120, 240, 360, 720, 1440];

const RECIPES: [&[&str]; 4] = [
    &["s3:PutObject", "lambda:GetFunction", "lambda:UpdateFunctionCode"],
    &["ecr:GetAuthorizationToken", "ecr:PutImage", "ecs:UpdateService", "ecs:DescribeServices"],
    &["s3:PutObject", "cloudformation:UpdateStack", "cloudformation:DescribeStacks"],
    &["s3:ListBucket", "s3:GetObject", "dynamodb:DescribeTable", "secretsmanager:GetSecretValue"],
];

impl Work {
    /// The job of a person that makes about so many calls in the span of days.
    pub(super) fn new(at: usize, person: &Person, (calls, days): (f64, i64), random: &mut Random) -> Work {
        let recipe: &[&str] = match person.bucket {
            Some(_) => &["s3:PutObject"],
            None => random.pick(&RECIPES).copied().unwrap_or_default(),
        };
        let steps: Vec<_> = recipe.iter().filter_map(|action| Operation::of(action)).collect();
        let runs = (calls / steps.len().max(1) as f64).max(1.0);
        let wanted = days as f64 * 1440.0 / runs;
        let period = PERIODS.into_iter().find(|minutes| wanted <= *minutes as f64).unwrap_or(1440) * 60;
        let phase = 60 * random.between(0, (period / 60 - 1) as usize) as i64;
        Work { person: at, period, phase, steps, number: random.between(1, 40) }
    }

    /// The runs that begin in the hour, each with its number.
    pub(super) fn runs(&self, hour: i64) -> impl Iterator<Item = (i64, i64)> + use<> {
        let (period, phase) = (self.period, self.phase);
        let first = (hour - phase).div_euclid(period) + i64::from((hour - phase).rem_euclid(period) != 0);
        let last = (hour + 3600 - phase - 1).div_euclid(period);
        (first..=last).map(move |run| (run, run * period + phase))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_run_is_lost_between_hours() {
        for period in [60, 300, 3600, 7200, 86_400] {
            let work = Work { person: 0, period, phase: period / 60 * 7, steps: Vec::new(), number: 1 };
            let starts: Vec<i64> =
                (0..48).flat_map(|hour| work.runs(hour * 3600)).map(|(_, at)| at).collect();
            assert_eq!(starts.len() as i64, 48 * 3600 / period, "{period}");
            assert!(starts.windows(2).all(|pair| matches!(pair, [a, b] if b - a == period)));
        }
    }
}
