//! Events are found once, in whatever order they come and however few fit into memory.
#![expect(clippy::unwrap_used, reason = "memory can be written to")]

use std::collections::BTreeMap;
use std::io::Cursor;

use portcullis_trail::call::Call;
use portcullis_trail::census::{Census, EventId, Scratch};
use proptest::prelude::*;

/// A delivery of an event: its identifier, its time, and the name of its call.
type Delivery = (u16, u32, u8);

fn census(most: usize) -> Census {
    Census::holding(most, Box::new(|| Ok(Box::new(Cursor::new(Vec::new())) as Box<dyn Scratch>)))
}

/// Every event with its time and the name of its call, and how many deliveries were of events that were there already.
fn found(most: usize, deliveries: &[Delivery]) -> (BTreeMap<EventId, (u32, String)>, u64) {
    let census = census(most);
    for (id, time, name) in deliveries {
        let name = name.to_string();
        let call = Call { name: Some(&name), ..Call::default() };
        census.add(&call, EventId::parse(&id.to_string()), *time).unwrap();
    }
    let mut names = BTreeMap::new();
    let found = census.finish();
    found.calls.each(&mut |id, call| drop(names.insert(id, call.name.unwrap().to_owned())));
    let mut events = BTreeMap::new();
    let again = found.events(&mut |event| {
        let earlier = events.insert(event.id, (event.time, names.get(&event.call).cloned().unwrap()));
        assert_eq!(earlier, None);
    });
    (events, again.unwrap().1)
}

fn expected(deliveries: &[Delivery]) -> (BTreeMap<EventId, (u32, String)>, u64) {
    let mut events = BTreeMap::new();
    for (id, time, name) in deliveries {
        let told = (*time, name.to_string());
        let own = events.entry(EventId::parse(&id.to_string())).or_insert_with(|| told.clone());
        // One digit each: the order of the texts is that of the calls.
        *own = told.min(own.clone());
    }
    let again = deliveries.len() - events.len();
    (events, again as u64)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_event_is_found_once(
        deliveries in proptest::collection::vec((0..300_u16, 1..3_u32, 0..10_u8), 0..400),
        most in prop_oneof![Just(0), Just(1), Just(150), Just(1_000_000)],
    ) {
        prop_assert_eq!(found(most, &deliveries), expected(&deliveries));
    }
}

#[test]
fn blocks_are_written_and_read_again() {
    let deliveries: Vec<Delivery> = (0..1_000).map(|number| (number, 1, (number % 10) as u8)).collect();
    let twice: Vec<Delivery> = deliveries.iter().chain(&deliveries).copied().collect();
    // More than a block for each part.
    let many: Vec<Delivery> = twice.iter().cycle().take(300_000).copied().collect();
    assert_eq!(found(0, &many), expected(&many));
}
