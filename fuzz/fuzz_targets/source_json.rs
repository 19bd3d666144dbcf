//! Any text as a JSON file: policies, output of the AWS CLI, templates of CloudFormation, and Terraform in JSON.
#![no_main]

use libfuzzer_sys::fuzz_target;
use portcullis_fuzz::read_files;

fuzz_target!(|text: &str| read_files(&[("a.json", text), ("b.tf.json", text)]));
