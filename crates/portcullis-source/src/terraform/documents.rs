//! The documents of a module.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use portcullis_iam::PolicyKind;

use super::attachment;
use super::carrier::{self, CARRIERS, Carrier, Holder};
use super::eval::Evaluator;
use super::module::{InFile, Module, Resource, Value};
use super::policy_document;
use super::references::References;
use crate::document::{Attachment, Basis, Document, Heading};
use crate::found::Note;
use crate::places::Source;
use crate::tree::{self, Made, Node, Tree};

/// What a module holds.
pub(super) struct Holds {
    /// The documents, each with the number of the file that says what it is for.
    pub(super) documents: Vec<(u32, Document)>,
    pub(super) notes: Vec<Note>,
    /// The files whose text became a part of a document.
    pub(super) consumed: Vec<u32>,
}

/// Every document of the module.
pub(super) fn of(module: &Module<'_>) -> Holds {
    let references = References::new(module);
    let evaluator = Evaluator::new(module);
    let holds = Holds { documents: Vec::new(), notes: Vec::new(), consumed: Vec::new() };
    let mut reader =
        Reader { module, references, evaluator, used: BTreeSet::new(), by_value: BTreeMap::new(), holds };
    for address in &module.order {
        if let Some(resource) = module.resources.get(address).filter(|resource| !resource.is_data) {
            reader.resource(address, *resource);
        }
    }
    for (name, block) in &module.calls {
        reader.guessed(&format!("module.{name}"), *block);
    }
    reader.unused_documents();
    reader.locals();
    let Reader { evaluator, mut holds, .. } = reader;
    holds.notes.extend(evaluator.take_notes());
    holds.consumed = evaluator.consumed.take();
    holds
}

struct Reader<'r, 'm> {
    module: &'r Module<'m>,
    references: References<'m>,
    evaluator: Evaluator<'r>,
    /// The places of the values that became documents.
    used: BTreeSet<Source>,
    /// The documents by their kind and the place of their value.
    by_value: BTreeMap<(PolicyKind, Source), Vec<usize>>,
    holds: Holds,
}

impl<'m> Reader<'_, 'm> {
    fn resource(&mut self, address: &str, resource: Resource<'m>) {
        let mut is_known = false;
        for carrier in CARRIERS.iter().filter(|carrier| carrier.kind == resource.kind) {
            is_known = true;
            self.carried(address, carrier, resource.block);
        }
        if resource.kind == "aws_iam_role" {
            self.embedded(address, resource.block);
        }
        if !is_known {
            self.guessed(address, resource.block);
        }
    }

    fn carried(&mut self, address: &str, carrier: &Carrier, block: InFile<'m>) {
        let Some(value) = block.get(carrier.attribute) else { return };
        let heading =
            |kind, attachment| Heading { name: address.into(), kind, basis: Basis::Declared, attachment };
        match carrier.holder {
            Holder::Named(attribute) => {
                let names = attachment::named(&self.evaluator, block, attribute);
                let attachment =
                    if names.is_empty() { Attachment::Unknown } else { Attachment::Attached(names) };
                self.document(value, heading(carrier.policy, attachment));
            }
            Holder::Itself => {
                self.document(value, heading(carrier.policy, Attachment::Attached(vec![address.into()])));
            }
            Holder::Elsewhere => {
                let Some(kind) = self.kind(carrier, block) else { return };
                let uses = attachment::uses(&self.evaluator, &self.references, address);
                for (kind, attachment) in uses.kinds(kind) {
                    self.document(value, heading(kind, attachment));
                }
            }
        }
    }

    /// The kind of a policy whose type an attribute may say; none when it is no policy of this language.
    fn kind(&self, carrier: &Carrier, block: InFile<'m>) -> Option<PolicyKind> {
        let kind = block.get("type").filter(|_| carrier.kind == "aws_organizations_policy");
        let Some(kind) = kind else { return Some(carrier.policy) };
        carrier::organization(self.evaluator.value(kind).known()?)
    }

    /// The `inline_policy` blocks of a role.
    fn embedded(&mut self, address: &str, block: InFile<'m>) {
        for (number, inner) in block.blocks("inline_policy").enumerate() {
            let Some(value) = inner.get("policy") else { continue };
            let name = inner.get("name").map(|name| self.evaluator.value(name));
            let name = match name.as_ref().and_then(Tree::known) {
                Some(name) => format!("{address}/{name}"),
                None => format!("{address}.inline_policy[{number}]"),
            };
            let attachment = Attachment::Attached(vec![address.into()]);
            let basis = Basis::Declared;
            self.document(
                value,
                Heading { name: name.into(), kind: PolicyKind::Identity, basis, attachment },
            );
        }
    }

    /// Attributes that hold a policy although no rule says so.
    fn guessed(&mut self, address: &str, block: InFile<'m>) {
        for attribute in block.block.body.attributes() {
            let name = attribute.key.as_str();
            if ["policy", "policies", "document", "assume_role"].iter().any(|word| name.contains(word)) {
                self.guess(&format!("{address}.{name}"), Value::new(attribute, block.file));
            }
        }
    }

    fn guess(&mut self, name: &str, value: Value<'_>) {
        let tree = self.evaluator.value(value);
        let inner = match &tree.node {
            Node::Json(inner) => Some(inner.as_ref().clone()),
            Node::Text(text) if text.known_part().contains("\"Statement\"") => tree::parse(text).ok(),
            _ => None,
        };
        let Some(inner) = inner.filter(|inner| inner.get("Statement").is_some()) else { return };
        if self.used.contains(&tree.source) {
            return;
        }
        let kind = inner.signs().kind(name);
        let heading =
            Heading { name: name.into(), kind, basis: Basis::Guessed, attachment: Attachment::Unknown };
        self.add(value.file, &tree, heading);
    }

    /// Data sources that nothing in the module uses as they are.
    fn unused_documents(&mut self) {
        for address in &self.module.order {
            let Some(resource) = self.module.resources.get(address) else { continue };
            let is_document = resource.is_data && resource.kind == "aws_iam_policy_document";
            let is_part =
                self.references.of(address).iter().any(|reference| PARTS.contains(&reference.attribute));
            if !is_document || is_part || self.used.contains(&resource.block.source()) {
                continue;
            }
            let tree = policy_document::json(&self.evaluator, address);
            let Node::Json(inner) = &tree.node else { continue };
            let (kind, basis) = (inner.signs().kind(address), Basis::Guessed);
            let heading =
                Heading { name: address.as_str().into(), kind, basis, attachment: Attachment::Unknown };
            self.add(resource.block.file, &tree, heading);
        }
    }

    /// Policies in locals that nothing in the module uses as they are.
    fn locals(&mut self) {
        for (name, value) in &self.module.locals {
            self.guess(&format!("local.{name}"), *value);
        }
    }

    fn document(&mut self, value: Value<'_>, heading: Heading) {
        let tree = self.evaluator.value(value);
        self.used.insert(tree.source);
        if tree.node == Node::Null {
            return;
        }
        let name = Arc::clone(&heading.name);
        if !self.add(value.file, &tree, heading) {
            let message = format!("the policy of `{name}` is not known from these files");
            self.evaluator.note(message, value.source);
        }
    }

    /// Adds the document of a value, unless another resource has the same one for the same purpose; false when nothing
    /// is known of it.
    fn add(&mut self, file: u32, tree: &Tree, heading: Heading) -> bool {
        let Some(Made { document, notes }) = tree::document(tree, heading, self.module.files) else {
            return false;
        };
        self.holds.notes.extend(notes);
        let of_value = self.by_value.entry((document.kind, tree.source)).or_default();
        let documents = &mut self.holds.documents;
        // A template file may be another text each time.
        let is_same =
            |number: &usize| documents.get(*number).is_some_and(|(_, known)| known.text == document.text);
        match of_value.iter().copied().find(is_same).and_then(|number| documents.get_mut(number)) {
            Some((_, known)) => known.attachment = joined(&known.attachment, document.attachment),
            None => {
                of_value.push(documents.len());
                documents.push((file, document));
            }
        }
        true
    }
}

/// The attributes by which a document becomes a part of another.
const PARTS: [&str; 4] =
    ["source_policy_documents", "override_policy_documents", "source_json", "override_json"];

/// Attached to whom either is attached to.
fn joined(known: &Attachment, other: Attachment) -> Attachment {
    match (known, other) {
        (Attachment::Attached(known), Attachment::Attached(other)) => {
            let new = other.into_iter().filter(|name| !known.contains(name));
            Attachment::Attached(known.iter().cloned().chain(new).collect())
        }
        (Attachment::Attached(_), Attachment::Nobody | Attachment::Unknown) => known.clone(),
        (Attachment::Nobody | Attachment::Unknown, other @ Attachment::Attached(_)) => other,
        (Attachment::Nobody, Attachment::Nobody) => Attachment::Nobody,
        (Attachment::Unknown, _) | (_, Attachment::Unknown) => Attachment::Unknown,
    }
}
