//! Any text as the files of a module of Terraform, written as the cases are (`--- path`, then the file).
#![no_main]

use libfuzzer_sys::fuzz_target;
use portcullis_fuzz::read_files;
use testkit::page::Page;

fuzz_target!(|text: &str| {
    let mut files = Page::parse(text).files;
    files.sort_by_key(|(path, _)| *path);
    files.dedup_by_key(|(path, _)| *path);
    if files.is_empty() {
        files.push(("a.tf", text));
    }
    read_files(&files);
});
