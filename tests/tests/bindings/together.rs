//! Several threads of one app: who reads does not wait for who writes, and one contact is under way at a time.

use std::{
    future::Future,
    path::Path,
    pin::{Pin, pin},
    sync::{Arc, Mutex, Weak},
    task::{Context, Poll, Waker},
};

use minqing_core::{
    client::{Contacted, Request},
    model::{Address, NewHousehold, NewResident},
};
use minqing_mobile_ffi::{Minqing, MinqingError, Platform, Progress, Response, Transport, TransportError};
use minqing_tests::{
    network::{Answer, send},
    story_phone::{System, key_of},
};
use serde_json::Value;

use super::{
    call::Hanging,
    world::{COMMUNITY, world},
};

/// A machine that, whenever the core asks it for randomness, which is within a call that writes, reads a list and makes a
/// photo ready. Where these waited for the write, neither would ever end.
#[derive(Default)]
struct Looking {
    phone: Mutex<Weak<Minqing>>,
    photo: String,
    doors: Mutex<Vec<usize>>,
}

impl Platform for Looking {
    fn wall_ms(&self) -> i64 {
        System.wall_ms()
    }

    fn monotonic_ms(&self) -> i64 {
        System.monotonic_ms()
    }

    fn boot_id(&self) -> String {
        System.boot_id()
    }

    fn random(&self, len: u32) -> Vec<u8> {
        let phone = self.phone.lock().unwrap().upgrade();
        for phone in phone.iter() {
            self.doors.lock().unwrap().push(phone.households(0, 500).unwrap().len());
            phone.prepare(self.photo.clone(), false).unwrap();
        }
        System.random(len)
    }

    fn free_bytes(&self) -> Option<u64> {
        None
    }
}

/// A network that is there.
pub struct Office(String);

#[async_trait::async_trait]
impl Transport for Office {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        let Answer { status, headers, body } = send(&self.0, &request).map_err(|_| TransportError::Unreachable)?;
        Ok(Response { status, headers, body })
    }
}

/// The office, as it is asked again and again.
pub fn office(world: &Value) -> Arc<Office> {
    Arc::new(Office(world["office"].as_str().unwrap().into()))
}

/// What a future says now, without waiting.
pub fn now<T>(future: Pin<&mut impl Future<Output = T>>) -> Option<T> {
    match future.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(said) => Some(said),
        Poll::Pending => None,
    }
}

pub fn enrolled(dir: &Path, world: &Value, platform: Arc<dyn Platform>) -> Arc<Minqing> {
    let own = dir.join("li");
    std::fs::create_dir_all(&own).unwrap();
    let phone = Arc::new(Minqing::new(own.display().to_string(), platform, key_of("li")).unwrap());
    phone.begin_enrolment(world["code_li"].as_str().unwrap().into(), "threads/1".into()).unwrap();
    now(pin!(phone.talk(office(world), None))).unwrap().unwrap();
    phone
}

pub fn door(number: u32) -> NewHousehold {
    let address = Address { community: COMMUNITY.into(), lane: "静宁路".into(), door: number.to_string(), ..Address::default() };
    let resident = NewResident { name: "住户甲".into(), ..NewResident::default() };
    NewHousehold { grid: format!("{COMMUNITY}001"), address, residents: vec![resident], ..NewHousehold::default() }
}

fn code(said: Option<Result<Contacted, MinqingError>>) -> String {
    match said {
        Some(Err(MinqingError::State { code, .. })) => code,
        other => panic!("not a state: {other:?}"),
    }
}

#[test]
fn a_list_is_read_and_a_photo_made_ready_while_a_record_is_saved_and_an_answer_taken() {
    let dir = tempfile::tempdir().unwrap();
    let (_server, world) = world(dir.path());
    let photo = dir.path().join("photo.png");
    image::DynamicImage::new_rgb8(40, 30).save(&photo).unwrap();
    let looking = Arc::new(Looking { photo: photo.display().to_string(), ..Looking::default() });
    let phone = enrolled(dir.path(), &world, looking.clone());
    *looking.phone.lock().unwrap() = Arc::downgrade(&phone);
    let looked = || std::mem::take(&mut *looking.doors.lock().unwrap());

    phone.record_household(door(1)).unwrap();
    let while_saving = looked();
    assert!(!while_saving.is_empty() && while_saving.iter().all(|doors| *doors == 0), "{while_saving:?}");
    assert_eq!(phone.households(0, 500).unwrap().len(), 1);
    now(pin!(phone.sync(office(&world), None))).unwrap().unwrap();
    let while_taking = looked();
    assert!(!while_taking.is_empty() && while_taking.iter().all(|doors| *doors == 1), "{while_taking:?}");
}

#[test]
fn a_second_sync_is_told_that_one_is_under_way_and_disturbs_nothing_and_a_cancelled_one_frees_the_way() {
    let dir = tempfile::tempdir().unwrap();
    let (_server, world) = world(dir.path());
    let phone = enrolled(dir.path(), &world, Arc::new(System));
    let household = phone.record_household(door(1)).unwrap();
    let mut first = Box::pin(phone.sync(Arc::new(Hanging), None));
    assert!(now(first.as_mut()).is_none(), "it waits for the network");
    let state = |is: &str| assert_eq!(format!("{:?}", phone.household(household.clone()).unwrap().household.state), is);
    state("Sending");
    assert_eq!(code(now(pin!(phone.sync(office(&world), None)))), "contact.under_way");
    assert_eq!(code(now(pin!(phone.talk(office(&world), None)))), "contact.under_way");
    assert_eq!(code(Some(phone.begin_contact().map(|()| Contacted::default()))), "contact.under_way");
    assert_eq!(code(Some(phone.next_step().map(|_| Contacted::default()))), "contact.under_way");
    assert_eq!(code(Some(Err(phone.request_failed()))), "contact.under_way");
    assert!(now(first.as_mut()).is_none());
    state("Sending");
    drop(first);
    state("Ready");
    assert_eq!(now(pin!(phone.sync(office(&world), None))).unwrap().unwrap().settled, 1);
    state("Applied");
    phone.begin_contact().unwrap();
}

/// An officer who saves something whenever an answer has been taken, also the last one.
struct Saves(Arc<Minqing>, Mutex<u32>);

impl Progress for Saves {
    fn contacted(&self, _: Contacted) {
        let mut left = self.1.lock().unwrap();
        if *left > 0 {
            self.0.record_household(door(100 + *left)).unwrap();
            *left -= 1;
        }
    }
}

#[test]
fn what_is_saved_while_a_sync_is_under_way_goes_with_it() {
    let dir = tempfile::tempdir().unwrap();
    let (_server, world) = world(dir.path());
    let phone = enrolled(dir.path(), &world, Arc::new(System));
    phone.record_household(door(1)).unwrap();
    let saves = Arc::new(Saves(phone.clone(), Mutex::new(3)));
    assert_eq!(now(pin!(phone.sync(office(&world), Some(saves)))).unwrap().unwrap().settled, 4);
    assert_eq!(phone.today("en".into()).unwrap().waiting, 0);
}
