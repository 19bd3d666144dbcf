//! YAML as trees.
//!
//! The parser gives the span of every node in bytes; what it does not give, the place of every character of a value,
//! [`scalar`] finds. Tags become maps of one entry, as CloudFormation's long forms are: `!Sub x` is `{"Fn::Sub": x}`.

mod scalar;

use std::collections::BTreeMap;
use std::iter::Peekable;

use granit_parser::{Event, Parser, ScalarStyle, ScanError, Tag, options};
use portcullis_iam::span::Span;

use crate::place::{boundary, offset};
use crate::places::Source;
use crate::tree::{Field, Node, Text, Tree};

/// Why a text is no YAML, and where.
pub(crate) struct YamlError {
    pub(crate) message: String,
    pub(crate) at: u32,
}

/// The documents of a YAML text, which is file number `file`, and why there are no more.
pub(crate) fn parse(text: &str, file: u32) -> (Vec<Tree>, Option<YamlError>) {
    let options = options! {
        emit_comments: false,
        emit_unresolved_aliases: true,
        block_nesting_limit: MAX_DEPTH,
        flow_nesting_limit: MAX_DEPTH,
    };
    let events = Parser::new_from_str_with_options(text, options).peekable();
    let mut reader = Reader { text, file, events, anchors: BTreeMap::new(), budget: MAX_NODES };
    let mut documents = Vec::new();
    loop {
        match reader.document() {
            Ok(Some(document)) => documents.push(document),
            Ok(None) => return (documents, None),
            Err(error) => return (documents, Some(error)),
        }
    }
}

/// The deepest nesting of block, and of flow, collections that is read.
const MAX_DEPTH: usize = 64;

/// The most nodes that are made of one file, what aliases repeat included.
const MAX_NODES: usize = 400_000;

struct Reader<'t, I: Iterator> {
    text: &'t str,
    file: u32,
    events: Peekable<I>,
    /// What the aliases stand for.
    anchors: BTreeMap<usize, Tree>,
    /// How many nodes may still be made.
    budget: usize,
}

type Next<'t> = Result<(Event<'t>, granit_parser::Span), ScanError>;

impl<'t, I: Iterator<Item = Next<'t>>> Reader<'t, I> {
    fn document(&mut self) -> Result<Option<Tree>, YamlError> {
        loop {
            let Some((event, span)) = self.next()? else { return Ok(None) };
            match event {
                Event::DocumentStart(..) => {
                    self.anchors.clear();
                    let Some((event, span)) = self.next()? else { return Ok(None) };
                    return self.node(event, span).map(Some);
                }
                Event::StreamEnd => return Ok(None),
                Event::StreamStart | Event::DocumentEnd => {}
                _ => return Err(self.error("no document starts here", span)),
            }
        }
    }

    fn next(&mut self) -> Result<Option<(Event<'t>, granit_parser::Span)>, YamlError> {
        match self.events.next() {
            Some(Ok(next)) => Ok(Some(next)),
            Some(Err(error)) => {
                let at = error.marker().byte_offset().unwrap_or(self.text.len());
                Err(YamlError { message: error.info(), at: boundary(self.text, at) })
            }
            None => Ok(None),
        }
    }

    /// As deep as the parser goes.
    fn node(&mut self, event: Event<'t>, at: granit_parser::Span) -> Result<Tree, YamlError> {
        self.budget = self.budget.checked_sub(1).ok_or_else(|| self.error(TOO_MANY, at))?;
        let (tree, anchor, tag) = match event {
            Event::Scalar(value, style, anchor, tag) => {
                (self.scalar(&value, style, at, tag.as_deref()), anchor, tag)
            }
            Event::SequenceStart(_, anchor, tag) => (self.list(at)?, anchor, tag),
            Event::MappingStart(_, anchor, tag) => (self.map(at)?, anchor, tag),
            Event::Alias(id) => (self.repeated(id, at)?, 0, None),
            Event::UnresolvedAlias(name) => {
                return Err(self.error(&format!("the alias `{name}` names no anchor"), at));
            }
            _ => return Err(self.error("a value is missing", at)),
        };
        let tree = match tag {
            Some(tag) if tag.is_custom() => self.tagged(&tag, at, tree),
            Some(_) | None => tree,
        };
        if anchor != 0 {
            self.anchors.insert(anchor, tree.clone());
        }
        Ok(tree)
    }

    fn repeated(&mut self, id: usize, at: granit_parser::Span) -> Result<Tree, YamlError> {
        let Some(tree) = self.anchors.get(&id).cloned() else {
            return Err(self.error("the alias stands inside of what it repeats", at));
        };
        self.budget = self.budget.checked_sub(tree.size()).ok_or_else(|| self.error(TOO_MANY, at))?;
        Ok(tree)
    }

    fn list(&mut self, start: granit_parser::Span) -> Result<Tree, YamlError> {
        let mut items = Vec::new();
        loop {
            let Some((event, span)) = self.next()? else {
                return Err(self.error("the list has no end", start));
            };
            if event == Event::SequenceEnd {
                let inner = items
                    .first()
                    .zip(items.last())
                    .map(|(first, last): (&Tree, &Tree)| (first.source, last.source));
                return Ok(Tree::new(Node::List(items), self.collection(start, span, inner)));
            }
            items.push(self.node(event, span)?);
        }
    }

    fn map(&mut self, start: granit_parser::Span) -> Result<Tree, YamlError> {
        let mut fields: Vec<Field> = Vec::new();
        loop {
            let Some((event, span)) = self.next()? else {
                return Err(self.error("the map has no end", start));
            };
            if event == Event::MappingEnd {
                let inner =
                    fields.first().zip(fields.last()).map(|(first, last)| (first.source, last.source));
                return Ok(Tree::new(Node::Map(fields), self.collection(start, span, inner)));
            }
            let key = self.node(event, span)?;
            let Some((event, span)) = self.next()? else {
                return Err(self.error("a key has no value", start));
            };
            let value = self.node(event, span)?;
            let source = key.source.to(value.source).unwrap_or(key.source);
            fields.push(Field {
                key: key.scalar().unwrap_or_default(),
                key_source: key.source,
                value,
                source,
            });
        }
    }

    /// The place of a list or map: in brackets, or from the first to the last of its parts.
    fn collection(
        &self,
        start: granit_parser::Span,
        end: granit_parser::Span,
        inner: Option<(Source, Source)>,
    ) -> Source {
        let (start, end) = (self.source(start), self.source(end));
        if start.span.start < start.span.end {
            return start.to(end).unwrap_or(start);
        }
        inner.and_then(|(_, last)| start.to(last)).unwrap_or(start)
    }

    fn scalar(&self, value: &str, style: ScalarStyle, at: granit_parser::Span, tag: Option<&Tag>) -> Tree {
        let source = self.seen(self.source(at));
        let is_string = tag.is_some_and(|tag| tag.is_yaml_core_schema_tag("str"));
        if style == ScalarStyle::Plain && !is_string {
            match value {
                "true" => return Tree::new(Node::Bool(true), source),
                "false" => return Tree::new(Node::Bool(false), source),
                "True" | "TRUE" => return Tree::text(Text::made("true", source), source),
                "False" | "FALSE" => return Tree::text(Text::made("false", source), source),
                "~" | "null" | "Null" | "NULL" | "" => return Tree::new(Node::Null, source),
                // CloudFormation gives numbers to IAM as strings.
                _ => {}
            }
        }
        let text = scalar::text(value, style, self.text, source);
        Tree::text(text, scalar::without_end(self.text, source))
    }

    /// A place that can be seen: that of nothing is the character before it.
    fn seen(&self, source: Source) -> Source {
        let Span { start, end } = source.span;
        let before = self.text.get(..start as usize).unwrap_or_default();
        match before.chars().next_back() {
            Some(last) if start == end => {
                Source::new(self.file, Span::new(start - offset(last.len_utf8()), end))
            }
            Some(_) | None => source,
        }
    }

    fn tagged(&self, tag: &Tag, at: granit_parser::Span, value: Tree) -> Tree {
        let key_source = at.tag_span().map_or(value.source.first(), |span| self.source(span));
        let name = match tag.suffix() {
            "Ref" | "Condition" => tag.suffix().to_owned(),
            suffix => format!("Fn::{suffix}"),
        };
        let source = key_source.to(value.source).unwrap_or(value.source);
        let field = Field { key: Text::made(&name, key_source), key_source, value, source };
        Tree::new(Node::Map(vec![field]), source)
    }

    fn source(&self, span: granit_parser::Span) -> Source {
        let range = span.byte_range().unwrap_or_default();
        Source::new(self.file, Span::new(offset(range.start), offset(range.end)))
    }

    fn error(&self, message: &str, span: granit_parser::Span) -> YamlError {
        YamlError { message: message.to_owned(), at: self.source(span).span.start }
    }
}

const TOO_MANY: &str = "the file has too many values, those included that aliases repeat";
