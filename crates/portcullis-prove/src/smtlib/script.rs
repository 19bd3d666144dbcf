//! The text of a problem: what is declared, defined and asserted.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::rc::Rc;

use super::cell::ACTION;
use super::encoder::RESOURCE;
use super::term::{Holds, Term};

/// A problem as it grows.
#[derive(Debug, Default)]
pub(super) struct Script {
    /// Name and sort of each variable.
    variables: BTreeMap<String, &'static str>,
    /// What is always true of the variables.
    facts: Vec<Term>,
    /// Name and text of what is used more than once.
    definitions: Vec<Term>,
    names: BTreeMap<Rc<str>, Term>,
}

impl Script {
    /// Declares a variable, unless it is declared; whether it is new.
    pub(super) fn declare(&mut self, name: &str, sort: &'static str) -> bool {
        self.variables.insert(name.to_owned(), sort).is_none()
    }

    /// States what is always true of the variables.
    pub(super) fn assert(&mut self, fact: Term) {
        self.facts.push(fact);
    }

    /// A name for `term`: the same one whenever the same term is named.
    pub(super) fn name(&mut self, term: Term) -> Term {
        let Term::Text(text) = &term else { return term };
        if !text.starts_with('(') {
            return term;
        }
        if let Some(name) = self.names.get(text) {
            return name.clone();
        }
        let name = Term::new(format!("t{}", self.definitions.len()));
        self.names.insert(Rc::clone(text), name.clone());
        self.definitions.push(term);
        name
    }

    /// The same for both sides.
    pub(super) fn name_both(&mut self, holds: Holds) -> Holds {
        Holds { must: self.name(holds.must), may: self.name(holds.may) }
    }

    /// The whole text, which asks whether `goal` can be met.
    pub(super) fn finish(&self, goal: &Term) -> String {
        let mut text = String::from(HEAD);
        for name in [RESOURCE, ACTION] {
            line(&mut text, format_args!("(declare-const {name} String)"));
        }
        for (name, sort) in &self.variables {
            line(&mut text, format_args!("(declare-const {name} {sort})"));
        }
        for (number, term) in self.definitions.iter().enumerate() {
            line(&mut text, format_args!("(define-fun t{number} () Bool {term})"));
        }
        self.facts.iter().for_each(|fact| line(&mut text, format_args!("(assert {fact})")));
        line(&mut text, format_args!("(assert {goal})"));
        text.push_str("(check-sat)\n");
        text
    }
}

fn line(text: &mut String, content: std::fmt::Arguments<'_>) {
    // INVARIANT: writing to a `String` cannot fail.
    let _ = writeln!(text, "{content}");
}

/// The sets of characters that patterns and forms use.
const HEAD: &str = r#"(set-logic ALL)
(define-fun any () RegLan (re.* re.allchar))
(define-fun no-colon () RegLan (re.union (re.range "\u{0}" "9") (re.range ";" "\u{2ffff}")))
(define-fun no-colon-or-slash () RegLan (re.union (re.range "\u{0}" ".") (re.range "0" "9") (re.range ";" "\u{2ffff}")))
(define-fun digit () RegLan (re.range "0" "9"))
"#;
