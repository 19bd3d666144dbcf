//! Reads every policy of a folder of collected ones: each is read, or refused with a reason and a place.
//!
//! The folder is named by `PORTCULLIS_CORPUS`; without it there is nothing to read, and the suite says so.

#![expect(clippy::disallowed_methods, reason = "the cases are files")]

#[cfg(test)]
mod corpus {
    use std::collections::BTreeMap;
    use std::path::{Path, PathBuf};
    use std::{env, fs};

    use portcullis_iam::json::{self, Node, Value};
    use portcullis_iam::span::position;
    use portcullis_iam::{PolicyKind, Problem, Tier, validate};

    /// A policy and where it came from.
    struct Document {
        origin: String,
        kind: PolicyKind,
        text: String,
    }

    fn folder() -> Option<PathBuf> {
        let folder = env::var_os("PORTCULLIS_CORPUS").map(|folder| PathBuf::from(folder).join("data"));
        if folder.is_none() {
            println!("skipped: PORTCULLIS_CORPUS names no folder of collected policies");
        }
        folder
    }

    #[test]
    fn every_policy_is_read_or_refused_with_its_place() {
        let Some(folder) = folder() else { return };
        for name in ["policies/policy_corpus", "scp/scp_rcp", "mfa-policies/mfa_policies"] {
            check_all(&lines(&folder.join(name).with_extension("jsonl")), name);
        }
        let files = fs::read_dir(folder.join("authz")).unwrap().map(|file| file.unwrap().path());
        for file in files.filter(|file| file.extension().is_some_and(|end| end == "json")) {
            let text = fs::read_to_string(&file).unwrap();
            let mut documents = Vec::new();
            collect(&text, &json::parse(&text).unwrap(), &mut documents);
            check_all(&documents, &file.display().to_string());
        }
    }

    #[test]
    fn aws_refuses_none_of_its_own_policies() {
        let Some(folder) = folder() else { return };
        let documents = lines(&folder.join("managed/aws_managed_policies.jsonl"));
        assert!(1_500 < documents.len());
        check_all(&documents, "managed");
        for document in documents {
            let parsed = validate::document(&document.text, document.kind);
            assert!(parsed.policy.is_some(), "{}", document.origin);
            let rejected: Vec<_> =
                parsed.problems.iter().filter(|problem| problem.tier == Tier::Rejected).collect();
            assert!(rejected.is_empty(), "{}: {rejected:?}", document.origin);
        }
    }

    fn check_all(documents: &[Document], name: &str) {
        let mut unread = 0;
        let mut counts: BTreeMap<(&str, Tier), usize> = BTreeMap::new();
        for document in documents {
            let parsed = validate::document(&document.text, document.kind);
            parsed.problems.iter().for_each(|problem| check_place(problem, document));
            unread += usize::from(parsed.policy.is_none());
            if parsed.policy.is_none() {
                let reasons = parsed.problems.iter().filter(|problem| problem.tier == Tier::Rejected);
                assert!(0 < reasons.count(), "{} is refused without a reason", document.origin);
            }
            for problem in &parsed.problems {
                *counts.entry((problem.code, problem.tier)).or_default() += 1;
                if env::var("SHOW").is_ok_and(|code| code == problem.code) {
                    let at = position(&document.text, problem.span.start);
                    let token = problem.span.of(&document.text);
                    println!("{} {}:{} {token} | {}", document.origin, at.line, at.column, problem.message);
                }
            }
        }
        println!("{name}: {} policies, {unread} unreadable, problems: {counts:?}", documents.len());
    }

    /// The place lies in the text, and is not empty where there is a text.
    fn check_place(problem: &Problem, document: &Document) {
        let end = problem.span.end as usize;
        let holds = problem.span.start <= problem.span.end && end <= document.text.len();
        assert!(holds && document.text.is_char_boundary(end), "{}: {problem:?}", document.origin);
    }

    /// The policies of a file with one JSON object per line, under `document`.
    fn lines(path: &Path) -> Vec<Document> {
        let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let line = |(number, line): (usize, &str)| {
            let value = json::parse(line).unwrap();
            let document = member(&value, "document").expect("a document");
            let kind = member(&value, "kind").and_then(string).unwrap_or("identity");
            let text = match &document.node {
                Node::String(text) => text.to_string(),
                _ => document.span.of(line).to_owned(),
            };
            let origin = format!("{}:{}", path.file_name().unwrap().display(), number + 1);
            Document { origin, kind: kind_of(kind), text }
        };
        text.lines().enumerate().map(line).collect()
    }

    /// Every policy in a dump of an account, wherever it stands.
    fn collect(text: &str, value: &Value<'_>, documents: &mut Vec<Document>) {
        match &value.node {
            Node::Array(items) => items.iter().for_each(|item| collect(text, item, documents)),
            Node::Object(entries) => {
                for entry in entries {
                    if !matches!(&*entry.key, "PolicyDocument" | "AssumeRolePolicyDocument" | "Document") {
                        collect(text, &entry.value, documents);
                        continue;
                    }
                    let trust = entry.key == "AssumeRolePolicyDocument";
                    documents.push(Document {
                        origin: format!("byte {}", entry.key_span.start),
                        kind: if trust { PolicyKind::Trust } else { PolicyKind::Identity },
                        text: entry.value.span.of(text).to_owned(),
                    });
                }
            }
            Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_) => {}
        }
    }

    fn member<'v, 't>(value: &'v Value<'t>, key: &str) -> Option<&'v Value<'t>> {
        let Node::Object(entries) = &value.node else { return None };
        entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    fn string<'v>(value: &'v Value<'_>) -> Option<&'v str> {
        if let Node::String(text) = &value.node { Some(text) } else { None }
    }

    fn kind_of(name: &str) -> PolicyKind {
        match name {
            "scp" => PolicyKind::ServiceControl,
            "rcp" => PolicyKind::ResourceControl,
            "resource" | "resource/vpce" => PolicyKind::Resource,
            "trust" => PolicyKind::Trust,
            _ => PolicyKind::Identity,
        }
    }
}
