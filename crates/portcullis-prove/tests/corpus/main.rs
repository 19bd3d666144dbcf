//! Published policies, attached to an administrator: what the prover says of them.
//!
//! They stand in the folder that `PORTCULLIS_CORPUS` names; without it the suites say that they skip.
#![cfg(test)]
#![expect(clippy::disallowed_methods, reason = "the cases are files")]

mod account;
mod attached;
mod probe;
mod probes;
mod properties;
mod table;
mod undecided;
