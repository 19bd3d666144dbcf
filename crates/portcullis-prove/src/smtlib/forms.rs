//! The forms of the resources of a cell: which of them matter, and what their ARNs say of the account.

use std::collections::BTreeSet;

use crate::actions::Place;
use crate::form::{Form, FormPart, Hole, HoleReach};
use crate::question::Question;

use super::encoder::statements;
use super::glob::{self, Piece, quoted};

/// The regular expression of a form.
pub(super) fn regex(form: &Form) -> String {
    let parts: Vec<String> = form
        .0
        .iter()
        .map(|part| match part {
            FormPart::Text(text) => format!("(str.to_re {})", quoted(text)),
            FormPart::Hole(hole) => hole_regex(hole),
        })
        .collect();
    match parts.as_slice() {
        [] => "(str.to_re \"\")".to_owned(),
        [only] => only.clone(),
        _ => format!("(re.++ {})", parts.join(" ")),
    }
}

/// What may fill a hole of a form.
fn hole_regex(hole: &Hole) -> String {
    let characters = match hole.reach {
        HoleReach::Name => "no-colon-or-slash",
        HoleReach::Segment => "no-colon",
        HoleReach::Rest => "re.allchar",
    };
    let times = if hole.empty { "re.*" } else { "re.+" };
    format!("({times} {characters})")
}

/// Everything that tells resources apart.
pub(super) fn resource_patterns(question: &Question<'_>) -> Vec<Box<str>> {
    let sets = [Some(question.allowed), question.refused].into_iter().flatten();
    let clauses = sets.flat_map(statements).flat_map(|statement| &statement.resource);
    let texts = clauses.flat_map(|clause| &clause.patterns).map(|pattern| &pattern.value);
    let areas = question.only.iter().chain(question.spared).flat_map(|area| &area.resources).flatten();
    // Rules look at roles and keys.
    let rules = ["arn:*:iam:*role/*", "arn:*:kms:*key/*"].map(Box::from);
    texts.chain(areas).cloned().chain(rules).collect::<BTreeSet<_>>().into_iter().collect()
}

/// The account, when the fifth part of every ARN is it or no account at all.
pub(super) fn names_only(forms: &[Form], place: Place<'_>) -> Option<Box<str>> {
    let account = |form: &Form| {
        let text = form.0.iter().map(|part| match part {
            FormPart::Text(text) => &**text,
            // A hole that may hold colons ends the part whose text is certain.
            FormPart::Hole(hole) if hole.reach == HoleReach::Rest => "\0",
            FormPart::Hole(_) => "x",
        });
        let text: String = text.collect();
        let (certain, _) = text.split_once('\0').unwrap_or((&text, ""));
        match certain.splitn(6, ':').collect::<Vec<_>>().as_slice() {
            [_, _, _, _, account, _] => Some((*account).to_owned()),
            _ if !text.contains('\0') => Some(String::new()),
            _ => None,
        }
    };
    let is_own = |form: &Form| {
        account(form).is_some_and(|own| {
            own == place.account || own.len() != 12 || !own.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    forms.iter().all(is_own).then(|| place.account.into())
}

/// The forms, but of those that no pattern can tell apart only one.
pub(super) fn distinct(forms: BTreeSet<Form>, patterns: &[Box<str>]) -> Vec<Form> {
    let mut plain = BTreeSet::new();
    let untold = |form: &Form| {
        let own = loose(form);
        patterns.iter().all(|pattern| &**pattern == "*" || !meet(&loosened(pattern), &own))
    };
    let mut kept = Vec::new();
    for form in forms {
        if !untold(&form) || plain.insert(()) {
            kept.push(form);
        }
    }
    kept
}

/// At least what the form covers, as a pattern.
fn loose(form: &Form) -> Vec<Piece> {
    let pieces = |part: &FormPart| match part {
        FormPart::Text(text) => glob::literal(text),
        FormPart::Hole(_) => vec![Piece::Run],
    };
    form.0.iter().flat_map(pieces).collect()
}

/// At least what a resource pattern covers: its variables, and what completes it, are any text.
fn loosened(pattern: &str) -> Vec<Piece> {
    let end = pattern.find("${").unwrap_or(pattern.len());
    let (start, _) = pattern.split_at_checked(end).unwrap_or((pattern, ""));
    let is_short = pattern.matches(':').count() < 5;
    let tail = (end < pattern.len() || is_short).then_some(Piece::Run);
    glob::pieces(start).into_iter().chain(tail).collect()
}

/// Whether two patterns have a text in common.
pub(super) fn meet(left: &[Piece], right: &[Piece]) -> bool {
    // The places in `right` that are reached once a prefix of `left` has been read.
    let close = |reached: &mut Vec<bool>| {
        for at in 0..right.len() {
            if reached.get(at) == Some(&true) && right.get(at) == Some(&Piece::Run) {
                reached.get_mut(at + 1).into_iter().for_each(|next| *next = true);
            }
        }
    };
    let mut reached = vec![false; right.len() + 1];
    reached.first_mut().into_iter().for_each(|first| *first = true);
    close(&mut reached);
    for piece in left {
        let mut next = vec![false; right.len() + 1];
        for (at, _) in reached.iter().enumerate().filter(|(_, reached)| **reached) {
            step(&mut next, piece, at, right);
        }
        close(&mut next);
        reached = next;
    }
    reached.last() == Some(&true)
}

/// Where `piece` leads from the place `at` of `right`.
fn step(next: &mut [bool], piece: &Piece, at: usize, right: &[Piece]) {
    let mut reach = |place: usize| next.get_mut(place).into_iter().for_each(|own| *own = true);
    match (piece, right.get(at)) {
        (Piece::Run | Piece::Value(_), _) => (at..=right.len()).for_each(reach),
        (_, Some(Piece::Run | Piece::Value(_))) => reach(at),
        (Piece::Literal(left), Some(Piece::Literal(right))) if left != right => {}
        (Piece::Literal(_) | Piece::One, Some(Piece::Literal(_) | Piece::One)) => reach(at + 1),
        (Piece::Literal(_) | Piece::One, None) => {}
    }
}
