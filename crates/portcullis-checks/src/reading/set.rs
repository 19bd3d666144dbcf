//! Policy sets in which a document is looked at: beside an administrator's, or alone.

use std::sync::Arc;

use portcullis_iam::parse;
use portcullis_iam::{Attached, Effect, Gap, Layer, Level, Policy, PolicyKind, PolicySet, SourceKind};
use portcullis_source::Document;

/// What else the caller may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Beside {
    /// Everything that the document does not deny: what it denies shows.
    Admin,
    /// Nothing: what it allows shows.
    Nothing,
}

/// The policies of a caller to whom `policy` applies in the way of its kind, with `companions` beside it.
pub(crate) fn of(
    document: &Document,
    policy: Arc<Policy>,
    companions: &[&Document],
    beside: Beside,
) -> PolicySet {
    let all = allow_everything(PolicyKind::Identity);
    let mut own = Layer { policies: vec![attached(&document.name, policy)], gaps: gaps(document, beside) };
    for companion in companions {
        if let Some(policy) = &companion.parsed.policy {
            own.policies.push(attached(&companion.name, Arc::new(policy.clone())));
            own.gaps.extend(gaps(companion, beside));
        }
    }
    let admin = Layer { policies: all.clone(), gaps: Vec::new() };
    let with_all = |mut own: Layer| {
        own.policies.extend(all.clone());
        own
    };
    let mut set = PolicySet { identity: admin, ..PolicySet::default() };
    match document.kind {
        PolicyKind::Identity | PolicyKind::Group => {
            set.identity = if beside == Beside::Admin { with_all(own) } else { own };
        }
        PolicyKind::Boundary => {
            set.boundary = Some(if beside == Beside::Admin { with_all(own) } else { own });
        }
        PolicyKind::Session => set.session = Some(if beside == Beside::Admin { with_all(own) } else { own }),
        PolicyKind::ServiceControl => set.service_control = vec![level(with_all(own))],
        PolicyKind::ResourceControl => set.resource_control = vec![level(with_all(own))],
        PolicyKind::Trust => set.resource = Some(own),
        PolicyKind::Endpoint => {
            own.policies.extend(allow_everything(PolicyKind::Endpoint));
            set.endpoint = Some(own);
        }
        PolicyKind::Resource => {
            if beside == Beside::Nothing {
                set.identity = Layer::default();
            }
            set.resource = Some(own);
        }
    }
    set
}

fn attached(id: &Arc<str>, policy: Arc<Policy>) -> Attached {
    Attached { id: Arc::clone(id), source: SourceKind::Input, policy }
}

fn level(layer: Layer) -> Level {
    Level { name: "organization".into(), layer }
}

/// What is missing of a document. Beside an administrator's policies a further Allow changes nothing.
fn gaps(document: &Document, beside: Beside) -> Vec<Gap> {
    let matters = |effect: Option<Effect>| beside == Beside::Nothing || effect != Some(Effect::Allow);
    let missing = document.gaps.iter().filter(|gap| matters(gap.effect));
    missing.map(|gap| Gap(gap.what.as_str().into())).collect()
}

/// The policy that allows everything, as policies of `kind` write it.
fn allow_everything(kind: PolicyKind) -> Vec<Attached> {
    const IDENTITY: &str =
        r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#;
    const ENDPOINT: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}}"#;
    let text = if kind == PolicyKind::Endpoint { ENDPOINT } else { IDENTITY };
    let policy = parse::policy(text, kind).policy;
    policy.map(|policy| attached(&"everything".into(), Arc::new(policy))).into_iter().collect()
}
