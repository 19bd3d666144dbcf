//! Terraform's functions, as far as policies use them, one file per group.

mod file;
mod json;
mod list;
mod map;
mod text;

use hcl_edit::expr::FuncCall;

use super::eval::{Evaluator, Scope};
use crate::places::Source;
use crate::tree::{Node, Tree};

pub(super) use file::rendered;

/// What a function makes of its arguments; none when that is not known.
type Call = fn(&Arguments<'_, '_>) -> Option<Tree>;

/// A call with its arguments.
struct Arguments<'a, 'm> {
    evaluator: &'a Evaluator<'m>,
    values: Vec<Tree>,
    /// The place of the call.
    place: Source,
}

const FUNCTIONS: [(&str, Call); 38] = [
    ("jsonencode", json::encode),
    ("jsondecode", json::decode),
    ("file", file::file),
    ("templatefile", file::template),
    ("concat", list::concat),
    ("setunion", list::concat_distinct),
    ("flatten", list::flatten),
    ("distinct", list::distinct),
    ("toset", list::distinct),
    ("tolist", list::same),
    ("tomap", list::same),
    ("sort", list::same),
    ("reverse", list::reverse),
    ("compact", list::compact),
    ("element", list::element),
    ("slice", list::slice),
    ("one", list::one),
    ("length", list::length),
    ("coalesce", list::coalesce),
    ("coalescelist", list::coalesce),
    ("try", list::first_known),
    ("merge", map::merge),
    ("keys", map::keys),
    ("values", map::values),
    ("lookup", map::lookup),
    ("format", text::format),
    ("formatlist", text::format_list),
    ("join", text::join),
    ("split", text::split),
    ("tostring", text::to_string),
    ("sensitive", list::same),
    ("nonsensitive", list::same),
    ("lower", text::lower),
    ("upper", text::upper),
    ("chomp", text::chomp),
    ("trimspace", text::trim_space),
    ("replace", text::replace),
    ("trimsuffix", text::trim_suffix),
];

/// The value of a call; what no function here makes is not known.
pub(super) fn call(evaluator: &Evaluator<'_>, call: &FuncCall, scope: Scope<'_>, place: Source) -> Tree {
    let function = FUNCTIONS.iter().find(|(name, _)| *name == call.name.name.as_str());
    let function = function.filter(|_| !call.name.is_namespaced());
    let Some((_, function)) = function else { return evaluator.made(place) };
    let mut values: Vec<Tree> = call.args.iter().map(|argument| evaluator.eval(argument, scope)).collect();
    if call.args.expand_final() {
        match values.pop().map(|last| last.node) {
            Some(Node::List(items)) => values.extend(items),
            Some(_) | None => return evaluator.made(place),
        }
    }
    let size: usize = values.iter().map(Tree::size).sum();
    if !evaluator.spend(size) {
        return evaluator.made(place);
    }
    function(&Arguments { evaluator, values, place }).unwrap_or_else(|| evaluator.made(place))
}

impl Arguments<'_, '_> {
    /// A value that the call makes.
    fn made(&self, node: Node) -> Tree {
        Tree::new(node, self.place)
    }

    fn get(&self, number: usize) -> Option<&Tree> {
        self.values.get(number)
    }

    /// The text of an argument that is known.
    fn known(&self, number: usize) -> Option<String> {
        self.get(number)?.scalar()?.known().map(str::to_owned)
    }
}
