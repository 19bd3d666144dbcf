//! What a single file is, whatever its name.

use crate::dump::Dump;

/// The dump that `text` is: by the first of the members that occurs in the JSON, or the columns of the first line.
///
/// A wrong guess does no harm: reading the file as that dump then says that its members are missing.
pub(super) fn dump(text: &str) -> Option<Dump> {
    let trimmed = text.trim_start();
    if trimmed.starts_with('{') {
        return MEMBERS.iter().find(|(member, _)| text.contains(member)).map(|(_, dump)| *dump);
    }
    let header = trimmed.lines().next()?;
    let has = |column: &str| header.split(',').any(|field| field.trim().eq_ignore_ascii_case(column));
    (has("user") && has("arn")).then_some(Dump::CredentialReport)
}

const MEMBERS: [(&str, Dump); 9] = [
    ("\"UserDetailList\"", Dump::AuthorizationDetails),
    ("\"RoleDetailList\"", Dump::AuthorizationDetails),
    ("\"GroupDetailList\"", Dump::AuthorizationDetails),
    ("\"PolicyVersionList\"", Dump::AuthorizationDetails),
    ("\"SummaryMap\"", Dump::AccountSummary),
    ("\"VirtualMFADevices\"", Dump::VirtualMfaDevices),
    ("\"PasswordPolicy\"", Dump::PasswordPolicy),
    ("\"GeneratedTime\"", Dump::CredentialReport),
    ("\"ReportFormat\"", Dump::CredentialReport),
];
