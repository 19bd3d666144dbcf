//! The intrinsic functions, one file per group.

mod choice;
mod joining;
mod lookup;
mod reference;
mod substitution;

use super::resolve::Resolver;
use crate::places::Source;
use crate::tree::{Tree, Unknown};

/// What a function makes of its argument; none for `AWS::NoValue`. The place is that of the call.
type Call = fn(&Resolver<'_>, &Tree, Source) -> Option<Tree>;

const FUNCTIONS: [(&str, Call); 10] = [
    ("Ref", reference::reference),
    ("Fn::GetAtt", reference::attribute),
    ("Fn::ImportValue", reference::import),
    ("Fn::Sub", substitution::substitute),
    ("Fn::Join", joining::join),
    ("Fn::Split", joining::split),
    ("Fn::Select", lookup::select),
    ("Fn::FindInMap", lookup::find_in_map),
    ("Fn::If", choice::choose),
    ("Fn::ToJsonString", joining::to_json_string),
];

/// The function of a map's only key; none when it is no function.
pub(super) fn find(name: &str) -> Option<Call> {
    let known = FUNCTIONS.iter().find(|(known, _)| *known == name).map(|(_, call)| *call);
    known.or_else(|| name.starts_with("Fn::").then_some(elsewhere as Call))
}

/// What is known only when the template is deployed.
fn elsewhere(_: &Resolver<'_>, _: &Tree, source: Source) -> Option<Tree> {
    Some(Tree::unknown(Unknown::made("a function of CloudFormation"), source))
}
