//! The request's policy lists as one [`PolicySet`].

use std::sync::Arc;

use portcullis_iam::{AccountId, Attached, Layer, Level, PolicyKind, PolicySet, SourceKind};

use super::Principal;
use super::caller::Who;
use super::fault::Fault;
use super::input::{Document, ManagementAccount, SimulationRequest};
use super::shelf::Shelf;

/// The policies of a request: those that are the same for every resource, and the resource's own as the kind that the
/// action takes it for.
pub(super) struct Policies<'i> {
    common: Arc<PolicySet>,
    resource: Option<&'i Document>,
    with_resource: Vec<(PolicyKind, Arc<PolicySet>)>,
}

impl<'i> Policies<'i> {
    /// Reads every policy but the resource's own, and adds them to those of `principal`.
    pub(super) fn read(
        input: &'i SimulationRequest,
        who: &Who,
        principal: Option<&Principal>,
        shelf: &mut Shelf,
    ) -> Result<Self, Fault> {
        let mut reader = Reader { shelf };
        let mut set = PolicySet {
            identity: reader.layer(&IDENTITY, input.policy_input_list.as_deref())?,
            boundary: reader.optional(&BOUNDARY, input.permissions_boundary_policy_input_list.as_deref())?,
            session: reader.optional(&SESSION, input.session_policy_input_list.as_deref())?,
            endpoint: reader.optional(&ENDPOINT, input.endpoint_policy_input_list.as_deref())?,
            service_control: service_control(input, &mut reader)?,
            resource_control: resource_control(input, &mut reader)?,
            resource: None,
            management_account: None,
        };
        if let Some(principal) = principal {
            add_own(&mut set, &principal.policies);
        }
        apply_management(&mut set, input.management_account.as_ref(), who)?;
        Ok(Self {
            common: Arc::new(set),
            resource: input.resource_policy.as_ref(),
            with_resource: Vec::new(),
        })
    }

    /// Every policy but the resource's own.
    pub(super) fn common(&self) -> &PolicySet {
        &self.common
    }

    /// All policies, with the resource's own read as [`PolicyKind::Resource`] or [`PolicyKind::Trust`].
    pub(super) fn with_resource(
        &mut self,
        kind: PolicyKind,
        shelf: &mut Shelf,
    ) -> Result<Arc<PolicySet>, Fault> {
        let Some(document) = self.resource else { return Ok(Arc::clone(&self.common)) };
        if let Some((_, set)) = self.with_resource.iter().find(|(known, _)| *known == kind) {
            return Ok(Arc::clone(set));
        }
        let policy = shelf.read(document, kind, "Resource policy")?;
        let attached = Attached { id: "ResourcePolicy".into(), source: SourceKind::Resource, policy };
        let layer = Layer { policies: vec![attached], gaps: Vec::new() };
        let set = Arc::new(PolicySet { resource: Some(layer), ..PolicySet::clone(&self.common) });
        self.with_resource.push((kind, Arc::clone(&set)));
        Ok(set)
    }
}

/// Adds what a principal has of its own: its policies before those that were given, and of what there is only one,
/// the one that was given.
fn add_own(set: &mut PolicySet, own: &PolicySet) {
    let given = std::mem::replace(&mut set.identity, own.identity.clone());
    set.identity.policies.extend(given.policies);
    set.boundary = set.boundary.take().or_else(|| own.boundary.clone());
    set.session = set.session.take().or_else(|| own.session.clone());
    if set.service_control.is_empty() {
        set.service_control.clone_from(&own.service_control);
    }
    if set.resource_control.is_empty() {
        set.resource_control.clone_from(&own.resource_control);
    }
    set.management_account = own.management_account;
}

/// Notes which account neither SCPs nor RCPs bind.
fn apply_management(set: &mut PolicySet, stated: Option<&ManagementAccount>, who: &Who) -> Result<(), Fault> {
    match stated {
        None | Some(ManagementAccount::Caller(false)) => {}
        Some(ManagementAccount::Caller(true)) => match who {
            // Whatever an unnamed caller calls is of its own account.
            Who::Unnamed => {
                set.service_control.clear();
                set.resource_control.clear();
            }
            Who::Named(caller) => set.management_account = caller.account(),
        },
        Some(ManagementAccount::Id(id)) => {
            let account = AccountId::parse(id).ok_or_else(|| {
                Fault::invalid(format!("Invalid ManagementAccount: `{id}` is no account id"))
            })?;
            set.management_account = Some(account);
        }
    }
    Ok(())
}

fn service_control(input: &SimulationRequest, reader: &mut Reader<'_>) -> Result<Vec<Level>, Fault> {
    let levels = input.ordered_organization_policy_input_list.iter().flatten();
    let lists = levels.map(|level| level.service_control_policy_input_list.as_deref().unwrap_or_default());
    reader.levels("OrderedOrganizationPolicyInputList", &SERVICE_CONTROL, lists)
}

fn resource_control(input: &SimulationRequest, reader: &mut Reader<'_>) -> Result<Vec<Level>, Fault> {
    let levels = input.ordered_resource_control_policy_input_list.iter().flatten();
    let lists = levels.map(|level| level.resource_control_policy_input_list.as_deref().unwrap_or_default());
    reader.levels("OrderedResourceControlPolicyInputList", &RESOURCE_CONTROL, lists)
}

/// One of the request's lists: its name, AWS's name for it in messages, and what its policies are.
struct List {
    member: &'static str,
    title: &'static str,
    kind: PolicyKind,
    source: SourceKind,
}

struct Reader<'s> {
    shelf: &'s mut Shelf,
}

impl Reader<'_> {
    fn layer(&mut self, list: &List, documents: Option<&[Document]>) -> Result<Layer, Fault> {
        self.layer_at("", list, documents.unwrap_or_default())
    }

    /// The layer of a list that counts as absent when it is empty.
    fn optional(&mut self, list: &List, documents: Option<&[Document]>) -> Result<Option<Layer>, Fault> {
        let layer = self.layer(list, documents)?;
        Ok(if layer.policies.is_empty() { None } else { Some(layer) })
    }

    fn levels<'d>(
        &mut self,
        member: &str,
        list: &List,
        levels: impl Iterator<Item = &'d [Document]>,
    ) -> Result<Vec<Level>, Fault> {
        let level = |(index, documents): (usize, &[Document])| {
            let name = format!("{member}.{}", index + 1);
            let layer = self.layer_at(&format!("{name}."), list, documents)?;
            Ok(Level { name: name.into(), layer })
        };
        levels.enumerate().map(level).collect()
    }

    fn layer_at(&mut self, prefix: &str, list: &List, documents: &[Document]) -> Result<Layer, Fault> {
        let attached = |(index, document): (usize, &Document)| {
            let number = index + 1;
            let policy = self.shelf.read(document, list.kind, &format!("{prefix}{} {number}", list.title))?;
            let id = format!("{prefix}{}.{number}", list.member).into();
            Ok(Attached { id, source: list.source, policy })
        };
        let policies = documents.iter().enumerate().map(attached).collect::<Result<_, Fault>>()?;
        Ok(Layer { policies, gaps: Vec::new() })
    }
}

const IDENTITY: List = List {
    member: "PolicyInputList",
    title: "Policy input list item",
    kind: PolicyKind::Identity,
    source: SourceKind::Input,
};

const BOUNDARY: List = List {
    member: "PermissionsBoundaryPolicyInputList",
    title: "Permissions boundary policy input list item",
    kind: PolicyKind::Boundary,
    source: SourceKind::Input,
};

const SESSION: List = List {
    member: "SessionPolicyInputList",
    title: "Session policy input list item",
    kind: PolicyKind::Session,
    source: SourceKind::Input,
};

const ENDPOINT: List = List {
    member: "EndpointPolicyInputList",
    title: "Endpoint policy input list item",
    kind: PolicyKind::Endpoint,
    source: SourceKind::Input,
};

const SERVICE_CONTROL: List = List {
    member: "ServiceControlPolicyInputList",
    title: "service control policy",
    kind: PolicyKind::ServiceControl,
    source: SourceKind::Organization,
};

const RESOURCE_CONTROL: List = List {
    member: "ResourceControlPolicyInputList",
    title: "resource control policy",
    kind: PolicyKind::ResourceControl,
    source: SourceKind::Organization,
};
