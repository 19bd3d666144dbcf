//! The space of requests in cells: actions that no policy tells apart, and the forms that their resource may have.
//!
//! The domain is the prover's own: the actions of the catalogue with the forms of their resources, and the actions that
//! no catalogue knows. Of the latter the prover tries one for each pattern; here each is a string, so that the judge
//! finds what the prover's choice may have missed.

use std::collections::{BTreeMap, BTreeSet};

use portcullis_iam::catalog::catalog;
use portcullis_iam::policy::Clause;
use portcullis_iam::{Action, Polarity};

use crate::actions::{Place, Templates, universe};
use crate::form::Form;
use crate::question::Question;

use super::encoder::statements;
use super::forms::{self, meet};
use super::glob::{self, quoted};
use super::term::Term;

/// Actions that no policy tells apart.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    /// The service, when all of them are of one that matters.
    pub(super) service: Option<Box<str>>,
    pub(super) actions: Actions,
    /// Whether they assume a role, or tag its session.
    pub(super) makes_session: Term,
    /// Whether resource control policies bind them.
    pub(super) is_bound_by_rcps: bool,
    pub(super) forms: Vec<Form>,
    /// Whether all of these name no other account than this one.
    pub(super) names_only: Option<Box<str>>,
}

/// The actions of a cell.
#[derive(Clone, Debug)]
pub(super) enum Actions {
    /// Of the catalogue, with one for all.
    Known(Action),
    /// Any that the catalogue does not know, of the cell's service, or of none of these.
    Unknown { others: Vec<Box<str>>, known: Vec<Box<str>> },
}

impl Cell {
    /// Whether the clause covers its actions.
    pub(super) fn is_covered(&self, clause: &Clause) -> Term {
        let patterns = clause.patterns.iter().map(|pattern| &*pattern.value);
        self.is_listed(clause.polarity, patterns)
    }

    /// Whether a list of patterns covers its actions.
    pub(super) fn is_listed<'t>(&self, polarity: Polarity, patterns: impl Iterator<Item = &'t str>) -> Term {
        let listed = Term::any(patterns.map(|pattern| self.matches(&pattern.to_ascii_lowercase())));
        match polarity {
            Polarity::Only => listed,
            Polarity::Except => listed.not(),
        }
    }

    fn matches(&self, pattern: &str) -> Term {
        match &self.actions {
            Actions::Known(action) => covers(pattern, action.lower()).into(),
            Actions::Unknown { others, known } => self.matches_unknown(pattern, others, known),
        }
    }

    /// What is plain from the pattern's service and from the actions that are known is not left to the solver.
    fn matches_unknown(&self, pattern: &str, others: &[Box<str>], known: &[Box<str>]) -> Term {
        let own = self.service.as_deref().unwrap_or_default();
        let (service, name) = pattern.split_once(':').unwrap_or((pattern, "*"));
        let is_plain = !service.contains(['*', '?']);
        let is_of_another = is_plain && if own.is_empty() { is_in(others, service) } else { service != own };
        if is_of_another || is_in(known, pattern) {
            return Term::False;
        }
        if service == own && name == "*" {
            return Term::True;
        }
        // INVARIANT: a pattern without values always has a term.
        glob::matches(&glob::pieces(pattern), ACTION).unwrap_or(Term::False)
    }

    /// Whether they are of a service that rules know.
    pub(super) fn is_of(&self, service: &str) -> bool {
        self.service.as_deref() == Some(service)
    }

    /// Whether there is but one, with this name.
    pub(super) fn is_named(&self, name: &str) -> bool {
        match &self.actions {
            Actions::Known(action) => action.name() == name,
            Actions::Unknown { .. } => false,
        }
    }

    /// What is true of its requests.
    pub(super) fn membership(&self) -> Term {
        let resource = Term::any(self.forms.iter().map(|form| {
            Term::new(format!("(str.in_re {} {})", super::encoder::RESOURCE, forms::regex(form)))
        }));
        Term::all([self.is_unknown(), resource])
    }

    fn is_unknown(&self) -> Term {
        let Actions::Unknown { others, known } = &self.actions else { return Term::True };
        let service = match &self.service {
            Some(service) if !service.is_empty() => format!("(str.to_re {})", quoted(service)),
            Some(_) | None => NAME.to_owned(),
        };
        let shape = Term::new(format!("(str.in_re {ACTION} (re.++ {service} (str.to_re \":\") {NAME}))"));
        let of_another = others
            .iter()
            .map(|other| Term::new(format!("(str.prefixof {} {ACTION})", quoted(&format!("{other}:")))));
        let is_known = known.iter().map(|known| Term::new(format!("(= {ACTION} {})", quoted(known))));
        Term::all([shape, Term::any(of_another.chain(is_known)).not()])
    }
}

/// The string variable of an action that no catalogue knows.
pub(super) const ACTION: &str = "action";

/// Letters, digits and hyphens.
const NAME: &str = "(re.+ (re.union (re.range \"a\" \"z\") digit (str.to_re \"-\")))";

fn is_in(texts: &[Box<str>], text: &str) -> bool {
    texts.iter().any(|own| **own == *text)
}

/// Every cell of a question.
pub(super) fn cells(question: &Question<'_>, place: Place<'_>) -> Vec<Cell> {
    let patterns = Patterns::of(question);
    let mut cells = known(question, &patterns, place);
    let unknown = patterns.services.iter().map(|service| patterns.unknown(service, place));
    cells.extend(unknown);
    cells.push(patterns.unknown("", place));
    cells
}

/// What a question says of actions and resources.
struct Patterns {
    /// Action patterns in lower case.
    actions: Vec<Box<str>>,
    /// Services that are told apart: those that patterns and condition keys name, and those with rules of their own.
    services: BTreeSet<Box<str>>,
}

impl Patterns {
    fn of(question: &Question<'_>) -> Self {
        let sets = || [Some(question.allowed), question.refused].into_iter().flatten().flat_map(statements);
        let areas = question.only.iter().chain(question.spared).flat_map(|area| &area.actions);
        let clauses = sets().flat_map(|statement| &statement.action.patterns);
        let texts = clauses.map(|pattern| &pattern.value).chain(areas);
        let actions: BTreeSet<Box<str>> = texts.map(|text| text.to_ascii_lowercase().into()).collect();
        let keys = sets().flat_map(|statement| &statement.conditions).map(|test| test.key.as_str());
        let named = actions.iter().map(|text| &**text).chain(keys).filter_map(|text| text.split_once(':'));
        let rules = ["iam", "sts", "kms"].into_iter();
        let services = named.map(|(service, _)| service).filter(|service| !service.contains(['*', '?', '$']));
        let services = services.filter(|service| *service != "aws").chain(rules).map(Box::from).collect();
        Self { actions: actions.into_iter().collect(), services }
    }

    /// The cell of the actions of a service that no catalogue knows; of all services that are not told apart when
    /// the text is empty.
    fn unknown(&self, service: &str, place: Place<'_>) -> Cell {
        let is_known = |text: &str| Action::parse(text).is_some_and(|own| catalog().action(&own).is_some());
        let makes_session = |name| Term::new(format!("(str.prefixof {} {ACTION})", quoted(name)));
        Cell {
            service: Some(service.into()),
            actions: Actions::Unknown {
                others: if service.is_empty() { self.services.iter().cloned().collect() } else { Vec::new() },
                known: self.actions.iter().filter(|text| is_known(text)).cloned().collect(),
            },
            makes_session: if service == "sts" { makes_session("sts:assumerole") } else { Term::False },
            is_bound_by_rcps: catalog().service(service).is_some_and(|known| known.resource_control),
            names_only: forms::names_only(&Templates::of_unknown(service).forms(place), place),
            forms: Templates::of_unknown(service).forms(place),
        }
    }
}

/// What tells actions of the catalogue apart.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Signature {
    service: Option<Box<str>>,
    /// The whole action, where rules know it by name.
    name: Option<Box<str>>,
    is_bound_by_rcps: bool,
    matched: Vec<bool>,
}

fn known(question: &Question<'_>, patterns: &Patterns, place: Place<'_>) -> Vec<Cell> {
    let mut groups: BTreeMap<Signature, (Action, BTreeSet<u32>)> = BTreeMap::new();
    let actions = (0..universe().len()).filter_map(|at| universe().action(at).map(|action| (at, action)));
    for (at, action) in actions {
        let service = patterns.services.contains(action.service());
        let signature = Signature {
            service: service.then(|| action.service().into()),
            name: (action.service() == "sts" || action.lower() == RETIRE_GRANT).then(|| action.name().into()),
            is_bound_by_rcps: is_bound_by_rcps(action),
            matched: patterns.actions.iter().map(|pattern| covers(pattern, action.lower())).collect(),
        };
        let group = groups.entry(signature).or_insert_with(|| (action.clone(), BTreeSet::new()));
        group.1.insert(universe().templates_of(at));
    }
    let resources = forms::resource_patterns(question);
    let cell = |(signature, (action, templates)): (Signature, (Action, BTreeSet<u32>))| {
        let templates = templates.iter().filter_map(|number| universe().templates(*number));
        let forms: BTreeSet<Form> = templates.flat_map(|templates| templates.forms(place)).collect();
        Cell {
            service: signature.service.or(Some("".into())),
            makes_session: makes_session(&action).into(),
            is_bound_by_rcps: signature.is_bound_by_rcps,
            names_only: forms::names_only(&forms.iter().cloned().collect::<Vec<_>>(), place),
            forms: forms::distinct(forms, &resources),
            actions: Actions::Known(action),
        }
    };
    groups.into_iter().map(cell).collect()
}

const RETIRE_GRANT: &str = "kms:retiregrant";

fn is_bound_by_rcps(action: &Action) -> bool {
    let service = catalog().service(action.service());
    service.is_some_and(|service| service.resource_control) && action.lower() != RETIRE_GRANT
}

fn makes_session(action: &Action) -> bool {
    let name = action.name();
    action.service() == "sts"
        && (name.starts_with("assumerole") || ["tagsession", "setsourceidentity"].contains(&name))
}

/// Whether a pattern in lower case covers an action in lower case.
fn covers(pattern: &str, action: &str) -> bool {
    let wildcard = pattern.find(['*', '?']).unwrap_or(pattern.len());
    let (start, rest) = pattern.split_at_checked(wildcard).unwrap_or((pattern, ""));
    match (action.strip_prefix(start), rest) {
        (None, _) => false,
        (Some(tail), "") => tail.is_empty(),
        (Some(_), "*") => true,
        (Some(tail), rest) => meet(&glob::pieces(rest), &glob::literal(tail)),
    }
}
