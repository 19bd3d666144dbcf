//! Any pattern over any text: the matcher says what the plain recurrence says, and no form of pattern panics.
#![no_main]

use libfuzzer_sys::fuzz_target;
use portcullis_iam::pattern::{ArnPattern, ResourcePattern, ShortArn, matches_text};
use portcullis_iam::{Context, Version};

fuzz_target!(|input: (&str, &str)| {
    let (pattern, text) = input;
    assert_eq!(matches_text(pattern, text), plain(pattern, text), "{pattern:?} over {text:?}");

    let context = Context::default().with("aws:username", text).with_unknown("aws:userid");
    for version in [Version::V2008, Version::V2012] {
        for short in [ShortArn::Filled, ShortArn::AsWritten] {
            ResourcePattern::parse(pattern, version, short).matches(text, &context);
        }
        ArnPattern::parse(pattern, version).matches(text, &context);
    }
});

/// Row by row: whether the pattern up to here covers each beginning of the text.
fn plain(pattern: &str, text: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let mut covers = vec![false; text.len() + 1];
    covers[0] = true;
    for wanted in pattern.chars() {
        let before = std::mem::replace(&mut covers, vec![false; text.len() + 1]);
        for end in 0..=text.len() {
            let consumed = 0 < end && before[end - 1];
            covers[end] = match wanted {
                '*' => before[end] || (0 < end && covers[end - 1]),
                '?' => consumed,
                literal => consumed && text[end - 1] == literal,
            };
        }
    }
    covers[text.len()]
}
