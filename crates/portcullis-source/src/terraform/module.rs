//! A module of Terraform: the blocks of all files of one folder.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use hcl_edit::expr::Expression;
use hcl_edit::structure::{Attribute, Block, Body};
use portcullis_iam::span::Span;

use crate::place::offset;
use crate::places::{Files, Source};

/// The blocks of a module, by what refers to them.
pub(super) struct Module<'m> {
    pub(super) files: &'m Files,
    /// The texts of all files that were given, those of other folders included.
    pub(super) texts: &'m [&'m str],
    /// The folder, without a `/` at its end.
    pub(super) folder: &'m str,
    /// The length of its files, in bytes.
    pub(super) size: usize,
    /// The numbers of all files, by their paths without detours; filled when the first one is asked for.
    paths: OnceCell<BTreeMap<String, u32>>,
    pub(super) locals: BTreeMap<&'m str, Value<'m>>,
    /// The defaults of variables, or what the folder's `.tfvars` set; none without either.
    pub(super) variables: BTreeMap<&'m str, Option<Value<'m>>>,
    /// Resources and data sources by their address.
    pub(super) resources: BTreeMap<String, Resource<'m>>,
    /// Their addresses in the order of the files.
    pub(super) order: Vec<String>,
    /// Calls of other modules, by name.
    pub(super) calls: Vec<(&'m str, InFile<'m>)>,
    /// Outputs and other blocks that may refer to resources.
    pub(super) others: Vec<InFile<'m>>,
}

/// An expression, and the file in which it stands.
#[derive(Clone, Copy)]
pub(super) struct Value<'m> {
    pub(super) expression: &'m Expression,
    pub(super) file: u32,
    /// The attribute with its name.
    pub(super) source: Source,
    /// Its name.
    pub(super) key_source: Source,
}

/// A block, and the file in which it stands.
#[derive(Clone, Copy)]
pub(super) struct InFile<'m> {
    pub(super) block: &'m Block,
    pub(super) file: u32,
}

/// A resource or data source.
#[derive(Clone, Copy)]
pub(super) struct Resource<'m> {
    /// Its type: `aws_iam_policy`; of a data source `data.aws_iam_policy_document`.
    pub(super) kind: &'m str,
    pub(super) is_data: bool,
    pub(super) block: InFile<'m>,
}

/// A file of the module.
pub(super) struct Parsed {
    pub(super) file: u32,
    pub(super) body: Body,
    /// Whether it sets variables (`.tfvars`) and holds no blocks.
    pub(super) sets_variables: bool,
}

impl<'m> Module<'m> {
    pub(super) fn new(files: &'m Files, texts: &'m [&'m str], folder: &'m str, parsed: &'m [Parsed]) -> Self {
        let (locals, resources, order, calls, others) = Default::default();
        let variables = BTreeMap::new();
        let text = |file: &Parsed| texts.get(file.file as usize).map_or(0, |text| text.len());
        let size = parsed.iter().map(text).sum();
        let paths = OnceCell::new();
        let mut module =
            Self { files, texts, folder, size, paths, locals, variables, resources, order, calls, others };
        for file in parsed.iter().filter(|file| !file.sets_variables) {
            for block in file.body.blocks() {
                module.add(InFile { block, file: file.file });
            }
        }
        for file in parsed.iter().filter(|file| file.sets_variables) {
            for attribute in file.body.attributes() {
                let value = Value::new(attribute, file.file);
                module.variables.insert(attribute.key.as_str(), Some(value));
            }
        }
        module
    }

    fn add(&mut self, block: InFile<'m>) {
        let mut labels = block.block.labels.iter().map(|label| label.as_str());
        match (block.block.ident.as_str(), labels.next(), labels.next()) {
            ("locals", None, None) => {
                let attributes = block.block.body.attributes();
                self.locals
                    .extend(attributes.map(|value| (value.key.as_str(), Value::new(value, block.file))));
                self.others.push(block);
            }
            ("variable", Some(name), None) => {
                let default = block.block.body.get_attribute("default");
                self.variables.insert(name, default.map(|value| Value::new(value, block.file)));
            }
            ("resource", Some(kind), Some(name)) => self.resource(kind, name, false, block),
            ("data", Some(kind), Some(name)) => self.resource(kind, name, true, block),
            ("module", Some(name), None) => self.calls.push((name, block)),
            _ => self.others.push(block),
        }
    }

    fn resource(&mut self, kind: &'m str, name: &str, is_data: bool, block: InFile<'m>) {
        let address = if is_data { format!("data.{kind}.{name}") } else { format!("{kind}.{name}") };
        self.order.push(address.clone());
        self.resources.insert(address, Resource { kind, is_data, block });
    }

    /// The number of the file at a path relative to the folder.
    pub(super) fn file_at(&self, path: &str) -> Option<u32> {
        let paths = self.paths.get_or_init(|| {
            let numbered = (0..).zip(self.files.iter());
            numbered.map(|(number, path)| (normal(path), number)).collect()
        });
        paths.get(&normal(&format!("{}/{path}", self.folder))).copied()
    }

    /// The text of the file with this number.
    pub(super) fn text(&self, file: u32) -> &'m str {
        self.texts.get(file as usize).copied().unwrap_or_default()
    }
}

impl<'m> Value<'m> {
    pub(super) fn new(attribute: &'m Attribute, file: u32) -> Self {
        let key_source = self::source(&attribute.key, file);
        Self { expression: &attribute.value, file, source: source(attribute, file), key_source }
    }
}

impl<'m> InFile<'m> {
    /// The attribute of this name.
    pub(super) fn get(self, name: &str) -> Option<Value<'m>> {
        self.block.body.get_attribute(name).map(|attribute| Value::new(attribute, self.file))
    }

    /// The blocks of this name inside.
    pub(super) fn blocks(self, name: &'m str) -> impl Iterator<Item = InFile<'m>> {
        self.block.body.get_blocks(name).map(move |block| InFile { block, file: self.file })
    }

    pub(super) fn source(self) -> Source {
        source(self.block, self.file)
    }
}

/// The place of a part of a file.
pub(super) fn source(part: &impl hcl_edit::Span, file: u32) -> Source {
    let range = part.span().unwrap_or_default();
    Source::new(file, Span::new(offset(range.start), offset(range.end)))
}

/// A path without `.` and `..`.
fn normal(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_compared_without_detours() {
        for (path, expected) in [("./a/../b//c.json", "b/c.json"), ("../x", "../x"), ("/a/./b", "a/b")] {
            assert_eq!(normal(path), expected);
        }
    }
}
