//! A policy document as a value.

use std::sync::Arc;

use crate::condition::Condition;
use crate::principal::PrincipalClause;
use crate::span::{Span, Spanned};

/// A policy document: its statements, and the text that they were read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The text that all spans of this policy point into.
    pub text: Arc<str>,
    /// The language version; an absent `Version` means [`Version::V2008`].
    pub version: Version,
    /// The `Id` element.
    pub id: Option<Spanned<Box<str>>>,
    /// The statements in the order of the document.
    pub statements: Vec<Statement>,
}

/// The version of the policy language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Version {
    /// `2008-10-17`, also when absent: policy variables are plain text.
    V2008,
    /// `2012-10-17`: `${…}` are policy variables.
    V2012,
}

/// One statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The `Sid`, when there is one.
    pub sid: Option<Spanned<Box<str>>>,
    /// `Allow` or `Deny`.
    pub effect: Effect,
    /// `Principal` or `NotPrincipal`.
    pub principal: Option<PrincipalClause>,
    /// `Action` or `NotAction`.
    pub action: Clause,
    /// `Resource` or `NotResource`; absent in trust policies.
    pub resource: Option<Clause>,
    /// The condition block, one entry per operator and key. All must hold.
    pub conditions: Vec<Condition>,
    /// The statement's object, braces included.
    pub span: Span,
}

/// What a statement does with a request that it matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Effect {
    /// `Allow`.
    Allow,
    /// `Deny`.
    Deny,
}

/// Whether an element lists what it covers or what it leaves out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Polarity {
    /// `Action`, `Resource`, `Principal`: what is listed.
    Only,
    /// `NotAction`, `NotResource`, `NotPrincipal`: everything but what is listed.
    Except,
}

/// An `Action`, `NotAction`, `Resource` or `NotResource` element: patterns as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Whether the patterns are covered or left out.
    pub polarity: Polarity,
    /// The patterns in the order of the document; never empty in a policy that AWS accepts.
    pub patterns: Vec<Spanned<Box<str>>>,
    /// The element's key and value together.
    pub span: Span,
}
