//! The values of expressions, as far as the files tell them.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use hcl_edit::expr::{Expression, Object, ObjectKey};

use super::module::{Module, Value, source};
use super::{collection, function, literal, operator, template, traversal};
use crate::found::Note;
use crate::places::Source;
use crate::tree::{Field, Node, Text, Tree, Unknown};

/// Evaluates the expressions of one module.
pub(super) struct Evaluator<'m> {
    pub(super) module: &'m Module<'m>,
    /// The values of locals, and the documents of data sources, by their address.
    values: RefCell<BTreeMap<String, Rc<Tree>>>,
    /// The files whose text became a part of a value.
    pub(super) consumed: RefCell<Vec<u32>>,
    /// Whether the text of a template file is evaluated: Terraform lets no template file use another.
    pub(super) is_in_template: Cell<bool>,
    notes: RefCell<Vec<Note>>,
    /// How many values may still be made: locals can multiply each other.
    budget: Cell<usize>,
    depth: Cell<usize>,
}

/// Where an expression stands.
#[derive(Clone, Copy)]
pub(super) struct Scope<'s> {
    pub(super) file: u32,
    /// The variables of `for`, of `dynamic` blocks and of template files.
    pub(super) frame: Option<&'s Frame<'s>>,
}

/// A variable of an expression around.
pub(super) struct Frame<'s> {
    pub(super) name: &'s str,
    pub(super) value: Tree,
    pub(super) parent: Option<&'s Frame<'s>>,
}

impl Scope<'_> {
    /// Outside of every expression.
    pub(super) fn of(file: u32) -> Self {
        Self { file, frame: None }
    }
}

impl<'m> Evaluator<'m> {
    pub(super) fn new(module: &'m Module<'m>) -> Self {
        let (values, consumed, notes) = Default::default();
        let is_in_template = Cell::new(false);
        let budget = Cell::new(MAX_VALUES.saturating_add(module.size));
        let depth = Cell::new(0);
        Self { module, values, consumed, is_in_template, notes, budget, depth }
    }

    /// The value of an attribute that stands outside of every expression.
    pub(super) fn value(&self, value: Value<'_>) -> Tree {
        self.eval(value.expression, Scope::of(value.file))
    }

    /// The value of an expression; what is not known stays in it as such.
    pub(super) fn eval(&self, expression: &Expression, scope: Scope<'_>) -> Tree {
        let source = source(expression, scope.file);
        let depth = self.depth.get();
        if MAX_DEPTH <= depth || !self.spend(1) {
            return Tree::unknown(Unknown::made("a value that is too large or refers to itself"), source);
        }
        self.depth.set(depth + 1);
        let value = self.expression(expression, scope, source);
        self.depth.set(depth);
        value
    }

    fn expression(&self, expression: &Expression, scope: Scope<'_>, source: Source) -> Tree {
        match expression {
            Expression::Null(_) => Tree::new(Node::Null, source),
            Expression::Bool(value) => Tree::new(Node::Bool(**value), source),
            Expression::Number(value) => self.number(&value.to_string(), source),
            Expression::String(_) => self.string(scope.file, source),
            Expression::Array(items) => {
                Tree::new(Node::List(items.iter().map(|item| self.eval(item, scope)).collect()), source)
            }
            Expression::Object(object) => self.object(object, scope, source),
            Expression::StringTemplate(string) => template::quoted(self, string, scope, source),
            Expression::HeredocTemplate(heredoc) => template::heredoc(self, heredoc, scope, source),
            Expression::Parenthesis(inner) => self.eval(inner.inner(), scope),
            Expression::Variable(name) => match lookup(scope, name.as_str()) {
                Some(value) => self.copied(value),
                None => self.unknown(scope, source),
            },
            Expression::Conditional(choice) => operator::choose(self, choice, scope, source),
            Expression::FuncCall(call) => function::call(self, call, scope, source),
            Expression::Traversal(traversal) => traversal::value(self, traversal, scope, source),
            Expression::UnaryOp(operation) => operator::unary(self, operation, scope, source),
            Expression::BinaryOp(operation) => operator::binary(self, operation, scope, source),
            Expression::ForExpr(each) => collection::each(self, each, scope, source),
        }
    }

    /// A number; one that is spelt in another way than JSON does is as good as a text.
    fn number(&self, value: &str, source: Source) -> Tree {
        if source.span.of(self.module.text(source.file)) == value {
            return Tree::new(Node::Number(value.into()), source);
        }
        Tree::text(Text::made(value, source), source)
    }

    /// A string in quotes without templates.
    fn string(&self, file: u32, source: Source) -> Tree {
        let mut text = Text::default();
        literal::push(self.module.text(file), source.inside(), literal::Style::Quoted, &mut text);
        Tree::text(text.quoted(), source)
    }

    fn object(&self, object: &Object, scope: Scope<'_>, place: Source) -> Tree {
        let field = |(key, value): (&ObjectKey, &hcl_edit::expr::ObjectValue)| {
            let key_source = source(key, scope.file);
            let key = match key {
                ObjectKey::Ident(name) => Text::verbatim(name.as_str(), key_source),
                ObjectKey::Expression(Expression::Variable(name)) => {
                    Text::verbatim(name.as_str(), key_source)
                }
                ObjectKey::Expression(key) => self.text(&self.eval(key, scope)),
            };
            let value_source = source(value.expr(), scope.file);
            let value = self.eval(value.expr(), scope);
            Field { key, key_source, value, source: key_source.to(value_source).unwrap_or(key_source) }
        };
        Tree::new(Node::Map(object.iter().map(field).collect()), place)
    }

    /// The value as a text; what is no single value is not known.
    pub(super) fn text(&self, value: &Tree) -> Text {
        let text = value.scalar();
        text.unwrap_or_else(|| Text::hole(Unknown::made("a value that is no text"), value.source))
    }

    /// An expression that is not known, by its own words.
    pub(super) fn unknown(&self, scope: Scope<'_>, source: Source) -> Tree {
        let words = self.words(source);
        // Inside of `for`, the same words are not the same value.
        let is_same = scope.frame.is_none();
        Tree::unknown(if is_same { Unknown::named(&words) } else { Unknown::made(&words) }, source)
    }

    /// The same for what makes its value anew in each place.
    pub(super) fn made(&self, source: Source) -> Tree {
        Tree::unknown(Unknown::made(&self.words(source)), source)
    }

    fn words(&self, source: Source) -> String {
        let text = source.span.of(self.module.text(source.file));
        let mut words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some((end, _)) = words.char_indices().nth(MAX_WORDS) {
            words.truncate(end);
            words.push('…');
        }
        words
    }

    /// What is computed once for an address; what refers to itself is not known.
    pub(super) fn once(&self, address: &str, source: Source, compute: impl FnOnce() -> Tree) -> Tree {
        let known = self.values.borrow().get(address).cloned();
        if let Some(value) = known {
            return self.copied(&value);
        }
        let itself = Tree::unknown(Unknown::made(&format!("{address}, which refers to itself")), source);
        self.values.borrow_mut().insert(address.to_owned(), Rc::new(itself));
        let value = compute();
        self.values.borrow_mut().insert(address.to_owned(), Rc::new(value.clone()));
        value
    }

    /// A copy, for as much of the budget as the value is large.
    pub(super) fn copied(&self, value: &Tree) -> Tree {
        if self.spend(value.size()) {
            return value.clone();
        }
        Tree::unknown(Unknown::made("a value that is too large"), value.source)
    }

    /// Whether the budget has as much left.
    pub(super) fn spend(&self, amount: usize) -> bool {
        let left = self.budget.get().checked_sub(amount);
        self.budget.set(left.unwrap_or_default());
        left.is_some()
    }

    pub(super) fn note(&self, message: String, source: Source) {
        self.notes.borrow_mut().push(Note { message, place: source.place(self.module.files) });
    }

    /// What was noted so far.
    pub(super) fn take_notes(&self) -> Vec<Note> {
        self.notes.take()
    }
}

/// The value of a variable of an expression around.
pub(super) fn lookup<'s>(scope: Scope<'s>, name: &str) -> Option<&'s Tree> {
    let frames = std::iter::successors(scope.frame, |frame| frame.parent);
    frames.into_iter().find(|frame| frame.name == name).map(|frame| &frame.value)
}

/// The most values that are made of one module, besides one for every byte of its files.
const MAX_VALUES: usize = 1_000_000;

/// The deepest nesting of expressions that is followed, through references too.
const MAX_DEPTH: usize = 150;

/// The most characters of an expression that a message repeats.
const MAX_WORDS: usize = 60;
