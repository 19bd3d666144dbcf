//! `Principal` and `NotPrincipal`.

use super::reading::Reading;
use super::{elements, list};
use crate::arn::{AccountId, Arn};
use crate::json::{Entry, Node, Value};
use crate::principal::PrincipalEntry;
use crate::problem::clip;
use crate::span::Spanned;

/// The principals that the element lists; none, with problems, when it cannot be read.
pub(super) fn entries(element: &Entry<'_>, reading: &mut Reading) -> Option<Vec<Spanned<PrincipalEntry>>> {
    match &element.value.node {
        Node::String(text) if text == "*" => {
            Some(vec![Spanned::new(PrincipalEntry::Everyone, element.value.span)])
        }
        Node::String(text) => {
            let hint = format!("write {{\"AWS\": \"{}\"}}; only \"*\" stands alone", clip(text));
            reading.syntax("principal-form", hint, element.value.span);
            None
        }
        Node::Object(map) => principal_map(map, reading),
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::Array(_) => {
            let kind = element.value.node.kind();
            let hint = format!("`{}` must be \"*\" or an object, not {kind}", element.key);
            reading.syntax("wrong-type", hint, element.value.span);
            None
        }
    }
}

fn principal_map(map: &[Entry<'_>], reading: &mut Reading) -> Option<Vec<Spanned<PrincipalEntry>>> {
    elements::named(map, TYPES, reading)?;
    let mut entries = Vec::new();
    let mut readable = true;
    for typed in map {
        for item in list::items(&typed.value) {
            match principal(&typed.key, item) {
                Some(entry) => entries.push(Spanned::new(entry, item.span)),
                None => {
                    let hint = format!("a principal must be a string, not {}", item.node.kind());
                    reading.syntax("wrong-type", hint, item.span);
                    readable = false;
                }
            }
        }
    }
    readable.then_some(entries)
}

const TYPES: [&str; 4] = ["AWS", "Service", "Federated", "CanonicalUser"];

fn principal(principal_type: &str, item: &Value<'_>) -> Option<PrincipalEntry> {
    let text = match &item.node {
        Node::String(text) => text.as_ref(),
        // An account id is digits only, and quotation marks are optional for numbers.
        Node::Number(digits) if principal_type == "AWS" && AccountId::parse(digits).is_some() => digits,
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::Array(_) | Node::Object(_) => return None,
    };
    Some(match principal_type {
        "Service" => PrincipalEntry::Service(text.into()),
        "Federated" => PrincipalEntry::Federated(text.into()),
        "CanonicalUser" => PrincipalEntry::CanonicalUser(text.into()),
        _ => aws(text),
    })
}

fn aws(text: &str) -> PrincipalEntry {
    if text == "*" {
        return PrincipalEntry::Everyone;
    }
    if let Some(account) = AccountId::parse(text).or_else(|| root_of(text)) {
        return PrincipalEntry::Account(account);
    }
    if is_unique_id(text) { PrincipalEntry::UniqueId(text.into()) } else { PrincipalEntry::Arn(text.into()) }
}

/// The account of `arn:aws:iam::111111111111:root`.
fn root_of(text: &str) -> Option<AccountId> {
    if !text.ends_with(":root") {
        return None;
    }
    let arn = Arn::parse(text)?;
    let is_root = arn.service() == "iam" && arn.region().is_empty() && arn.resource() == "root";
    if is_root { arn.account() } else { None }
}

/// Whether `text` is the id of a deleted user or role: `AIDA` or `AROA` and more capitals and digits.
fn is_unique_id(text: &str) -> bool {
    let is_id_part = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    (text.starts_with("AIDA") || text.starts_with("AROA")) && 16 <= text.len() && text.bytes().all(is_id_part)
}
