//! The policies of a set, layer by layer, with all that is known folded in.

use std::sync::Arc;

use portcullis_authz::{Bounded, LayerKind, Named};
use portcullis_iam::pattern::ShortArn;
use portcullis_iam::{
    Action, Attached, ContextKey, Effect, Gap, Layer, Polarity, PolicySet, Request, Statement, Truth, Version,
};

use super::parsed::{Cover, Library, ParsedStatement};
use super::scene::{Folding, Scene};
use crate::facts::Domain;
use crate::reach::StatementRef;

/// The layers of a policy set that can have a say in the requests in question.
#[derive(Debug)]
pub(crate) struct Stack<'q> {
    pub(crate) policies: &'q PolicySet,
    pub(crate) places: Vec<Place<'q>>,
    /// Where the resource has a policy.
    pub(crate) explicit: Option<Explicit>,
}

/// The atoms of resources whose own policy must allow, whatever other policies do: roles that are assumed, and keys.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Explicit {
    pub(crate) role: Option<u32>,
    pub(crate) key: Option<u32>,
}

/// A layer, or one level of it.
#[derive(Debug)]
pub(crate) struct Place<'q> {
    pub(crate) kind: LayerKind,
    pub(crate) level: Option<&'q str>,
    pub(crate) gaps: &'q [Gap],
    pub(crate) statements: Vec<Folded<'q>>,
    /// Of resource control policies: the atom of service-linked roles, whom to assume they do not govern.
    pub(crate) service_linked: Option<u32>,
}

/// A statement that can match.
#[derive(Debug)]
pub(crate) struct Folded<'q> {
    attached: &'q Attached,
    index: usize,
    pub(crate) effect: Effect,
    /// How it names the caller.
    pub(crate) named: Named,
    pub(crate) cover: Cover,
    /// All of these must hold.
    pub(crate) parts: Vec<Part>,
}

/// A part of a statement that holds in some requests and not in others.
#[derive(Clone, Debug)]
pub(crate) enum Part {
    /// A test.
    Test(u32),
    /// Resource patterns: one of them must match, or none of them.
    Resources(Polarity, Vec<u32>),
}

impl<'q> Stack<'q> {
    pub(crate) fn new(policies: &'q PolicySet, scene: &mut Scene<'_>, library: &mut Library) -> Self {
        let Some(stub) = stub(scene) else { return Self { policies, places: Vec::new(), explicit: None } };
        let bounded = match policies.boundary.is_some() && LayerKind::Boundary.binds(&stub, None) {
            true => Bounded::Yes,
            false => Bounded::No,
        };
        let mut places = Vec::new();
        for kind in LayerKind::ALL {
            // Whether resource control policies bind depends on the action: they are asked later.
            let asked = kind == LayerKind::ResourceControl || kind.binds(&stub, policies.management_account);
            if !asked {
                continue;
            }
            for (level, layer) in kind.of(policies) {
                let mut folder = Folder { kind, scene, library, stub: &stub, bounded };
                let statements = folder.layer(layer);
                let service_linked = folder.service_linked();
                places.push(Place { kind, level, gaps: &layer.gaps, statements, service_linked });
            }
        }
        let explicit = policies.resource.is_some().then(|| Explicit {
            role: resource_atom(ROLE, scene, library),
            key: resource_atom(KEY, scene, library),
        });
        Self { policies, places, explicit }
    }

    /// The places of a kind.
    pub(crate) fn of(&self, kind: LayerKind) -> impl Iterator<Item = &Place<'q>> {
        self.places.iter().filter(move |place| place.kind == kind)
    }
}

/// A request of the caller, for what depends on the caller alone.
fn stub(scene: &Scene<'_>) -> Option<Request> {
    let mut context = scene.context.clone();
    // Whether an entry with an id names the caller is unknown, unless the caller's id is stated.
    if let Domain::Free { .. } = scene.domain(&ContextKey::new(USER_ID), None) {
        context = context.with_unknown(USER_ID);
    }
    Some(Request {
        caller: scene.frame.caller.clone(),
        credential: scene.frame.credential,
        action: Action::parse("portcullis:Any")?,
        resource: "*".into(),
        resource_owner: None,
        context,
    })
}

/// The key that ids in a `Principal` element are compared with.
const USER_ID: &str = "aws:userid";

struct Folder<'f, 's> {
    kind: LayerKind,
    scene: &'f mut Scene<'s>,
    library: &'f mut Library,
    stub: &'f Request,
    bounded: Bounded,
}

impl Folder<'_, '_> {
    fn layer<'q>(&mut self, layer: &'q Layer) -> Vec<Folded<'q>> {
        let mut statements = Vec::new();
        for attached in &layer.policies {
            let parsed = self.library.policy(&attached.policy, self.kind.short_arn());
            for (index, (own, read)) in attached.policy.statements.iter().zip(&parsed.statements).enumerate()
            {
                let Some((named, parts)) = self.statement(own, read) else { continue };
                let cover = read.cover.clone();
                statements.push(Folded { attached, index, effect: own.effect, named, cover, parts });
            }
        }
        statements
    }

    /// How the statement names the caller and what is left to hold; none when it never matches.
    fn statement(&mut self, own: &Statement, read: &ParsedStatement) -> Option<(Named, Vec<Part>)> {
        let named = self.kind.names((own.effect, own.principal.as_ref()), self.stub, self.bounded);
        if named.at_all() == Truth::False {
            return None;
        }
        let mut parts = Vec::new();
        for test in &read.conditions {
            match self.scene.key_test(test) {
                Folding::Holds => {}
                Folding::Fails => return None,
                Folding::Atom(atom) => parts.push(Part::Test(atom)),
            }
        }
        if let Some((polarity, tests)) = &read.resource {
            let mut atoms = Vec::new();
            let mut always = false;
            for test in tests {
                match self.scene.resource_test(test) {
                    Folding::Holds => always = true,
                    Folding::Fails => {}
                    Folding::Atom(atom) => atoms.push(atom),
                }
            }
            match (polarity, always, atoms.is_empty()) {
                (Polarity::Only, true, _) | (Polarity::Except, false, true) => {}
                (Polarity::Only, false, true) | (Polarity::Except, true, _) => return None,
                (polarity, false, false) => parts.push(Part::Resources(*polarity, atoms)),
            }
        }
        Some((named, parts))
    }

    fn service_linked(&mut self) -> Option<u32> {
        let governs = self.kind == LayerKind::ResourceControl;
        governs.then(|| resource_atom(SERVICE_LINKED, self.scene, self.library)).flatten()
    }
}

/// The atom of a pattern without variables, as rules and not policies have it.
fn resource_atom(pattern: &str, scene: &mut Scene<'_>, library: &mut Library) -> Option<u32> {
    let test = library.resource_test(pattern, Version::V2012, ShortArn::AsWritten);
    match scene.resource_test(&test) {
        Folding::Atom(atom) => Some(atom),
        Folding::Holds | Folding::Fails => None,
    }
}

impl Folded<'_> {
    /// The statement in its policy.
    pub(crate) fn reference(&self, place: &Place<'_>) -> StatementRef {
        let own = self.attached.policy.statements.get(self.index);
        StatementRef {
            layer: place.kind,
            level: place.level.map(Box::from),
            policy: Arc::clone(&self.attached.id),
            index: self.index,
            sid: own.and_then(|own| own.sid.as_ref()).map(|sid| sid.value.clone()),
            effect: self.effect,
        }
    }

    /// Whether it matches every request for the actions that it covers.
    pub(crate) fn is_unconditional(&self) -> bool {
        self.parts.is_empty() && self.named.at_all() == Truth::True
    }
}

const SERVICE_LINKED: &str = "arn:*:iam::*:role/aws-service-role/*";

const ROLE: &str = "arn:*:iam:*:*:role/*";

const KEY: &str = "arn:*:kms:*:*:key/*";
