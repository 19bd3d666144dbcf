//! Generated requests and policies, steered by the fuzzer: `spec`, `decide` and `compile` agree.
#![no_main]

use libfuzzer_sys::fuzz_target;
use portcullis_fuzz::agree;
use testkit::decisions::{generate, read};

fuzz_target!(|bytes: &[u8]| {
    let input = read::input(&generate::case(bytes)).expect("a generated case can be read");
    agree(&input.request, &input.policies);
});
