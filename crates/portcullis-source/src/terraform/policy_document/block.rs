//! Blocks, and those that `dynamic` blocks make.

use hcl_edit::structure::Block;

use super::super::collection;
use super::super::eval::{Evaluator, Frame, Scope};
use super::super::module::{InFile, Value, source};
use crate::places::Source;
use crate::tree::{Tree, Unknown};

/// A block with the variables that are known inside it, or any number of blocks that are not known.
pub(super) enum Expanded<'b> {
    Block(Inside<'b>),
    Unknown(Unknown, Source),
}

/// A block, and the variables of the `dynamic` blocks around it.
#[derive(Clone)]
pub(super) struct Inside<'b> {
    pub(super) block: InFile<'b>,
    /// Where the block starts that is pointed at.
    pub(super) source: Source,
    variables: Vec<(&'b str, Tree)>,
}

/// The blocks of this name inside of a block, in their order.
pub(super) fn expanded<'b>(evaluator: &Evaluator<'_>, block: InFile<'b>, name: &str) -> Vec<Expanded<'b>> {
    let source = block.source();
    inside(evaluator, &Inside { block, source, variables: Vec::new() }, name)
}

/// The same inside of a block with variables.
pub(super) fn inside<'b>(evaluator: &Evaluator<'_>, outer: &Inside<'b>, name: &str) -> Vec<Expanded<'b>> {
    let mut expanded = Vec::new();
    for block in outer.block.block.body.blocks() {
        let block = InFile { block, file: outer.block.file };
        let label = block.block.labels.first().map(|label| label.as_str());
        if block.block.ident.as_str() == name {
            let variables = outer.variables.clone();
            expanded.push(Expanded::Block(Inside { block, source: block.source(), variables }));
        } else if block.block.ident.as_str() == "dynamic" && label == Some(name) {
            dynamic(evaluator, outer, block, &mut expanded);
        }
    }
    expanded
}

fn dynamic<'b>(
    evaluator: &Evaluator<'_>,
    outer: &Inside<'b>,
    block: InFile<'b>,
    expanded: &mut Vec<Expanded<'b>>,
) {
    let label = block.block.labels.first().map(|label| label.as_str()).unwrap_or_default();
    let iterator = block.block.body.get_attribute("iterator");
    let iterator =
        iterator.and_then(|attribute| attribute.value.as_variable()).map_or(label, |name| name.as_str());
    let content = block.block.body.get_blocks("content").next();
    let (Some(each), Some(content)) = (block.get("for_each"), content) else { return };
    let collection = outer.eval(evaluator, each);
    let Some(items) = collection::entries(&collection) else {
        let unknown = Unknown::made(&format!("dynamic {label}"));
        return expanded.push(Expanded::Unknown(unknown, block.source()));
    };
    for (key, value) in items {
        if !evaluator.spend(1 + value.size()) {
            return;
        }
        let mut variables = outer.variables.clone();
        variables.push((iterator, super::statement::iteration(key, value)));
        expanded.push(Expanded::Block(Inside {
            block: InFile { block: content, file: block.file },
            source: content_source(content, block),
            variables,
        }));
    }
}

fn content_source(content: &Block, dynamic: InFile<'_>) -> Source {
    source(content, dynamic.file)
}

impl<'b> Inside<'b> {
    /// The value of an attribute of the block.
    pub(super) fn eval(&self, evaluator: &Evaluator<'_>, value: Value<'_>) -> Tree {
        with(&self.variables, None, &mut |frame| {
            evaluator.eval(value.expression, Scope { file: value.file, frame })
        })
    }

    /// The word that is pointed at when the block is meant.
    pub(super) fn head(&self) -> Source {
        source(&self.block.block.ident, self.block.file)
    }
}

/// Runs with all variables.
fn with(
    variables: &[(&str, Tree)],
    frame: Option<&Frame<'_>>,
    run: &mut dyn FnMut(Option<&Frame<'_>>) -> Tree,
) -> Tree {
    match variables.split_first() {
        None => run(frame),
        Some(((name, value), rest)) => {
            with(rest, Some(&Frame { name, value: value.clone(), parent: frame }), run)
        }
    }
}
