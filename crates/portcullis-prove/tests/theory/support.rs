//! Tests of keys from text, and short texts.

use portcullis_iam::condition::{Condition, Matcher, Operator};
use portcullis_iam::{ContextKey, Span, Spanned, Version};

/// A test of `key`.
pub(crate) fn matcher(operator: &str, key: &str, values: &[String]) -> Matcher {
    let at = Span { start: 0, end: 0 };
    let condition = Condition {
        operator: Spanned::new(Operator::parse(operator).unwrap(), at),
        key: ContextKey::new(key),
        key_span: at,
        values: values.iter().map(|value| Spanned::new(value.as_str().into(), at)).collect(),
    };
    Matcher::new(&condition, Version::V2012)
}

/// All texts of at most `length` letters.
pub(crate) fn texts(letters: &[&str], length: usize) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut last = 0;
    for _ in 0..length {
        let from = std::mem::replace(&mut last, all.len());
        for index in from..last {
            for letter in letters {
                let longer = format!("{}{letter}", all[index]);
                all.push(longer);
            }
        }
    }
    all
}
