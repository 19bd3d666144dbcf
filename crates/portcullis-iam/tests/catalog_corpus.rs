//! The catalogue against collected data: recorded calls, and what others know of condition keys.
//!
//! The data stand in the folder that `PORTCULLIS_CORPUS` names; without it the suite says so.

#![expect(clippy::disallowed_methods, reason = "the data are files")]

#[cfg(test)]
mod corpus {
    use std::collections::BTreeMap;
    use std::path::{Path, PathBuf};
    use std::{env, fs};

    use miniz_oxide::inflate::decompress_to_vec;
    use portcullis_iam::catalog::catalog;
    use serde_json::Value;

    /// Of a hundred events that AWS recorded as API calls, so many must have a known action.
    const LEAST_PERCENT: usize = 99;

    #[test]
    fn nearly_every_recorded_call_has_an_action() {
        let Some(folder) = folder() else { return };
        let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
        for path in trails(&folder.join("cloudtrail/collected")) {
            records(&fs::read(path).unwrap()).for_each(|call| *counts.entry(call).or_default() += 1);
        }
        let unknown: BTreeMap<_, _> = counts
            .iter()
            .filter(|((source, name), _)| catalog().event_actions(source, name).is_none())
            .collect();
        let all: usize = counts.values().sum();
        let mapped = all - unknown.values().copied().sum::<usize>();
        assert!(all > 1_000, "{all} events");
        assert!(mapped * 100 >= all * LEAST_PERCENT, "{mapped} of {all} events; unknown: {unknown:#?}");
        eprintln!("{mapped} of {all} events, {} of {} calls", counts.len() - unknown.len(), counts.len());
    }

    /// A pattern of a key with a variable part belongs to the placeholder that we find for such a key.
    #[test]
    fn keys_with_a_variable_part_find_their_placeholder() {
        let Some(folder) = folder() else { return };
        let text = fs::read_to_string(folder.join("sar/conditionPatterns.json")).unwrap();
        let services: BTreeMap<String, BTreeMap<String, String>> = serde_json::from_str(&text).unwrap();
        let patterns: Vec<_> = services.values().flatten().collect();
        assert!(patterns.len() > 50);
        for (pattern, template) in patterns {
            let key = catalog().condition_key(&pattern.replace(".+?", "a/b"));
            assert_eq!(key.map(|key| key.name), Some(template.as_str()), "{pattern}");
        }
    }

    fn folder() -> Option<PathBuf> {
        let folder = env::var_os("PORTCULLIS_CORPUS").map(|folder| PathBuf::from(folder).join("data"));
        if folder.is_none() {
            eprintln!("skipped: PORTCULLIS_CORPUS names no folder");
        }
        folder
    }

    fn trails(folder: &Path) -> impl Iterator<Item = PathBuf> {
        let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        paths.filter(|path| path.to_str().is_some_and(|path| path.ends_with(".json.gz")))
    }

    /// The event source and name of every record that is an API call.
    fn records(gzip: &[u8]) -> impl Iterator<Item = (String, String)> {
        let trail: Value = serde_json::from_slice(&gunzip(gzip)).unwrap();
        let records = trail["Records"].as_array().cloned().unwrap_or_default();
        records.into_iter().filter(|record| record["eventType"] == "AwsApiCall").filter_map(|record| {
            Some((record["eventSource"].as_str()?.to_owned(), record["eventName"].as_str()?.to_owned()))
        })
    }

    /// The content of a gzip file (RFC 1952) whose header has at most a file name.
    fn gunzip(bytes: &[u8]) -> Vec<u8> {
        let name = if bytes[3] & 0x08 == 0 {
            0
        } else {
            bytes[10..].iter().position(|byte| *byte == 0).unwrap() + 1
        };
        decompress_to_vec(&bytes[10 + name..]).unwrap()
    }
}
