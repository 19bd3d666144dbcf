//! The tree of the organization: which unit or root every unit and account is in.

use std::collections::BTreeMap;

use portcullis_iam::{AccountId, Arn};

use super::super::intern::Intern;
use super::super::organizations::{ListedAccount, ListedRoot, ListedUnit};
use super::Id;
use crate::dump::Dump;
use crate::known::{Known, Missing, Why};
use crate::organization::{Member, MemberState, Node, NodeKind};

/// The nodes that the dumps tell of so far, and what the ARNs in them tell of the organization.
#[derive(Default)]
pub(super) struct Nodes {
    pub(super) by_id: BTreeMap<Id, Node>,
    /// The organization's id, as ARNs name it.
    pub(super) organization: Option<Box<str>>,
    /// The management account: the one that the organization's ARNs name.
    pub(super) management_account: Option<AccountId>,
}

impl Nodes {
    pub(super) fn add_root(&mut self, root: &ListedRoot, intern: &Intern) {
        self.learn(root.arn.as_ref());
        let node = self.node(&root.id, intern);
        node.name = node.name.clone().or(named(root.name.as_deref(), Dump::ListRoots));
    }

    /// A unit, in the parent whose list it is in.
    pub(super) fn add_unit(&mut self, unit: &ListedUnit, parent: Option<&str>, intern: &Intern) {
        self.learn(unit.arn.as_ref());
        self.place(&unit.id, parent, intern);
        let node = self.node(&unit.id, intern);
        node.name = node.name.clone().or(named(unit.name.as_deref(), Dump::ListOrganizationalUnits));
    }

    /// An account, in the parent whose list it is in; without one, in the last unit of the path that AWS tells.
    pub(super) fn add_account(&mut self, account: &ListedAccount, parent: Option<&str>, intern: &Intern) {
        self.learn(account.arn.as_ref());
        let on_path = account.path.as_deref().unwrap_or_default().split('/').filter(is_parent);
        let path: Vec<&str> = on_path.collect();
        for (upper, lower) in path.iter().zip(path.iter().skip(1)) {
            self.place(lower, Some(upper), intern);
        }
        self.place(account.id.as_str(), parent.or(path.last().copied()), intern);
        let node = self.node(account.id.as_str(), intern);
        node.name = node.name.clone().or(named(account.name.as_deref(), Dump::ListAccounts));
        let state = match account.state.as_deref() {
            Some("ACTIVE") => MemberState::Active,
            Some(other) => MemberState::Other(other.into()),
            None => MemberState::Unknown,
        };
        node.kind = NodeKind::Account(Member { id: account.id, state });
    }

    /// Says where a node is, when that is told, and sees to it that both it and its parent are there.
    fn place(&mut self, id: &str, parent: Option<&str>, intern: &Intern) {
        let parent = parent.map(|parent| {
            self.node(parent, intern);
            intern.name(parent)
        });
        let node = self.node(id, intern);
        if let (Some(parent), Known::Unknown(_)) = (parent, &node.parent) {
            node.parent = Known::Fact(Some(parent));
        }
    }

    fn node(&mut self, id: &str, intern: &Intern) -> &mut Node {
        self.by_id.entry(intern.name(id)).or_insert_with(|| new_node(id))
    }

    /// `arn:aws:organizations::MANAGEMENT:account/o-exampleorgid/111111111111`
    fn learn(&mut self, arn: Option<&Arn>) {
        let Some(arn) = arn.filter(|arn| arn.service() == "organizations") else { return };
        let id = arn.resource().split('/').nth(1).filter(|id| id.starts_with("o-"));
        self.organization = self.organization.take().or(id.map(Into::into));
        self.management_account = self.management_account.or(arn.account());
    }
}

fn new_node(id: &str) -> Node {
    let unknown = |dump| Missing::new(dump, Why::NoEntry);
    let (kind, parent, dump) = match AccountId::parse(id) {
        Some(id) => {
            let kind = NodeKind::Account(Member { id, state: MemberState::Unknown });
            (kind, Known::Unknown(unknown(Dump::ListAccountsForParent)), Dump::ListAccounts)
        }
        None if id.starts_with("r-") => (NodeKind::Root, Known::Fact(None), Dump::ListRoots),
        None => {
            let dump = Dump::ListOrganizationalUnits;
            (NodeKind::Unit, Known::Unknown(unknown(dump)), dump)
        }
    };
    Node { kind, name: Known::Unknown(unknown(dump)), parent }
}

fn is_parent(id: &&str) -> bool {
    id.starts_with("r-") || id.starts_with("ou-")
}

fn named(name: Option<&str>, dump: Dump) -> Known<Box<str>> {
    name.map_or(Known::Unknown(Missing::new(dump, Why::NoField)), |name| Known::Fact(name.into()))
}
