//! Policy documents, one value per distinct text.

use std::sync::Arc;

use portcullis_iam::Policy;
use portcullis_iam::problem::Problem;

/// A policy document as it was found. Equal texts share one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The JSON text, URL-decoded.
    pub text: Arc<str>,
    /// What it says; none when no meaning can be given to the text.
    pub policy: Option<Arc<Policy>>,
    /// Why no meaning can be given to it.
    pub fault: Option<Problem>,
}
