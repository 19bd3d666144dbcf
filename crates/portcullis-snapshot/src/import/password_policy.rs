//! `aws iam get-account-password-policy`.

use serde::Deserialize;

use super::fault::Fault;
use super::json;
use crate::account::PasswordPolicy;

/// Reads the text of one file. That AWS knows no policy (`NoSuchEntity`) is found out before.
pub(super) fn read(text: &str) -> Result<PasswordPolicy, Fault> {
    let mut details =
        json::documents::<Output>(text)?.into_iter().filter_map(|output| output.password_policy);
    let detail = details.next().ok_or_else(|| Fault::new("the file has no `PasswordPolicy`").hint(HINT))?;
    Ok(PasswordPolicy {
        minimum_length: detail.minimum_password_length.unwrap_or(LEAST_LENGTH),
        require_symbols: detail.require_symbols.unwrap_or(false),
        require_numbers: detail.require_numbers.unwrap_or(false),
        require_uppercase: detail.require_uppercase_characters.unwrap_or(false),
        require_lowercase: detail.require_lowercase_characters.unwrap_or(false),
        users_may_change: detail.allow_users_to_change_password.unwrap_or(false),
        max_age_days: detail.max_password_age.filter(|days| *days != 0),
        reuse_prevention: detail.password_reuse_prevention.filter(|count| *count != 0),
        hard_expiry: detail.hard_expiry.unwrap_or(false),
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Output {
    password_policy: Option<Detail>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Detail {
    minimum_password_length: Option<u32>,
    require_symbols: Option<bool>,
    require_numbers: Option<bool>,
    require_uppercase_characters: Option<bool>,
    require_lowercase_characters: Option<bool>,
    allow_users_to_change_password: Option<bool>,
    max_password_age: Option<u32>,
    password_reuse_prevention: Option<u32>,
    hard_expiry: Option<bool>,
}

/// The least that a password policy may ask for: what holds when it names no length.
const LEAST_LENGTH: u32 = 6;

const HINT: &str =
    "save the output of `aws iam get-account-password-policy`, its error message included (`2>&1`)";
