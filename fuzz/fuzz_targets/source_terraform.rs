//! Any text as the files of a module of Terraform, written as the cases are (`--- path`, then the file).
#![no_main]

use libfuzzer_sys::fuzz_target;
use portcullis_fuzz::read_files;
use testkit::page::Page;

fuzz_target!(|text: &str| {
    let files = Page::parse(text).files;
    read_files(if files.is_empty() { &[("a.tf", text)] } else { &files });
});
