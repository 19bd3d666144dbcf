//! Account ids and Amazon Resource Names.

use std::fmt;

/// The twelve digits that name an AWS account.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AccountId([u8; 12]);

impl AccountId {
    /// The account id in `text`, when it is exactly twelve ASCII digits.
    pub fn parse(text: &str) -> Option<Self> {
        let digits: [u8; 12] = text.as_bytes().try_into().ok()?;
        digits.iter().all(u8::is_ascii_digit).then_some(Self(digits))
    }

    /// The twelve digits.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An Amazon Resource Name: `arn:partition:service:region:account:resource`.
///
/// The resource part keeps its own colons. Nothing is normalised: the text is what was given.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Arn {
    text: Box<str>,
    /// Offsets of the five colons that separate the six parts.
    colons: [u16; 5],
}

impl Arn {
    /// The ARN in `text`: six parts, the first of them `arn`, at most 65,535 bytes.
    pub fn parse(text: &str) -> Option<Self> {
        if !text.starts_with("arn:") || u16::try_from(text.len()).is_err() {
            return None;
        }
        let mut colons = [0u16; 5];
        let mut found = text.bytes().enumerate().filter(|(_, byte)| *byte == b':');
        for slot in &mut colons {
            *slot = u16::try_from(found.next()?.0).ok()?;
        }
        Some(Self { text: text.into(), colons })
    }

    /// The ARN of the root user of `account`, in the partition `aws` when `partition` is no partition's name.
    pub fn root(partition: &str, account: AccountId) -> Self {
        let is_name = partition.len() < 64 && !partition.contains(':');
        let partition = if is_name { partition } else { "aws" };
        let second = 4 + partition.len() as u16;
        Self {
            text: format!("arn:{partition}:iam::{account}:root").into(),
            colons: [3, second, second + 4, second + 5, second + 18],
        }
    }

    /// The whole ARN.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// `aws`, `aws-cn`, `aws-us-gov`, …
    pub fn partition(&self) -> &str {
        let [first, second, ..] = self.colons;
        self.between(first, second)
    }

    /// The service's namespace, such as `iam`.
    pub fn service(&self) -> &str {
        let [_, second, third, ..] = self.colons;
        self.between(second, third)
    }

    /// The Region; empty for global resources.
    pub fn region(&self) -> &str {
        let [_, _, third, fourth, _] = self.colons;
        self.between(third, fourth)
    }

    /// The account part as written; empty where the ARN names none (S3 buckets).
    pub fn account_part(&self) -> &str {
        let [_, _, _, fourth, fifth] = self.colons;
        self.between(fourth, fifth)
    }

    /// The account, when the ARN names one.
    pub fn account(&self) -> Option<AccountId> {
        AccountId::parse(self.account_part())
    }

    /// Everything after the fifth colon, such as `user/path/alice`.
    pub fn resource(&self) -> &str {
        let [.., fifth] = self.colons;
        self.text.get(usize::from(fifth) + 1..).unwrap_or_default()
    }

    fn between(&self, left: u16, right: u16) -> &str {
        self.text.get(usize::from(left) + 1..usize::from(right)).unwrap_or_default()
    }
}

impl fmt::Display for Arn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Arn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_resource_part_keeps_its_colons() {
        let arn = Arn::parse("arn:aws:lambda:us-east-1:111111111111:function:op:7").unwrap();
        assert_eq!(arn.service(), "lambda");
        assert_eq!(arn.account(), AccountId::parse("111111111111"));
        assert_eq!(arn.resource(), "function:op:7");
    }

    #[test]
    fn the_root_user_has_an_arn() {
        let account = AccountId::parse("111111111111").unwrap();
        let check = |partition, text| assert_eq!(Some(Arn::root(partition, account)), Arn::parse(text));
        check("aws-cn", "arn:aws-cn:iam::111111111111:root");
        check("a:b", "arn:aws:iam::111111111111:root");
    }

    #[test]
    fn fewer_than_six_parts_are_no_arn() {
        assert_eq!(
            Arn::parse("arn:aws:s3:::bucket").map(|arn| arn.resource().to_owned()),
            Some("bucket".into())
        );
        assert_eq!(Arn::parse("arn:aws:s3::bucket"), None);
        assert_eq!(Arn::parse("*"), None);
    }
}
