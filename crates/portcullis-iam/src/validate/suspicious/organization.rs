//! Policies of an organization that bind nothing.

use crate::catalog::{self, catalog};
use crate::kind::PolicyKind;
use crate::problem::Problem;
use crate::validate::Scope;
use crate::validate::findings::Findings;

/// RCPs bind the resources of some services only (Organizations guide, services that support RCPs).
pub(super) fn check(scope: &Scope<'_>, findings: &mut Findings) {
    if scope.kind != PolicyKind::ResourceControl {
        return;
    }
    for pattern in scope.actions() {
        let service = pattern.value.split_once(':').and_then(|(prefix, _)| catalog().service(prefix));
        if let Some(service) = service.filter(|service| !service.resource_control) {
            let message = format!("resource control policies do not bind resources of `{}`", service.prefix);
            let hint = format!("as of {}; use a service control policy", catalog::DATA_DATE);
            findings.report(Problem::suspicious("rcp-service", message, pattern.span).hint(hint));
        }
    }
}
