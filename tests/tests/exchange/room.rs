//! A phone that is almost full says so with its exchange.

use minqing_core::client::Client;
use minqing_tests::{hands::PhoneSystem, phone::key_of};

use super::signer::at_rest;

const COMMUNITY: &str = "620102001001";

#[test]
fn a_phone_that_is_almost_full_says_so_and_any_other_pays_no_byte_for_it() {
    const LITTLE: u64 = 100 << 20;
    let mut sim = at_rest(307);
    let (dir, seed, number) = (sim.phone(0).dir.clone(), sim.plot.seed, sim.phone(0).number);
    let mut seen = Vec::new();
    for (start, free_bytes) in (1_000..).zip([None, Some(LITTLE), Some(LITTLE - 1), Some(7), Some(2 * LITTLE)]) {
        let mut system = PhoneSystem::new(sim.hands().clone(), seed, number, start);
        system.free_bytes = free_bytes;
        sim.phone(0).client = Client::open(dir.to_str().unwrap(), Box::new(system), key_of(seed, number)).unwrap();
        let body = sim.phone(0).client.next_exchange().unwrap();
        let answer = sim.serve(0, &body).unwrap().expect("an answer");
        sim.phone(0).client.take_answer(answer).unwrap();
        let phones = sim.app().store.phones(COMMUNITY).unwrap();
        seen.push((body.len(), phones.into_iter().max_by_key(|p| p.last_exchange_ms).unwrap().room_mib));
        // Within a minute an idle exchange leaves no trace.
        sim.hands().turn(120_000);
    }
    let [unknown, enough, little, none, again] = seen[..] else { panic!("{seen:?}") };
    assert_eq!([enough.1, unknown.1, little.1, none.1, again.1], [None, None, Some(99), Some(0), None]);
    assert_eq!((unknown.0, unknown.0), (enough.0, again.0));
    assert!((1..=16).contains(&(little.0 - enough.0)), "a few bytes: {seen:?}");
}
