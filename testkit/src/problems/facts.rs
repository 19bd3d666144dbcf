//! What is known of condition keys in a generated problem.

use std::collections::BTreeMap;

use portcullis_iam::Timestamp;
use portcullis_prove::{Domain, Optional};

use crate::decisions::Choices;

/// What is known of a caller with this ARN, and now and then of further keys.
pub(super) fn of_caller(choices: &mut Choices<'_>, arn: &str) -> BTreeMap<String, Domain> {
    let mut facts = BTreeMap::from([("aws:PrincipalArn".to_owned(), Domain::One(arn.into()))]);
    let user = arn.split_once(":user/").map(|(_, path)| path.rsplit('/').next().unwrap_or(path));
    let name = user.map_or(Domain::Absent, |name| Domain::One(name.into()));
    facts.insert("aws:username".to_owned(), name);
    facts.insert("aws:MultiFactorAuthPresent".to_owned(), mfa(choices));
    for (key, domains) in OTHERS {
        if choices.chance(35) {
            facts.insert((*key).to_owned(), domain(choices.pick(domains)));
        }
    }
    facts
}

/// The state of MFA: mostly none, as that is what is asked.
fn mfa(choices: &mut Choices<'_>) -> Domain {
    match choices.below(8) {
        0..=2 => Domain::Absent,
        3 | 4 => Domain::One("false".into()),
        5 => Domain::One("true".into()),
        6 => Domain::Free { absent: Optional::Yes },
        _ => Domain::Free { absent: Optional::No },
    }
}

/// A domain by its word: `-` absent, `*` free, `+` free and present, `?` hidden, `>` a time, `[…]` a set, else a value.
fn domain(word: &str) -> Domain {
    match word {
        "-" | "" => Domain::Absent,
        "*" => Domain::Free { absent: Optional::Yes },
        "+" => Domain::Free { absent: Optional::No },
        "?" => Domain::Hidden,
        word => match (word.strip_prefix('>'), word.strip_prefix('[')) {
            (Some(from), _) => Timestamp::parse(from).map_or(Domain::Absent, Domain::Since),
            (_, Some(list)) => Domain::Many(list.trim_end_matches(']').split(' ').map(Box::from).collect()),
            (None, None) => Domain::One(word.into()),
        },
    }
}

const OTHERS: &[(&str, &[&str])] = &[
    ("aws:PrincipalTag/team", &["yellow", "Yéllow", "*", "+", "?", "alice"]),
    ("aws:PrincipalTag/switch", &["true", "maybe", "*", "?"]),
    ("aws:SourceIp", &["10.0.0.1", "2001:db8::1", "-", "+", "+"]),
    ("aws:CurrentTime", &[">2026-11-24T00:00:00Z", ">2025-06-01T00:00:00Z", "+", "2026-11-24T00:00:00Z"]),
    ("aws:TagKeys", &["[env team]", "[Env]", "-", "+", "*"]),
    ("aws:CalledVia", &["-", "[athena.amazonaws.com]", "*"]),
    ("aws:MultiFactorAuthAge", &["-", "3600", "*", "+"]),
    ("aws:ViaAWSService", &["false", "true", "+"]),
    ("aws:SecureTransport", &["true", "+"]),
    ("aws:SourceArn", &["-", "arn:aws:s3:::bucket", "*"]),
    ("s3:prefix", &["-", "home/alice", "+", "*"]),
];
