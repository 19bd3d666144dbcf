//! What is said of principals: a property, a kind of credential, and the verdict.

use std::sync::Arc;

use portcullis_authz::{Access, decide};
use portcullis_finding::{Rule, Severity};
use portcullis_iam::catalog::catalog;
use portcullis_iam::{Arn, PolicySet, Request};
use portcullis_snapshot::Known;

use crate::credential::CredentialKind;
use crate::reach::{Certificate, Doubt};
use crate::witness::Witness;

/// One property of some principals with one kind of credential. They are judged alike.
#[derive(Clone, Debug)]
pub struct Judgement<'s> {
    /// The property: its id and its page.
    pub rule: &'static Rule,
    /// The credential, where the property is about one.
    pub kind: Option<CredentialKind>,
    /// Of whom it is said, sorted by ARN; never empty. The verdict is worded for the first.
    pub subjects: Vec<Subject<'s>>,
    /// The verdict.
    pub verdict: Verdict,
}

/// A principal that is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject<'s> {
    /// The user, role or root user.
    pub arn: &'s Arn,
    /// Whether it holds such a credential today, or can make one of what it holds.
    pub holds: Known<bool>,
}

/// Whether a property holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// It holds for every request.
    Proved(Proof),
    /// It does not, and here is how.
    Refuted(Refutation),
    /// It could not be decided, and why.
    Undecided(Doubt),
}

/// Why a property holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Proof {
    /// What closes every class of actions, where requests had to be closed.
    pub certificate: Certificate,
    /// The requests that pass, where some had to pass.
    pub shown: Vec<Step>,
    /// What the proof takes for granted beyond what AWS documents.
    pub assuming: Vec<Assumption>,
    /// Of a way that is open on purpose to whoever comes first: what stands behind it.
    pub behind: Option<Box<Exposure>>,
}

/// What stands behind a user who is not enrolled: whoever holds its password or key can enrol first.
#[derive(Clone, Debug, PartialEq)]
pub struct Exposure {
    /// How much that is.
    pub power: Power,
    /// A request that passes once MFA is used; none where nothing does.
    pub request: Option<Step>,
}

/// How much a user may do with MFA, from the least to the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Power {
    /// Nothing but self-service.
    Nothing,
    /// Something.
    Something,
    /// Reads secrets or data, or runs code.
    Telling,
    /// Gives itself any permission.
    Administrator,
}

/// Why a property does not hold: at least one way.
#[derive(Clone, Debug, PartialEq)]
pub struct Refutation {
    /// The ways, the most telling first.
    pub flaws: Vec<Flaw>,
}

/// One way in which a property fails.
#[derive(Clone, Debug, PartialEq)]
pub struct Flaw {
    /// How bad it is.
    pub severity: Severity,
    /// What it is, as a lowercase fragment.
    pub message: Box<str>,
    /// The requests in their order. Of a chain of hops the last one is what should not pass; of a sequence that should
    /// pass the last one is the first that is blocked.
    pub steps: Vec<Step>,
}

/// A request of a way, and what the evaluator says of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What it is for, as a lowercase fragment.
    pub title: Box<str>,
    /// The request.
    pub request: Request,
    /// Whether it passes.
    pub access: Access,
    /// The policies that decide it.
    pub policies: Arc<PolicySet>,
    /// Where two policy sets are compared: those under which it does not pass.
    pub refused_by: Option<Arc<PolicySet>>,
}

/// Something that a proof takes for granted and that AWS does not document, or only in part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Assumption {
    /// A session from `aws login` has the MFA state of the sign-in.
    SignInKeepsMfa,
    /// No other services forward calls than those that AWS names.
    NamedForwarders,
    /// A role session may carry the MFA key as false or not at all.
    RoleSessionsWithoutMfa,
    /// AWS asks a user who has a device for MFA before it changes devices.
    DevicesAskForMfa,
}

impl Judgement<'_> {
    /// The principal that the verdict is worded for.
    pub fn representative(&self) -> Option<&Arn> {
        self.subjects.first().map(|subject| subject.arn)
    }
}

impl Power {
    /// How bad it is that somebody else may come first.
    pub fn severity(self) -> Severity {
        match self {
            Power::Administrator => Severity::Critical,
            Power::Telling => Severity::High,
            Power::Something => Severity::Medium,
            Power::Nothing => Severity::Low,
        }
    }
}

impl Verdict {
    /// Its stable name.
    pub fn name(&self) -> &'static str {
        match self {
            Verdict::Proved(_) => "proved",
            Verdict::Refuted(_) => "refuted",
            Verdict::Undecided(_) => "undecided",
        }
    }
}

impl Step {
    /// A request that passes, with what a question has found.
    pub fn open(
        title: impl Into<Box<str>>,
        witness: &Witness,
        policies: &Arc<PolicySet>,
        refused_by: Option<&Arc<PolicySet>>,
    ) -> Self {
        Self {
            title: title.into(),
            request: witness.request().clone(),
            access: Access::Allowed,
            policies: policies.clone(),
            refused_by: refused_by.cloned(),
        }
    }

    /// A request, with what the evaluator says of it.
    pub fn decided(title: impl Into<Box<str>>, request: Request, policies: &Arc<PolicySet>) -> Self {
        let access = decide(&request, policies).access();
        Self { title: title.into(), request, access, policies: policies.clone(), refused_by: None }
    }

    /// Whether the catalogue does not know the action: AWS may add such a one.
    pub fn is_hypothetical(&self) -> bool {
        catalog().action(&self.request.action).is_none()
    }
}

impl Assumption {
    /// Its stable name.
    pub fn id(self) -> &'static str {
        match self {
            Assumption::SignInKeepsMfa => "sign-in-keeps-mfa",
            Assumption::NamedForwarders => "named-forwarders",
            Assumption::RoleSessionsWithoutMfa => "role-sessions-without-mfa",
            Assumption::DevicesAskForMfa => "devices-ask-for-mfa",
        }
    }

    /// What is taken for granted.
    pub fn text(self) -> &'static str {
        match self {
            Assumption::SignInKeepsMfa => {
                "a session from `aws login` carries the MFA key as the sign-in that it was made of"
            }
            Assumption::NamedForwarders => {
                "only the services that AWS names forward a caller's identity to other services"
            }
            Assumption::RoleSessionsWithoutMfa => {
                "a role session carries the MFA key as false or not at all, however the role was assumed"
            }
            Assumption::DevicesAskForMfa => {
                "AWS asks a user who has a device for MFA before a device is added or removed (bulletin AWS-2023-001)"
            }
        }
    }
}
