//! How calls fail: every form in which AWS says that access was denied, and a few other reasons.

use super::operation::Operation;
use crate::large::random::Random;

/// How a call failed, with a message of its own.
pub(super) struct Failed {
    pub(super) code: &'static str,
    pub(super) message: String,
    pub(super) is_denial: bool,
}

/// A call and its caller, as messages name them.
pub(super) struct Attempt<'a> {
    pub(super) operation: &'a Operation,
    pub(super) caller: &'a str,
    pub(super) resource: &'a str,
}

impl Attempt<'_> {
    /// Denied by a policy that denies it; `reason` is `an identity-based policy: ARN`.
    pub(super) fn explicitly(&self, reason: &str) -> Failed {
        self.denied(&format!(" with an explicit deny in {reason}"))
    }

    /// Denied because nothing allows it.
    pub(super) fn implicitly(&self, kind: &str) -> Failed {
        self.denied(&format!(" because no {kind} allows the {} action", self.operation.action))
    }

    /// Denied for a reason that lies outside of what a snapshot of IAM shows, or is not told.
    pub(super) fn somehow(&self, random: &mut Random) -> Failed {
        match (self.operation.service(), random.between(0, 5)) {
            ("s3", 0..=4) => {
                Failed { code: "AccessDenied", message: "Access Denied".to_owned(), is_denial: true }
            }
            ("kms", _) => self.implicitly("resource-based policy"),
            (_, 0) => self.explicitly("a VPC endpoint policy"),
            (_, 1) => self.explicitly("a resource control policy"),
            (_, 2) => self.explicitly("a resource-based policy"),
            (_, 3) => self.denied(""),
            (_, 4) => Failed { code: self.code(), message: String::new(), is_denial: true },
            (_, _) => self.implicitly("resource-based policy"),
        }
    }

    fn denied(&self, why: &str) -> Failed {
        let (caller, action) = (self.caller, self.operation.action);
        let on = match self.resource {
            "*" if self.operation.service() == "organizations" => String::new(),
            resource => format!(" on resource: {resource}"),
        };
        let mut message = format!("User: {caller} is not authorized to perform: {action}{on}{why}");
        if self.operation.service() == "ec2" {
            message = format!(
                "You are not authorized to perform this operation. {message}. Encoded authorization failure message: {}",
                "5kX7vQw2ZtR9bLmY-c1dJ0aPsEoUhGn4f8KxWqVyTzCiMlNrBpDuHgSjAeOkF3I6".repeat(4)
            );
        }
        Failed { code: self.code(), message, is_denial: true }
    }

    fn code(&self) -> &'static str {
        match self.operation.service() {
            "ec2" => "Client.UnauthorizedOperation",
            "iam" | "s3" | "sts" | "cloudformation" | "monitoring" | "rds" | "apigateway" => "AccessDenied",
            _ => "AccessDeniedException",
        }
    }

    /// Failed for a reason that has nothing to do with permissions.
    pub(super) fn otherwise(&self, random: &mut Random) -> Failed {
        let (code, message) = match (self.operation.service(), random.percent(50.0)) {
            ("s3", _) => ("NoSuchBucket", "The specified bucket does not exist"),
            ("ec2", true) => {
                ("Client.DryRunOperation", "Request would have succeeded, but DryRun flag is set.")
            }
            ("ec2", false) => ("Client.RequestLimitExceeded", "Request limit exceeded."),
            ("iam", _) => ("NoSuchEntityException", "The user with name nobody cannot be found."),
            (_, true) => ("ThrottlingException", "Rate exceeded"),
            (_, false) => ("ResourceNotFoundException", "Requested resource not found"),
        };
        Failed { code, message: message.to_owned(), is_denial: false }
    }
}
