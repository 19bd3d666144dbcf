//! A call that a service makes for a user (a forward access session), after a call of the user's own.
//!
//! The first call must have been allowed. In the second one `aws:ViaAWSService` is true and `aws:CalledVia` names the
//! service. After a call with an access key AWS documents the MFA key as false, and for some services (Amazon EC2, AWS
//! Glue, Lake Formation, OpsWorks in the text of 2023) as absent: both are tried for every service.
//!
//! AWS publishes no list of the services that forward. [`FORWARDERS`] are those that its documentation names as an
//! example of it; that there are no others is taken for granted
//! ([`Assumption::NamedForwarders`](crate::Assumption::NamedForwarders)).

use portcullis_iam::{ContextKey, Credential};
use portcullis_snapshot::ABSENT_FROM_USERS_OWN_CALLS;

use super::base::{self, Base, Mfa};
use crate::facts::{Domain, Optional};
use crate::question::Frame;

/// A service that forwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Forwarder {
    /// The prefix of its actions.
    pub(crate) prefix: &'static str,
    /// Its name in `aws:CalledVia`.
    pub(crate) principal: &'static str,
    /// The services that it calls; none for any.
    pub(crate) calls: &'static [&'static str],
}

/// The services that AWS names as forwarding, those that call anything first.
pub(crate) const FORWARDERS: [Forwarder; 9] = [
    Forwarder { prefix: "cloudformation", principal: "cloudformation.amazonaws.com", calls: &[] },
    Forwarder { prefix: "servicecatalog", principal: "servicecatalog.amazonaws.com", calls: &[] },
    Forwarder { prefix: "aws-mcp", principal: "aws-mcp.amazonaws.com", calls: &[] },
    Forwarder {
        prefix: "athena",
        principal: "athena.amazonaws.com",
        calls: &["s3", "glue", "kms", "lambda", "lakeformation", "dynamodb"],
    },
    Forwarder {
        prefix: "glue",
        principal: "glue.amazonaws.com",
        calls: &["s3", "kms", "iam", "ec2", "lakeformation"],
    },
    Forwarder {
        prefix: "lakeformation",
        principal: "lakeformation.amazonaws.com",
        calls: &["s3", "glue", "kms", "iam"],
    },
    Forwarder { prefix: "ec2", principal: "ec2.amazonaws.com", calls: &["kms", "s3"] },
    Forwarder { prefix: "dynamodb", principal: "dynamodb.amazonaws.com", calls: &["kms", "s3", "kinesis"] },
    Forwarder { prefix: "s3", principal: "s3.amazonaws.com", calls: &["kms"] },
];

/// The requests that `forwarder` makes for the user; of any service, when none is given.
pub(crate) fn frames(base: &Base, forwarder: Option<Forwarder>) -> Vec<Frame> {
    let free = || Domain::Free { absent: Optional::Yes };
    let mut facts = base::circumstances(base.facts.clone(), base.now);
    for key in ABSENT_FROM_USERS_OWN_CALLS {
        let called_via =
            key.starts_with("aws:calledvia") || key == "aws:viaawsmcpservice" || key == "kms:viaservice";
        facts.state(&ContextKey::new(key), if called_via { free() } else { Domain::Absent });
    }
    facts = facts.with("aws:ViaAWSService", Domain::One("true".into()));
    if let Some(Forwarder { principal, .. }) = forwarder {
        facts = facts
            .with("aws:CalledVia", Domain::Many(vec![principal.into()]))
            .with("aws:CalledViaFirst", Domain::One(principal.into()))
            .with("aws:CalledViaLast", Domain::One(principal.into()));
    }
    let frame = |state| Frame {
        caller: base.caller.clone(),
        credential: Credential::Unstated,
        facts: base::mfa(facts.clone(), state),
    };
    vec![frame(Mfa::False), frame(Mfa::Absent)]
}
