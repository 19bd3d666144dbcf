//! What to do about a counterexample: the change that closes it, what is proved of it, and the command that replays it.

use portcullis_finding::proof::{Broken, Change, Counterexample, Judgement, PassedOver, Proof};

use super::Story;
use crate::proof::replay;
use crate::words::{count, grouped, safe, short_name, wrap};

/// Changes of a story that are told.
const CHANGES: usize = 3;

/// What closes it, and how to see it with one's own eyes, in lines of at most `room` columns.
pub(super) fn helps(story: &Story<'_>, proof: &Proof, room: usize) -> Vec<String> {
    let mut changes: Vec<String> = Vec::new();
    for judgement in story.judgements() {
        let Some((_, found)) = judgement.counterexamples().next() else { continue };
        let own = told(judgement, found, room);
        if !own.is_empty() && !changes.contains(&own) {
            changes.push(own);
        }
    }
    let more = changes.len().saturating_sub(CHANGES);
    changes.truncate(CHANGES);
    let rest =
        (0 < more).then(|| format!("and {} (--format json)", count(more, "change more", "changes more")));
    let replay = story.first.counterexamples().next().and_then(|(_, found)| {
        let last = found.steps.last()?;
        replay::lines(&last.witness, &proof.asked.snapshot, room)
    });
    let replay = replay.map(|lines| format!("replay it:\n{lines}"));
    changes.into_iter().chain(rest).chain(replay).collect()
}

/// A change and what is proved of it, and a smaller one that would break something.
fn told(judgement: &Judgement, found: &Counterexample, room: usize) -> String {
    let change = found.change.as_ref();
    let change = change.map(|change| [safe(&change.title), proved(judgement, change)]);
    let is_last = change.is_none();
    let passed_over = found.passed_over.as_ref().map(|own| passed_over(judgement, own, is_last));
    let lines = change.into_iter().flatten().chain(passed_over);
    lines.flat_map(|line| wrap(&line, room)).collect::<Vec<_>>().join("\n")
}

/// `proved: closes it for both; still proved: can-enrol`.
fn proved(judgement: &Judgement, change: &Change) -> String {
    let of = match (change.proved_for as usize, judgement.subjects.len()) {
        (_, 1) => String::new(),
        (2, 2) => " for both".to_owned(),
        (some, all) if some == all => format!(" for all {}", grouped(all)),
        (some, all) => format!(" for {} of {}", grouped(some), grouped(all)),
    };
    let others = match change.others {
        0 => String::new(),
        number => format!(", {} whom it touches included", count(number as usize, "other", "others")),
    };
    let keeps = match (change.keeps.as_slice(), change.others) {
        ([], 0) => String::new(),
        ([], _) => format!("; nothing that was proved is lost{others}"),
        (kept, _) => format!("; still proved: {}{others}", kept.join(", ")),
    };
    let also = match change.also_closes.as_slice() {
        [] => String::new(),
        closed => format!(", and {}", closed.join(", ")),
    };
    format!("proved: closes it{of}{also}{keeps}")
}

fn passed_over(judgement: &Judgement, passed_over: &PassedOver, is_last: bool) -> String {
    let broken = |broken: &Broken| {
        let whom = short_name(&broken.principal, judgement.account);
        match broken.property {
            "exemption" => format!("what an exemption accepts of {whom}"),
            property => format!("{property} of {whom}"),
        }
    };
    let broken: Vec<String> = passed_over.breaks.iter().map(broken).collect();
    let title = safe(&passed_over.title);
    let broken = broken.join(" and ");
    if is_last {
        return format!(
            "no change was found that breaks nothing. This would close it, and break {broken}: {title}"
        );
    }
    format!("smaller, but it would break {broken}: {title}")
}
