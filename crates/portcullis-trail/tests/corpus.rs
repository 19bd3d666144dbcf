//! Every record that people have published is read as another reader of JSON reads it.
#![cfg(test)]
#![expect(clippy::disallowed_methods, reason = "a corpus is files outside the repository")]

use std::io::Read as _;
use std::path::{Path, PathBuf};

use portcullis_trail::{Identity, Issuer, Outcome, Reader, Record, Session};
use serde_json::Value;
use testkit::collected;

#[test]
fn records_are_read_as_another_reader_reads_them() {
    let Some(folder) = collected::folder() else { return };
    let mut files = Vec::new();
    walk(&folder.join("cloudtrail"), &mut files);
    assert!(100 < files.len(), "{} files", files.len());
    let (mut reader, mut total) = (Reader::new(), Outcome::default());
    for path in files.iter().filter(|path| !path.ends_with("MANIFEST.json")) {
        let name = path.to_str().unwrap();
        if name.ends_with(".origin.jsonl.gz") || portcullis_trail::skip(name).is_some() {
            continue;
        }
        let bytes = std::fs::read(path).unwrap();
        let expected = expected(&bytes);
        let mut found = Vec::new();
        let outcome = reader.read(&mut bytes.as_slice(), &mut |record| found.push(fields(record)));
        assert_eq!(outcome.fault, None, "{name}");
        assert_eq!(found.len(), expected.len(), "{name}: {outcome:?}");
        for (found, expected) in found.iter().zip(&expected) {
            assert_eq!(found, expected, "{name}");
        }
        total.records += outcome.records;
        outcome
            .skipped
            .into_iter()
            .for_each(|(skip, count)| *total.skipped.entry(skip).or_default() += count);
    }
    println!("{} records, skipped {:?}", total.records, total.skipped);
    assert!(8_000 < total.records);
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { walk(&path, files) } else { files.push(path) }
    }
    files.sort();
}

/// The fields of every record, as text.
fn expected(bytes: &[u8]) -> Vec<Vec<Option<String>>> {
    let mut text = String::new();
    if bytes.starts_with(&[0x1f, 0x8b]) {
        flate2::read::MultiGzDecoder::new(bytes).read_to_string(&mut text).unwrap();
    } else {
        text = String::from_utf8_lossy(bytes).into_owned();
    }
    let values: Vec<Value> =
        serde_json::Deserializer::from_str(&text).into_iter().map(|value| value.unwrap()).collect();
    let records = values.iter().flat_map(|value| match value {
        Value::Array(all) => all.clone(),
        other => match other.get("Records") {
            Some(Value::Array(all)) => all.clone(),
            _ => vec![other.clone()],
        },
    });
    let is_record = |value: &Value| {
        let of_others =
            matches!(value["eventCategory"].as_str(), Some("Insight" | "NetworkActivity" | "Aggregated"));
        !of_others && text_of(&value["eventName"]).is_some() && text_of(&value["eventSource"]).is_some()
    };
    records.filter(is_record).map(|value| of_value(&value)).collect()
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

fn of_value(value: &Value) -> Vec<Option<String>> {
    let texts = [
        "eventVersion",
        "eventID",
        "eventTime",
        "eventSource",
        "eventName",
        "eventType",
        "eventCategory",
        "awsRegion",
        "sourceIPAddress",
        "userAgent",
        "errorCode",
        "errorMessage",
        "recipientAccountId",
        "sharedEventID",
        "vpcEndpointId",
    ];
    let identity = &value["userIdentity"];
    let session = &identity["sessionContext"];
    let issuer = &session["sessionIssuer"];
    let all = texts.iter().map(|name| text_of(&value[name]));
    let flags = ["readOnly", "managementEvent", "sessionCredentialFromConsole"];
    let flags = flags.iter().map(|name| text_of(&value[name]).filter(|own| own == "true" || own == "false"));
    let json = ["requestParameters", "responseElements", "additionalEventData", "resources"];
    let json = json.iter().map(|name| value.get(name).filter(|own| !own.is_null()).map(Value::to_string));
    let of_identity = ["type", "principalId", "arn", "accountId", "accessKeyId", "userName", "invokedBy"];
    let of_identity = of_identity.iter().map(|name| text_of(&identity[name]));
    let of_session = ["sourceIdentity", "assumedRoot", "signInSessionArn", "ec2RoleDelivery"];
    let of_session = of_session.iter().map(|name| text_of(&session[name]));
    let of_attributes =
        ["mfaAuthenticated", "creationDate"].iter().map(|name| text_of(&session["attributes"][name]));
    let of_issuer = ["type", "arn", "accountId", "userName"].iter().map(|name| text_of(&issuer[name]));
    let has_session = session.is_object().then(|| "session".to_owned());
    all.chain(flags)
        .chain(json)
        .chain(of_identity)
        .chain([has_session])
        .chain(of_session)
        .chain(of_attributes)
        .chain(of_issuer)
        .collect()
}

/// The same of a record.
fn fields(record: &Record<'_>) -> Vec<Option<String>> {
    let Record {
        version,
        id,
        time,
        source,
        name,
        kind,
        category,
        region,
        address,
        agent,
        error,
        message,
        recipient,
        shared_id,
        endpoint,
        read_only,
        management,
        from_console,
        parameters,
        response,
        additional,
        resources,
        identity,
    } = record;
    let texts = [
        version, id, time, source, name, kind, category, region, address, agent, error, message, recipient,
        shared_id, endpoint,
    ];
    let flags = [read_only, management, from_console].map(|flag| flag.map(|own| own.to_string()));
    let json = [parameters, response, additional, resources]
        .map(|json| json.map(|own| serde_json::from_str::<Value>(own).unwrap().to_string()));
    let Identity { kind, id, arn, account, key_id, user, invoked_by, session } = identity;
    let of_identity = [kind, id, arn, account, key_id, user, invoked_by];
    let own = session.clone().unwrap_or_default();
    let Session { mfa, created, issuer, source_identity, assumed_root, sign_in, delivery } = &own;
    let Issuer { kind, arn, account, user } = issuer;
    let of_session =
        [source_identity, assumed_root, sign_in, delivery, mfa, created, kind, arn, account, user];
    let text = |own: &Option<portcullis_trail::Text<'_>>| own.as_deref().map(str::to_owned);
    let head = texts.into_iter().map(text).chain(flags).chain(json).chain(of_identity.into_iter().map(text));
    head.chain([session.as_ref().map(|_| "session".to_owned())])
        .chain(of_session.into_iter().map(text))
        .collect()
}
