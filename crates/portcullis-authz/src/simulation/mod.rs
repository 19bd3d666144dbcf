//! AWS's policy simulator: `SimulateCustomPolicy` requests, decided, and answered as `SimulatePolicyResponse`.
//!
//! The request and the response are AWS's own (service model of botocore 1.44), member for member, with extensions
//! for what AWS's simulator leaves out. Three things differ from AWS's simulator on purpose:
//!
//! - A decision is the one of [`crate::decide`], that of a real request, also where AWS's simulator is known to
//!   differ (a role that a resource's policy names is limited by its boundary).
//! - A condition key that is named in `UnknownContextKeys` is unknown, and a decision that depends on it is the most
//!   restrictive one that is possible, marked `Undetermined`.
//! - `aws:PrincipalArn` follows from `CallerArn`, as in every real request.

mod caller;
mod context;
mod explained;
mod fault;
mod input;
mod judge;
mod limits;
mod missing;
mod output;
mod page;
mod place;
mod policies;
mod prepare;
mod respond;
mod shelf;
mod size;
mod template;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use portcullis_iam::{Caller, Context, ContextKey, Policy, PolicySet, Request};

use crate::layer::LayerKind;

pub use explained::{ExplainedLayer, ExplainedMismatch, ExplainedReason, ExplainedStatement, Explanation};
pub use fault::{Code, Fault};
pub use input::{
    ContextEntry, Document, ManagementAccount, ResourceControlLevel, ServiceControlLevel, SimulationRequest,
};
pub use output::{
    DecisionDetails, EvalDecision, EvaluationResult, MatchedStatement, OrganizationsDecisionDetail,
    PermissionsBoundaryDecisionDetail, Position, ResourceSpecificResult, SimulationResponse,
    SourcePolicyType, Undetermined,
};
use page::Page;
pub use shelf::Shelf;

/// A simulation whose input is read and checked: the requests to decide, action by action.
#[derive(Clone, Debug)]
pub struct Simulation {
    actions: Vec<Vec<Case>>,
    /// Whether no resource was named.
    is_any: bool,
    page: Page,
    /// The condition keys that cannot be missing.
    given: BTreeSet<ContextKey>,
    /// The unknown condition keys as the request spells them.
    names: BTreeMap<ContextKey, String>,
}

/// A principal and all that is known of its requests.
#[derive(Clone, Debug)]
pub struct Principal {
    /// The principal as the caller.
    pub caller: Caller,
    /// The condition keys that every request of it carries.
    pub context: Context,
    /// The policies that apply to it.
    pub policies: PolicySet,
}

/// Whether an answer comes with an explanation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is what its name says")]
pub enum Explain {
    Yes,
    No,
}

/// One request to decide, and the policies that apply to it.
#[derive(Clone, Debug)]
pub struct Case {
    /// The request.
    pub request: Request,
    /// The policies.
    pub policies: Arc<PolicySet>,
}

impl Simulation {
    /// Reads a request of AWS's `SimulateCustomPolicy`.
    ///
    /// # Errors
    /// What does not fit the service model, malformed policies, callers and resources that are none.
    pub fn new(input: &SimulationRequest, shelf: &mut Shelf) -> Result<Self, Fault> {
        if input.policy_source_arn.is_some() {
            return Err(Fault::invalid(
                "PolicySourceArn names a principal of a snapshot, and there is no snapshot",
            ));
        }
        prepare::simulation(input, None, shelf)
    }

    /// Reads a request of AWS's `SimulatePrincipalPolicy`, for a principal whose policies are known.
    ///
    /// The policies of the request come on top of the principal's, a boundary or levels of the organization in their
    /// place. With a `CallerArn`, somebody else calls "as if Bob had David's policies" (service model, `CallerArn`).
    ///
    /// # Errors
    /// As [`Simulation::new`].
    pub fn of_principal(
        input: &SimulationRequest,
        principal: &Principal,
        shelf: &mut Shelf,
    ) -> Result<Self, Fault> {
        prepare::simulation(input, Some(principal), shelf)
    }

    /// The requests to decide, to add what else is known of their resources.
    pub fn cases_mut(&mut self) -> impl Iterator<Item = &mut Case> {
        self.actions.iter_mut().flatten()
    }

    /// Decides every request, and answers as AWS does; with an explanation where one is wanted.
    pub fn respond(&self, explain: Explain) -> SimulationResponse {
        respond::respond(self, explain)
    }

    /// The requests to decide, in the order of the response.
    pub fn cases(&self) -> impl Iterator<Item = &Case> {
        self.actions.iter().flatten()
    }
}

impl Case {
    /// The policy of an id: `PolicyInputList.1`, `ResourcePolicy`, a policy's ARN.
    pub fn policy(&self, id: &str) -> Option<&Policy> {
        let mut layers = LayerKind::ALL.into_iter().flat_map(|kind| kind.of(&self.policies));
        layers
            .find_map(|(_, layer)| layer.policies.iter().find(|attached| *attached.id == *id))
            .map(|found| &*found.policy)
    }
}
