//! `cargo xtask docs`: the pages of `docs/reference`, made from what the code knows.
//!
//! A page is one file and one line of the table. A test fails when a committed page is not what its file gives.

mod catalogue;
mod checks;
mod cli;
mod keys;
mod markdown;
mod operators;
mod properties;
mod quotas;

use crate::failure::{Failure, Outcome};
use crate::files;

/// A generated page.
struct Page {
    /// Its name in `docs/reference`, without `.md`.
    name: &'static str,
    /// Everything below the line that says that it is generated.
    render: fn() -> Outcome<String>,
}

const PAGES: &[Page] = &[
    Page { name: "catalogue", render: catalogue::render },
    Page { name: "checks", render: checks::render },
    Page { name: "condition-keys", render: keys::render },
    Page { name: "condition-operators", render: operators::render },
    Page { name: "properties", render: properties::render },
    Page { name: "lint-rules", render: checks::render_lint },
    Page { name: "quotas", render: quotas::render },
    // Not among the tested ones: it takes the built program, which compares it in a test of its own.
    Page { name: "cli", render: cli::render },
];

/// Writes every page; `--check` only tells which are stale.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    let write = match arguments {
        [] => true,
        [flag] if flag == "--check" => false,
        _ => return Err(Failure::Usage(format!("docs does not know `{}`", arguments.join(" ")))),
    };
    let mut stale = Vec::new();
    for page in PAGES {
        let (path, text) = (page.path(), page.text()?);
        if files::read(&files::root().join(&path)).ok().as_ref() == Some(&text) {
            continue;
        }
        println!("{path}");
        stale.push(path.clone());
        if write {
            files::write(&files::root().join(path), text)?;
        }
    }
    if write || stale.is_empty() {
        return Ok(());
    }
    Err(Failure::Unmet(format!("{} stale pages: run `cargo xtask docs`", stale.len())))
}

/// The paths of the pages.
pub(crate) fn paths() -> impl Iterator<Item = String> {
    PAGES.iter().map(Page::path)
}

impl Page {
    fn path(&self) -> String {
        format!("docs/reference/{}.md", self.name)
    }

    fn text(&self) -> Outcome<String> {
        Ok(format!("{}\n\n{}", testkit::help::GENERATED, (self.render)()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_pages_are_what_the_code_knows() {
        let is_stale = |page: &&Page| files::read(&files::root().join(page.path())).ok() != page.text().ok();
        let tested = PAGES.iter().filter(|page| page.name != "cli");
        let stale: Vec<_> = tested.filter(is_stale).map(Page::path).collect();
        assert_eq!(stale, Vec::<String>::new(), "run `cargo xtask docs`");
    }
}
