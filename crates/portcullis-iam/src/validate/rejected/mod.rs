//! What AWS refuses, one file per element.

mod action;
mod condition;
mod document;
mod organization;
mod principal;
mod resource;
mod sid;
mod trust;

use super::Rule;

/// Every group of rules.
pub(super) const RULES: [Rule; 8] = [
    document::check,
    sid::check,
    principal::check,
    action::check,
    resource::check,
    condition::check,
    trust::check,
    organization::check,
];
