//! Appointments and rounds: the calendar with the keyboard and the mouse.

use minqing_core::{
    client::NewAppointment,
    clock::{day_start, local_date},
};
use minqing_sync_server::clock::{Clock, SystemClock};
use serde_json::json;

use super::{
    office::{Office, door},
    story::Story,
};
use crate::end_to_end::program;

#[test]
fn a_time_is_found_with_the_keyboard_moved_with_the_mouse_and_a_day_is_planned() {
    let mut office = Office::open();
    let clerk = office.staff("马春兰", "C");
    let mut phone = office.phone("马志强");
    office.phone("李桂芳");
    door(&mut phone.client, "3", "501", &[("王秀兰", "")]);
    let other = door(&mut phone.client, "7", "201", &[("赵福全", "")]);
    // The day after tomorrow: whatever the time is now, nothing of it is too soon.
    let midnight = day_start(local_date(SystemClock.now_ms() + 2 * 24 * 3_600_000));
    let proposed = NewAppointment { household: other, purpose: "survey".into(), start_ms: midnight + 18 * 3_600_000, minutes: 30, ..NewAppointment::default() };
    let other = phone.client.propose_appointment(proposed).unwrap();
    phone.sync(&office.server.url).unwrap();
    let table = office.dir.path().join("buildings.csv");
    std::fs::write(&table, "estate,building,lat,lon\n,3,36.0611,103.8343\n,7,36.0620,103.8360\n").unwrap();
    program::json(&office.data, &["import", "buildings", table.to_str().unwrap()]);
    let given = json!({"url": office.server.url, "clerk": clerk, "other": other, "day": local_date(midnight).to_string(), "midnight": midnight});
    Story::begin("rounds", given).end();
}
