//! Outside solvers as judges of the prover.

mod solver;
mod verdict;

pub use solver::{Answer, Sat, Solver};
pub use verdict::{Verdict, compare};
