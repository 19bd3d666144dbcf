//! Strings with templates: quoted, heredocs and template files.

use hcl_edit::template::{Directive, Element, HeredocTemplate, StringTemplate, Strip, Template};
use portcullis_iam::span::Span;

use super::collection;
use super::eval::{Evaluator, Frame, Scope};
use super::literal::{self, Style};
use super::module::source;
use crate::place::offset;
use crate::places::Source;
use crate::tree::{Node, Text, Tree};

/// A string in quotes. One that is nothing but one template is the value of the template.
pub(super) fn quoted(
    evaluator: &Evaluator<'_>,
    string: &StringTemplate,
    scope: Scope<'_>,
    place: Source,
) -> Tree {
    if let Some(Element::Interpolation(only)) = string.as_single_element() {
        return evaluator.eval(&only.expr, scope);
    }
    let text = whole(evaluator, string, Style::Quoted, scope);
    Tree::text(text.quoted(), place)
}

/// A heredoc.
pub(super) fn heredoc(
    evaluator: &Evaluator<'_>,
    heredoc: &HeredocTemplate,
    scope: Scope<'_>,
    place: Source,
) -> Tree {
    let style = Style::Plain { indent: heredoc.indent().unwrap_or_default() };
    Tree::text(whole(evaluator, &heredoc.template, style, scope), place)
}

/// The text of a template file.
pub(super) fn file(evaluator: &Evaluator<'_>, template: &Template, scope: Scope<'_>, place: Source) -> Tree {
    Tree::text(whole(evaluator, template, Style::Plain { indent: 0 }, scope), place)
}

fn whole(evaluator: &Evaluator<'_>, template: &Template, style: Style, scope: Scope<'_>) -> Text {
    let mut writer = Writer { evaluator, style, out: Text::default() };
    writer.elements(template, scope, Trim { start: false, end: false });
    writer.out
}

/// Which ends of a literal lose their white space.
#[derive(Clone, Copy)]
struct Trim {
    start: bool,
    end: bool,
}

struct Writer<'w, 'm> {
    evaluator: &'w Evaluator<'m>,
    style: Style,
    out: Text,
}

impl Writer<'_, '_> {
    fn elements(&mut self, template: &Template, scope: Scope<'_>, outer: Trim) {
        let elements: Vec<&Element> = template.iter().collect();
        for (number, element) in elements.iter().enumerate() {
            let before = number.checked_sub(1).and_then(|before| elements.get(before));
            let trim = Trim {
                start: before.map_or(outer.start, |before| strips(before).end),
                end: elements.get(number + 1).map_or(outer.end, |after| strips(after).start),
            };
            match element {
                Element::Literal(literal) => self.literal(source(literal, scope.file), trim),
                Element::Interpolation(inner) => self.value(&self.evaluator.eval(&inner.expr, scope)),
                Element::Directive(directive) => self.directive(directive, scope),
            }
        }
    }

    fn literal(&mut self, place: Source, trim: Trim) {
        let file = self.evaluator.module.text(place.file);
        let raw = place.span.of(file);
        let start = if trim.start { raw.len() - raw.trim_start().len() } else { 0 };
        let end = if trim.end { raw.trim_end().len() } else { raw.len() };
        let span = Span::new(place.span.start + offset(start), place.span.start + offset(end.max(start)));
        literal::push(file, Source::new(place.file, span), self.style, &mut self.out);
    }

    fn value(&mut self, value: &Tree) {
        if self.evaluator.spend(1 + value.size()) {
            let text = self.evaluator.text(value);
            self.out.push_str(&text);
        }
    }

    fn directive(&mut self, directive: &Directive, scope: Scope<'_>) {
        let place = match directive {
            Directive::If(choice) => source(choice, scope.file),
            Directive::For(each) => source(each, scope.file),
        };
        let done = match directive {
            Directive::If(choice) => self.choice(choice, scope),
            Directive::For(each) => self.each(each, scope),
        };
        if done.is_none() {
            self.value(&self.evaluator.made(place));
        }
    }

    /// None when the condition is not known.
    fn choice(&mut self, choice: &hcl_edit::template::IfDirective, scope: Scope<'_>) -> Option<()> {
        let Node::Bool(holds) = self.evaluator.eval(&choice.if_expr.cond_expr, scope).node else {
            return None;
        };
        let end = sides(choice.endif_expr.strip).start;
        let between = choice.else_expr.as_ref().map_or(end, |other| sides(other.strip).start);
        match (holds, &choice.else_expr) {
            (true, _) => {
                let trim = Trim { start: sides(choice.if_expr.strip).end, end: between };
                self.elements(&choice.if_expr.template, scope, trim);
            }
            (false, Some(other)) => {
                self.elements(&other.template, scope, Trim { start: sides(other.strip).end, end });
            }
            (false, None) => {}
        }
        Some(())
    }

    /// None when the collection is not known.
    fn each(&mut self, each: &hcl_edit::template::ForDirective, scope: Scope<'_>) -> Option<()> {
        let intro = &each.for_expr;
        let items = collection::entries(&self.evaluator.eval(&intro.collection_expr, scope))?;
        let trim = Trim { start: sides(intro.strip).end, end: sides(each.endfor_expr.strip).start };
        for (key, value) in items {
            let name = intro.key_var.as_ref().map_or("", |name| name.as_str());
            let key = Frame { name, value: key, parent: scope.frame };
            let value = Frame { name: intro.value_var.as_str(), value, parent: Some(&key) };
            if !self.evaluator.spend(1) {
                return None;
            }
            self.elements(&intro.template, Scope { frame: Some(&value), ..scope }, trim);
        }
        Some(())
    }
}

/// What an element does to the white space before (`start`) and after it (`end`).
fn strips(element: &Element) -> Trim {
    match element {
        Element::Literal(_) => Trim { start: false, end: false },
        Element::Interpolation(inner) => sides(inner.strip),
        Element::Directive(directive) => match directive.as_ref() {
            Directive::If(choice) => {
                Trim { start: sides(choice.if_expr.strip).start, end: sides(choice.endif_expr.strip).end }
            }
            Directive::For(each) => {
                Trim { start: sides(each.for_expr.strip).start, end: sides(each.endfor_expr.strip).end }
            }
        },
    }
}

fn sides(strip: Strip) -> Trim {
    Trim { start: strip.strip_start(), end: strip.strip_end() }
}
