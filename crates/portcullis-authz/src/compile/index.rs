//! The statements of a policy set, listed by the service of the actions that they can be about.

use std::collections::BTreeSet;
use std::sync::Arc;

use portcullis_iam::policy::Clause;
use portcullis_iam::{Effect, Layer, PolicySet, Request, Truth};

use super::action::{self, Cover};
use super::statement::Body;
use crate::layer::{self, LayerKind, NamedVote};
use crate::principal::Bounded;

/// The statements of a policy set by service.
#[derive(Clone, Debug)]
pub(super) struct Index {
    places: Box<[Place]>,
    /// Sorted by service.
    services: Box<[(Box<str>, Lists)]>,
    /// For services that no pattern names.
    others: Lists,
}

/// The place of a layer, or of one level of it, in the order in which the layers are asked.
#[derive(Clone, Copy, Debug)]
struct Place {
    kind: LayerKind,
    has_gaps: bool,
}

/// For each place, the statements that can be about a service: those that deny first.
type Lists = Box<[Box<[Entry]>]>;

/// A statement that can be about a service.
#[derive(Clone, Debug)]
struct Entry {
    cover: Cover,
    body: Arc<Body>,
}

/// A layer, or one level of it, with its statements that can be about one service.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot<'i> {
    place: Place,
    entries: &'i [Entry],
}

impl Slot<'_> {
    pub(super) fn kind(self) -> LayerKind {
        self.place.kind
    }

    /// What its statements say of `request`, an action of their service.
    pub(super) fn vote(self, request: &Request, bounded: Bounded) -> NamedVote {
        let mut vote = NamedVote::SILENT;
        for Entry { cover, body } in self.entries {
            // A further Allow adds nothing to one that is certain.
            let decided = body.effect == Effect::Allow && vote.allow.itself == Truth::True;
            if decided || !cover.covers(&request.action) {
                continue;
            }
            let applies = body.applies(request);
            if applies != Truth::False {
                let named = self.place.kind.names((body.effect, body.principal.as_ref()), request, bounded);
                vote = vote.with(body.effect, named, applies);
            }
        }
        if self.place.has_gaps { vote.with_gaps() } else { vote }
    }
}

impl Index {
    pub(super) fn new(policies: &PolicySet) -> Self {
        let layers: Vec<(LayerKind, &Layer)> = LayerKind::ALL
            .into_iter()
            .flat_map(|kind| kind.of(policies).map(move |(_, layer)| (kind, layer)))
            .collect();
        let bodies: Vec<Vec<(&Clause, Arc<Body>)>> =
            layers.iter().map(|(kind, layer)| bodies(*kind, layer)).collect();
        let clauses = bodies.iter().flatten().map(|(clause, _)| *clause);
        let services: BTreeSet<Box<str>> = clauses.flat_map(action::services).collect();
        let lists = |service: Option<&str>| bodies.iter().map(|bodies| list(bodies, service)).collect();
        Self {
            places: layers
                .iter()
                .map(|(kind, layer)| Place { kind: *kind, has_gaps: !layer.gaps.is_empty() })
                .collect(),
            others: lists(None),
            services: services
                .into_iter()
                .map(|service| {
                    let lists = lists(Some(&service));
                    (service, lists)
                })
                .collect(),
        }
    }

    /// Every layer and level with its statements that can be about actions of `service`.
    pub(super) fn of_service(&self, service: &str) -> impl Iterator<Item = Slot<'_>> {
        let found = self.services.binary_search_by(|(own, _)| (**own).cmp(service)).ok();
        let lists = found.and_then(|index| self.services.get(index)).map_or(&self.others, |(_, lists)| lists);
        self.places.iter().zip(lists.iter()).map(|(place, entries)| Slot { place: *place, entries })
    }
}

fn bodies(kind: LayerKind, layer: &Layer) -> Vec<(&Clause, Arc<Body>)> {
    let mut bodies: Vec<_> = layer::statements(layer)
        .map(|(attached, statement)| {
            (&statement.action, Arc::new(Body::new(&attached.policy, statement, kind.short_arn())))
        })
        .collect();
    bodies.sort_by_key(|(_, body)| body.effect == Effect::Allow);
    bodies
}

fn list(bodies: &[(&Clause, Arc<Body>)], service: Option<&str>) -> Box<[Entry]> {
    let entries = bodies.iter().filter_map(|(clause, body)| {
        let cover = Cover::new(clause, service)?;
        Some(Entry { cover, body: Arc::clone(body) })
    });
    entries.collect()
}
