//! What questions may cost, counted: on policies that are made to cost much.
#![expect(clippy::unwrap_used, reason = "the cases are well formed")]

use std::sync::Arc;

use portcullis_iam::{Arn, Attached, Caller, Credential, Layer, PolicyKind, PolicySet, SourceKind, parse};
use portcullis_prove::theory::Work;
use portcullis_prove::{Area, Domain, Facts, Frame, Prover, Question, Reach, reach_within};
use testkit::hard::{self, Hard};

/// What a policy of one user is asked, and what may be done for it.
fn ask(prover: &mut Prover, hard: &Hard, work: &Work) -> Reach {
    let policy = parse::policy(&hard.document.to_string(), PolicyKind::Identity).policy.unwrap();
    let attached = Attached { id: "hard".into(), source: SourceKind::Input, policy: Arc::new(policy) };
    let identity = Layer { policies: vec![attached], gaps: Vec::new() };
    let policies = PolicySet { identity, ..PolicySet::default() };
    let caller = Caller::User(Arn::parse("arn:aws:iam::111111111111:user/alice").unwrap());
    let facts = Facts::default().with("aws:MultiFactorAuthPresent", Domain::Absent);
    let frame = Frame { caller, credential: Credential::LongTermKey, facts };
    let spared = [Area::of_actions(["sts:GetSessionToken", "sts:GetCallerIdentity"])];
    reach_within(prover, &Question::any(&policies, &frame).sparing(&spared), work)
}

fn name(reach: &Reach) -> &'static str {
    match reach {
        Reach::Open(_) => "open",
        Reach::Closed(_) => "closed",
        Reach::Undecided(_) => "undecided",
    }
}

/// One of each family and shape.
fn cases() -> Vec<Hard> {
    hard::families(1).into_iter().flat_map(|(_, cases)| cases).collect()
}

/// Less than most of the cases want, so that debug builds end soon.
const SOME: usize = 1 << 15;

#[test]
fn an_allowance_is_never_exceeded_and_its_end_is_told() {
    let (mut decided, mut spent) = (0, 0);
    for hard in cases() {
        for most in [0, 1 << 8, 1 << 12, SOME] {
            let work = Work::new(most);
            let reach = ask(&mut Prover::new(), &hard, &work);
            assert_eq!(work.spent() + work.left(), most, "{}", hard.name);
            match &reach {
                Reach::Undecided(doubt) => {
                    assert!(doubt.spent, "{}: {doubt:?}", hard.name);
                    spent += 1;
                }
                Reach::Open(_) | Reach::Closed(_) => decided += 1,
            }
        }
    }
    assert!(0 < decided && 0 < spent, "{decided} decided, {spent} spent");
}

#[test]
fn what_a_question_costs_does_not_depend_on_the_questions_before() {
    let mut warm = Prover::new();
    for _ in 0..2 {
        for hard in cases() {
            let [first, later] = [Work::new(SOME), Work::new(SOME)];
            let alone = ask(&mut Prover::new(), &hard, &first);
            let after = ask(&mut warm, &hard, &later);
            assert_eq!(first.spent(), later.spent(), "{}", hard.name);
            assert_eq!(alone, after, "{}", hard.name);
        }
    }
}

#[test]
fn less_work_never_turns_an_answer_into_another() {
    for hard in cases() {
        let answer = |most| name(&ask(&mut Prover::new(), &hard, &Work::new(most)));
        let (little, more) = (answer(1 << 12), answer(SOME));
        assert!(
            little == more || little == "undecided" || more == "undecided",
            "{}: {little}, {more}",
            hard.name
        );
    }
}
