//! The global condition keys, which the service authorization reference leaves out.
//!
//! Source: "AWS global condition context keys" in the IAM guide; the table is `data/global-keys.tsv`.

use std::sync::OnceLock;

use super::key::{KeyInfo, KeyScope, KeyType};

static TABLE: &str = include_str!("../../data/global-keys.tsv");

/// Every global condition key, by lower-case name.
pub fn global_keys() -> &'static [KeyInfo] {
    static KEYS: OnceLock<Vec<KeyInfo>> = OnceLock::new();
    KEYS.get_or_init(|| {
        let mut keys: Vec<_> = rows().filter_map(key).collect();
        keys.sort_by_key(|key| key.name.to_ascii_lowercase());
        keys
    })
}

fn rows() -> impl Iterator<Item = &'static str> {
    TABLE.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}

/// `name TAB type, or two with a bar between them TAB single|multi TAB availability`.
fn key(row: &'static str) -> Option<KeyInfo> {
    let mut fields = row.split('\t');
    let name = fields.next()?;
    let mut types = fields.next()?.split('|').map(KeyType::parse);
    let key_type = types.next()??;
    let other_type = types.next().flatten();
    let multivalued = match fields.next()? {
        "multi" => true,
        "single" => false,
        _ => return None,
    };
    Some(KeyInfo {
        name,
        key_type,
        other_type,
        multivalued,
        scope: KeyScope::Global,
        availability: fields.next(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_a_key() {
        let unread: Vec<_> = rows().filter(|row| key(row).is_none()).collect();
        assert_eq!(unread, Vec::<&str>::new());
        assert!(global_keys().iter().all(|key| key.availability.is_some_and(|text| !text.is_empty())));
    }

    #[test]
    fn no_key_is_listed_twice() {
        let mut names: Vec<_> = global_keys().iter().map(|key| key.name.to_ascii_lowercase()).collect();
        names.dedup();
        assert_eq!(names.len(), rows().count());
    }
}
