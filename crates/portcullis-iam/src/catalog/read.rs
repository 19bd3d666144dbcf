//! The text form of the catalogue. `cargo xtask catalog` writes it.
//!
//! A line is a record: one letter, a tab, fields separated by tabs. Lists in a field are separated by blanks; keys and
//! resource types are referred to by their number within the service.
//!
//! | line | fields |
//! |---|---|
//! | `V` | the format, first line of the text |
//! | `D` | a source: package, version, date |
//! | `S` | a service: prefix, name, `rcp` or nothing; the lines up to the next `S` or `T` belong to it |
//! | `K` | a condition key: name, type, `+` when multivalued |
//! | `R` | a resource type: name, ARN, keys |
//! | `A` | an action: name, access level, keys, then one field per resource type: number, `*` when required, keys after `?` |
//! | `T` | ends the services; what follows belongs to all of them |
//! | `F` | a prefix of condition keys that is not the prefix of the services that define them: prefix, services |
//! | `P` | an API: name, prefixes of its actions |
//! | `X` | a call of the API above whose actions are not one of its own name: name, actions |
//! | `E` | a CloudTrail event source without `.amazonaws.com`: name, APIs |

use super::api::{Api, ApiMap};
use super::key::{KeyInfo, KeyScope, KeyType};
use super::service::{Access, ActionInfo, Content, ResourceType, ResourceUse, Service};
use super::{Catalog, FORMAT};

/// The catalogue in `text`; None when the text is of another format.
pub(super) fn catalog(text: &'static str) -> Option<Catalog> {
    let (first, rest) = text.split_once('\n')?;
    if first.strip_prefix("V\t")?.parse() != Ok(FORMAT) {
        return None;
    }
    let (services, tables) = rest.split_once("\nT\n")?;
    Some(Catalog {
        services: services.split("\nS\t").skip(1).map(service).collect::<Option<_>>()?,
        foreign: records(tables, "F").map(pair).collect::<Option<_>>()?,
        apis: apis(tables)?,
    })
}

/// What the lines of a service define.
pub(super) fn content(prefix: &'static str, lines: &'static str) -> Option<Content> {
    let keys: Vec<_> = records(lines, "K").map(|line| key(prefix, line)).collect::<Option<_>>()?;
    let resource_types: Vec<_> =
        records(lines, "R").map(|line| resource_type(&keys, line)).collect::<Option<_>>()?;
    let actions = records(lines, "A")
        .map(|line| action(prefix, &keys, &resource_types, line))
        .collect::<Option<_>>()?;
    Some(Content { actions, resource_types, keys })
}

fn service(section: &'static str) -> Option<Service> {
    let (head, lines) = section.split_once('\n').unwrap_or((section, ""));
    let mut fields = head.split('\t');
    Some(Service {
        prefix: fields.next()?,
        name: fields.next()?,
        resource_control: fields.next()? == "rcp",
        lines,
        content: Default::default(),
    })
}

fn key(prefix: &'static str, line: &'static str) -> Option<KeyInfo> {
    let mut fields = line.split('\t');
    let name = fields.next()?;
    Some(KeyInfo {
        name,
        key_type: KeyType::parse(fields.next()?)?,
        other_type: None,
        // The reference calls the claim `amr` of Amazon Cognito a string; the IAM guide says that it is multivalued.
        multivalued: fields.next()? == "+" || name.ends_with(":amr"),
        scope: KeyScope::Service(prefix),
        availability: None,
    })
}

fn resource_type(keys: &[KeyInfo], line: &'static str) -> Option<ResourceType> {
    let mut fields = line.split('\t');
    Some(ResourceType { name: fields.next()?, arn: fields.next()?, keys: key_names(keys, fields.next()?)? })
}

fn action(
    service: &'static str,
    keys: &[KeyInfo],
    types: &[ResourceType],
    line: &'static str,
) -> Option<ActionInfo> {
    let mut fields = line.split('\t');
    Some(ActionInfo {
        service,
        name: fields.next()?,
        access: access(fields.next()?)?,
        keys: key_names(keys, fields.next()?)?,
        resources: fields.map(|field| resource_use(keys, types, field)).collect::<Option<_>>()?,
    })
}

fn resource_use(keys: &[KeyInfo], types: &[ResourceType], field: &str) -> Option<ResourceUse> {
    let (target, key_list) = field.split_once('?').unwrap_or((field, ""));
    let number = target.trim_end_matches('*');
    Some(ResourceUse {
        resource_type: types.get(number.parse::<usize>().ok()?)?.name,
        required: number.len() < target.len(),
        keys: key_names(keys, key_list)?,
    })
}

fn access(letter: &str) -> Option<Access> {
    Access::ALL.iter().find(|(known, ..)| letter.starts_with(*known)).map(|(.., access)| *access)
}

fn key_names(keys: &[KeyInfo], numbers: &str) -> Option<Box<[&'static str]>> {
    numbers
        .split_ascii_whitespace()
        .map(|number| Some(keys.get(number.parse::<usize>().ok()?)?.name))
        .collect()
}

fn apis(tables: &'static str) -> Option<ApiMap> {
    let mut map = ApiMap::default();
    for line in tables.lines() {
        let Some((letter, fields)) = line.split_once('\t') else { continue };
        match letter {
            "P" => {
                let (name, prefixes) = pair(fields)?;
                map.apis.push(Api { name, prefixes, exceptions: Vec::new() });
            }
            "X" => map.apis.last_mut()?.exceptions.push(pair(fields)?),
            "E" => map.event_sources.push(pair(fields)?),
            _ => {}
        }
    }
    Some(map)
}

fn pair(fields: &'static str) -> Option<(&'static str, Vec<&'static str>)> {
    let (name, list) = fields.split_once('\t')?;
    Some((name, list.split_ascii_whitespace().collect()))
}

/// The fields of the lines that begin with `letter`.
fn records(lines: &'static str, letter: &'static str) -> impl Iterator<Item = &'static str> {
    lines.lines().filter_map(move |line| line.strip_prefix(letter)?.strip_prefix('\t'))
}
