//! What is worth remembering between questions. One for each thread.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use crate::actions::{Place, Templates, universe};
use crate::fold::Library;
use crate::form::{Form, FormPart, Hole, HoleReach};
use crate::search::{Class, Forms, Memo, Split, Unknown};

/// Remembers what was read and reasoned for earlier questions. It never changes an answer, only how soon it comes.
#[derive(Debug, Default)]
pub struct Prover {
    pub(crate) library: Library,
    pub(crate) memo: Memo,
    pub(crate) splits: HashMap<Split, Arc<[Class]>>,
    pub(crate) shelf: Shelf,
    /// The actions that no catalogue knows for the covers of the last questions, by their addresses.
    pub(crate) recent: VecDeque<(Addresses, Arc<Unknown>)>,
}

/// The resource forms of each kind of action in each account.
#[derive(Debug, Default)]
pub(crate) struct Shelf {
    known: HashMap<(u32, Box<str>, Box<str>), Forms>,
    unknown: HashMap<UnknownKey, Forms>,
    next: u32,
}

/// Where covers lie, in order.
pub(crate) type Addresses = Box<[usize]>;

/// Service, partition and account.
type UnknownKey = (Box<str>, Box<str>, Box<str>);

impl Prover {
    /// One that remembers nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Forgets everything where that is much, so that memory stays bounded: what is remembered refers to each other.
    pub(crate) fn tidy(&mut self) {
        if self.library.is_full() {
            *self = Self::default();
        }
    }
}

impl Shelf {
    /// Any text: for what must hold whatever the resource is.
    pub(crate) fn anything(&mut self) -> Forms {
        let hole = Hole { sample: "*".into(), reach: HoleReach::Rest, empty: true };
        self.unknown_forms("", Place { partition: "", account: "" }, || {
            vec![Form(Box::new([FormPart::Hole(hole)]))]
        })
    }

    /// The forms of the resource of a catalogue's action with these templates.
    pub(crate) fn known(&mut self, templates: u32, place: Place<'_>) -> Forms {
        let key = (templates, Box::from(place.partition), Box::from(place.account));
        if let Some(found) = self.known.get(&key) {
            return found.clone();
        }
        let forms = universe().templates(templates).map(|own| own.forms(place)).unwrap_or_default();
        let forms = self.numbered(forms);
        self.known.insert(key, forms.clone());
        forms
    }

    /// The forms of the resource of an action that the catalogue does not know.
    pub(crate) fn unknown(&mut self, service: &str, place: Place<'_>) -> Forms {
        self.unknown_forms(service, place, || Templates::of_unknown(service).forms(place))
    }

    fn unknown_forms(&mut self, service: &str, place: Place<'_>, make: impl FnOnce() -> Vec<Form>) -> Forms {
        let key = (Box::from(service), Box::from(place.partition), Box::from(place.account));
        if let Some(found) = self.unknown.get(&key) {
            return found.clone();
        }
        let forms = self.numbered(make());
        self.unknown.insert(key, forms.clone());
        forms
    }

    fn numbered(&mut self, forms: Vec<Form>) -> Forms {
        self.next += 1;
        Forms { number: self.next, forms: forms.into() }
    }
}
