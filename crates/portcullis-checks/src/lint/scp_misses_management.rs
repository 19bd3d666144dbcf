//! A service control policy that is to bind the management account, which none binds.

use portcullis_finding::Severity;
use portcullis_iam::{Effect, PolicyKind};
use portcullis_source::{Attachment, Document};

use crate::reading::{Flaw, LintRule, Profile, Subject};

pub(super) const RULE: LintRule =
    LintRule::new("scp-misses-management", Severity::High, include_str!("scp-misses-management.md"), look);

fn look(subject: &Subject<'_>) -> Vec<Flaw> {
    let Attachment::Attached(to) = &subject.document.attachment else { return Vec::new() };
    let is_scp = subject.document.kind == PolicyKind::ServiceControl;
    let Some((_, statement, _)) = subject.guards().next().filter(|_| is_scp) else { return Vec::new() };
    let flaw = if to.iter().all(|name| is_management(name)) {
        Flaw::new(
            statement.span,
            "is attached to the management account, which no SCP binds: nothing is enforced",
        )
    } else if to.iter().any(|name| is_management(name) || is_root(name)) && !is_guarded(subject.all) {
        Flaw::new(
            statement.span,
            "asks for MFA in every account but the management account, which no SCP binds",
        )
        .severity(Severity::Low)
    } else {
        return Vec::new();
    };
    vec![
        flaw.label("binds member accounts only")
            .note("the users of the management account are the most powerful of the organization")
            .help("deny without MFA there by a policy of IAM, attached to the users or their groups"),
    ]
}

/// Whether the files call the management account so: by an attribute of the organization.
fn is_management(name: &str) -> bool {
    let attribute = name.rsplit('.').next().unwrap_or_default();
    matches!(
        attribute,
        "master_account_id" | "management_account_id" | "ManagementAccountId" | "MasterAccountId"
    )
}

/// Whether the name is that of the organization's root: its id, or an attribute of the organization.
fn is_root(name: &str) -> bool {
    let id = name.strip_prefix("r-").is_some_and(|id| {
        (4..=32).contains(&id.len())
            && id.chars().all(|digit| digit.is_ascii_lowercase() || digit.is_ascii_digit())
    });
    id || name.contains("roots[") || name.contains("roots.") || name.ends_with(".RootId")
}

/// Whether some policy of IAM among the documents denies without MFA.
fn is_guarded(all: &[Document]) -> bool {
    let own = all.iter().filter(|one| matches!(one.kind, PolicyKind::Identity | PolicyKind::Group));
    own.filter_map(|document| document.parsed.policy.as_ref()).any(|policy| {
        let mut denies = policy.statements.iter().filter(|own| own.effect == Effect::Deny);
        let open = portcullis_iam::Context::default();
        denies.any(|own| Profile::of(own, policy.version, &open).is_some_and(Profile::asks_by_deny))
    })
}
