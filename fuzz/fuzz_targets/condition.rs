//! Any operands over any values: both implementations of the decision agree on every operator.
#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use portcullis_fuzz::agree;
use portcullis_iam::condition::Operator;
use portcullis_iam::{
    Action, Arn, Attached, Caller, Context, ContextKey, Credential, KeyState, Layer, PolicyKind, PolicySet,
    Request, SourceKind, Values, parse,
};

fuzz_target!(|input: (u8, u8, &str, &str)| {
    let (operator, state, operands, values) = input;
    let operators: Vec<_> = Operator::all().collect();
    let operator = operators[usize::from(operator) % operators.len()];
    let operands: Vec<_> =
        operands.split('\n').map(|text| serde_json::Value::from(text).to_string()).collect();
    let version = if state & 8 == 0 { "2012-10-17" } else { "2008-10-17" };
    let text = format!(
        r#"{{"Version":"{version}","Statement":{{"Effect":"Allow","Action":"*","Resource":"*",
        "Condition":{{"{operator}":{{"test:key":[{}]}}}}}}}}"#,
        operands.join(",")
    );
    let policy = parse::policy(&text, PolicyKind::Identity).policy.expect("a policy");
    let attached =
        Attached { id: "PolicyInputList.1".into(), source: SourceKind::Input, policy: Arc::new(policy) };
    let identity = Layer { policies: vec![attached], gaps: Vec::new() };
    let policies = PolicySet { identity, ..PolicySet::default() };
    agree(&request(state, values), &policies);
});

fn request(state: u8, values: &str) -> Request {
    let user = Arn::parse("arn:aws:iam::111111111111:user/alice").expect("an ARN");
    let mut context = Context::default().with("aws:username", "alice").with_unknown("aws:userid");
    let key_state = match state % 4 {
        0 => KeyState::Absent,
        1 => KeyState::Unknown,
        2 => KeyState::Known(Values::One(values.into())),
        _ => KeyState::Known(Values::Many(values.split('\n').map(Into::into).collect())),
    };
    context.set(ContextKey::new("test:key"), key_state);
    Request {
        caller: Caller::User(user),
        credential: Credential::Unstated,
        action: Action::parse("s3:GetObject").expect("an action"),
        resource: "arn:aws:s3:::bucket/key".into(),
        resource_owner: None,
        context,
    }
}
