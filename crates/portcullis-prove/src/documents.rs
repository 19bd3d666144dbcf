//! The documents of a policy set, whatever their layer.

use std::sync::{Arc, LazyLock};

use portcullis_authz::LayerKind;
use portcullis_iam::{Attached, Gap, Layer, Policy, PolicySet, Statement};

/// Every statement with its policy.
pub(crate) fn statements(policies: &PolicySet) -> impl Iterator<Item = (&Attached, &Statement)> {
    attached(policies)
        .flat_map(|attached| attached.policy.statements.iter().map(move |statement| (attached, statement)))
}

/// Every policy.
pub(crate) fn attached(policies: &PolicySet) -> impl Iterator<Item = &Attached> {
    let layers = LayerKind::ALL.into_iter().flat_map(|kind| kind.of(policies).map(|(_, layer)| layer));
    layers.flat_map(|layer| &layer.policies)
}

/// What of the policies could not be read.
pub(crate) fn gaps(policies: &PolicySet) -> impl Iterator<Item = &Gap> {
    let layers = LayerKind::ALL.into_iter().flat_map(|kind| kind.of(policies));
    layers.flat_map(|(_, layer)| &layer.gaps)
}

/// The policies with every document replaced by what `change` makes of it.
pub(crate) fn mapped(policies: &PolicySet, change: &impl Fn(&Attached) -> Arc<Policy>) -> PolicySet {
    let mut policies = policies.clone();
    let single =
        [&mut policies.boundary, &mut policies.session, &mut policies.resource, &mut policies.endpoint];
    let levels = policies.service_control.iter_mut().chain(&mut policies.resource_control);
    let layers = levels.map(|level| &mut level.layer).chain(single.into_iter().flatten());
    for attached in layers.chain([&mut policies.identity]).flat_map(|layer| &mut layer.policies) {
        attached.policy = change(attached);
    }
    policies
}

/// A layer that lets users change their own password, as an account's password policy can.
pub(crate) fn allow_password_change() -> Layer {
    static LAYER: LazyLock<Layer> =
        LazyLock::new(|| Layer::allowing("the account's password policy", "iam:ChangePassword"));
    LAYER.clone()
}
