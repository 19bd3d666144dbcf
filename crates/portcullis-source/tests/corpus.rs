//! Real files: every policy document in them is found, and every statement's place is one.
#![expect(clippy::disallowed_methods, reason = "the corpus is files outside the repository")]

#[cfg(test)]
mod corpus {
    use std::collections::BTreeMap;
    use std::fs;
    use std::path::{Path, PathBuf};

    use portcullis_iam::PolicyKind;
    use portcullis_iam::json::{self, Entry, Node, Value};
    use portcullis_source::{Document, Found, read};
    use testkit::found;

    /// The folder of the collected data; none, with a word about it, when there is none.
    fn data() -> Option<PathBuf> {
        let root = std::env::var_os("PORTCULLIS_CORPUS");
        if root.is_none() {
            println!("skipped: PORTCULLIS_CORPUS does not name the corpus");
        }
        root.map(|root| Path::new(&root).join("data"))
    }

    fn read_file(path: &Path) -> (String, Found) {
        let name = path.file_name().unwrap().to_str().unwrap();
        let text = fs::read_to_string(path).unwrap();
        let found = read(name, &text);
        let complaint = found::complaint(&[(name, &text)], std::slice::from_ref(&found));
        assert!(complaint.is_none(), "{name}: {complaint:?}");
        for document in &found.documents {
            check_statements(document, &text);
        }
        (text, found)
    }

    /// The places of statements hold statements.
    fn check_statements(document: &Document, text: &str) {
        for statement in document.parsed.policy.iter().flat_map(|policy| &policy.statements) {
            let written = document.place(statement.span).span.of(text);
            let is_object = written.starts_with('{') && written.ends_with('}');
            let is_encoded = written.starts_with("%7B") && written.ends_with("%7D");
            assert!(is_object || is_encoded, "{}: {written}", document.name);
        }
    }

    /// The documents of a file with one of them per line, with the kind that its collector gave it.
    fn lines(text: &str) -> Vec<(String, String)> {
        text.lines()
            .map(|line| {
                let value = json::parse(line).unwrap();
                let Node::Object(entries) = value.node else { panic!("{line}") };
                let text = |entry: &Entry<'_>| match &entry.value.node {
                    Node::String(text) => text.to_string(),
                    _ => entry.value.span.of(line).to_owned(),
                };
                let get = |key| entries.iter().find(|entry| entry.key == key).map(text);
                (get("kind").unwrap_or_default(), get("document").unwrap())
            })
            .collect()
    }

    #[test]
    fn every_collected_policy_is_found() {
        let Some(data) = data() else { return };
        for path in ["policies/policy_corpus.jsonl", "mfa-policies/mfa_policies.jsonl", "scp/scp_rcp.jsonl"] {
            let (text, found) = read_file(&data.join(path));
            let expected = lines(&text);
            let own = |document: &&Document| document.name.ends_with("].document");
            let documents: Vec<_> = found.documents.iter().filter(own).collect();
            assert_eq!(documents.len(), expected.len(), "{path}");
            let mut kinds: BTreeMap<(&str, PolicyKind), usize> = BTreeMap::new();
            let number = |document: &Document| -> usize {
                document.name.split(['[', ']']).nth(1).unwrap().parse().unwrap()
            };
            for document in documents {
                let (kind, text) = expected.get(number(document)).unwrap();
                *kinds.entry((kind, document.kind)).or_default() += 1;
                // What is resolved stands no longer as it was written.
                let is_fragment = text.contains("\"Fn::") || text.contains("\"Ref\"");
                assert!(is_fragment || *document.text == *text.as_str(), "{}", document.name);
            }
            println!("{path}: {} documents, kinds {kinds:?}, {} notes", expected.len(), found.notes.len());
        }
    }

    /// How many documents stand in a dump under the keys of the AWS CLI; of managed policies those in force.
    fn count(value: &Value<'_>) -> usize {
        match &value.node {
            Node::Array(items) => items.iter().map(count).sum(),
            Node::Object(entries) => {
                let is_old = entries
                    .iter()
                    .any(|entry| entry.key == "IsDefaultVersion" && entry.value.node == Node::Bool(false));
                let documents = ["PolicyDocument", "AssumeRolePolicyDocument", "Document"];
                let of = |entry: &Entry<'_>| match documents.contains(&&*entry.key) {
                    true => usize::from(!is_old),
                    false => count(&entry.value),
                };
                entries.iter().map(of).sum()
            }
            Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_) => 0,
        }
    }

    #[test]
    fn every_document_of_a_dump_is_found() {
        let Some(data) = data() else { return };
        for entry in fs::read_dir(data.join("authz")).unwrap() {
            let path = entry.unwrap().path();
            if path.file_name().is_some_and(|name| name == "MANIFEST.json") {
                continue;
            }
            let (text, found) = read_file(&path);
            let expected = count(&json::parse(&text).unwrap());
            let both = found.documents.iter().filter(|document| document.kind == PolicyKind::Boundary);
            println!("{}: {} documents of {expected}", path.display(), found.documents.len());
            assert!(expected <= found.documents.len(), "{}", path.display());
            assert!(found.documents.len() <= expected + both.count(), "{}", path.display());
        }
    }
}
