//! The managed policies of AWS, at their default version.

use std::sync::OnceLock;

use super::{FORMAT, blob, service};

pub(super) const MANAGED_DATA: &[u8] = include_bytes!("../../data/managed.bin");

const ARN_PREFIX: &str = "arn:aws:iam::aws:policy/";

/// A managed policy of AWS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ManagedPolicy {
    /// The name, such as `AdministratorAccess`.
    pub name: &'static str,
    /// The path between `policy/` and the name, such as `job-function/`; empty for most.
    pub path: &'static str,
    /// The id of the version, such as `v3`.
    pub version: &'static str,
    /// The document as JSON text without blanks.
    pub document: &'static str,
}

impl ManagedPolicy {
    /// The ARN in the partition `aws`.
    pub fn arn(&self) -> String {
        format!("{ARN_PREFIX}{}{}", self.path, self.name)
    }
}

/// Every managed policy, by lower-case name. AWS gives no name twice, whatever the path.
pub fn managed_policies() -> &'static [ManagedPolicy] {
    static POLICIES: OnceLock<Vec<ManagedPolicy>> = OnceLock::new();
    // INVARIANT: the embedded data is whole and of this format, which a test checks; were it not, none is known.
    POLICIES.get_or_init(|| read(managed_text()).unwrap_or_default())
}

/// The managed policy with an ARN of the partition `aws`, such as `arn:aws:iam::aws:policy/AdministratorAccess`.
///
/// Other partitions have documents of their own under the same names, which are not here.
pub fn managed_policy(arn: &str) -> Option<&'static ManagedPolicy> {
    let path_and_name = arn.strip_prefix(ARN_PREFIX)?;
    let (path, name) = match path_and_name.rfind('/') {
        Some(slash) => path_and_name.split_at_checked(slash + 1)?,
        None => ("", path_and_name),
    };
    service::find(managed_policies(), name, |policy| policy.name)
        .filter(|policy| policy.path == path && policy.name == name)
}

/// The embedded data as text: for tools that write or check it.
pub fn managed_text() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| blob::inflate(MANAGED_DATA).unwrap_or_default())
}

/// Lines of `name TAB path TAB version TAB document` after lines of the format and the sources (see [`super::read`]).
fn read(text: &'static str) -> Option<Vec<ManagedPolicy>> {
    let (first, rest) = text.split_once('\n')?;
    if first.strip_prefix("V\t")?.parse() != Ok(FORMAT) {
        return None;
    }
    rest.lines().filter_map(|line| line.strip_prefix("M\t")).map(policy).collect()
}

fn policy(line: &'static str) -> Option<ManagedPolicy> {
    let mut fields = line.splitn(4, '\t');
    Some(ManagedPolicy {
        name: fields.next()?,
        path: fields.next()?,
        version: fields.next()?,
        document: fields.next()?,
    })
}
