//! The README shows what the program prints: each block that begins with a command ends with its output.
#![cfg(test)]

use std::path::Path;

use snapbox::cmd::{Command, cargo_bin};

const FENCE: &str = "\n```\n";

#[test]
fn the_readme_shows_what_is_printed() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let said = rerun(&page);
    if std::env::var_os("PORTCULLIS_UPDATE").is_some() {
        std::fs::write(&path, &said).unwrap();
        return;
    }
    assert!(page == said, "read it, then: PORTCULLIS_UPDATE=1 writes what is printed\n{said}");
}

/// The page with what its commands print today.
fn rerun(page: &str) -> String {
    let mut shown = 0;
    let blocks = page.split(FENCE).map(|block| match block.strip_prefix("$ portcullis ") {
        Some(block) => {
            shown += 1;
            let command = command(block);
            let joined = command.replace("\\\n", " ");
            format!("$ portcullis {command}\n\n{}", printed(&joined).trim_end())
        }
        None => block.to_owned(),
    });
    let said = blocks.collect::<Vec<_>>().join(FENCE);
    assert!(0 < shown, "no command");
    said
}

/// The command, on as many lines as it takes.
fn command(block: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in block.lines() {
        lines.push(line);
        if !line.ends_with('\\') {
            break;
        }
    }
    lines.join("\n")
}

fn printed(command: &str) -> String {
    let output = Command::new(cargo_bin!("portcullis"))
        .args(command.split_whitespace())
        .env("PORTCULLIS_NOW", "2026-11-02T09:00:00Z")
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}
