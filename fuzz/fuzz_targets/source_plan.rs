//! Any text as the rest of a plan of Terraform, and as that of a state.
#![no_main]

use libfuzzer_sys::fuzz_target;
use portcullis_fuzz::read_files;

fuzz_target!(|text: &str| {
    for start in ["\"planned_values\":", "\"values\":"] {
        read_files(&[("a.json", &format!("{{\"format_version\":\"1.2\",{start}{text}}}"))]);
    }
});
