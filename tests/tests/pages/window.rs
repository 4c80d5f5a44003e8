//! The window: matters are registered with the keyboard alone, and nothing that was typed is lost.

use std::process::Child;

use serde_json::json;

use super::{
    crawl::HOSTILE,
    office::{Office, complaint, door},
    story::Story,
};
use crate::end_to_end::program;

#[test]
fn a_clerk_registers_matters_at_the_window_with_the_keyboard_alone() {
    let mut office = Office::open();
    let (clerk, lead) = (office.staff("马春兰", "C"), office.staff("李卫东", "L"));
    let mut phone = office.phone("马志强");
    let at = door(&mut phone.client, "3", "501", &[("王秀兰", "0931 012 7765")]);
    door(&mut phone.client, "3", "502", &[("赵福全", "")]);
    complaint(&mut phone.client, &at, "楼道灯不亮，老人摸黑上楼", "");
    phone.sync(&office.server.url).unwrap();
    let url = office.server.url.clone();
    let restarted = office.dir.path().join("restarted");
    let given = json!({"url": url, "clerk": clerk, "lead": lead, "hostile": HOSTILE, "restarted": restarted});
    let mut told = Story::begin("window", given);
    let measured = told.hear();
    println!("one matter: {} keys, {} ms", measured["keys"], measured["ms"]);
    assert_eq!(told.hear()["restart"], true);
    // It comes back at the same address.
    let (data, listen) = (office.data.clone(), url.trim_start_matches("http://").to_owned());
    office.server.kill();
    let again = Ended(program::start(&data, &["serve", "--listen", &listen]));
    while std::net::TcpStream::connect(&listen).is_err() {
        std::thread::yield_now();
    }
    std::fs::write(&restarted, "").unwrap();
    told.end();

    drop(again);
    let check = program::run(&data, &["rebuild", "--check"]);
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stdout));
}

/// A server that ends with its test.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
