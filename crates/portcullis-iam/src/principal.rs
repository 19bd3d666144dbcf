//! The `Principal` and `NotPrincipal` elements: whom a policy names.

use crate::arn::AccountId;
use crate::policy::Polarity;
use crate::span::{Span, Spanned};

/// A `Principal` or `NotPrincipal` element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrincipalClause {
    /// [`Polarity::Except`] for `NotPrincipal`.
    pub polarity: Polarity,
    /// The principals listed, in the order of the document.
    pub entries: Vec<Spanned<PrincipalEntry>>,
    /// The element's key and value together.
    pub span: Span,
}

/// One principal as a policy names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PrincipalEntry {
    /// `"*"` or `{"AWS": "*"}`.
    Everyone,
    /// `{"AWS": "111111111111"}` or `{"AWS": "arn:aws:iam::111111111111:root"}`: the account, not its root user.
    Account(AccountId),
    /// Any other ARN under `AWS`, as text: user, role, assumed-role session, federated user.
    Arn(Box<str>),
    /// The id that AWS shows in place of a deleted user or role (`AIDA…`, `AROA…`).
    UniqueId(Box<str>),
    /// `{"Service": "lambda.amazonaws.com"}`.
    Service(Box<str>),
    /// `{"Federated": …}`: a web identity or SAML provider.
    Federated(Box<str>),
    /// `{"CanonicalUser": …}`: the canonical id of an S3 account.
    CanonicalUser(Box<str>),
}
