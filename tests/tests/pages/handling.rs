//! A matter of each handling type, from the window to its resident's rating; one of them is that of twelve doors.

use minqing_core::clock::local_date;
use minqing_sync_server::clock::{Clock, SystemClock};
use serde_json::json;

use super::{
    office::{COMMUNITY, Office, door},
    story::Story,
};
use crate::end_to_end::program::{self, json as command};

#[test]
fn a_matter_of_each_type_goes_from_the_window_to_its_rating_and_twelve_doors_get_one_reply() {
    let mut office = Office::open();
    let rooms: Vec<String> = (1..=6).flat_map(|floor| [1, 2].map(|side| format!("{floor}0{side}"))).collect();
    let mut given = json!({"url": office.server.url, "rooms": rooms[1..], "today": local_date(SystemClock.now_ms()).to_string()});
    for (key, name, role) in [("clerk", "马春兰", "C"), ("lead", "李卫东", "L"), ("handler", "何建军", "H")] {
        given[key] = office.staff(name, role);
    }
    command(&office.data, &["admin", "department", "add", "物业维修班", "--community", COMMUNITY, "--answers", "值班室"]);
    command(&office.data, &["admin", "department", "staff", "物业维修班", "何建军", "--community", COMMUNITY]);
    let mut phone = office.phone("马志强");
    rooms.iter().for_each(|room| drop(door(&mut phone.client, "3", room, &[])));
    phone.sync(&office.server.url).unwrap();
    Story::begin("handling", given).end();

    let figures = command(&office.data, &["figures"]);
    let all = &figures["by_area"][COMMUNITY];
    assert_eq!((&all["received"], &all["open"], &all["ended"]), (&16.into(), &0.into(), &16.into()), "{all}");
    assert_eq!(all["participation"], json!({"n": 16, "of": 16, "rate": 1.0}), "each of the sixteen rated");
    let check = program::run(&office.data, &["rebuild", "--check"]);
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stdout));
}
