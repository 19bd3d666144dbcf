//! Any text as a YAML file: templates of CloudFormation, and what else looks like a policy.
#![no_main]

use libfuzzer_sys::fuzz_target;
use portcullis_fuzz::read_files;

fuzz_target!(|text: &str| read_files(&[("a.yaml", text)]));
