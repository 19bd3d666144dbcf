//! Printing a policy and reading it again gives the same policy.

#[cfg(test)]
mod print {
    use portcullis_iam::catalog::managed_policies;
    use portcullis_iam::policy::{Policy, Statement};
    use portcullis_iam::span::Span;
    use portcullis_iam::{PolicyKind, json, parse, print};
    use serde_json::Value;
    use testkit::decisions::{Case, choices, generate};

    fn read(text: &str) -> Policy {
        let parsed = parse::policy(text, PolicyKind::Resource);
        parsed.policy.unwrap_or_else(|| panic!("{text}\n{:?}", parsed.problems))
    }

    /// The policy without places, with the tests of one operator together.
    fn bare(mut policy: Policy) -> Policy {
        policy.text = "".into();
        policy.id.iter_mut().for_each(|id| id.span = Span::default());
        policy.statements.iter_mut().for_each(bare_statement);
        policy
    }

    fn bare_statement(statement: &mut Statement) {
        statement.span = Span::default();
        statement.sid.iter_mut().for_each(|sid| sid.span = Span::default());
        for clause in statement.resource.iter_mut().chain([&mut statement.action]) {
            clause.span = Span::default();
            clause.patterns.iter_mut().for_each(|pattern| pattern.span = Span::default());
        }
        if let Some(clause) = &mut statement.principal {
            clause.span = Span::default();
            clause.entries.iter_mut().for_each(|entry| entry.span = Span::default());
        }
        let mut order = Vec::new();
        for condition in &mut statement.conditions {
            condition.operator.span = Span::default();
            condition.key_span = Span::default();
            condition.values.iter_mut().for_each(|value| value.span = Span::default());
            if !order.contains(&condition.operator.value) {
                order.push(condition.operator.value);
            }
        }
        statement
            .conditions
            .sort_by_key(|condition| order.iter().position(|known| *known == condition.operator.value));
    }

    fn check(text: &str) {
        let policy = read(text);
        let (minified, pretty) = (print::minified(&policy), print::pretty(&policy));
        assert_eq!(bare(read(&minified)), bare(policy.clone()), "{text}");
        assert_eq!(bare(read(&pretty)), bare(policy), "{text}");
        assert_eq!(print::minified(&read(&pretty)), minified, "printing again changes the text of {text}");
    }

    #[test]
    fn generated_policies_come_back() {
        let mut count = 0;
        for seed in 0..400 {
            for text in policies(&generate::case(&choices::bytes(seed, 600))) {
                check(&text);
                count += 1;
            }
        }
        assert!(400 < count, "{count}");
    }

    #[test]
    fn the_policies_of_aws_come_back() {
        managed_policies().iter().step_by(7).for_each(|policy| check(policy.document));
    }

    #[test]
    fn the_canonical_form_has_one_order() {
        let text = r#"{"Statement":{"Condition":{"Bool":{"AWS:SecureTransport":[true]},"StringLike":{"aws:username":["a","b\u0100\""]},
            "Null":{"aws:TagKeys":[]}},"NotResource":["*"],"Action":"s3:*","Effect":"Deny","Sid":"x",
            "Principal":{"Service":["lambda.amazonaws.com"],"AWS":["arn:aws:iam::111111111111:root","*"]}},"Id":"i"}"#;
        let expected = concat!(
            r#"{"Version":"2008-10-17","Id":"i","Statement":[{"Sid":"x","Effect":"Deny","#,
            r#""Principal":{"Service":"lambda.amazonaws.com","AWS":["111111111111","*"]},"#,
            r#""Action":"s3:*","NotResource":"*","Condition":{"Bool":{"AWS:SecureTransport":"true"},"#,
            r#""StringLike":{"aws:username":["a","b\u0100\""]},"Null":{"aws:TagKeys":[]}}}]}"#
        );
        assert_eq!(print::minified(&read(text)), expected);
        check(text);
        check(
            r#"{"Statement":{"Effect":"Deny","Action":"*","Principal":"*","Condition":{"Bool":{"A\u00e9\ufeffB":"true"}}}}"#,
        );
    }

    #[test]
    fn json_of_every_kind_comes_back() {
        let text =
            r#"{"a":[null,true,false,-1.5e3,"\u0000\u001f\u007f\\\/é😀"],"b":{},"c":[],"a":{"d":[[1],{}]}}"#;
        let value = json::parse(text).unwrap();
        for written in [json::write::minified(&value), json::write::pretty(&value)] {
            assert_eq!(json::write::minified(&json::parse(&written).unwrap()), json::write::minified(&value));
            assert_eq!(
                serde_json::from_str::<Value>(&written).unwrap(),
                serde_json::from_str::<Value>(text).unwrap()
            );
        }
    }

    fn policies(case: &Case) -> Vec<String> {
        let request = &case.request;
        let lists = [
            &request.policy_input_list,
            &request.permissions_boundary_policy_input_list,
            &request.session_policy_input_list,
            &request.endpoint_policy_input_list,
        ];
        let all = lists.into_iter().flatten().chain(&request.resource_policy);
        all.map(|policy| policy.as_str().map_or_else(|| policy.to_string(), str::to_owned)).collect()
    }
}
