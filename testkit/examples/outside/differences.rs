//! The written list of differences, each with the document that decides it.

use std::fs;
use std::path::Path;

use serde::Deserialize;

/// The list.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Differences {
    /// The differences.
    pub(crate) difference: Vec<Difference>,
}

/// One rule on which the engines differ.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Difference {
    /// Its name.
    pub(crate) id: String,
    /// What we do and what the other engine does.
    pub(crate) what: String,
    /// The document that decides it.
    pub(crate) document: String,
    /// The cases of `corpus/decisions` in which it shows.
    #[serde(default)]
    pub(crate) cases: Vec<String>,
    /// How it is known in a generated case that has been made as small as possible: all the texts of any of the
    /// lists stand in `ours DECISION, theirs DECISION` or its JSON.
    #[serde(default)]
    pub(crate) when: Vec<Vec<String>>,
    /// And none of these does.
    #[serde(default)]
    pub(crate) unless: Vec<String>,
}

impl Differences {
    /// The list in the file at `path`.
    pub(crate) fn read(path: &Path) -> Result<Self, String> {
        let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        let list: Self = toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
        match list.difference.iter().find(|one| one.what.is_empty() || one.document.is_empty()) {
            Some(one) => Err(format!("{} says not what differs, or why", one.id)),
            None => Ok(list),
        }
    }

    /// The difference that shows in the written case `name`.
    pub(crate) fn of_case(&self, name: &str) -> Option<&Difference> {
        self.difference.iter().find(|one| one.cases.iter().any(|case| case == name))
    }

    /// The difference that shows in the smallest generated case, given as text.
    pub(crate) fn of_text(&self, smallest: &str) -> Option<&Difference> {
        // Every resource is no pattern that could tell.
        let smallest = smallest.replace(r#""Resource":"*""#, "").replace(r#""Resource":["*"]"#, "");
        self.difference.iter().find(|one| {
            let has = |text: &String| smallest.contains(text.as_str());
            one.when.iter().any(|texts| texts.iter().all(has)) && !one.unless.iter().any(has)
        })
    }
}
