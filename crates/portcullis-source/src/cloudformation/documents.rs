//! The documents of a template.

use std::sync::Arc;

use portcullis_iam::PolicyKind;

use super::holder::HOLDERS;
use super::loose;
use super::resolve::Resolver;
use super::template::{Resource, Template};
use super::uses::{self, Uses};
use crate::document::{Attachment, Basis, Heading};
use crate::found::Found;
use crate::places::Files;
use crate::terraform::carrier;
use crate::tree::{self, Made, Tree};

/// Adds every document of the template.
pub(super) fn add(template: &Template<'_>, files: &Files, found: &mut Found) {
    let uses = Uses::new(template);
    let resolver = Resolver::new(template, files);
    let mut reader = Reader { template, uses, resolver, found };
    for resource in template.resources() {
        reader.resource(resource);
    }
    let Reader { resolver, .. } = reader;
    found.notes.extend(resolver.into_notes());
}

struct Reader<'r, 't> {
    template: &'t Template<'t>,
    uses: Uses<'t>,
    resolver: Resolver<'t>,
    found: &'r mut Found,
}

impl<'t> Reader<'_, 't> {
    fn resource(&mut self, resource: Resource<'t>) {
        let Resource { id, kind, properties } = resource;
        match kind {
            "AWS::IAM::Policy" | "AWS::IAM::ManagedPolicy" => self.policy(resource),
            "AWS::IAM::UserPolicy" => self.one_holder(resource, "UserName", PolicyKind::Identity),
            "AWS::IAM::RolePolicy" => self.one_holder(resource, "RoleName", PolicyKind::Identity),
            "AWS::IAM::GroupPolicy" => self.one_holder(resource, "GroupName", PolicyKind::Group),
            "AWS::IAM::User" | "AWS::IAM::Role" => self.principal(resource, PolicyKind::Identity),
            "AWS::IAM::Group" => self.principal(resource, PolicyKind::Group),
            "AWS::Serverless::Function" | "AWS::Serverless::StateMachine" => {
                self.principal(resource, PolicyKind::Identity);
            }
            "AWS::Organizations::Policy" => self.organization(resource),
            _ => match HOLDERS.iter().find(|holder| holder.kind == kind) {
                Some(holder) => {
                    let heading = heading(id, holder.policy, Attachment::Attached(vec![id.into()]));
                    self.document(properties.get(holder.property), heading);
                }
                None => loose::add(properties, id, &self.resolver, self.found),
            },
        }
    }

    /// A policy that says whom it is attached to, or is attached by them.
    fn policy(&mut self, Resource { id, properties, .. }: Resource<'t>) {
        let (mut named, mut is_open) = (Vec::new(), false);
        let mut kind = PolicyKind::Group;
        for list in ["Users", "Roles", "Groups"] {
            let names = self.names(properties.get(list));
            if !names.is_empty() && list != "Groups" {
                kind = PolicyKind::Identity;
            }
            is_open |= names.iter().any(Option::is_none);
            named.extend(names.into_iter().flatten());
        }
        let users = self.uses.of(id);
        let of = |property: &str| {
            let users = users.iter().filter(|user| user.property == property);
            users.filter_map(|user| user.by.map(Box::from)).collect::<Vec<_>>()
        };
        let (attached, bounded) = (of("ManagedPolicyArns"), of("PermissionsBoundary"));
        is_open |= attached.len() + bounded.len() < users.len();
        if named.is_empty() || !attached.is_empty() {
            kind = PolicyKind::Identity;
        }
        named.extend(attached);
        if !bounded.is_empty() {
            self.document(
                properties.get("PolicyDocument"),
                heading(id, PolicyKind::Boundary, Attachment::Attached(bounded.clone())),
            );
        }
        if bounded.is_empty() || !named.is_empty() {
            self.document(properties.get("PolicyDocument"), heading(id, kind, attachment(named, is_open)));
        }
    }

    fn one_holder(&mut self, Resource { id, properties, .. }: Resource<'t>, holder: &str, kind: PolicyKind) {
        let names = self.names(properties.get(holder));
        let is_open = names.iter().any(Option::is_none);
        let heading = heading(id, kind, attachment(names.into_iter().flatten().collect(), is_open));
        self.document(properties.get("PolicyDocument"), heading);
    }

    /// A principal with embedded policies, and perhaps a trust policy.
    fn principal(&mut self, Resource { id, properties, .. }: Resource<'t>, kind: PolicyKind) {
        let to = || Attachment::Attached(vec![id.into()]);
        let trust = heading(&format!("{id}.AssumeRolePolicyDocument"), PolicyKind::Trust, to());
        self.document(properties.get("AssumeRolePolicyDocument"), trust);
        let policies = properties.get("Policies").map(Tree::items).unwrap_or_default();
        for (number, policy) in policies.iter().enumerate() {
            let name = policy.get("PolicyName").and_then(Tree::known);
            let name = name.map_or_else(|| format!("{id}.Policies[{number}]"), |name| format!("{id}/{name}"));
            let is_whole = policy.get("Statement").is_some();
            let document = if is_whole { Some(policy) } else { policy.get("PolicyDocument") };
            self.document(document, heading(&name, kind, to()));
        }
    }

    fn organization(&mut self, Resource { id, properties, .. }: Resource<'t>) {
        let kind = properties.get("Type").and_then(Tree::known).and_then(carrier::organization);
        let Some(kind) = kind else { return };
        let targets = self.names(properties.get("TargetIds"));
        let is_open = targets.iter().any(Option::is_none);
        let heading = heading(id, kind, attachment(targets.into_iter().flatten().collect(), is_open));
        self.document(properties.get("Content"), heading);
    }

    /// The names in a list; none for each that is not known.
    fn names(&self, list: Option<&Tree>) -> Vec<Option<Box<str>>> {
        let Some(list) = list.and_then(|list| self.resolver.resolve(list)) else { return Vec::new() };
        let named = |item: &Tree| item.scalar().and_then(|text| uses::named(self.template, &text));
        list.items().iter().map(named).collect()
    }

    fn document(&mut self, property: Option<&Tree>, heading: Heading) {
        let Some(property) = property else { return };
        let Some(resolved) = self.resolver.resolve(property) else { return };
        let name = Arc::clone(&heading.name);
        match tree::document(&resolved, heading, self.resolver.files) {
            Some(Made { document, notes }) => {
                self.found.documents.push(document);
                self.found.notes.extend(notes);
            }
            None => {
                let message = format!("the policy of `{name}` is not known from these files");
                self.resolver.note(message, resolved.source);
            }
        }
    }
}

fn heading(name: &str, kind: PolicyKind, attachment: Attachment) -> Heading {
    Heading { name: name.into(), kind, basis: Basis::Declared, attachment }
}

/// Attached to the named, and perhaps to others.
fn attachment(named: Vec<Box<str>>, is_open: bool) -> Attachment {
    match named.is_empty() {
        true if is_open => Attachment::Unknown,
        true => Attachment::Nobody,
        false => Attachment::Attached(named),
    }
}
