//! `IpAddress`: an address or a range "in the standard CIDR format"; an address alone is a range of one.
//! No variables, no wildcards.

use std::net::IpAddr;

use crate::spec::holds::Holds;

/// Whether the range `operand` contains the address `value`. Addresses of the other family are in no range.
pub(super) fn contains(operand: &str, value: &str) -> Holds {
    let (address, length) = match operand.split_once('/') {
        Some((address, length)) => (address, Some(length)),
        None => (operand, None),
    };
    let (Some(range), Some(value)) = (bits(address), bits(value)) else {
        return Holds::No;
    };
    let length = match length {
        Some(length) => prefix_length(length),
        None => Some(range.len()),
    };
    match length {
        Some(length) if range.len() == value.len() && length <= range.len() => {
            range.iter().take(length).eq(value.iter().take(length)).into()
        }
        Some(_) | None => Holds::No,
    }
}

/// The 32 or 128 bits of an address, the highest first.
fn bits(address: &str) -> Option<Vec<bool>> {
    let bytes = match address.parse().ok()? {
        IpAddr::V4(address) => address.octets().to_vec(),
        IpAddr::V6(address) => address.octets().to_vec(),
    };
    Some(bytes.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1 == 1)).collect())
}

fn prefix_length(text: &str) -> Option<usize> {
    let is_plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_plain { text.parse().ok() } else { None }
}
