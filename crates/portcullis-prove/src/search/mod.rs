//! The search for a request such as a question asks for.
//!
//! First whole sets of actions are closed: those that nothing allows, and those that a statement denies whatever else
//! holds. What is left is split into classes that no statement tells apart, the most telling first. For each class a
//! formula says what must hold; a model of it becomes a request, which the evaluator confirms.

mod bindings;
mod build;
mod classes;
mod closing;
mod formula;
mod memo;
mod needs;
mod request;
mod run;
mod sweep;
mod tableau;
#[cfg(test)]
mod tests;
mod unknown;

pub use run::{reach, reach_within};

pub(crate) use classes::Class;
pub(crate) use memo::{Forms, Memo};
pub(crate) use sweep::Split;
pub(crate) use unknown::Unknown;
