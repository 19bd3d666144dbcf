//! What AWS answers when a simulation cannot be run.

use serde::Serialize;

/// An error in AWS's form: `{"Code": "InvalidInput", "Message": "…"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{message}")]
pub struct Fault {
    /// AWS's error code.
    #[serde(rename = "Code")]
    pub code: Code,
    /// What is wrong; AWS's own words where it has some.
    #[serde(rename = "Message")]
    pub message: String,
}

/// The error codes of AWS's simulation operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Code {
    /// A value does not fit the service model: a missing or unknown member, a length, a pattern, an enumeration.
    ValidationError,
    /// A value fits the model and is wrong all the same: a malformed policy, a caller that is no principal.
    InvalidInput,
    /// The principal or resource is not in the snapshot.
    NoSuchEntity,
}

impl Fault {
    /// A value that is wrong.
    pub fn invalid(message: impl Into<String>) -> Self {
        Self { code: Code::InvalidInput, message: message.into() }
    }

    /// A principal that does not exist.
    pub fn no_such_entity(message: impl Into<String>) -> Self {
        Self { code: Code::NoSuchEntity, message: message.into() }
    }

    /// A request that does not fit the service model.
    pub fn model(message: impl Into<String>) -> Self {
        Self { code: Code::ValidationError, message: message.into() }
    }

    /// A value that breaks a constraint of the model, in the words of AWS's own validation.
    pub fn constraint(member: &str, constraint: &str) -> Self {
        Self::model(format!(
            "1 validation error detected: Value at '{member}' failed to satisfy constraint: {constraint}"
        ))
    }
}
