//! Decisions: three identity policies and one SCP, compiled and not.

use std::hint::black_box;

use portcullis_authz::{Compiled, Decision, decide};
use testkit::decisions::read::{self, Input, Unreadable};
use testkit::decisions::{Case, case};

use crate::failure::{Failure, Outcome};
use crate::files;

use super::figure::{Figure, Target, Unit};
use super::outside;
use super::timing;

/// A request under the policies of the bench.
struct Sample {
    what: &'static str,
    action: &'static str,
    resource: &'static str,
    mfa: &'static str,
    /// What it must come to.
    decision: Decision,
}

const SAMPLES: &[Sample] = &[
    Sample {
        what: "read an object",
        action: "s3:GetObject",
        resource: "arn:aws:s3:::build-artifacts/team/web/app.tar.gz",
        mfa: "true",
        decision: Decision::Allowed,
    },
    Sample {
        what: "write an object",
        action: "s3:PutObject",
        resource: "arn:aws:s3:::build-artifacts/team/web/app.tar.gz",
        mfa: "true",
        decision: Decision::Allowed,
    },
    Sample {
        what: "start an instance",
        action: "ec2:StartInstances",
        resource: "arn:aws:ec2:eu-central-1:111111111111:instance/i-0abcdef1234567890",
        mfa: "true",
        decision: Decision::Allowed,
    },
    Sample {
        what: "change the own password",
        action: "iam:ChangePassword",
        resource: "arn:aws:iam::111111111111:user/alice",
        mfa: "true",
        decision: Decision::Allowed,
    },
    Sample {
        what: "create a user, which nothing allows",
        action: "iam:CreateUser",
        resource: "arn:aws:iam::111111111111:user/bob",
        mfa: "true",
        decision: Decision::ImplicitDeny,
    },
    Sample {
        what: "read an object without MFA",
        action: "s3:GetObject",
        resource: "arn:aws:s3:::build-artifacts/team/web/app.tar.gz",
        mfa: "false",
        decision: Decision::ExplicitDeny,
    },
];

pub(super) fn run() -> Outcome<Vec<Figure>> {
    let base = files::read(&files::root().join("corpus/bench/decide.json"))?;
    let base: Case = serde_json::from_str(&base).map_err(|error| Failure::Unmet(error.to_string()))?;
    let cases: Vec<Case> = SAMPLES.iter().map(|sample| sample.case(&base)).collect();
    let others = outside::median_nanoseconds(&cases)?;
    if others.is_none() {
        println!("  {} is not compared: there is no node, or npm cannot install it", outside::NAME);
    }
    let mut figures = Vec::new();
    for (at, (sample, case)) in SAMPLES.iter().zip(&cases).enumerate() {
        let input = read::input(case).map_err(|Unreadable(reason)| Failure::Unmet(reason))?;
        let [compiled, plain] = sample.measure(&input)?;
        let beside = others.as_ref().and_then(|others| others.get(at)).map(|other| {
            let own = Figure::new(format!("{}, beside", sample.what), compiled.value, Unit::Nanoseconds);
            own.against(outside::NAME, *other).target(Target::TimesBetter(100.0))
        });
        figures.extend([Some(compiled), beside, Some(plain)].into_iter().flatten());
    }
    Ok(figures)
}

impl Sample {
    /// The bench's case with this request.
    fn case(&self, base: &Case) -> Case {
        let mut case = base.clone();
        case.request.action_names = vec![self.action.into()];
        case.request.resource_arns = vec![self.resource.into()];
        for entry in &mut case.request.context_entries {
            if entry.context_key_name == "aws:MultiFactorAuthPresent" {
                entry.context_key_values = vec![self.mfa.into()];
            }
        }
        case
    }

    fn measure(&self, Input { request, policies }: &Input) -> Outcome<[Figure; 2]> {
        let compiled = Compiled::new(policies);
        for answer in [compiled.decide(request), decide(request, policies)] {
            if answer.decision() != self.decision {
                let found = case::name(answer.decision());
                return Err(Failure::Unmet(format!("{}: {found}", self.what)));
            }
        }
        let quick = timing::median_nanoseconds(|| compiled.decide(black_box(request)));
        let plain = timing::median_nanoseconds(|| decide(black_box(request), policies));
        let target = Target::AtMost(1_000.0);
        Ok([
            Figure::new(format!("{}, compiled", self.what), quick, Unit::Nanoseconds).target(target),
            Figure::new(format!("{}, not compiled", self.what), plain, Unit::Nanoseconds),
        ])
    }
}
