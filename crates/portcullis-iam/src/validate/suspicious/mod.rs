//! What AWS accepts although it cannot mean what was written, one file per element.

mod action;
mod condition_key;
mod document;
mod operand;
mod operator;
mod organization;
mod principal;
mod resource;
mod variable;

use super::Rule;

/// Every group of rules.
pub(super) const RULES: [Rule; 9] = [
    document::check,
    principal::check,
    action::check,
    resource::check,
    condition_key::check,
    operator::check,
    operand::check,
    variable::check,
    organization::check,
];
