//! Numbers: those that the tests name, and one in each gap between them.

use portcullis_iam::catalog::KeyType;
use portcullis_iam::condition::{Decimal, Family, View};

use super::value::ValueTests;

/// A number of each kind that the tests can tell apart.
pub(super) fn push_candidates(tests: &ValueTests<'_, '_>, texts: &mut Vec<String>) {
    if !tests.concern(Family::Numeric, KeyType::Numeric) {
        return;
    }
    let mut numbers: Vec<Decimal<'_>> = tests.views().flat_map(operands).filter_map(Decimal::parse).collect();
    numbers.sort_by(Decimal::order);
    numbers.dedup_by(|later, earlier| later.order(earlier).is_eq());
    let (Some(first), Some(last)) = (numbers.first(), numbers.last()) else {
        texts.push("1".to_owned());
        return;
    };
    let mut found = vec![below(first)];
    for (number, next) in numbers.iter().zip(numbers.iter().skip(1)) {
        found.push(written(number));
        found.push(between(number, next));
    }
    found.push(written(last));
    found.push(above(last));
    // Most keys that hold numbers count something.
    found.sort_by_key(|text| text.starts_with('-'));
    texts.extend(found);
}

/// The numbers among the values of a condition.
pub(super) fn operands(view: View<'_>) -> impl Iterator<Item = &str> {
    let numbers: &[Box<str>] = match view {
        View::Numbers(numbers) => numbers,
        View::Text { .. }
        | View::Instants(_)
        | View::Booleans { .. }
        | View::Bytes(_)
        | View::Blocks(_)
        | View::Arns { .. }
        | View::Null { .. } => &[],
    };
    numbers.iter().map(|number| &**number)
}

fn below(number: &Decimal<'_>) -> String {
    if number.negative {
        format!("-{}", up(number.whole))
    } else if number.whole.is_empty() && number.fraction.is_empty() {
        "-1".to_owned()
    } else {
        "0".to_owned()
    }
}

fn above(number: &Decimal<'_>) -> String {
    if number.negative { "0".to_owned() } else { up(number.whole) }
}

/// A number between two different ones: the whole number above the lower one, if it is below the higher one.
fn between(low: &Decimal<'_>, high: &Decimal<'_>) -> String {
    let whole = next_whole(low);
    if Decimal::parse(&whole).is_some_and(|whole| whole.order(high).is_lt()) {
        return whole;
    }
    let digits = low.fraction.len().max(high.fraction.len());
    // A little more of the one that is nearer to zero.
    let (sign, near) = if low.negative { ("-", high) } else { ("", low) };
    format!("{sign}{}.{:0<digits$}1", whole_digits(near.whole), near.fraction)
}

/// The first whole number above.
fn next_whole(number: &Decimal<'_>) -> String {
    if !number.negative {
        return up(number.whole);
    }
    let down = if number.fraction.is_empty() { down(number.whole) } else { number.whole.to_owned() };
    match down.trim_start_matches('0') {
        "" => "0".to_owned(),
        digits => format!("-{digits}"),
    }
}

fn written(number: &Decimal<'_>) -> String {
    let sign = if number.negative { "-" } else { "" };
    let point = if number.fraction.is_empty() { "" } else { "." };
    format!("{sign}{}{point}{}", whole_digits(number.whole), number.fraction)
}

fn whole_digits(digits: &str) -> &str {
    if digits.is_empty() { "0" } else { digits }
}

/// One more.
fn up(digits: &str) -> String {
    let kept = digits.trim_end_matches('9');
    let nines = digits.len() - kept.len();
    let mut characters: Vec<u8> = kept.bytes().collect();
    match characters.last_mut() {
        Some(digit) => *digit += 1,
        None => characters.push(b'1'),
    }
    characters.extend(std::iter::repeat_n(b'0', nines));
    characters.into_iter().map(char::from).collect()
}

/// One less, of a number above zero.
fn down(digits: &str) -> String {
    let kept = digits.trim_end_matches('0');
    let zeros = digits.len() - kept.len();
    let mut characters: Vec<u8> = kept.bytes().collect();
    if let Some(digit) = characters.last_mut() {
        *digit -= 1;
    }
    characters.extend(std::iter::repeat_n(b'9', zeros));
    characters.into_iter().map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_lies_in_each_gap() {
        let numbers =
            ["-120.5", "-120", "-1.25", "-1", "-0.01", "0", "0.001", "0.01", "9", "9.5", "10", "999"];
        for (low, high) in numbers.iter().zip(numbers.iter().skip(1)) {
            let (low, high) = (Decimal::parse(low).unwrap(), Decimal::parse(high).unwrap());
            let text = between(&low, &high);
            let found = Decimal::parse(&text).unwrap();
            assert!(low.order(&found).is_lt() && found.order(&high).is_lt(), "{low:?} {text} {high:?}");
        }
        for text in numbers {
            let number = Decimal::parse(text).unwrap();
            assert_eq!(written(&number), text);
            let (low, high) = (below(&number), above(&number));
            assert!(Decimal::parse(&low).unwrap().order(&number).is_lt(), "{low} {text}");
            assert!(Decimal::parse(&high).unwrap().order(&number).is_gt(), "{text} {high}");
        }
    }
}
