//! The documents of a plan or a state.

use std::collections::{BTreeMap, BTreeSet};

use portcullis_iam::PolicyKind;

use super::configuration::{Configuration, Reference};
use super::resource::{self, Resource};
use crate::document::{Attachment, Basis, Heading};
use crate::found::{Found, Note};
use crate::places::{Files, Source};
use crate::terraform::attachment::{self, Use, Uses};
use crate::terraform::carrier::{self, CARRIERS, Carrier, Holder};
use crate::tree::{self, Made, Node, Tree};

/// Adds every document.
pub(super) fn add(root: &Tree, files: &Files, found: &mut Found) {
    let resources = resource::all(root);
    let configuration = Configuration::new(root);
    let users = Users::new(&resources);
    let mut reader = Reader { users, configuration, unknown: resource::unknown(root), files, found };
    for resource in &resources {
        reader.resource(resource);
    }
}

struct Reader<'r, 't> {
    users: Users<'r, 't>,
    configuration: Configuration<'t>,
    /// What is known only after apply, by the address of the resource.
    unknown: BTreeMap<&'t str, &'t Tree>,
    files: &'r Files,
    found: &'r mut Found,
}

impl<'t> Reader<'_, 't> {
    fn resource(&mut self, resource: &Resource<'t>) {
        let mut is_known = false;
        for carrier in CARRIERS.iter().filter(|carrier| carrier.kind == resource.kind) {
            is_known = true;
            self.carried(carrier, resource);
        }
        let embedded = resource.values.get("inline_policy").filter(|_| resource.kind == "aws_iam_role");
        for policy in embedded.map(Tree::items).unwrap_or_default() {
            let name = policy.get("name").and_then(Tree::known).unwrap_or("inline_policy");
            let heading =
                declared(&format!("{}/{name}", resource.address), PolicyKind::Identity, itself(resource));
            self.value(policy.get("policy"), heading, resource.place);
        }
        if !is_known {
            self.guessed(resource);
        }
    }

    fn carried(&mut self, carrier: &Carrier, resource: &Resource<'t>) {
        let kind = match resource.values.get("type").and_then(Tree::known) {
            Some(kind) if carrier.kind == "aws_organizations_policy" => carrier::organization(kind),
            Some(_) | None => Some(carrier.policy),
        };
        let Some(kind) = kind else { return };
        let kinds = match carrier.holder {
            Holder::Itself => vec![(kind, itself(resource))],
            Holder::Named(attribute) => {
                let names = self.named(resource, attribute);
                vec![(kind, if names.is_empty() { Attachment::Unknown } else { Attachment::Attached(names) })]
            }
            Holder::Elsewhere => self.uses(resource).kinds(kind),
        };
        let is_open = self.is_unknown(resource.address, carrier.attribute);
        let value = resource.values.get(carrier.attribute);
        for (kind, attachment) in kinds {
            let heading = declared(resource.address, kind, attachment);
            if value.is_some_and(|value| value.node != Node::Null) {
                self.value(value, heading, resource.place);
            } else if is_open {
                self.note(
                    format!("the policy of `{}` is known only after apply", resource.address),
                    resource.place,
                );
            }
        }
    }

    /// The attributes of a resource of another type that hold policies.
    fn guessed(&mut self, resource: &Resource<'t>) {
        for field in resource.values.fields() {
            let Some(text) = field.value.known().filter(|text| text.trim_start().starts_with('{')) else {
                continue;
            };
            if !text.contains("\"Statement\"") {
                continue;
            }
            let Node::Text(string) = &field.value.node else { continue };
            let Some(policy) = tree::parse(string).ok().filter(|policy| policy.get("Statement").is_some())
            else {
                continue;
            };
            let name = format!("{}.{}", resource.address, field.key.known().unwrap_or_default());
            let (basis, attachment) = (Basis::Guessed, Attachment::Unknown);
            let heading = Heading { name: name.into(), kind: policy.signs().kind(""), basis, attachment };
            self.value(Some(&field.value), heading, resource.place);
        }
    }

    fn value(&mut self, value: Option<&Tree>, heading: Heading, source: Source) {
        let Some(value) = value else { return };
        let name = std::sync::Arc::clone(&heading.name);
        match tree::document(value, heading, self.files) {
            Some(Made { document, notes }) => {
                self.found.documents.push(document);
                self.found.notes.extend(notes);
            }
            None => self.note(format!("the policy of `{name}` is not known from this file"), source),
        }
    }

    /// How a policy is used that other resources attach: by its ARN, or by the references of the configuration.
    fn uses(&self, policy: &Resource<'t>) -> Uses {
        let mut names = Names::default();
        for (user, attribute) in self.users.of(policy) {
            self.add(user, attribute, &mut names);
        }
        let references = self.configuration.to(&resource::block(policy.address));
        for reference in references {
            for user in self.users.made_by(&reference.by) {
                // What has a value names the policy by it, or names another one.
                if user.values.get(reference.attribute).is_none_or(|value| value.node == Node::Null) {
                    self.add(user, reference.attribute, &mut names);
                }
            }
        }
        let is_use = |reference: &Reference<'_>| {
            reference.kind.is_some_and(|kind| attachment::use_in(kind, reference.attribute).is_some())
        };
        // Without a configuration, only what has an ARN can be found.
        let is_open = !references.iter().all(is_use)
            || (self.configuration.is_empty() && policy.values.get("arn").and_then(Tree::known).is_none());
        let Names { mut attached, mut bounded } = names;
        for names in [&mut attached, &mut bounded] {
            names.sort();
            names.dedup();
        }
        Uses::new(attached, bounded, is_open)
    }

    fn add(&self, user: &Resource<'t>, attribute: &str, names: &mut Names) {
        match attachment::use_in(user.kind, attribute) {
            Some(Use::Policy(to)) => names.attached.extend(to.iter().flat_map(|name| self.named(user, name))),
            Some(Use::Owner) => names.attached.push(user.address.into()),
            Some(Use::Boundary) => names.bounded.push(user.address.into()),
            None => {}
        }
    }

    /// What an attribute names: its values, or what it refers to while they are not known.
    fn named(&self, resource: &Resource<'t>, attribute: &str) -> Vec<Box<str>> {
        let values = resource.values.get(attribute).map(Tree::items).unwrap_or_default();
        let known: Vec<Box<str>> = values.iter().filter_map(Tree::known).map(Box::from).collect();
        if !known.is_empty() {
            return known;
        }
        self.configuration.of(resource, attribute).first().map(|name| Box::from(*name)).into_iter().collect()
    }

    fn is_unknown(&self, address: &str, attribute: &str) -> bool {
        let unknown = self.unknown.get(address).and_then(|unknown| unknown.get(attribute));
        unknown.is_some_and(|unknown| unknown.node == Node::Bool(true))
    }

    fn note(&mut self, message: String, source: Source) {
        self.found.notes.push(Note { message, place: source.place(self.files) });
    }
}

/// Who uses a policy.
#[derive(Default)]
struct Names {
    attached: Vec<Box<str>>,
    bounded: Vec<Box<str>>,
}

/// The resources that attach policies.
struct Users<'r, 't> {
    /// With the attribute that does it, by the ARN or id of the policy.
    by_policy: BTreeMap<&'t str, Vec<(&'r Resource<'t>, &'t str)>>,
    /// By the address of their block.
    by_block: BTreeMap<String, Vec<&'r Resource<'t>>>,
}

impl<'r, 't> Users<'r, 't> {
    fn new(resources: &'r [Resource<'t>]) -> Self {
        let mut users = Self { by_policy: BTreeMap::new(), by_block: BTreeMap::new() };
        for resource in resources {
            users.by_block.entry(resource::block(resource.address)).or_default().push(resource);
            for field in resource.values.fields() {
                let attribute = field.key.known().unwrap_or_default();
                if attachment::use_in(resource.kind, attribute).is_some() {
                    for policy in field.value.items().iter().filter_map(Tree::known) {
                        users.by_policy.entry(policy).or_default().push((resource, attribute));
                    }
                }
            }
        }
        users
    }

    /// Those that name the policy.
    fn of(&self, policy: &Resource<'_>) -> impl Iterator<Item = (&'r Resource<'t>, &'t str)> {
        let names = ["arn", "id"].into_iter().filter_map(|key| policy.values.get(key)?.known());
        let names: BTreeSet<&str> = names.collect();
        names.into_iter().filter_map(|name| self.by_policy.get(name)).flatten().copied()
    }

    fn made_by(&self, block: &str) -> &[&'r Resource<'t>] {
        self.by_block.get(block).map(Vec::as_slice).unwrap_or_default()
    }
}

fn declared(name: &str, kind: PolicyKind, attachment: Attachment) -> Heading {
    Heading { name: name.into(), kind, basis: Basis::Declared, attachment }
}

fn itself(resource: &Resource<'_>) -> Attachment {
    Attachment::Attached(vec![resource.address.into()])
}
