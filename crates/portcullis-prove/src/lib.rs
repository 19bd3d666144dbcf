//! Reasoning over all requests at once: is there one that these policies let through?
//!
//! A [`Question`] names the policies, what is known of the requests in question, and which of them count. The answer is
//! [`Reach::Closed`] with a certificate, [`Reach::Open`] with a [`Witness`] that the evaluator has confirmed, or
//! [`Reach::Undecided`] with the reason: never a guess.

mod accepted;
mod actions;
pub mod alike;
pub mod area;
mod case;
mod chain;
pub mod change;
pub mod credential;
mod documents;
mod enrol;
pub mod estate;
mod exempt;
mod exposure;
pub mod facts;
mod fold;
pub mod form;
mod guard;
pub mod judgement;
mod personal;
pub mod property;
pub mod prover;
pub mod question;
pub mod reach;
pub mod run;
mod search;
pub mod self_service;
mod share;
pub mod shown;
pub mod smtlib;
mod tally;
pub mod theory;
pub mod witness;
mod words;

pub use actions::TAKEOVER;
pub use alike::{Alike, AlikeKey};
pub use area::Area;
pub use credential::CredentialKind;
pub use estate::{Estate, Inverse, Operator};
pub use facts::{Domain, Facts, Optional};
pub use form::{Form, FormPart, Hole, HoleReach};
pub use judgement::{
    Assumption, Exposure, Flaw, Judgement, Power, Proof, Refutation, Step, Subject, Verdict,
};
pub use property::{PROPERTIES, Property, RESTS_ON};
pub use prover::Prover;
pub use question::{Frame, Question};
pub use reach::{Certificate, Closer, Closing, Doubt, Reach, StatementRef};
pub use run::{Options, Witnesses, by_account, prove};
pub use search::{reach, reach_within};
pub use witness::Witness;
