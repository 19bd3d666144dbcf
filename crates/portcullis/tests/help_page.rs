//! The page of the command line says what the program says.

use std::path::Path;
use std::process::Command;

use testkit::help;

#[test]
fn the_committed_page_is_the_help_of_the_program() {
    let page = help::page(|arguments| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_portcullis"));
        help::plain(program.args(arguments)).output().map_err(|error| error.to_string())
    });
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/cli.md");
    let committed = std::fs::read_to_string(path).unwrap();
    assert_eq!(committed, format!("{}\n\n{}", help::GENERATED, page.unwrap()), "run `cargo xtask docs`");
}
