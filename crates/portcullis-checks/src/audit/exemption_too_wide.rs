//! More are exempt from MFA, or can become it, than anybody has declared.

use portcullis_finding::{Rule, Severity};
use portcullis_snapshot::Known;

use crate::check::{Check, Run, Sink};
use crate::compliance;
use crate::exempt;
use crate::scope::Scope;

pub(super) const CHECK: Check = Check {
    rule: Rule {
        id: "exemption-too-wide",
        severity: Severity::High,
        compliance: compliance::MFA_ENFORCED,
        page: include_str!("exemption-too-wide.md"),
    },
    run: Run::Snapshot(look),
};

fn look(scope: &Scope<'_>, sink: &mut Sink) {
    sink.among(("policy or principal", "policies and principals"), Known::Fact(()));
    for account in scope.selected() {
        for own in exempt::in_account(account) {
            sink.take_for(Some(account.id), &own.resource, own.said(scope));
        }
        let users = account.users.values().map(|user| (&user.arn, Some(user)));
        let roles = account.roles.values().map(|role| (&role.arn, None));
        for (arn, user) in users.chain(roles) {
            if let Some(said) = exempt::impostor(scope, (CHECK.rule.id, arn), user) {
                sink.take_for(Some(account.id), arn.as_str(), said);
            }
        }
        sink.rest_of(account, "policies");
    }
    for own in exempt::in_organization(scope) {
        sink.take_for(None, &own.resource, own.said(scope));
    }
}
