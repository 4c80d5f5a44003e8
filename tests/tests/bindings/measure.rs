//! How long a screen's lists take, also while a phone speaks to the office. Printed, not judged: the machine's speed is in it.

use std::{
    thread,
    time::{Duration, Instant},
};

use minqing_core::{
    client::Step,
    model::{Address, NewHousehold},
};
use minqing_mobile_ffi::Minqing;
use minqing_tests::network::{Answer, send};

use super::world::COMMUNITY;

/// One phone records 500 doors and sends them, another takes them in.
pub fn lists_of_500(sends: &Minqing, takes: &Minqing, grid: &str, office: &str) {
    for number in 1..=500 {
        let address = Address { community: COMMUNITY.into(), lane: "静宁路".into(), door: number.to_string(), ..Address::default() };
        sends.record_household(NewHousehold { grid: grid.into(), address, ..NewHousehold::default() }).unwrap();
    }
    print("500 doors", (0..20).map(|_| listed(sends)).collect());
    print("500 doors while they are sent", while_syncing(sends, office));
    print("up to 500 doors while they come", while_syncing(takes, office));
    assert_eq!(takes.households(0, 500).unwrap().len(), 500);
}

fn listed(phone: &Minqing) -> Duration {
    let begun = Instant::now();
    phone.households(0, 500).unwrap();
    begun.elapsed()
}

fn while_syncing(phone: &Minqing, office: &str) -> Vec<Duration> {
    thread::scope(|scope| {
        let syncing = scope.spawn(|| sync(phone, office));
        let took = std::iter::repeat_with(|| listed(phone)).take_while(|_| !syncing.is_finished()).collect();
        syncing.join().unwrap();
        took
    })
}

/// Until nothing waits: the office may have received what it has not applied.
fn sync(phone: &Minqing, office: &str) {
    phone.begin_contact().unwrap();
    loop {
        match phone.next_step().unwrap() {
            Step::Done if phone.today("en".into()).unwrap().waiting == 0 => return,
            Step::Done => phone.begin_contact().unwrap(),
            Step::Again => {}
            Step::Send { request } => {
                let Answer { status, headers, body } = send(office, &request).unwrap();
                phone.take_response(status, headers, body).unwrap();
            }
        }
    }
}

fn print(what: &str, mut took: Vec<Duration>) {
    took.sort();
    println!("rust: measured: {what} in {:.1?}, at most {:.1?} of {}", took[took.len() / 2], took[took.len() - 1], took.len());
}
