//! Texts that are made to cost a reader of policies time or memory.

/// A text, and what it is made of.
pub struct Hostile {
    /// What the text shows.
    pub name: String,
    /// About as many bytes as were asked for.
    pub text: String,
}

/// Hostile texts of about `size` bytes each.
pub fn texts(size: usize) -> Vec<Hostile> {
    let mut texts = broken(size);
    texts.extend(elements(size));
    texts.extend(conditions(size));
    texts.extend(patterns(size));
    texts
}

/// No JSON.
fn broken(size: usize) -> Vec<Hostile> {
    let units =
        ["[", "{\"a\":", "\"", "\\u", "\"\\ud800", "[[],", "-", "1", " ", "\u{e9}", "\n", "{}", "nul"];
    let whole = units.iter().map(|unit| hostile(format!("only {unit:?}"), repeated(unit, size)));
    let inside = units
        .iter()
        .map(|unit| hostile(format!("a string of {unit:?}"), format!("[\"{}", repeated(unit, size))));
    whole.chain(inside).collect()
}

/// Elements that do not belong there, or too many of them.
fn elements(size: usize) -> Vec<Hostile> {
    vec![
        hostile("unknown elements of a policy", object(size, |number| format!("\"Element{number}\":1"))),
        hostile("one element over and over", object(size, |_| "\"Statement\":[]".into())),
        hostile(
            "unknown elements of a statement",
            policy(&object(size, |number| format!("\"Resourc{number}\":1"))),
        ),
        hostile("empty statements", policy(&format!("[{}{{}}]", repeated("{},", size)))),
        hostile("statements that are none", policy(&format!("[{}1]", repeated("1,", size)))),
        hostile("escapes in a key", format!("{{\"{}\":1}}", repeated("\\\"x", size))),
    ]
}

fn conditions(size: usize) -> Vec<Hostile> {
    let block = |name: &str, condition: String| {
        let statement = format!(r#"{{"Effect":"Deny","Action":"*","Resource":"*","Condition":{condition}}}"#);
        hostile(name, policy(&statement))
    };
    vec![
        block("one operator over and over", object(size, |_| "\"Bool\":{}".into())),
        block("unknown operators", object(size, |number| format!("\"Bool{number}\":{{\"a\":1}}"))),
        block(
            "unknown keys",
            format!("{{\"Bool\":{}}}", object(size, |number| format!("\"aws:Key{number}\":1"))),
        ),
        block(
            "tags",
            format!("{{\"StringLike\":{}}}", object(size, |number| format!("\"aws:RequestTag/{number}\":1"))),
        ),
        block(
            "one key over and over",
            format!("{{\"StringLike\":{}}}", object(size, |_| "\"aws:username\":\"*\"".into())),
        ),
        block("dates that are none", format!("{{\"DateEquals\":{{\"a\":[{}1]}}}}", repeated("\"-\",", size))),
    ]
}

/// Many patterns, and long ones.
fn patterns(size: usize) -> Vec<Hostile> {
    let both = |name: String, list: String| {
        let statement = format!(r#"{{"Effect":"Allow","Action":[{list}"s3:*"],"Resource":[{list}"*"]}}"#);
        hostile(name, policy(&statement))
    };
    let many = ["*:*", "s3:Get*", "ec2:*a*b*", "", "arn:aws:s3:::a", "s3:a?"];
    let many =
        many.iter().map(|unit| both(format!("many {unit:?}"), repeated(&format!("\"{unit}\","), size / 2)));
    let long = ["*", "*a", ":", "${", "${aws:username}", "${a", "?"];
    let long = long
        .iter()
        .map(|unit| both(format!("long {unit:?}"), format!("\"ec2:{}\",", repeated(unit, size / 2))));
    many.chain(long).collect()
}

fn hostile(name: impl Into<String>, text: String) -> Hostile {
    Hostile { name: name.into(), text }
}

fn repeated(unit: &str, size: usize) -> String {
    unit.repeat(size / unit.len())
}

fn policy(statement: &str) -> String {
    format!(r#"{{"Version":"2012-10-17","Statement":{statement}}}"#)
}

/// An object with as many entries as fit.
fn object(size: usize, entry: impl Fn(usize) -> String) -> String {
    let mut text = String::from("{");
    for number in 0.. {
        text += &entry(number);
        if size <= text.len() {
            break;
        }
        text.push(',');
    }
    text + "}"
}
