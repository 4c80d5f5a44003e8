//! Two copies of one phone over real HTTP: they use each other's tokens up, so reading ends for both, but not writing.

use minqing_core::model::{Address, NewHousehold, NewVisit};
use minqing_tests::{hands::Hands, phone::Phone, sim::copy_files};

use super::program::{json, run, with_one_phone};

const COMMUNITY: &str = "620102001001";
const SEED: u64 = 9;

fn visit(phone: &mut Phone, household: &str, note: &str) {
    let visit = NewVisit { household: household.into(), purpose: "routine".into(), outcome: "talked".into(), note: note.into(), ..NewVisit::default() };
    phone.client.record_visit(visit).unwrap();
}

#[test]
fn what_two_copies_of_a_phone_write_all_arrives_and_the_office_is_told_of_both_signs() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("office");
    let hands = Hands::at(1_800_000_000_000);
    let (server, mut phone) = with_one_phone(dir.path(), &hands, SEED);
    let address = Address { community: COMMUNITY.into(), lane: "张掖巷".into(), door: "12".into(), ..Address::default() };
    let door = phone.client.record_household(NewHousehold { grid: format!("{COMMUNITY}001"), address, ..NewHousehold::default() }).unwrap();
    phone.sync(&server.url).unwrap();

    let copied = dir.path().join("copy");
    copy_files(&phone.dir, &copied).unwrap();
    let mut both = vec![phone, Phone::open(&copied, &hands, SEED, 1, 100).unwrap()];
    let mut start = 200;
    let number = both[0].client.enrolment().unwrap().device;
    for round in 0..3 {
        // Each start of an app renews its tokens: by those in its file, else by its key.
        both = both
            .into_iter()
            .rev()
            .map(|phone| {
                phone
                    .restart(
                        {
                            start += 1;
                            start
                        },
                        |_| Ok(()),
                    )
                    .unwrap()
            })
            .collect();
        for phone in &mut both {
            visit(phone, &door, &format!("第{round}轮"));
            assert_eq!(phone.sync(&server.url).unwrap().settled, 1, "{round}");
        }
    }
    let devices = json(&data, &["admin", "devices"])["devices"].clone();
    let listed = devices.as_array().unwrap().iter().find(|d| d["device"] == number).unwrap();
    assert!(listed["clone_suspected_ms"].is_i64() && listed["reading_ended"]["why"] == "reused", "{listed}");

    // The office lets it read again, and each gets what the other wrote.
    json(&data, &["admin", "device", "allow", &number.to_string()]);
    for phone in &mut both {
        phone.sync(&server.url).unwrap();
        assert_eq!(phone.client.household(door.clone()).unwrap().visits.len(), 6);
        assert_eq!(phone.client.today("zh".into()).unwrap().waiting, 0);
    }
    server.kill();
    assert!(run(&data, &["rebuild", "--check"]).status.success());
}
