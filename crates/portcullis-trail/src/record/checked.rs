//! Records in any JSON: slower, and right about everything that JSON allows.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer as _, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::Record;
use super::fields::{Fields, Slot, Spelling};

/// The record that the text is, which must be one object.
pub(crate) fn one(json: &str) -> Result<Record<'_>, serde_json::Error> {
    let mut record = Record::default();
    members(json, &mut record)?;
    Ok(record)
}

fn members<'b>(json: &'b str, fields: &mut dyn Fields<'b>) -> Result<(), serde_json::Error> {
    let mut reader = serde_json::Deserializer::from_str(json);
    reader.deserialize_map(Members(fields))?;
    reader.end()
}

struct Members<'f, 'b>(&'f mut dyn Fields<'b>);

#[derive(Deserialize)]
struct Name<'b>(#[serde(borrow)] Cow<'b, str>);

impl<'b> Visitor<'b> for Members<'_, 'b> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'b>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some((Name(name), value)) = map.next_entry::<Name<'b>, &'b RawValue>()? {
            let json = value.get();
            let inner: &mut dyn Fields<'b> = match self.0.slot(&name) {
                Slot::Object(inner) if json.starts_with('{') => inner,
                Slot::Session(inner) if json.starts_with('{') => inner.get_or_insert_default(),
                other => {
                    other.take(json, Spelling::of(json));
                    continue;
                }
            };
            members(json, inner).map_err(serde::de::Error::custom)?;
        }
        Ok(())
    }
}
