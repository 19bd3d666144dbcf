//! Questions to prove: policies, and what is known of the requests in question.

mod facts;
mod family;
mod published;

use std::collections::BTreeMap;
use std::fmt;

use portcullis_iam::{ContextKey, PolicySet};
use portcullis_prove::{Area, Domain, Facts, Frame, Question};

use crate::decisions::{Case, Choices, Unreadable, choices, read};

pub use published::{Published, of_documents, of_managed};

/// A question with everything that it borrows.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The policies, the caller and the credential. Its action, resource and context say nothing.
    pub case: Case,
    /// What must refuse, when the question has such policies.
    pub refused: Option<Case>,
    /// What is stated of condition keys.
    pub facts: BTreeMap<String, Domain>,
    /// Only requests in one of these areas count.
    pub only: Vec<Area>,
    /// Requests in one of these areas do not count.
    pub spared: Vec<Area>,
}

/// A problem that was read.
#[derive(Clone, Debug)]
pub struct Asked {
    allowed: PolicySet,
    refused: Option<PolicySet>,
    frame: Frame,
    only: Vec<Area>,
    spared: Vec<Area>,
}

/// The problem that `bytes` describe. Every run of bytes describes one.
pub fn problem(bytes: &[u8]) -> Problem {
    let mut choices = Choices::new(bytes);
    let make = choices.pick(&family::WEIGHTED).make;
    make(&mut choices)
}

/// The problem number `number` from a seed, and its family's name.
pub fn numbered(seed: u64, number: u64) -> Problem {
    problem(&choices::bytes(seed.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ number, ENOUGH_BYTES))
}

/// The named families of problems that are hard on purpose: each with its name, and what it makes for a size.
pub fn adversarial() -> Vec<(String, Problem)> {
    family::adversarial()
}

/// How many bytes make a problem that runs out of them seldom.
pub const ENOUGH_BYTES: usize = 1_200;

impl Problem {
    /// Asks for what its policies both allow and refuse: nothing.
    #[must_use]
    pub fn twice(self) -> Self {
        Self { refused: Some(self.case.clone()), ..self }
    }

    /// The problem as it is asked.
    pub fn read(&self) -> Result<Asked, Unreadable> {
        let input = read::input(&self.case)?;
        let refused = self.refused.as_ref().map(read::input).transpose()?;
        let mut facts = Facts::default();
        for (key, domain) in &self.facts {
            facts.state(&ContextKey::new(key), domain.clone());
        }
        Ok(Asked {
            allowed: input.policies,
            refused: refused.map(|input| input.policies),
            frame: Frame { caller: input.request.caller, credential: input.request.credential, facts },
            only: self.only.clone(),
            spared: self.spared.clone(),
        })
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for case in std::iter::once(&self.case).chain(&self.refused) {
            writeln!(f, "{}", serde_json::to_string_pretty(case).map_err(|_| fmt::Error)?)?;
        }
        let Self { facts, only, spared, .. } = self;
        write!(f, "facts: {facts:?}\nonly: {only:?}\nspared: {spared:?}")
    }
}

impl Asked {
    /// A question about policies that were read elsewhere.
    pub fn new(allowed: PolicySet, frame: Frame) -> Self {
        Self { allowed, refused: None, frame, only: Vec::new(), spared: Vec::new() }
    }

    /// The same apart from the requests in `areas`.
    #[must_use]
    pub fn sparing(self, areas: Vec<Area>) -> Self {
        Self { spared: areas, ..self }
    }

    /// The same among the requests in `areas`.
    #[must_use]
    pub fn only(self, areas: Vec<Area>) -> Self {
        Self { only: areas, ..self }
    }

    /// The question.
    pub fn question(&self) -> Question<'_> {
        Question {
            allowed: &self.allowed,
            refused: self.refused.as_ref(),
            frame: &self.frame,
            only: &self.only,
            spared: &self.spared,
        }
    }
}
