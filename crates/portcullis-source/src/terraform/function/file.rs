//! `file` and `templatefile`, of files that are given along.

use hcl_edit::parser;
use portcullis_iam::span::Span;

use super::super::eval::{Evaluator, Frame, Scope};
use super::super::module::InFile;
use super::super::template;
use super::Arguments;
use crate::place::{boundary, offset};
use crate::places::Source;
use crate::tree::{Field, Text, Tree};

pub(super) fn file(call: &Arguments<'_, '_>) -> Option<Tree> {
    let (text, source) = content(call)?;
    Some(Tree::text(Text::verbatim(text, source), source))
}

pub(super) fn template(call: &Arguments<'_, '_>) -> Option<Tree> {
    let (_, source) = content(call)?;
    let variables = call.get(1).map(Tree::fields).unwrap_or_default();
    evaluated(call.evaluator, source, variables)
}

/// What the data source `template_file` makes of a file.
pub(in super::super) fn rendered(evaluator: &Evaluator<'_>, block: InFile<'_>) -> Option<Tree> {
    let source = evaluator.value(block.get("template")?).source;
    let whole = offset(evaluator.module.text(source.file).len());
    let is_file = source.file != block.file && source.span == Span::new(0, whole);
    let variables = block.get("vars").map(|variables| evaluator.value(variables));
    let variables = variables.as_ref().map(Tree::fields).unwrap_or_default();
    if is_file { evaluated(evaluator, source, variables) } else { None }
}

/// The text of a template file; none where it may not be used, or cannot be read.
fn evaluated(evaluator: &Evaluator<'_>, source: Source, variables: &[Field]) -> Option<Tree> {
    let text = evaluator.module.text(source.file);
    if evaluator.is_in_template.get() || !evaluator.spend(text.len() / 8) {
        return None;
    }
    let template = match parser::parse_template(text) {
        Ok(template) => template,
        Err(error) => {
            let at = boundary(text, error.location().offset());
            let place = Source::new(source.file, Span::new(at, at));
            evaluator.note(format!("the template cannot be read: {}", error.message()), place);
            return None;
        }
    };
    evaluator.is_in_template.set(true);
    let value = with(variables, None, &mut |frame| {
        template::file(evaluator, &template, Scope { file: source.file, frame }, source)
    });
    evaluator.is_in_template.set(false);
    Some(value)
}

/// Runs with all fields as variables.
fn with(
    fields: &[Field],
    frame: Option<&Frame<'_>>,
    run: &mut dyn FnMut(Option<&Frame<'_>>) -> Tree,
) -> Tree {
    let (first, rest) = match fields.split_first() {
        Some(split) if fields.len() <= MAX_VARIABLES => split,
        Some(_) | None => return run(frame),
    };
    let name = first.key.known().unwrap_or_default();
    with(rest, Some(&Frame { name, value: first.value.clone(), parent: frame }), run)
}

/// More variables than a template has.
const MAX_VARIABLES: usize = 200;

/// The text of the file that the first argument names, and its place.
fn content<'m>(call: &Arguments<'_, 'm>) -> Option<(&'m str, Source)> {
    let path = call.known(0)?;
    let evaluator: &Evaluator<'m> = call.evaluator;
    let Some(number) = evaluator.module.file_at(&path) else {
        evaluator.note(format!("the file `{path}` was not given along"), call.place);
        return None;
    };
    evaluator.consumed.borrow_mut().push(number);
    let text = evaluator.module.text(number);
    Some((text, Source::new(number, Span::new(0, offset(text.len())))))
}
