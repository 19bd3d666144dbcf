//! Policies that are made to cost a prover time: many patterns of which each rules out little.

use serde_json::{Value, json};

/// A policy of one user, and how its statements are made.
#[derive(Clone, Debug)]
pub struct Hard {
    /// What makes it hard, and how much of it there is.
    pub name: String,
    /// The document.
    pub document: Value,
}

/// A family: of one number of patterns, pieces between stars, letters in them, and seed, a document.
type Family = (&'static str, fn(Shape) -> Vec<Value>);

const FAMILIES: [Family; 7] = [
    ("each its own statement", apart),
    ("one of three each", choices),
    ("unless a key matches", unless),
    ("on every action", everywhere),
    ("a service each", services),
    ("on a key", on_a_key),
    ("on each of several values", on_values),
];

/// How many patterns, and of what.
#[derive(Clone, Copy, Debug)]
struct Shape {
    patterns: usize,
    pieces: usize,
    letters: u64,
    seed: u64,
}

/// What every family is made of: as many patterns of as many pieces.
const SHAPES: [(usize, usize, u64); 8] =
    [(20, 2, 4), (20, 3, 4), (20, 3, 8), (40, 3, 4), (40, 3, 8), (80, 3, 26), (80, 4, 4), (80, 4, 26)];

/// `seeds` documents of each shape in each family, family after family.
pub fn families(seeds: u64) -> Vec<(&'static str, Vec<Hard>)> {
    let shapes = || {
        SHAPES.iter().flat_map(move |(patterns, pieces, letters)| {
            (0..seeds).map(move |seed| Shape {
                patterns: *patterns,
                pieces: *pieces,
                letters: *letters,
                seed,
            })
        })
    };
    let made = |(name, make): &Family| (*name, shapes().map(|shape| hard(shape, *make)).collect());
    FAMILIES.iter().map(made).collect()
}

fn hard(shape: Shape, make: fn(Shape) -> Vec<Value>) -> Hard {
    let Shape { patterns, pieces, letters, seed } = shape;
    Hard {
        name: format!("{patterns}x{pieces} of {letters} letters, {seed}"),
        document: json!({"Version": "2012-10-17", "Statement": make(shape)}),
    }
}

/// The resource must match half of the patterns, and none of the others.
fn apart(shape: Shape) -> Vec<Value> {
    let mut patterns = Patterns::of(shape);
    let mut statements = vec![allow("s3:GetObject")];
    for number in 0..shape.patterns {
        let place = if number % 2 == 0 { "NotResource" } else { "Resource" };
        statements.push(json!({"Effect": "Deny", "Action": "s3:GetObject", place: patterns.object()}));
    }
    statements
}

/// The resource must match one of three patterns, and one of three others, and so on.
fn choices(shape: Shape) -> Vec<Value> {
    let mut patterns = Patterns::of(shape);
    let mut statements = vec![allow("s3:GetObject")];
    for _ in 0..shape.patterns / 4 {
        let wanted = [patterns.object(), patterns.object(), patterns.object()];
        statements.push(json!({"Effect": "Deny", "Action": "s3:GetObject", "NotResource": wanted}));
        statements.push(json!({"Effect": "Deny", "Action": "s3:GetObject", "Resource": patterns.object()}));
    }
    statements
}

/// Where the resource does not match, a key must.
fn unless(shape: Shape) -> Vec<Value> {
    let mut patterns = Patterns::of(shape);
    let mut statements = vec![allow("s3:GetObject")];
    for _ in 0..shape.patterns / 2 {
        let (wanted, key) = (patterns.object(), patterns.text());
        statements.push(json!({
            "Effect": "Deny", "Action": "s3:GetObject", "NotResource": wanted,
            "Condition": {"StringNotLike": {"aws:UserAgent": key}},
        }));
    }
    statements
}

/// As the first, on whatever can be done.
fn everywhere(shape: Shape) -> Vec<Value> {
    let mut patterns = Patterns::of(shape);
    let mut statements = vec![allow("*")];
    for number in 0..shape.patterns {
        let place = if number % 2 == 0 { "NotResource" } else { "Resource" };
        statements.push(json!({"Effect": "Deny", "Action": "*", place: patterns.any()}));
    }
    statements
}

/// As the first, in many services, with patterns of their own for each.
fn services(shape: Shape) -> Vec<Value> {
    let mut patterns = Patterns::of(shape);
    let mut statements = vec![allow("*")];
    for service in SERVICES {
        for number in 0..shape.patterns / 4 {
            let place = if number % 2 == 0 { "NotResource" } else { "Resource" };
            statements
                .push(json!({"Effect": "Deny", "Action": format!("{service}:*"), place: patterns.any()}));
        }
    }
    let others: Vec<String> = SERVICES.iter().map(|service| format!("{service}:*")).collect();
    statements.push(json!({"Effect": "Deny", "NotAction": others, "Resource": "*"}));
    statements
}

/// A key that must match half of the patterns, and none of the others.
fn on_a_key(shape: Shape) -> Vec<Value> {
    let mut patterns = Patterns::of(shape);
    let mut statements = vec![allow("s3:GetObject")];
    for number in 0..shape.patterns {
        let operator = if number % 2 == 0 { "StringNotLike" } else { "StringLike" };
        statements.push(json!({
            "Effect": "Deny", "Action": "s3:GetObject", "Resource": "*",
            "Condition": {operator: {"aws:UserAgent": patterns.text()}},
        }));
    }
    statements
}

/// Values that must match one of some patterns each, and among which each of others must be matched.
fn on_values(shape: Shape) -> Vec<Value> {
    let mut patterns = Patterns::of(shape);
    let mut statements = vec![allow("s3:PutObjectTagging")];
    for number in 0..shape.patterns / 2 {
        let operator = if number % 2 == 0 { "ForAnyValue:StringLike" } else { "ForAllValues:StringNotLike" };
        statements.push(json!({
            "Effect": "Deny", "Action": "s3:PutObjectTagging", "Resource": "*",
            "Condition": {operator: {"aws:TagKeys": [patterns.text(), patterns.text()]}},
        }));
    }
    statements
}

fn allow(action: &str) -> Value {
    json!({"Effect": "Allow", "Action": action, "Resource": "*"})
}

/// Services with resources that callers name.
const SERVICES: [&str; 24] = [
    "s3",
    "ec2",
    "iam",
    "kms",
    "sqs",
    "sns",
    "lambda",
    "dynamodb",
    "rds",
    "ecs",
    "ecr",
    "logs",
    "events",
    "ssm",
    "glue",
    "athena",
    "batch",
    "backup",
    "cloudtrail",
    "codebuild",
    "kinesis",
    "redshift",
    "sagemaker",
    "states",
];

/// Random patterns.
struct Patterns {
    shape: Shape,
    state: u64,
}

impl Patterns {
    fn of(shape: Shape) -> Self {
        Self { shape, state: 7 + shape.seed * 1_000_003 }
    }

    /// Of objects in buckets.
    fn object(&mut self) -> String {
        format!("arn:aws:s3:::{}", self.text())
    }

    /// Of anything.
    fn any(&mut self) -> String {
        format!("arn:*{}", self.text())
    }

    /// Pieces of one to three letters between stars.
    fn text(&mut self) -> String {
        let mut text = "*".to_owned();
        for _ in 0..self.shape.pieces {
            for _ in 0..=self.below(2) {
                text.push(char::from(b'a' + self.below(self.shape.letters) as u8));
            }
            text.push('*');
        }
        text
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.state = self.state.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
        (self.state >> 33) % limit
    }
}
