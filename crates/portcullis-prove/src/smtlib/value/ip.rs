//! `IpAddress`: an address or a range.

use std::net::IpAddr;

use crate::smtlib::NotExported;
use crate::smtlib::key::{self, Value};
use crate::smtlib::term::{Holds, Term};

/// Whether the range `operand` contains the address `value`. Addresses of the other family are in no range.
pub(super) fn contains(value: &Value, operand: &str) -> Result<Holds, NotExported> {
    let Some((range, length)) = range(operand) else { return Ok(false.into()) };
    let term = match value {
        Value::Constant(text) => match text.parse() {
            Ok(address) => same_start(range, address, length).into(),
            Err(_) => Term::False,
        },
        Value::Address(name) => within(name, range, length),
        Value::Boolean(_) | Value::Number(_) | Value::Instant(_) => Term::False,
        Value::Text(_) => return Err(NotExported("a text compared as an address".into())),
    };
    Ok(term.into())
}

fn range(text: &str) -> Option<(IpAddr, u32)> {
    let (address, length) =
        text.split_once('/').map_or((text, None), |(start, length)| (start, Some(length)));
    let address: IpAddr = address.parse().ok()?;
    let width = if address.is_ipv4() { 32 } else { 128 };
    let length = match length {
        Some(digits) if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            digits.parse().ok()?
        }
        Some(_) => return None,
        None => width,
    };
    (length <= width).then_some((address, length))
}

fn number(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => u128::from(address.to_bits()),
        IpAddr::V6(address) => address.to_bits(),
    }
}

fn same_start(range: IpAddr, address: IpAddr, length: u32) -> bool {
    let width = if range.is_ipv4() { 32 } else { 128 };
    let start = |address| number(address).checked_shr(width - length).unwrap_or_default();
    range.is_ipv4() == address.is_ipv4() && start(range) == start(address)
}

fn within(name: &str, range: IpAddr, length: u32) -> Term {
    let (version, width) = if range.is_ipv4() { (4, 32) } else { (6, 128) };
    let family = if version == 6 { Term::new(name) } else { Term::new(name).not() };
    if length == 0 {
        return family;
    }
    let low = width - length;
    let start = number(range) >> low;
    let bits = format!("((_ extract {} {low}) {})", width - 1, key::bits(name, version));
    Term::all([family, Term::new(format!("(= {bits} (_ bv{start} {length}))"))])
}
