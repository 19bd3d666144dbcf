//! An organization as a tree, with the control policies where they are attached.

use std::fmt::Write;
use std::sync::Arc;

use portcullis_snapshot::organization::{Node, NodeKind};
use portcullis_snapshot::{Organization, Snapshot};

/// One line of the tree.
struct Line {
    branch: String,
    name: String,
    account: String,
    users: String,
    policies: String,
}

/// The organization of the snapshot, a line for its root and for each unit and account.
pub(super) fn tree(snapshot: &Snapshot) -> String {
    let mut lines = Vec::new();
    if let Some(organization) = &snapshot.organization {
        let roots = organization.nodes.iter().filter(|(_, node)| matches!(node.kind, NodeKind::Root));
        for (id, node) in roots {
            lines.push(line(snapshot, organization, (id, node), String::new()));
            below(snapshot, organization, id, "", &mut lines);
        }
    }
    print(&lines)
}

/// The lines of everything under `parent`: accounts first, then units, by name.
fn below(
    snapshot: &Snapshot,
    organization: &Organization,
    parent: &str,
    indent: &str,
    lines: &mut Vec<Line>,
) {
    let mut children: Vec<(&Arc<str>, &Node)> =
        organization.nodes.iter().filter(|(_, node)| is_under(node, parent)).collect();
    children.sort_by_key(|(id, node)| (is_unit(node), *id));
    let last = children.len();
    for (number, (id, node)) in children.into_iter().enumerate() {
        let (branch, further) = if number + 1 == last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
        lines.push(line(snapshot, organization, (id, node), format!("{indent}{branch}")));
        below(snapshot, organization, id, &format!("{indent}{further}"), lines);
    }
}

fn is_under(node: &Node, parent: &str) -> bool {
    node.parent.fact().is_some_and(|of| of.as_deref() == Some(parent))
}

fn is_unit(node: &Node) -> bool {
    match node.kind {
        NodeKind::Unit => true,
        NodeKind::Root | NodeKind::Account(_) => false,
    }
}

fn line(snapshot: &Snapshot, organization: &Organization, (id, node): (&str, &Node), branch: String) -> Line {
    let name = node.name.fact().map_or(id, |name| name);
    let (account, users) = match &node.kind {
        NodeKind::Root | NodeKind::Unit => (String::new(), String::new()),
        NodeKind::Account(member) => {
            let users = snapshot.accounts.get(&member.id).map(|account| account.users.len());
            (member.id.to_string(), users.map(|count| format!("{count} users")).unwrap_or_default())
        }
    };
    Line { branch, name: name.to_owned(), account, users, policies: policies(organization, id) }
}

/// The control policies that are attached right here, without the one that AWS attaches everywhere.
fn policies(organization: &Organization, id: &str) -> String {
    let here = organization.policies.values().filter(|policy| {
        let targets = policy.targets.fact();
        targets.is_some_and(|targets| targets.contains(id)) && &*policy.id != FULL_ACCESS
    });
    let mut names: Vec<&str> = here.map(|policy| policy.name.as_deref().unwrap_or(&policy.id)).collect();
    let binds = organization.management_account.fact().is_none_or(|management| management.as_str() != id);
    if !binds && !names.is_empty() {
        names.push("(binds nobody in the management account)");
    }
    names.join(" ")
}

const FULL_ACCESS: &str = "p-FullAWSAccess";

fn print(lines: &[Line]) -> String {
    let width = |cell: fn(&Line) -> usize| lines.iter().map(cell).max().unwrap_or_default();
    let name = width(|line| line.branch.chars().count() + line.name.chars().count());
    let (account, users) = (width(|line| line.account.len()), width(|line| line.users.len()));
    let mut text = String::new();
    for line in lines {
        let label = format!("{}{}", line.branch, line.name);
        let cells =
            format!("{label:name$}  {:account$}  {:>users$}  {}", line.account, line.users, line.policies);
        let _ = writeln!(text, "  {}", cells.trim_end());
    }
    text
}
