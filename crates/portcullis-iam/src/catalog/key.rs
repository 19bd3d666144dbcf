//! Condition keys: their type, and how a key with a tag in it finds its entry.

use crate::condition::Family;

use super::service;

/// What is known about a condition key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyInfo {
    /// The key in the spelling of AWS. A variable part is a placeholder: `aws:PrincipalTag/${TagKey}`.
    pub name: &'static str,
    /// The type of its value, or of each of its values.
    pub key_type: KeyType,
    /// A second type that AWS documents for the key: `aws:EpochTime` is a date and a number.
    pub other_type: Option<KeyType>,
    /// Whether a request may carry several values, which takes `ForAllValues:` or `ForAnyValue:` to compare.
    pub multivalued: bool,
    /// Where the key is defined.
    pub scope: KeyScope,
    /// When AWS puts the key into a request; known for global keys.
    pub availability: Option<&'static str>,
}

/// The type of a condition key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each variant is the AWS type of the same name")]
pub enum KeyType {
    String,
    Arn,
    Bool,
    Numeric,
    Date,
    Ip,
    Binary,
}

/// Where a condition key is defined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum KeyScope {
    /// A key of every service, or one that accompanies its session to every service.
    Global,
    /// A key of the service with this prefix.
    Service(&'static str),
    /// A claim of an OpenID Connect provider that is not in the catalogue.
    IdentityProvider,
}

impl KeyType {
    /// Every type with its name in the service authorization reference.
    pub const ALL: [(&'static str, KeyType); 7] = [
        ("String", KeyType::String),
        ("ARN", KeyType::Arn),
        ("Bool", KeyType::Bool),
        ("Numeric", KeyType::Numeric),
        ("Date", KeyType::Date),
        ("IPAddress", KeyType::Ip),
        ("Binary", KeyType::Binary),
    ];

    /// The type with a name of the service authorization reference, such as `IPAddress`.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, key_type)| *key_type)
    }

    /// The name in the service authorization reference.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, key_type)| *key_type == self).map_or("", |(name, _)| name)
    }

    /// The operators that are made for this type.
    pub fn family(self) -> Family {
        match self {
            KeyType::String => Family::String,
            KeyType::Arn => Family::Arn,
            KeyType::Bool => Family::Bool,
            KeyType::Numeric => Family::Numeric,
            KeyType::Date => Family::Date,
            KeyType::Ip => Family::Ip,
            KeyType::Binary => Family::Binary,
        }
    }
}

/// The entry of `keys` (sorted by lower-case name) for `key`: the one of that name, else the longest that fits.
pub(super) fn find(keys: &[KeyInfo], key: &str) -> Option<KeyInfo> {
    let exact = service::find(keys, key, |info| info.name);
    let slash = key.find('/');
    let fitting = || keys.iter().filter(|info| may_cover(info.name, slash) && covers(info.name, key));
    exact.or_else(|| fitting().max_by_key(|info| info.name.len())).copied()
}

/// Whether `name` has a placeholder, and its first `/` where the key has one, unless the placeholder comes first: a
/// glance before the whole comparison.
fn may_cover(name: &str, slash: Option<usize>) -> bool {
    match name.find(['/', '$', '<']) {
        Some(at) if name.get(at..=at) == Some("/") => slash == Some(at),
        Some(_) => true,
        None => false,
    }
}

/// The entry for a claim of an identity provider that AWS does not name, such as an EKS cluster's.
///
/// Source: "AWS OIDC federation", IAM and AWS STS condition context keys.
pub(super) fn of_identity_provider(key: &str) -> Option<KeyInfo> {
    let (provider, claim) = key.split_once(':')?;
    let host = provider.split('/').next().unwrap_or_default();
    let (name, multivalued) = CLAIMS
        .iter()
        .find(|(known, _)| claim.eq_ignore_ascii_case(known.rsplit(':').next().unwrap_or_default()))?;
    host.contains('.').then_some(KeyInfo {
        name,
        key_type: KeyType::String,
        other_type: None,
        multivalued: *multivalued,
        scope: KeyScope::IdentityProvider,
        availability: None,
    })
}

/// Whether `template`, whose placeholders are written `${Name}` or `<name>`, covers `text`. A placeholder stands for
/// at least one character.
pub(super) fn covers(template: &str, text: &str) -> bool {
    let Some((head, tail)) = placeholder(template) else { return template.eq_ignore_ascii_case(text) };
    let Some(rest) = strip_prefix_ignoring_case(text, head) else { return false };
    rest.char_indices().skip(1).map(|(at, _)| at).chain([rest.len()]).any(|at| match rest.get(at..) {
        Some(after) => at > 0 && covers(tail, after),
        None => false,
    })
}

/// The text before and after the first placeholder. A few services write `tag-key` for it, or nothing.
fn placeholder(template: &str) -> Option<(&str, &str)> {
    let before_tag = template.strip_suffix("tag-key").unwrap_or(template);
    if before_tag.ends_with('/') {
        return Some((before_tag, ""));
    }
    let start = template.find("${").or_else(|| template.find('<'))?;
    let close = if template.get(start..)?.starts_with('<') { '>' } else { '}' };
    let end = start + template.get(start..)?.find(close)?;
    Some((template.get(..start)?, template.get(end + 1..)?))
}

fn strip_prefix_ignoring_case<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    text.get(..prefix.len())?.eq_ignore_ascii_case(prefix).then(|| text.get(prefix.len()..))?
}

/// The claims that AWS makes condition keys of, and whether they have several values.
const CLAIMS: [(&str, bool); 5] = [
    ("${Provider}:amr", true),
    ("${Provider}:aud", false),
    ("${Provider}:email", false),
    ("${Provider}:oaud", false),
    ("${Provider}:sub", false),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_placeholder_stands_for_at_least_one_character() {
        for (template, text, expected) in [
            ("aws:PrincipalTag/${TagKey}", "AWS:principaltag/cost:center", true),
            ("aws:PrincipalTag/${TagKey}", "aws:PrincipalTag/", false),
            ("s3:ExistingObjectTag/<key>", "s3:ExistingObjectTag/Größe", true),
            ("ssm:resourceTag/tag-key", "ssm:resourceTag/team", true),
            ("glacier:ResourceTag/", "glacier:ResourceTag/team", true),
            ("glacier:ResourceTag/", "glacier:ResourceTag/", false),
            ("events:Metadata/${MetadataKey}/Matcher", "events:Metadata/a/b/Matcher", true),
            ("events:Metadata/${MetadataKey}/Matcher", "events:Metadata//Matcher", false),
            ("token.actions.${Domain}.ghe.com", "token.actions.octo.ghe.com", true),
            ("aws:TagKeys", "aws:tagkeys", true),
            ("aws:TagKeys", "aws:tagkeys2", false),
        ] {
            assert_eq!(covers(template, text), expected, "{template} {text}");
        }
    }
}
