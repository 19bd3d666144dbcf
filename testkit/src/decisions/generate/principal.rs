//! The `Principal` element.

use serde_json::{Value, json};

use crate::decisions::choices::Choices;

/// Everyone, or one to three principals.
pub(super) fn element(choices: &mut Choices<'_>) -> Value {
    match choices.below(10) {
        0 | 1 => json!("*"),
        2 => json!({"AWS": "*"}),
        3 => json!({"Service": "lambda.amazonaws.com"}),
        4 => json!({choices.pick(&["Federated", "CanonicalUser", "Service"]): choices.pick(&OTHERS)}),
        _ => {
            let count = 1 + choices.below(3);
            let listed: Vec<&str> = (0..count).map(|_| choices.pick(&PRINCIPALS)).collect();
            json!({"AWS": listed})
        }
    }
}

const PRINCIPALS: [&str; 14] = [
    "arn:aws:iam::111111111111:user/alice",
    "arn:aws:iam::111111111111:root",
    "111111111111",
    "arn:aws:iam::111111111111:user/team/bob",
    "arn:aws:iam::111111111111:role/path/admin",
    "arn:aws:iam::111111111111:role/admin",
    "arn:aws:sts::111111111111:assumed-role/admin/s1",
    "arn:aws:sts::111111111111:federated-user/alice",
    "arn:aws:iam::222222222222:root",
    "arn:aws:iam::222222222222:role/admin",
    "arn:aws:sts::111111111111:assumed-role/admin/s2",
    "arn:aws:iam::111111111111:user/bob",
    "arn:aws:iam::222222222222:user/alice",
    "AIDAQQQQQQQQQQQQQQQQQ",
];

const OTHERS: [&str; 3] = [
    "arn:aws:iam::111111111111:saml-provider/idp",
    "s3.amazonaws.com",
    "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be",
];
