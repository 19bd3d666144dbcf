//! Condition keys that no request carries.

use crate::catalog::{self, KeyInfo, catalog, global_keys};
use crate::condition::Condition;
use crate::problem::{Problem, clip};
use crate::suggest;
use crate::validate::Scope;
use crate::validate::findings::Findings;

pub(super) fn check(scope: &Scope<'_>, findings: &mut Findings) {
    for condition in scope.conditions() {
        if findings.is_full() {
            return;
        }
        if catalog().condition_key(condition.key.as_str()).is_none() {
            findings.report(unknown(condition, scope));
        }
    }
}

/// What is known about the key of a condition.
pub(super) fn info(condition: &Condition) -> Option<KeyInfo> {
    catalog().condition_key(condition.key.as_str())
}

fn unknown(condition: &Condition, scope: &Scope<'_>) -> Problem {
    let written = condition.key_span.of(&scope.policy.text).trim_matches('"');
    let key = condition.key.as_str();
    if let Some(info) = tag_key(key) {
        let message = format!("the condition key `{}` needs the key of a tag after it", clip(written));
        let hint = format!("write `{}`", info.name);
        return Problem::suspicious("key-without-tag", message, condition.key_span).hint(hint);
    }
    let message = format!("no request carries the condition key `{}`", clip(written));
    let problem = Problem::suspicious("unknown-key", message, condition.key_span);
    problem.hint(match nearest(key) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("unless it is newer than {}, treat it as absent", catalog::DATA_DATE),
    })
}

/// The entry of which `key` is the part before the tag's key.
fn tag_key(key: &str) -> Option<KeyInfo> {
    let complete = format!("{}/x", key.trim_end_matches('/'));
    catalog().condition_key(&complete).filter(|info| info.name.contains('/'))
}

/// The nearest key among the global ones and those of the service that the prefix names.
pub(super) fn nearest(key: &str) -> Option<&'static str> {
    let (prefix, _) = key.split_once(':')?;
    let own = catalog().service(prefix).map(|service| service.keys()).unwrap_or_default();
    suggest::nearest(key, global_keys().iter().chain(own).map(|info| info.name))
}
