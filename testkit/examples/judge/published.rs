//! Published documents that mean to enforce MFA, beside full access and beside the managed policies of AWS.

use std::path::PathBuf;
use std::{env, io};

use portcullis_prove::{Area, Domain, Prover, reach};
use testkit::judge::{Solver, compare};
use testkit::problems::{self, Asked, MfaDocument};

use crate::arguments::Arguments;
use crate::tally::Tally;

/// Judges the documents, where the corpus is at hand; whether prover and solver agree on all.
pub(crate) fn run(arguments: &Arguments) -> io::Result<bool> {
    let Some(corpus) = env::var_os("PORTCULLIS_CORPUS").map(PathBuf::from) else {
        println!("published: skipped, as PORTCULLIS_CORPUS names no folder of collected policies");
        return Ok(true);
    };
    let documents = problems::mfa_documents(&corpus)?;
    let managed = problems::managed(&corpus)?;
    let administrator: Vec<_> = problems::administrator().into_iter().collect();
    let mut court = Court { solver: arguments.start()?, prover: Prover::new(), tally: Tally::default() };
    for document in &documents {
        court.judge(document, &administrator, "beside full access")?;
    }
    let full = court.report("published documents beside full access");
    // Each managed policy stands beside one of the documents.
    for (number, policy) in managed.iter().enumerate().step_by(arguments.step) {
        let Some(document) = documents.get(number % documents.len().max(1)) else { break };
        court.judge(document, std::slice::from_ref(policy), &format!("beside managed policy {number}"))?;
    }
    Ok(court.report("published documents beside managed policies") && full)
}

struct Court {
    solver: Solver,
    prover: Prover,
    tally: Tally,
}

impl Court {
    fn judge(
        &mut self,
        document: &MfaDocument,
        others: &[std::sync::Arc<portcullis_iam::Policy>],
        name: &str,
    ) -> io::Result<()> {
        let Some(policy) = document.policy() else { return Ok(()) };
        for mfa in [Domain::Absent, Domain::One("false".into())] {
            let set = problems::attached(policy.clone(), document.policy_kind(), others.to_vec());
            let spared = vec![Area::of_actions(["sts:GetSessionToken", "sts:GetCallerIdentity"])];
            let asked = Asked::new(set, problems::alice(mfa.clone())).sparing(spared);
            let question = asked.question();
            let ours = reach(&mut self.prover, &question);
            let (verdict, _) = compare(&mut self.solver, &question, &ours)?;
            self.tally.add(&format!("{} {name}, MFA {mfa:?}", document.id), verdict);
        }
        Ok(())
    }

    fn report(&mut self, what: &str) -> bool {
        std::mem::take(&mut self.tally).report(what)
    }
}
