//! Addresses: one in each range that the tests' blocks cut out of all addresses of each family.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use portcullis_iam::catalog::KeyType;
use portcullis_iam::condition::{Block, Family, View};

use super::value::ValueTests;

/// An address of each kind that the tests can tell apart.
pub(super) fn push_candidates(tests: &ValueTests<'_, '_>, texts: &mut Vec<String>) {
    if !tests.concern(Family::Ip, KeyType::Ip) {
        return;
    }
    let blocks: Vec<Block> = tests.views().flat_map(operands).copied().collect();
    let mut addresses = USUAL.to_vec();
    // The first addresses of blocks are those of networks, which no host has.
    addresses.extend(blocks.iter().filter_map(|block| offset(first(block), 1)));
    addresses.extend(blocks.iter().map(first));
    addresses.extend(blocks.iter().filter_map(after));
    addresses.extend([USUAL_V6, IpAddr::V4(Ipv4Addr::UNSPECIFIED), IpAddr::V6(Ipv6Addr::UNSPECIFIED)]);
    texts.extend(addresses.into_iter().map(|address| address.to_string()));
}

fn operands(view: View<'_>) -> &[Block] {
    match view {
        View::Blocks(blocks) => blocks,
        View::Text { .. }
        | View::Numbers(_)
        | View::Instants(_)
        | View::Booleans { .. }
        | View::Bytes(_)
        | View::Arns { .. }
        | View::Null { .. } => &[],
    }
}

/// The lowest address of a block.
fn first(block: &Block) -> IpAddr {
    let prefix = u32::from(block.prefix);
    match block.address {
        IpAddr::V4(address) => {
            let mask = u32::MAX.checked_shl(32 - prefix.min(32)).unwrap_or_default();
            IpAddr::V4(Ipv4Addr::from(u32::from(address) & mask))
        }
        IpAddr::V6(address) => {
            let mask = u128::MAX.checked_shl(128 - prefix.min(128)).unwrap_or_default();
            IpAddr::V6(Ipv6Addr::from(u128::from(address) & mask))
        }
    }
}

/// The address after the highest one of a block.
fn after(block: &Block) -> Option<IpAddr> {
    let longest = match block.address {
        IpAddr::V4(_) => 32,
        IpAddr::V6(_) => 128,
    };
    offset(first(block), 1_u128.checked_shl(longest - u32::from(block.prefix).min(longest))?)
}

fn offset(address: IpAddr, by: u128) -> Option<IpAddr> {
    match address {
        IpAddr::V4(address) => {
            let sum = u32::from(address).checked_add(u32::try_from(by).ok()?)?;
            Some(IpAddr::V4(Ipv4Addr::from(sum)))
        }
        IpAddr::V6(address) => Some(IpAddr::V6(Ipv6Addr::from(u128::from(address).checked_add(by)?))),
    }
}

/// Addresses of the blocks set aside for documents.
const USUAL: [IpAddr; 3] = [
    IpAddr::V4(Ipv4Addr::new(203, 0, 113, 7)),
    IpAddr::V4(Ipv4Addr::new(198, 51, 100, 7)),
    IpAddr::V4(Ipv4Addr::new(192, 0, 2, 7)),
];
/// The same of the other family.
const USUAL_V6: IpAddr = IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 7));
