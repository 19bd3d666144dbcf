//! Requests and policies to decide: written cases, generated ones, and the search for the smallest that fails.

pub mod agree;
pub mod case;
pub mod choices;
pub mod corpus;
pub mod generate;
pub mod minimise;
pub mod published;
pub mod read;

pub use case::{Case, Expect, Facts, Simulation};
pub use choices::Choices;
pub use read::{Input, Unreadable};
