//! Policies with all that is known folded in: statements that never match are gone, tests that always hold are gone,
//! and what is left are tests of what the caller or the circumstances choose.

mod parsed;
mod scene;
mod stack;

pub(crate) use parsed::{Cover, EPOCH, KeyTest, Library, NOW, ResourceTest};
pub(crate) use scene::{Atom, Folding, Identity, Matter, Scene};
pub(crate) use stack::{Folded, Part, Place, Stack};
