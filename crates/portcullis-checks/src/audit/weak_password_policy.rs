//! The account's password policy asks for too little, or there is none.

use portcullis_finding::{Rule, Severity};
use portcullis_snapshot::{Dump, PasswordPolicy};

use crate::check::{Check, Failure, Outcome, Run, Sink};
use crate::compliance;
use crate::hidden::{Hidden, known};
use crate::scope::AccountScope;

pub(super) const CHECK: Check = Check {
    rule: Rule {
        id: "weak-password-policy",
        severity: Severity::Medium,
        compliance: compliance::PASSWORD,
        page: include_str!("weak-password-policy.md"),
    },
    run: Run::Account(look),
};

/// Characters at least, as in the CIS benchmarks.
const LENGTH: u32 = 14;
/// Former passwords that may not be used again, as in the CIS benchmarks: the most that IAM can remember.
const REUSE: u32 = 24;

fn look(scope: &AccountScope<'_>, sink: &mut Sink) {
    let account = scope.account;
    sink.take(&format!("arn:{}:iam::{}:password-policy", account.partition, account.id), outcome(scope));
}

fn outcome(scope: &AccountScope<'_>) -> Result<Outcome, Hidden> {
    let message = match known(scope.account.password_policy.as_ref())? {
        None => "there is no password policy: AWS's default asks for 8 characters and remembers nothing"
            .to_owned(),
        Some(policy) => match weaknesses(policy) {
            weak if weak.is_empty() => return Ok(Outcome::Pass),
            weak => weak.join(", "),
        },
    };
    let evidence = vec![scope.told_by(&message, Dump::PasswordPolicy)];
    Ok(Outcome::Fail(Failure { severity: CHECK.rule.severity, message, evidence }))
}

fn weaknesses(policy: &PasswordPolicy) -> Vec<String> {
    let mut weak = Vec::new();
    if policy.minimum_length < LENGTH {
        weak.push(format!("passwords may have {} characters (wanted: {LENGTH})", policy.minimum_length));
    }
    match policy.reuse_prevention {
        Some(remembered) if REUSE <= remembered => {}
        Some(remembered) => {
            weak.push(format!("{remembered} former passwords are remembered (wanted: {REUSE})"));
        }
        None => weak.push(format!("former passwords may be used again (wanted: {REUSE} remembered)")),
    }
    weak
}
