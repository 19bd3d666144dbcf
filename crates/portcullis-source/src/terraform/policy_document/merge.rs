//! Documents merged by the ids of their statements.

use crate::places::Source;
use crate::tree::{Field, Node, Text, Tree, Unknown};

/// Several documents as one.
#[derive(Default)]
pub(super) struct Merged {
    version: Option<Field>,
    id: Option<Field>,
    statements: Vec<Tree>,
    statement_source: Option<Source>,
}

impl Merged {
    /// Adds a document. One of its statements replaces an earlier one with the same id.
    pub(super) fn add(&mut self, document: &Tree) {
        let Node::Map(fields) = &document.node else {
            return self.statements.push(unknown(document));
        };
        for field in fields {
            match field.key.known() {
                Some("Version") => self.version(field),
                Some("Id") => self.id = Some(field.clone()),
                Some("Statement") => {
                    self.statement_source = Some(field.value.source);
                    field.value.items().iter().for_each(|statement| self.statement(statement));
                }
                Some(_) | None => {}
            }
        }
    }

    /// The same with a document of overrides: one that is not known may replace any statement with an id.
    pub(super) fn override_with(&mut self, document: &Tree) {
        let holds_unknown = document.get("Statement").is_none_or(|list| {
            list.items().iter().any(|statement| matches!(statement.node, Node::Unknown(_)))
        });
        if holds_unknown {
            let replaced = self.statements.iter_mut().filter(|statement| statement.get("Sid").is_some());
            replaced.for_each(|statement| *statement = unknown(statement));
        }
        self.add(document);
    }

    /// The later version of the language holds.
    fn version(&mut self, field: &Field) {
        let known = |field: &Field| field.value.known().map(str::to_owned);
        let is_later = self.version.as_ref().is_none_or(|own| known(own) < known(field));
        let is_open = known(field).is_none();
        if is_later || is_open {
            self.version = Some(field.clone());
        }
    }

    fn statement(&mut self, statement: &Tree) {
        let id = |statement: &Tree| statement.get("Sid").and_then(Tree::known).map(str::to_owned);
        let own = id(statement).filter(|own| !own.is_empty());
        let same =
            own.and_then(|own| self.statements.iter_mut().find(|known| id(known).as_ref() == Some(&own)));
        match same {
            Some(known) => *known = statement.clone(),
            None => self.statements.push(statement.clone()),
        }
    }

    pub(super) fn into_tree(self, source: Source, head: Source) -> Tree {
        let statements = Tree::new(Node::List(self.statements), self.statement_source.unwrap_or(source));
        let list = Field { key: Text::made("Statement", head), key_source: head, source, value: statements };
        let fields = self.version.into_iter().chain(self.id).chain([list]);
        let mut tree = Tree::new(Node::Map(fields.collect()), source);
        tree.head = Some(head);
        tree
    }
}

/// A statement, or several, in place of what is not known.
fn unknown(value: &Tree) -> Tree {
    match &value.node {
        Node::Unknown(_) => value.clone(),
        _ => Tree::unknown(Unknown::made("a statement that may be overridden"), value.source),
    }
}
