//! `IpAddress` and `NotIpAddress`: addresses and CIDR blocks of both families.

use std::net::IpAddr;

use super::View;
use crate::truth::Truth;

/// The values of an address condition; what is no address or block matches nothing and is left out.
#[derive(Clone, Debug)]
pub(super) struct IpOperands(Box<[Block]>);

impl IpOperands {
    pub(super) fn new<'t>(values: impl Iterator<Item = &'t str>) -> Self {
        Self(values.filter_map(Block::parse).collect())
    }

    pub(super) fn view(&self) -> View<'_> {
        View::Blocks(&self.0)
    }

    /// Whether the address `value` lies in any of the condition's blocks. Families never mix.
    pub(super) fn matches(&self, value: &str) -> Truth {
        let Ok(address) = value.parse::<IpAddr>() else { return Truth::False };
        self.0.iter().any(|block| block.contains(address)).into()
    }
}

/// Whether `text` is an address or a block that can be compared.
pub(super) fn is_operand(text: &str) -> bool {
    Block::parse(text).is_some()
}

/// A CIDR block.
#[derive(Clone, Copy, Debug)]
pub struct Block {
    /// Any address in it.
    pub address: IpAddr,
    /// How many leading bits its addresses share, at most as many as the family has.
    pub prefix: u8,
}

impl Block {
    /// `address/prefix`, or an address alone for a block of one.
    fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(digits(prefix)?)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().ok()?;
        let longest = match address {
            IpAddr::V4(_) => 32,
            IpAddr::V6(_) => 128,
        };
        let prefix = prefix.unwrap_or(longest);
        (prefix <= longest).then_some(Self { address, prefix })
    }

    fn contains(self, address: IpAddr) -> bool {
        match (self.address, address) {
            (IpAddr::V4(own), IpAddr::V4(other)) => {
                let differing = u32::from(own) ^ u32::from(other);
                differing.leading_zeros() >= u32::from(self.prefix)
            }
            (IpAddr::V6(own), IpAddr::V6(other)) => {
                let differing = u128::from(own) ^ u128::from(other);
                differing.leading_zeros() >= u32::from(self.prefix)
            }
            (IpAddr::V4(_), IpAddr::V6(_)) | (IpAddr::V6(_), IpAddr::V4(_)) => false,
        }
    }
}

fn digits(text: &str) -> Option<u8> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_hold_addresses_of_their_own_family() {
        let cases = [
            ("203.0.113.0/24", "203.0.113.7", true),
            ("203.0.113.9/24", "203.0.113.7", true),
            ("203.0.113.0/24", "203.0.114.0", false),
            ("203.0.113.7", "203.0.113.7", true),
            ("203.0.113.7", "203.0.113.8", false),
            ("0.0.0.0/0", "255.255.255.255", true),
            ("0.0.0.0/0", "::1", false),
            ("::/0", "2001:db8::1", true),
            ("::/0", "10.0.0.1", false),
            ("2001:DB8:1234:5678::/64", "2001:db8:1234:5678:9::", true),
            ("2001:DB8:1234:5678::/64", "2001:db8:1234:5679::", false),
            ("2001:db8::1", "2001:db8:0:0::1", true),
            ("10.0.0.0/33", "10.0.0.0", false),
            ("10.0.0/8", "10.0.0.0", false),
            ("10.0.0.0/", "10.0.0.0", false),
            ("10.0.0.0/+8", "10.0.0.0", false),
            ("10.0.0.0/8", "10.0.0.0/32", false),
            ("10.0.0.0/8", "nowhere", false),
        ];
        for (block, address, expected) in cases {
            let operands = IpOperands::new([block].into_iter());
            assert_eq!(operands.matches(address), expected.into(), "{address} in {block}");
        }
    }
}
