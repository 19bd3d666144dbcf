//! What the prover calls closed stays closed under attack; `cargo xtask e2e attack` tries many more requests.
#![cfg(test)]

use portcullis_prove::{Prover, Reach, reach};
use testkit::attack::Attack;
use testkit::problems;

const PROBLEMS: u64 = 50;
const REQUESTS: u32 = 600;
const SEED: u64 = 3;

#[test]
fn nothing_gets_through_what_is_closed() {
    let mut prover = Prover::new();
    let (mut held, mut found, mut missed) = (0, 0, 0);
    for number in 0..PROBLEMS {
        let asked = problems::numbered(SEED, number).read().unwrap();
        let attack = Attack::new(asked.question(), SEED);
        let through = attack.first_through(REQUESTS, SEED);
        match (reach(&mut prover, &asked.question()), through) {
            (Reach::Closed(_), Some(request)) => panic!("problem {number}: {request:#?}"),
            (Reach::Closed(_), None) => held += 1,
            (Reach::Open(_), Some(_)) => found += 1,
            (Reach::Open(_), None) => missed += 1,
            (Reach::Undecided(_), _) => {}
        }
    }
    println!("{held} held, {found} ways found and {missed} missed");
    assert!(15 <= held && missed <= found, "the attack shows little: {held} {found} {missed}");
}
