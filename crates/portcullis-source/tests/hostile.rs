//! Files that are made to cost time or memory: every one is read or refused, and every place lies in its file.
#![expect(clippy::disallowed_methods, reason = "a corpus is files outside the repository")]

#[cfg(test)]
mod hostile {
    use std::time::{Duration, Instant};

    use portcullis_source::read_all;
    use testkit::{found, hostile};

    /// Generous for a debug build; what is quadratic takes minutes.
    const LIMIT: Duration = Duration::from_secs(5);

    fn check(name: &str, files: &[(&str, &str)]) {
        let start = Instant::now();
        let answer = read_all(files);
        let took = start.elapsed();
        assert!(took < LIMIT, "{name} took {took:?}");
        let complaint = found::complaint(files, &answer);
        assert!(complaint.is_none(), "{name}: {complaint:?}");
        let said: usize = answer.iter().map(|found| found.notes.len() + found.faults.len()).sum();
        assert!(said < 2_000, "{name}: {said} notes and faults");
    }

    #[test]
    fn texts_of_policies_are_read_in_every_format() {
        for hostile in hostile::texts(8 << 10) {
            let text = hostile.text.as_str();
            check(&hostile.name, &[("a.json", text)]);
            check(&hostile.name, &[("a.yaml", text), ("b.yaml", &format!("A: {text}"))]);
            let heredoc = format!("resource \"aws_iam_policy\" \"a\" {{\n policy = <<EOF\n{text}\nEOF\n}}\n");
            check(&hostile.name, &[("a.tf", &heredoc), ("b.tf", text)]);
            let template = format!(
                "{{\"Resources\": {{\"A\": {{\"Type\": \"AWS::IAM::Policy\", \"Properties\": {{\"PolicyDocument\": {text}}}}}}}}}"
            );
            check(&hostile.name, &[("a.json", &template)]);
            let module =
                format!("{{\"resource\": {{\"aws_iam_policy\": {{\"a\": {{\"policy\": {text}}}}}}}}}");
            check(&hostile.name, &[("a.tf.json", text), ("b.tf.json", &module)]);
        }
    }

    #[test]
    fn words_are_not_what_the_file_says() {
        // Each is as long as what JSON says for it.
        for word in ["NULL", "Null", "null", "TRUE", "true"] {
            let text = format!(
                "Version: '2012-10-17'\nStatement:\n- {{Effect: {word}, Action: 's3:*', Resource: '*'}}\n"
            );
            check(word, &[("a.yaml", &text)]);
        }
        for truth in ["1==1", "true"] {
            let policy =
                format!("jsonencode({{ Version = \"2012-10-17\", Statement = [{{ Effect = {truth} }}] }})");
            check(
                truth,
                &[("a.tf", &format!("resource \"aws_iam_policy\" \"a\" {{\n policy = {policy}\n}}\n"))],
            );
        }
    }

    fn repeated(unit: &str, times: usize) -> String {
        unit.repeat(times)
    }

    #[test]
    fn yaml_that_repeats_itself_ends() {
        let mut laughs = String::from("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for level in 1..12 {
            let item = format!("*a{}", level - 1);
            laughs += &format!("a{level}: &a{level} [{}]\n", vec![item; 10].join(","));
        }
        laughs +=
            "Resources:\n  A:\n    Type: AWS::IAM::Policy\n    Properties:\n      PolicyDocument: *a11\n";
        check("aliases", &[("a.yaml", &laughs)]);
        check("a list in itself", &[("a.yaml", "a: &a [*a]\nAWS::X: 1\n")]);
        check(
            "nested blocks",
            &[("a.yaml", &(0..5_000).map(|n| format!("{}a:\n", repeated(" ", n))).collect::<String>())],
        );
        check("nested brackets", &[("a.yaml", &format!("AWS::X: {}", repeated("[", 100_000)))]);
        check("questions", &[("a.yaml", &repeated("? ", 20_000))]);
        check("tags", &[("a.yaml", &format!("a: {} b", repeated("!Sub ", 20_000)))]);
    }

    #[test]
    fn functions_that_multiply_end() {
        let mut conditions = String::new();
        for level in 1..60 {
            conditions +=
                &format!("  C{level}: !And [{{Condition: C{}}}, {{Condition: C{}}}]\n", level - 1, level - 1);
        }
        let template = format!(
            "Conditions:\n  C0: !Equals [!Ref X, y]\n{conditions}Resources:\n  A:\n    Type: AWS::IAM::Policy\n    Properties:\n      PolicyDocument:\n        Version: '2012-10-17'\n        Statement: !If [C59, [], []]\n"
        );
        check("conditions", &[("a.yaml", &template)]);
        let joins = format!(
            "Resources:\n  A:\n    Type: AWS::IAM::Policy\n    Properties:\n      PolicyDocument: {}x{}\n",
            repeated("!Join [',', [", 20),
            repeated("]]", 20)
        );
        check("joins", &[("a.yaml", &joins)]);
    }

    #[test]
    fn terraform_that_multiplies_ends() {
        let mut locals = String::from("locals {\n  l0 = [\"s3:Get*\", \"s3:Put*\"]\n");
        for level in 1..40 {
            locals += &format!("  l{level} = concat(local.l{}, local.l{})\n", level - 1, level - 1);
        }
        locals += "}\ndata \"aws_iam_policy_document\" \"a\" {\n  statement {\n    actions = local.l39\n    resources = [local.self]\n  }\n}\nlocals {\n  self = local.other\n  other = [local.self]\n}\n";
        check("locals", &[("a.tf", &locals)]);
        let text = "locals {\n  t0 = \"xxxxxxxxxxxxxxxx\"\n".to_owned()
            + &(1..60)
                .map(|n| format!("  t{n} = \"${{local.t{}}}${{local.t{}}}\"\n", n - 1, n - 1))
                .collect::<String>()
            + "}\nresource \"aws_iam_policy\" \"a\" {\n  policy = jsonencode({ Statement = [{ Effect = \"Allow\", Action = local.t59, Resource = \"*\" }] })\n}\n";
        check("texts", &[("a.tf", &text)]);
        let merged = (0..300)
            .map(|n| {
                format!(
                    "data \"aws_iam_policy_document\" \"d{n}\" {{\n  source_policy_documents = [data.aws_iam_policy_document.d{}.json, data.aws_iam_policy_document.d{}.json]\n  statement {{\n    actions = [\"s3:Get*\"]\n    resources = [\"*\"]\n  }}\n}}\n",
                    (n + 1) % 300,
                    (n + 2) % 300
                )
            })
            .collect::<String>();
        check("documents of documents", &[("a.tf", &merged)]);
        let nested = format!(
            "locals {{\n  a = {}1{}\n}}\n",
            repeated("[for x in [1, 2, 3] : ", 30),
            repeated("]", 30)
        );
        check(
            "nested for",
            &[(
                "a.tf",
                &(nested + "resource \"aws_iam_policy\" \"a\" {\n  policy = jsonencode(local.a)\n}\n"),
            )],
        );
        let many = (0..3_000).map(|n| format!("  k{n} = {n}\n")).collect::<String>();
        check("keys of an object", &[("a.tf", &format!("locals {{\n  a = {{\n{many}  }}\n}}\n"))]);
        check("a long file", &[("a.tf", &repeated("# x\n", 300_000))]);
        check("references", &[("a.tf", &format!("a = b{}\n", repeated(".c", 50_000)))]);
    }

    #[test]
    fn templates_of_templates_end() {
        let files: Vec<(String, String)> = (0..50)
            .map(|n| {
                (
                    format!("t{n}.tpl"),
                    format!(
                        "${{templatefile(\"t{}.tpl\", {{}})}}${{templatefile(\"t{}.tpl\", {{}})}}",
                        (n + 1) % 50,
                        (n + 1) % 50
                    ),
                )
            })
            .chain([(
                "a.tf".to_owned(),
                "resource \"aws_iam_policy\" \"a\" {\n  policy = templatefile(\"t0.tpl\", {})\n}\n"
                    .to_owned(),
            )])
            .collect();
        let files: Vec<(&str, &str)> =
            files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        check("templates", &files);
    }
}
