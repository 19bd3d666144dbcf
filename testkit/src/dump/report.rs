//! `aws iam get-credential-report`, its content decoded.

use std::borrow::Cow;

use portcullis_iam::Timestamp;

use super::details::arn;
use super::id::time;
use crate::organization::{AccessKey, Account, Password, User};

/// The whole report. Rows are in the order of the account's users, after the root user's.
pub(super) fn report(account: &Account) -> Vec<u8> {
    let mut out = String::from(HEADER);
    row(&root(account), &mut out);
    for user in &account.users {
        row(&self::user(account, user), &mut out);
    }
    out.into_bytes()
}

type Field = Cow<'static, str>;

const HEADER: &str = "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,\
password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,\
access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,\
access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,\
cert_1_last_rotated,cert_2_active,cert_2_last_rotated,additional_credentials_info\n";

const NOT_APPLICABLE: Field = Cow::Borrowed("N/A");

fn root(account: &Account) -> Vec<Field> {
    let root = &account.root;
    let mut fields = vec![
        "<root_account>".into(),
        format!("arn:aws:iam::{}:root", account.id).into(),
        time(account.created).into(),
        flag(root.password),
        if root.password { used(root.last_used) } else { NOT_APPLICABLE },
        if root.password { time(account.created).into() } else { NOT_APPLICABLE },
        "not_supported".into(),
        flag(!root.devices.is_empty()),
    ];
    fields.extend(keys(&root.keys));
    fields
}

fn user(account: &Account, user: &User) -> Vec<Field> {
    let password = user.password;
    let expires = account.password_policy.as_ref().and_then(|policy| policy.max_age);
    let mut fields = vec![
        user.name.clone().into(),
        arn(account, "user", &user.path, &user.name).into(),
        time(user.created).into(),
        flag(password.is_some()),
        password.map_or(NOT_APPLICABLE, |password| used(password.used)),
        password.map_or(NOT_APPLICABLE, |password| time(password.changed).into()),
        next_rotation(password, expires),
        flag(!user.devices.is_empty()),
    ];
    fields.extend(keys(&user.keys));
    fields
}

fn keys(keys: &[AccessKey]) -> impl Iterator<Item = Field> {
    [keys.first(), keys.get(1)].into_iter().flat_map(key)
}

fn key(key: Option<&AccessKey>) -> [Field; 5] {
    let at = key.and_then(|key| key.used.as_ref());
    [
        flag(key.is_some_and(|key| key.active)),
        key.map_or(NOT_APPLICABLE, |key| time(key.rotated).into()),
        at.map_or(NOT_APPLICABLE, |at| time(at.at).into()),
        at.and_then(|at| at.region.clone()).map_or(NOT_APPLICABLE, Cow::Owned),
        at.map_or(NOT_APPLICABLE, |at| at.service.clone().into()),
    ]
}

fn next_rotation(password: Option<Password>, days: Option<u16>) -> Field {
    let (Some(password), Some(days)) = (password, days) else { return NOT_APPLICABLE };
    time(Timestamp::from_seconds(password.changed.seconds() + 86_400 * i64::from(days))).into()
}

fn used(at: Option<Timestamp>) -> Field {
    at.map_or(Cow::Borrowed("no_information"), |at| time(at).into())
}

fn flag(value: bool) -> Field {
    Cow::Borrowed(if value { "true" } else { "false" })
}

/// Writes one row; nobody in a plan has certificates or further credentials.
fn row(fields: &[Field], out: &mut String) {
    for field in fields {
        out.push_str(field);
        out.push(',');
    }
    out.push_str("false,N/A,false,N/A,N/A\n");
}
