//! A question from end to end.

use std::collections::HashSet;
use std::sync::Arc;

use portcullis_authz::{Decision, ServiceRule, Truth, service_rule};
use portcullis_iam::pattern::ShortArn;
use portcullis_iam::{Action, Caller, Credential, Gap, Polarity, Request, Version};

use super::bindings;
use super::build::{self, resources};
use super::classes::{self, Class};
use super::closing::{self, Ledger};
use super::formula::Formula;
use super::memo::Forms;
use super::needs::Needs;
use super::request;
use super::tableau::{self, Found, Ground, Model};
use crate::actions::{Place, universe};
use crate::area::Area;
use crate::fold::{Cover, Folding, Matter, Part, Scene, Stack};
use crate::prover::Prover;
use crate::question::Question;
use crate::reach::{Closer, Doubt, Reach};
use crate::theory::{Reading, Work};
use crate::witness::Witness;

/// Whether there is a request such as the question asks for.
pub fn reach(prover: &mut Prover, question: &Question<'_>) -> Reach {
    reach_within(prover, question, &Work::default())
}

/// The same, for no more than `work`.
pub fn reach_within(prover: &mut Prover, question: &Question<'_>, work: &Work) -> Reach {
    prover.tidy();
    prover.memo.begin();
    let mut asked = Asked::new(prover, question);
    let answer = asked.answer(work);
    let frames = match &answer {
        Reach::Undecided(_) if !asked.scene.chosen_keys().is_empty() => {
            bindings::frames(question, &asked.scene)
        }
        Reach::Undecided(_) | Reach::Closed(_) | Reach::Open(_) => Vec::new(),
    };
    for frame in &frames {
        let bound = Question { frame, ..*question };
        if let open @ Reach::Open(_) = Asked::new(prover, &bound).answer(work) {
            return open;
        }
    }
    answer
}

/// A question, read and folded.
pub(super) struct Asked<'a, 'q> {
    pub(super) prover: &'a mut Prover,
    pub(super) question: &'a Question<'q>,
    pub(super) scene: Scene<'q>,
    pub(super) allowed: Stack<'q>,
    pub(super) refused: Option<Stack<'q>>,
    pub(super) only: Vec<FoldedArea>,
    pub(super) spared: Vec<FoldedArea>,
    pub(super) services: Arc<[Cover]>,
    /// Whether IAM takes the session that calls.
    iam_takes: Folding,
    pub(super) ledger: Ledger,
}

/// An area, with its resources as atoms.
pub(super) struct FoldedArea {
    pub(super) cover: Cover,
    /// None for every resource.
    pub(super) resources: Option<Part>,
}

/// The classes that are not yet decided.
#[derive(Default)]
struct Rest<'c> {
    /// Those that want more work.
    hard: Vec<&'c Class>,
    /// Why others cannot be.
    doubt: Option<Doubt>,
}

impl Rest<'_> {
    fn doubt(&mut self, found: Doubt) {
        self.doubt.get_or_insert_default().merge(found);
    }
}

/// What became of a class.
enum Outcome {
    Closed(Closer),
    Open(Box<Witness>),
    Undecided(Doubt),
}

impl<'a, 'q> Asked<'a, 'q> {
    fn new(prover: &'a mut Prover, question: &'a Question<'q>) -> Self {
        let mut scene = Scene::new(question.frame);
        let allowed = Stack::new(question.allowed, &mut scene, &mut prover.library);
        let refused = question.refused.map(|own| Stack::new(own, &mut scene, &mut prover.library));
        let only = question.only.iter().map(|area| folded(area, &mut scene, prover)).collect();
        let spared = question.spared.iter().map(|area| folded(area, &mut scene, prover)).collect();
        let stacks: Vec<&Stack<'_>> = [&allowed].into_iter().chain(&refused).collect();
        let services = classes::of_services(&stacks, &mut prover.library);
        let iam_takes = match question.frame.credential {
            Credential::SessionToken => match prover.library.made_with_mfa() {
                Some(test) => scene.key_test(&test),
                None => Folding::Fails,
            },
            Credential::Unstated
            | Credential::LongTermKey
            | Credential::Console
            | Credential::RoleSession
            | Credential::FederationToken => Folding::Holds,
        };
        let ledger = Ledger::default();
        Self { prover, question, scene, allowed, refused, only, spared, services, iam_takes, ledger }
    }

    fn answer(&mut self, work: &Work) -> Reach {
        let known = self.known_classes();
        let mut rest = Rest::default();
        if let Some(witness) = self.decide_all(&known, &mut rest, work) {
            return Reach::Open(witness);
        }
        let (unknown, are_all) = self.unknown_classes();
        if let Some(witness) = self.decide_all(&unknown, &mut rest, work) {
            return Reach::Open(witness);
        }
        if !are_all {
            rest.doubt(Doubt { spent: true, ..Doubt::default() });
        }
        if let Some(witness) = self.decide_hard(&mut rest, work) {
            return Reach::Open(witness);
        }
        match rest.doubt {
            Some(doubt) => Reach::Undecided(doubt),
            None => Reach::Closed(std::mem::take(&mut self.ledger).certificate()),
        }
    }

    /// Decides class by class, up to the first that is open, each for a little work.
    fn decide_all<'c>(
        &mut self,
        classes: &'c [Class],
        rest: &mut Rest<'c>,
        work: &Work,
    ) -> Option<Box<Witness>> {
        for class in classes {
            match work.part(AT_FIRST, |own| self.decide(class, own)) {
                Outcome::Open(witness) => return Some(witness),
                Outcome::Closed(by) => self.close(class, by),
                Outcome::Undecided(found) if found.spent => rest.hard.push(class),
                Outcome::Undecided(found) => rest.doubt(found),
            }
        }
        None
    }

    /// The same for the classes that want more work: whatever one of them takes, half of what is left is for the others.
    fn decide_hard(&mut self, rest: &mut Rest<'_>, work: &Work) -> Option<Box<Witness>> {
        for class in std::mem::take(&mut rest.hard) {
            match work.part(work.left() / 2, |own| self.decide(class, own)) {
                Outcome::Open(witness) => return Some(witness),
                Outcome::Closed(by) => self.close(class, by),
                Outcome::Undecided(found) => rest.doubt(found),
            }
        }
        None
    }

    fn close(&mut self, class: &Class, by: Closer) {
        match class {
            Class::Known(bits) => self.ledger.close(by, bits),
            Class::Unknown(action) => self.ledger.close_unknown(by, action.as_str()),
        }
    }

    fn decide(&mut self, class: &Class, work: &Work) -> Outcome {
        if !work.take(CLASS) {
            return Outcome::Undecided(Doubt { spent: true, ..Doubt::default() });
        }
        let Some(first) = self.first(class) else { return Outcome::Closed(Closer::OutOfQuestion) };
        let view = build::Class { request: &first, place: place_of(class) };
        if let Some(outcome) = self.by_service(&first, &view) {
            return outcome;
        }
        let formula = self.formula(&view, Reading::Possible);
        if formula == Formula::False {
            return Outcome::Closed(closing::of_class(&self.allowed, &view));
        }
        let anything = self.prover.shelf.anything();
        let anything = (&anything, None, Reading::Possible);
        if work.part(work.left() / 4, |own| self.search(&formula, anything, own)) == Found::Nothing {
            return Outcome::Closed(closing::of_class(&self.allowed, &view));
        }
        let certain = self.formula(&view, Reading::Certain);
        self.by_groups((class, &view), [&formula, &certain], work)
    }

    /// Looks at each kind of action in the class: with its own resources and its service's own keys.
    fn by_groups(
        &mut self,
        (class, view): (&Class, &build::Class<'_>),
        formulas: [&Formula; 2],
        work: &Work,
    ) -> Outcome {
        let needs = Needs::of(formulas[0], &self.scene);
        let mut seen = HashSet::new();
        let mut doubt: Option<Doubt> = None;
        let mut given_up = 0;
        let groups: Box<dyn Iterator<Item = (&Action, Option<u32>)>> = match class {
            Class::Unknown(action) => Box::new(std::iter::once((action, None))),
            Class::Known(bits) => {
                let fresh = universe().most_telling(bits).filter(|place| seen.insert(needs.group(*place)));
                Box::new(fresh.filter_map(|place| {
                    Some((universe().action(place)?, Some(universe().templates_of(place))))
                }))
            }
        };
        for (action, templates) in groups {
            match work.part(work.left() / 2, |own| self.in_group((action, templates), formulas, own)) {
                Outcome::Open(witness) => return Outcome::Open(witness),
                Outcome::Undecided(found) => {
                    given_up += usize::from(found.spent);
                    doubt.get_or_insert_default().merge(found);
                }
                Outcome::Closed(_) => {}
            }
            if MOST_GIVEN_UP < given_up {
                break;
            }
        }
        match doubt {
            Some(doubt) => Outcome::Undecided(doubt),
            None => Outcome::Closed(closing::of_class(&self.allowed, view)),
        }
    }

    fn in_group(
        &mut self,
        (action, templates): (&Action, Option<u32>),
        formulas: [&Formula; 2],
        work: &Work,
    ) -> Outcome {
        let service = Some(action.service());
        let spent = |doubt| Outcome::Undecided(Doubt { spent: true, ..doubt });
        let forms = self.forms(action, templates);
        let [possible, certain] = formulas;
        match self.search(possible, (&forms, service, Reading::Possible), work) {
            Found::Nothing => Outcome::Closed(Closer::OutOfQuestion),
            Found::GaveUp => spent(self.doubt(possible)),
            Found::Model(model) => {
                if let Some(witness) = self.confirm(action, &model) {
                    return Outcome::Open(Box::new(witness));
                }
                match self.search(certain, (&forms, service, Reading::Certain), work) {
                    Found::Model(model) => match self.confirm(action, &model) {
                        Some(witness) => Outcome::Open(Box::new(witness)),
                        None => Outcome::Undecided(Doubt { unconfirmed: true, ..self.doubt(possible) }),
                    },
                    Found::GaveUp => spent(self.doubt(possible)),
                    Found::Nothing => Outcome::Undecided(self.doubt(possible)),
                }
            }
        }
    }

    fn search(
        &mut self,
        formula: &Formula,
        (forms, service, reading): (&Forms, Option<&str>, Reading),
        work: &Work,
    ) -> Found {
        let memo = &mut self.prover.memo;
        let ground = Ground { scene: &self.scene, memo, work, forms, service, reading };
        tableau::model(ground, formula)
    }

    fn confirm(&self, action: &Action, model: &Model) -> Option<Witness> {
        let resource = model.resource.as_deref().unwrap_or("*");
        let request = request::of_model(&self.scene, action, resource, model);
        Witness::confirm(request, self.question.allowed, self.question.refused)
    }

    /// What must hold of a request of the class.
    fn formula(&self, view: &build::Class<'_>, reading: Reading) -> Formula {
        let against = match reading {
            Reading::Possible => Reading::Certain,
            Reading::Certain => Reading::Possible,
        };
        let refused = self.refused.iter().map(|stack| build::allowed(stack, view, against).negated());
        let spared = self.spared.iter().filter(|area| view.is_covered_by(&area.cover));
        let spared = spared.map(|area| area.formula().negated());
        let only = match self.only.is_empty() {
            true => Formula::True,
            false => {
                let own = self.only.iter().filter(|area| view.is_covered_by(&area.cover));
                Formula::any(own.map(FoldedArea::formula))
            }
        };
        let allowed = build::allowed(&self.allowed, view, reading);
        let taken = match self.iam_takes {
            Folding::Atom(atom) if is_of_iam(view) => Formula::literal(atom, true),
            Folding::Atom(_) | Folding::Holds | Folding::Fails => Formula::True,
        };
        Formula::all([allowed, only, taken].into_iter().chain(refused).chain(spared))
    }

    /// What the service itself decides, where it does.
    fn by_service(&self, first: &Request, view: &build::Class<'_>) -> Option<Outcome> {
        let applied = service_rule::of(first)?;
        let holds = match applied.rule == ServiceRule::SessionTokenCallsIam {
            // The request says nothing of what the caller chooses.
            true => matches!(self.iam_takes, Folding::Fails),
            false => applied.holds == Truth::True,
        };
        if !holds {
            return None;
        }
        match applied.rule.decision() {
            Decision::Allowed if self.counts(view) => {
                let witness = Witness::confirm(first.clone(), self.question.allowed, self.question.refused);
                Some(match witness {
                    Some(witness) => Outcome::Open(Box::new(witness)),
                    None => Outcome::Closed(Closer::OutOfQuestion),
                })
            }
            Decision::Allowed => Some(Outcome::Closed(Closer::OutOfQuestion)),
            Decision::ImplicitDeny | Decision::ExplicitDeny => {
                Some(Outcome::Closed(Closer::Service(applied.rule)))
            }
        }
    }

    /// Whether an action that no policy governs is asked for, whatever its resource.
    fn counts(&self, view: &build::Class<'_>) -> bool {
        let covers = |area: &&FoldedArea| view.is_covered_by(&area.cover);
        let asked = self.only.is_empty() || self.only.iter().any(|area| covers(&area));
        asked && !self.spared.iter().any(|area| covers(&area))
    }

    /// A request for the most telling action of the class.
    fn first(&mut self, class: &Class) -> Option<Request> {
        let (action, templates) = match class {
            Class::Unknown(action) => (action.clone(), None),
            Class::Known(bits) => {
                let place = universe().most_telling(bits).next()?;
                (universe().action(place)?.clone(), Some(universe().templates_of(place)))
            }
        };
        let forms = self.forms(&action, templates);
        let resource = forms.forms.first()?.sample();
        Some(request::plain(&self.scene, &action, &resource))
    }

    fn forms(&mut self, action: &Action, templates: Option<u32>) -> Forms {
        let arn = match self.scene.caller() {
            Caller::Anonymous | Caller::Service(_) => None,
            Caller::Root(arn) | Caller::User(arn) => Some(arn),
            Caller::Role(session) => Some(&session.role),
            Caller::FederatedUser(session) => Some(&session.session),
        };
        let place = Place {
            partition: arn.map_or("aws", |arn| arn.partition()),
            account: arn.map_or("", |arn| arn.account_part()),
        };
        match templates {
            Some(number) => self.prover.shelf.known(number, place),
            None => self.prover.shelf.unknown(action.service(), place),
        }
    }

    /// Why it is not certain.
    fn doubt(&self, formula: &Formula) -> Doubt {
        let mut doubt = Doubt::default();
        let mut atoms = Vec::new();
        formula.collect_atoms(&mut atoms);
        for atom in atoms.iter().filter_map(|atom| self.scene.atoms.get(*atom as usize)) {
            match &atom.matter {
                Matter::Open { hidden, chosen, no_arn } => {
                    doubt.gaps.extend(no_arn.then(|| Gap(NO_ARN.into())));
                    doubt.keys.extend(hidden.iter().chain(chosen).map(|key| Box::from(key.as_str())));
                }
                Matter::Key(..) | Matter::Resource(_) => {}
            }
        }
        let stacks = [&self.allowed].into_iter().chain(&self.refused);
        for place in stacks.flat_map(|stack| &stack.places) {
            doubt.gaps.extend(place.gaps.iter().cloned());
        }
        doubt
    }
}

impl FoldedArea {
    /// The request's resource lies in the area.
    fn formula(&self) -> Formula {
        match &self.resources {
            None => Formula::True,
            Some(Part::Resources(polarity, atoms)) => resources(*polarity, atoms),
            Some(Part::Test(atom)) => Formula::literal(*atom, true),
        }
    }
}

fn folded(area: &Area, scene: &mut Scene<'_>, prover: &mut Prover) -> FoldedArea {
    let texts: Vec<&str> = area.actions.iter().map(|text| &**text).collect();
    let cover = prover.library.cover_of(area.polarity, &texts);
    let Some(patterns) = &area.resources else { return FoldedArea { cover, resources: None } };
    let mut atoms = Vec::new();
    for text in patterns {
        let test = prover.library.resource_test(text, Version::V2008, ShortArn::AsWritten);
        match scene.resource_test(&test) {
            Folding::Holds => return FoldedArea { cover, resources: None },
            Folding::Fails => {}
            Folding::Atom(atom) => atoms.push(atom),
        }
    }
    FoldedArea { cover, resources: Some(Part::Resources(Polarity::Only, atoms)) }
}

/// The work for each class before any gets more.
const AT_FIRST: usize = 1 << 17;

/// What it costs to look at a class at all.
const CLASS: usize = 256;

/// How many kinds of actions of a class may be given up before the whole class is.
const MOST_GIVEN_UP: usize = 16;

/// AWS documents no meaning for it.
const NO_ARN: &str = "what a negated ARN operator makes of what is no ARN";

fn is_of_iam(view: &build::Class<'_>) -> bool {
    view.request.action.service() == "iam"
}

fn place_of(class: &Class) -> Option<usize> {
    match class {
        Class::Known(bits) => bits.iter().next(),
        Class::Unknown(_) => None,
    }
}
