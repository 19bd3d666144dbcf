//! No request without MFA, whatever the credential.

use portcullis_finding::{Rule, Severity};

use super::{Concern, Property};
use crate::case::{Among, Case, Ruling};
use crate::chain;
use crate::credential::CredentialKind;
use crate::judgement::{Assumption, Flaw, Verdict};
use crate::prover::Prover;
use crate::question::Frame;
use crate::self_service;
use crate::tally::Tally;
use crate::witness::Witness;

pub(super) const PROPERTY: Property = Property {
    rule: Rule {
        id: "no-access-without-mfa",
        severity: Severity::High,
        compliance: &[],
        page: include_str!("no-access-without-mfa.md"),
    },
    concerns: Concern::Users,
    run,
};

fn run(case: &Case<'_>, prover: &mut Prover) -> Vec<Ruling> {
    let key = direct(case, prover, CredentialKind::AccessKey);
    let console = direct(case, prover, CredentialKind::Console);
    let [by_key, by_console] = [key.clone().verdict(), console.clone().verdict()];
    let rest = [
        (CredentialKind::SessionToken, session_token(case, prover, &by_console)),
        (CredentialKind::FederationToken, chain::federation_token::tally(case, prover).verdict()),
        (CredentialKind::SignIn, sign_in(case, prover, &by_console)),
        (CredentialKind::Forwarded, forwarded(case, prover, [&key, &console])),
    ];
    let direct = [(CredentialKind::AccessKey, by_key), (CredentialKind::Console, by_console)];
    direct.into_iter().chain(rest).map(|(kind, verdict)| Ruling { kind: Some(kind), verdict }).collect()
}

/// What a user may do itself with such a credential.
fn direct(case: &Case<'_>, prover: &mut Prover, kind: CredentialKind) -> Tally {
    let mut tally = Tally::default();
    for frame in case.frames(kind) {
        take(&mut tally, case, prover, (kind, &frame));
    }
    tally
}

/// Everything but self-service must be closed, and self-service on others too.
fn take(tally: &mut Tally, case: &Case<'_>, prover: &mut Prover, (kind, frame): (CredentialKind, &Frame)) {
    let spared = self_service::actions();
    let answer = case.ask(prover, frame, Among { only: &[], spared: &spared });
    tally.close(answer, |witness| case.open(kind, witness));
    if tally.is_refuted() {
        return;
    }
    let (only, spared) = (self_service::on_users(), self_service::on_itself(case.arn));
    let answer = case.ask(prover, frame, Among { only: &only, spared: &spared });
    tally.close(answer, |witness| of_others(case, kind, witness));
}

fn of_others(case: &Case<'_>, kind: CredentialKind, witness: &Witness) -> Flaw {
    let action = &witness.request().action;
    let message = format!("may call {action} for other users with {kind}");
    Flaw { severity: Severity::Medium, message: message.into(), ..case.open(kind, witness) }
}

/// A console session may do all that such a session may: the rules for the latter only bar.
fn session_token(case: &Case<'_>, prover: &mut Prover, console: &Verdict) -> Verdict {
    match console {
        Verdict::Proved(_) => console.clone(),
        Verdict::Refuted(_) | Verdict::Undecided(_) => {
            direct(case, prover, CredentialKind::SessionToken).verdict()
        }
    }
}

/// Such a session is a console session with one more key.
fn sign_in(case: &Case<'_>, prover: &mut Prover, console: &Verdict) -> Verdict {
    if let Verdict::Proved(proof) = console
        && !chain::sign_in::is_told_apart(&case.policies)
    {
        let mut proof = proof.clone();
        proof.assuming.push(Assumption::SignInKeepsMfa);
        return Verdict::Proved(proof);
    }
    let hop = chain::sign_in::hop(case, prover);
    let mut tally = hop.leads_to(|| direct(case, prover, CredentialKind::SignIn));
    tally.assuming(Assumption::SignInKeepsMfa);
    tally.verdict()
}

/// Where no service can be called, none can forward.
fn forwarded(case: &Case<'_>, prover: &mut Prover, direct: [&Tally; 2]) -> Verdict {
    if direct.iter().all(|tally| tally.is_closed()) {
        let mut tally = Tally::default();
        direct.into_iter().for_each(|own| tally.closed(own.certificate().clone()));
        return tally.verdict();
    }
    chain::forwarded::tally(case, prover).verdict()
}
