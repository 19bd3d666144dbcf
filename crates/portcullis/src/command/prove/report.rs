//! The run, as a report tells it.

use portcullis_finding::Proof;
use portcullis_finding::proof::{Asked, Judgement, PropertyTally, ProvenAccount, Verdict};
use portcullis_iam::Arn;
use portcullis_prove::shown::proved;
use portcullis_prove::{Estate, Options, PROPERTIES, Property, Witnesses};
use portcullis_snapshot::Snapshot;
use portcullis_snapshot::organization::NodeKind;

use crate::given;

/// Proves what was asked.
pub(in crate::command) fn proof(estate: &Estate<'_>, asked: Asked, witnesses: Witnesses) -> Proof {
    let options = Options {
        properties: asked.properties.clone(),
        principals: asked.principals.iter().filter_map(|text| Arn::parse(text)).collect(),
        accounts: asked.accounts.clone(),
        witnesses,
    };
    let judgements = proved(estate, &options);
    let of = |property: &&'static Property| {
        asked.properties.is_empty() || asked.properties.iter().any(|id| id == property.rule.id)
    };
    let properties = PROPERTIES.iter().filter(of).map(|property| tally(property, &judgements, estate));
    Proof {
        tool: given::tool(),
        taken_at: estate.snapshot.taken_at.map(|taken| taken.at),
        proved_at: estate.now,
        accounts: accounts(estate.snapshot, &asked),
        properties: properties.collect(),
        judgements,
        asked,
    }
}

fn tally(property: &'static Property, judgements: &[Judgement], estate: &Estate<'_>) -> PropertyTally {
    let own = || judgements.iter().filter(|judgement| judgement.property.id == property.rule.id);
    let count = |verdict: Verdict| {
        let alike = own().filter(|judgement| judgement.verdict() == verdict);
        u32::try_from(alike.map(|judgement| judgement.subjects.len()).sum::<usize>()).unwrap_or(u32::MAX)
    };
    PropertyTally {
        property: &property.rule,
        proved: count(Verdict::Proved),
        refuted: count(Verdict::Refuted),
        accepted: count(Verdict::Accepted),
        undecided: count(Verdict::Undecided),
        not_asked: if own().next().is_none() { Some(why_not(property, estate).into()) } else { None },
    }
}

/// Why a property was asked of nobody.
fn why_not(property: &Property, estate: &Estate<'_>) -> &'static str {
    match property.rule.id {
        "no-new-access-without-mfa" if !estate.compares() => "give an earlier snapshot with --before",
        "operator-can-roll-back" if estate.operator.is_none() => "name who applies it with --operator",
        "break-glass-works" if estate.intent.break_glass.is_empty() => {
            "portcullis.toml declares nobody for emergencies"
        }
        _ => "it concerns nobody here",
    }
}

/// The accounts that were looked at.
fn accounts(snapshot: &Snapshot, asked: &Asked) -> Vec<ProvenAccount> {
    let wanted = snapshot.accounts.values().filter(|account| {
        let named = |text: &String| Arn::parse(text).and_then(|arn| arn.account()) == Some(account.id);
        (asked.accounts.is_empty() || asked.accounts.contains(&account.id))
            && (asked.principals.is_empty() || asked.principals.iter().any(named))
    });
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let shown = wanted.map(|account| ProvenAccount {
        account: account.id,
        name: name(snapshot, account.id.as_str()),
        users: number(account.users.len()),
        roles: number(account.roles.len()),
    });
    shown.collect()
}

/// The account's name in the organization.
fn name(snapshot: &Snapshot, account: &str) -> Option<Box<str>> {
    let organization = snapshot.organization.as_ref()?;
    let node = organization.nodes.get(account)?;
    match &node.kind {
        NodeKind::Account(_) => node.name.fact().map(|name| (&**name).into()),
        NodeKind::Root | NodeKind::Unit => None,
    }
}
