//! What the name of an object tells: beside the logs of a trail lie files of other kinds.

use super::Skip;

/// Why the object with this path is not read; none when it may hold records.
///
/// Source: <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html>
pub fn skip(path: &str) -> Option<Skip> {
    let has_part = |name: &str| path.split(['/', '\\']).any(|part| part == name);
    let folders = [
        ("CloudTrail-Digest", Skip::Digest),
        ("CloudTrail-Insight", Skip::Insight),
        ("CloudTrail-NetworkActivity", Skip::NetworkActivity),
        ("CloudTrail-Aggregated", Skip::Aggregated),
    ];
    let by_folder =
        folders.into_iter().find(|(folder, _)| has_part(folder) || path.contains(&format!("_{folder}_")));
    match by_folder {
        Some((_, skip)) => Some(skip),
        None => (!is_text(path)).then_some(Skip::OtherFile),
    }
}

fn is_text(path: &str) -> bool {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path).to_ascii_lowercase();
    let plain = name.strip_suffix(".gz").unwrap_or(&name);
    // A name without an ending may be anything: what it holds decides.
    [".json", ".jsonl", ".ndjson", ".log", ".txt"].iter().any(|end| plain.ends_with(end))
        || !plain.contains('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_objects() {
        let log =
            "AWSLogs/o-a/1/CloudTrail/us-east-1/2026/11/24/1_CloudTrail_us-east-1_20261124T0900Z_a.json.gz";
        assert_eq!(skip(log), None);
        let digest = "AWSLogs/1/CloudTrail-Digest/us-east-1/2026/1_CloudTrail-Digest_us-east-1_t.json.gz";
        assert_eq!(skip(digest), Some(Skip::Digest));
        assert_eq!(skip("1_CloudTrail-Digest_us-east-1_t.json.gz"), Some(Skip::Digest));
        assert_eq!(skip("AWSLogs/1/CloudTrail-Insight/a.json.gz"), Some(Skip::Insight));
        assert_eq!(skip("AWSLogs/1/CloudTrail-NetworkActivity/a.json.gz"), Some(Skip::NetworkActivity));
        assert_eq!(skip("AWSLogs/1/CloudTrail-Aggregated/a.json.gz"), Some(Skip::Aggregated));
        assert_eq!(skip("notes.md"), Some(Skip::OtherFile));
        assert_eq!((skip("events.jsonl"), skip("lookup"), skip("a.LOG.gz")), (None, None, None));
    }
}
