//! The formula of a question for one class of actions: the order of evaluation, over atoms instead of truths.
//!
//! The order is that of `portcullis_authz::decide`, which a test holds this against.

use portcullis_authz::{Claim, LayerKind, Truth, claim};
use portcullis_iam::{Action, Caller, Effect, Polarity, Request};

use super::formula::Formula;
use crate::fold::{Cover, Folded, Part, Place, Stack};
use crate::theory::Reading;

/// One class of actions, by a request for one of them.
pub(crate) struct Class<'c> {
    pub(crate) request: &'c Request,
    /// The action's place in the catalogue, when it is there.
    pub(crate) place: Option<usize>,
}

impl Class<'_> {
    pub(crate) fn is_covered_by(&self, cover: &Cover) -> bool {
        match self.place {
            Some(place) => cover.known.contains(place),
            None => cover.covers_unknown(self.request.action.lower()),
        }
    }
}

/// What must hold for the policies to allow a request of the class.
pub(crate) fn allowed(stack: &Stack<'_>, class: &Class<'_>, reading: Reading) -> Formula {
    let builder = Builder { stack, class, reading };
    Formula::all([builder.not_denied(), builder.granted()])
}

struct Builder<'b> {
    stack: &'b Stack<'b>,
    class: &'b Class<'b>,
    reading: Reading,
}

impl<'b> Builder<'b> {
    fn bound(&self) -> impl Iterator<Item = &'b Place<'b>> {
        let management = self.stack.policies.management_account;
        let request = self.class.request;
        self.stack.places.iter().filter(move |place| place.kind.binds(request, management))
    }

    fn covering(&self, place: &'b Place<'b>, effect: Effect) -> impl Iterator<Item = &'b Folded<'b>> {
        let covered = move |own: &&Folded<'_>| own.effect == effect && self.class.is_covered_by(&own.cover);
        place.statements.iter().filter(covered)
    }

    /// No statement denies.
    fn not_denied(&self) -> Formula {
        Formula::all(self.bound().flat_map(|place| {
            let missing = !place.gaps.is_empty() && self.reading == Reading::Certain;
            let gap = missing.then_some(Formula::False);
            let denies =
                self.covering(place, Effect::Deny).map(|own| match (own.named.at_all(), self.reading) {
                    (Truth::True, _) | (Truth::Unknown, Reading::Certain) => {
                        Formula::all([holds(own), self.governs(place)]).negated()
                    }
                    (Truth::False, _) | (Truth::Unknown, Reading::Possible) => Formula::True,
                });
            gap.into_iter().chain(denies)
        }))
    }

    /// Whether the place governs the resource: no resource control policy governs who assumes a service-linked role.
    fn governs(&self, place: &Place<'_>) -> Formula {
        match place.service_linked.filter(|_| assumes_role(&self.class.request.action)) {
            Some(atom) => Formula::literal(atom, false),
            None => Formula::True,
        }
    }

    /// Every layer lets it pass.
    fn granted(&self) -> Formula {
        let claim = claim(self.class.request, self.stack.policies);
        let own_account = matches!(claim, Claim::Adds | Claim::AddsAndMustAllow);
        let resource = |name: Name| self.allows(LayerKind::Resource, name);
        let (is_final, stands_in) = if own_account {
            (resource(Name::Itself), resource(Name::ItselfOrOrigin))
        } else {
            (Formula::False, Formula::False)
        };
        let resource_passes = match claim {
            Claim::Adds | Claim::AddsAndMustAllow => {
                Formula::any([self.must_allow().negated(), resource(Name::Any)])
            }
            Claim::MustAllow => resource(Name::Any),
        };
        let unless = |kind: LayerKind, otherwise: &Formula| {
            let mut places = self.bound().filter(|place| place.kind == kind).peekable();
            match places.peek() {
                None => self.without(kind, otherwise),
                Some(_) => {
                    let levels = places.map(|place| self.any_allow(place, Name::Any));
                    Formula::any([Formula::all(levels), otherwise.clone()])
                }
            }
        };
        Formula::all([
            unless(LayerKind::ServiceControl, &Formula::False),
            resource_passes,
            unless(LayerKind::Identity, &stands_in),
            unless(LayerKind::Boundary, &is_final),
            unless(LayerKind::Session, &is_final),
            unless(LayerKind::Endpoint, &Formula::False),
        ])
    }

    /// Whether the resource's policy must allow in its own account too. That of the class's request tells nothing of it:
    /// other actions of the class may have other resources.
    fn must_allow(&self) -> Formula {
        let action = &self.class.request.action;
        let atom = self.stack.explicit.and_then(|explicit| match action.service() {
            "kms" => explicit.key,
            _ if assumes_role(action) => explicit.role,
            _ => None,
        });
        atom.map_or(Formula::False, |atom| Formula::literal(atom, true))
    }

    /// What a layer without policies lets pass.
    fn without(&self, kind: LayerKind, otherwise: &Formula) -> Formula {
        match (kind, &self.class.request.caller) {
            (LayerKind::Session, Caller::FederatedUser(_)) => otherwise.clone(),
            _ => Formula::True,
        }
    }

    fn allows(&self, kind: LayerKind, name: Name) -> Formula {
        let places = self.bound().filter(|place| place.kind == kind);
        Formula::any(places.map(|place| self.any_allow(place, name)))
    }

    fn any_allow(&self, place: &'b Place<'b>, name: Name) -> Formula {
        let missing = !place.gaps.is_empty() && self.reading == Reading::Possible;
        let gap = missing.then_some(Formula::True);
        let allows = self.covering(place, Effect::Allow).map(|own| match (name.truth(own), self.reading) {
            (Truth::True, _) | (Truth::Unknown, Reading::Possible) => holds(own),
            (Truth::False, _) | (Truth::Unknown, Reading::Certain) => Formula::False,
        });
        Formula::any(gap.into_iter().chain(allows))
    }
}

/// Whether a role's trust policy is asked.
fn assumes_role(action: &Action) -> bool {
    let name = action.name();
    action.service() == "sts"
        && (name.starts_with("assumerole") || matches!(name, "tagsession" | "setsourceidentity"))
}

/// How closely an Allow must name the caller.
#[derive(Clone, Copy)]
enum Name {
    Any,
    Itself,
    ItselfOrOrigin,
}

impl Name {
    fn truth(self, own: &Folded<'_>) -> Truth {
        match self {
            Name::Any => own.named.at_all(),
            Name::Itself => own.named.itself,
            Name::ItselfOrOrigin => own.named.itself.or(own.named.origin),
        }
    }
}

/// The statement's parts all hold.
pub(crate) fn holds(own: &Folded<'_>) -> Formula {
    Formula::all(own.parts.iter().map(|part| match part {
        Part::Test(atom) => Formula::literal(*atom, true),
        Part::Resources(polarity, atoms) => resources(*polarity, atoms),
    }))
}

/// One of the patterns matches, or none does.
pub(crate) fn resources(polarity: Polarity, atoms: &[u32]) -> Formula {
    match polarity {
        Polarity::Only => Formula::any(atoms.iter().map(|atom| Formula::literal(*atom, true))),
        Polarity::Except => Formula::all(atoms.iter().map(|atom| Formula::literal(*atom, false))),
    }
}
