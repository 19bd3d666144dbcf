//! Users with equal keys get equal answers.
#![expect(clippy::unwrap_used, reason = "the cases are well formed")]

use std::sync::Arc;

use portcullis_iam::{
    Arn, Attached, Caller, Context, Credential, Layer, PolicyKind, PolicySet, SourceKind, parse,
};
use portcullis_prove::{Alike, AlikeKey, Area, Domain, Facts, Frame, Prover, Question, Reach, reach};

const NAMES: [&str; 10] =
    ["alice", "bob", "robot-1", "robot-22", "user", "mfa", "a", "al", "alicebob", "x.y@example.com"];

/// The tag of each name; none for every third.
const TEAMS: [Option<&str>; 10] = [
    Some("red"),
    Some("blue"),
    None,
    Some("red"),
    Some("alice"),
    None,
    Some("blue"),
    Some("home"),
    None,
    Some("green"),
];

const RESOURCES: [&str; 19] = [
    "arn:aws:s3:::home/${aws:PrincipalTag/team}/*",
    "arn:aws:s3:::home/re*/*",
    "arn:aws:s3:::${aws:PrincipalTag/team}-x/*",
    "*",
    "arn:aws:iam::*:user/${aws:username}",
    "arn:aws:iam::*:user/*/${aws:username}",
    "arn:aws:iam::*:user/*${aws:username}",
    "arn:aws:iam::*:user/al*",
    "arn:aws:iam::*:user/*bob",
    "arn:aws:iam::*:user/robot-?",
    "arn:aws:iam::*:user/bob",
    "arn:aws:iam::*:user/*",
    "arn:aws:iam::*:mfa/${aws:username}",
    "arn:aws:iam::*:mfa/*",
    "arn:aws:s3:::home/${aws:username}/*",
    "arn:aws:s3:::home/alice/*",
    "arn:aws:s3:::home/*",
    "arn:aws:s3:::*/a*/*",
    "arn:aws:iam::111111111111:user/?lice",
];

const ACTIONS: [&str; 6] =
    ["*", "iam:*", "iam:CreateAccessKey", "s3:GetObject", "s3:*", "iam:EnableMFADevice"];

const CONDITIONS: [&str; 8] = [
    "",
    r#""StringEquals":{"s3:prefix":"${aws:PrincipalTag/team}"}"#,
    r#""StringNotEquals":{"s3:prefix":["red","alice"]}"#,
    r#""StringLike":{"s3:prefix":"home/${aws:username}/*"}"#,
    r#""StringNotLike":{"s3:prefix":["home/a*","x"]}"#,
    r#""StringEquals":{"aws:username":["alice","bob"]}"#,
    r#""ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:user/robot-*"}"#,
    r#""StringEqualsIgnoreCase":{"s3:prefix":["ALICE","home"]}"#,
];

/// A small generator: the digits of a seed.
struct Digits(u64);

impl Digits {
    fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        *items.get((self.0 >> 33) as usize % items.len()).unwrap()
    }
}

fn policies(seed: u64) -> PolicySet {
    let mut digits = Digits(seed);
    let count = digits.pick(&[1, 2, 3, 4]);
    let statements: Vec<String> = (0..count)
        .map(|index| {
            let effect = if index == 0 { "Allow" } else { digits.pick(&["Allow", "Deny", "Deny"]) };
            let resource = digits.pick(&["Resource", "Resource", "NotResource"]);
            format!(
                r#"{{"Effect":"{effect}","Action":"{}","{resource}":["{}","{}"],"Condition":{{{}}}}}"#,
                digits.pick(&ACTIONS),
                digits.pick(&RESOURCES),
                digits.pick(&RESOURCES),
                digits.pick(&CONDITIONS)
            )
        })
        .collect();
    let text = format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, statements.join(","));
    let policy = Arc::new(parse::policy(&text, PolicyKind::Identity).policy.unwrap());
    let policies = vec![Attached { id: "p".into(), source: SourceKind::Input, policy }];
    PolicySet { identity: Layer { policies, gaps: Vec::new() }, ..PolicySet::default() }
}

fn ask(prover: &mut Prover, policies: &PolicySet, name: &str, seed: u64) -> (AlikeKey, &'static str) {
    let arn = format!("arn:aws:iam::111111111111:user/{name}");
    let facts = Facts::default()
        .with("aws:PrincipalArn", Domain::One(arn.as_str().into()))
        .with("aws:username", Domain::One(name.into()));
    let team = NAMES.iter().position(|own| *own == name).and_then(|at| *TEAMS.get(at)?);
    let facts = match team {
        Some(team) => facts.with("aws:PrincipalTag/team", Domain::One(team.into())),
        None => facts,
    };
    let user = Arn::parse(&arn).unwrap();
    let frame = Frame { caller: Caller::User(user.clone()), credential: Credential::LongTermKey, facts };
    let context = Context::default().with("aws:PrincipalArn", &arn).with("aws:username", name);
    let context = team.into_iter().fold(context, |context, team| context.with("aws:PrincipalTag/team", team));
    let key = Alike::new(policies).key(&user, &context);
    let own = [Area::of_actions(["iam:*"]).on([arn.as_str()])];
    let question = Question::any(policies, &frame);
    let question = match seed % 3 {
        0 => question,
        1 => question.sparing(&own),
        _ => question.only(&own),
    };
    let answer = match reach(prover, &question) {
        Reach::Closed(_) => "closed",
        Reach::Open(_) => "open",
        Reach::Undecided(_) => "undecided",
    };
    (key, answer)
}

#[test]
fn users_with_equal_keys_get_equal_answers() {
    let mut shared = 0;
    let mut prover = Prover::new();
    for seed in 0..300 {
        let policies = policies(seed);
        let answers = NAMES.map(|name| (name, ask(&mut prover, &policies, name, seed)));
        for (index, (one, (key, answer))) in answers.iter().enumerate() {
            for (other, (other_key, other_answer)) in answers.iter().skip(index + 1) {
                if key == other_key {
                    shared += 1;
                    assert_eq!(answer, other_answer, "seed {seed}: {one} and {other}");
                }
            }
        }
    }
    assert!(800 < shared, "only {shared} pairs were alike");
}

#[test]
fn a_name_that_no_pattern_meets_is_as_good_as_another() {
    let text = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:*","Resource":["arn:aws:iam::*:user/${aws:username}","arn:aws:iam::*:mfa/*"]}]}"#;
    let policy = Arc::new(parse::policy(text, PolicyKind::Identity).policy.unwrap());
    let policies = vec![Attached { id: "p".into(), source: SourceKind::Input, policy }];
    let set = PolicySet { identity: Layer { policies, gaps: Vec::new() }, ..PolicySet::default() };
    let mut prover = Prover::new();
    let keys = ["bob", "a", "robot-1"].map(|name| ask(&mut prover, &set, name, 0).0);
    assert!(keys.windows(2).all(|pair| pair[0] == pair[1]));
}
