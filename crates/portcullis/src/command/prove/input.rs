//! What the flags of `prove` name: read, and checked before any work is done.

use portcullis_finding::proof::Asked;
use portcullis_prove::PROPERTIES;
use portcullis_snapshot::policies::find;
use portcullis_snapshot::{Proposal, Snapshot};

use super::Args;
use crate::failure::Failure;
use crate::given;
use crate::guardrail;

/// What was asked, as far as the flags alone tell.
pub(super) fn asked(args: &Args) -> Result<Asked, Failure> {
    for id in &args.property {
        if !PROPERTIES.iter().any(|property| property.rule.id == id) {
            let failure = Failure::usage(format!("unknown property `{id}`"));
            return Err(failure.with_hint("`portcullis prove --list-properties` lists them"));
        }
    }
    let named = |path: &std::path::PathBuf| path.display().to_string().into();
    Ok(Asked {
        snapshot: args.snapshot.as_ref().map(named).unwrap_or_default(),
        before: args.before.as_ref().map(named),
        properties: args.property.clone(),
        principals: args.principal.clone(),
        accounts: given::accounts(&args.account)?,
        guardrail: None,
    })
}

/// The policies that are not in force.
pub(super) fn proposals(args: &Args) -> Result<Vec<Proposal>, Failure> {
    let given = args.guardrail.as_deref().zip(args.attach.as_deref());
    given.map(|(file, attach)| guardrail::read(file, attach)).transpose().map(|one| one.into_iter().collect())
}

/// Refuses what the snapshot does not have: there would be nothing to prove.
pub(super) fn check(asked: &mut Asked, snapshot: &Snapshot, proposals: &[Proposal]) -> Result<(), Failure> {
    given::check_accounts(&asked.accounts, snapshot)?;
    for text in &asked.principals {
        let arn = given::principal(text)?;
        find(snapshot, &arn).map_err(|reason| Failure::usage(reason.to_string()).with_hint(reason.hint()))?;
    }
    for proposal in proposals {
        guardrail::check(proposal, snapshot)?;
        asked.guardrail = Some(guardrail::supposed(proposal));
    }
    Ok(())
}
