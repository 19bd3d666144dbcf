//! The document as a whole.

use crate::problem::Problem;
use crate::validate::Scope;
use crate::validate::findings::Findings;
use crate::wording::{self, Reader};

/// "The `id_block` is allowed in resource-based policies, but not in identity-based policies" (IAM guide, grammar);
/// CreatePolicy takes it all the same.
pub(super) fn check(scope: &Scope<'_>, findings: &mut Findings) {
    if let (Some(id), Reader::Identity | Reader::Organizations) =
        (&scope.policy.id, wording::reader(scope.kind))
    {
        let message = "`Id` belongs into policies of resources; here it has no meaning";
        findings.report(Problem::suspicious("id-without-meaning", message, id.span).hint("remove `Id`"));
    }
}
