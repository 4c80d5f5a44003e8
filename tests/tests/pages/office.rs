//! An office with phones in the field, for stories of its pages.

use std::path::PathBuf;

use minqing_core::{
    client::Client,
    model::{Address, NewHousehold, NewMatter, NewResident, NewVisit},
};
use minqing_sync_server::clock::{Clock, SystemClock};
use minqing_tests::{hands::Hands, phone::Phone};
use serde_json::{Value, json};

use crate::end_to_end::program::{self, Serving};

pub const COMMUNITY: &str = "620102001001";

/// The office, and who works there.
pub struct Office {
    pub dir: tempfile::TempDir,
    pub data: PathBuf,
    pub server: Serving,
    phones: u64,
}

impl Office {
    /// A community of two grids.
    pub fn open() -> Self {
        Self::open_with(&[])
    }

    /// The same with other settings.
    pub fn open_with(env: &[(&str, &str)]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let data = dir.path().join("office");
        program::json(&data, &["admin", "community", "add", COMMUNITY, "--grids", "2"]);
        let server = Serving::start_with(&data, env);
        Self { dir, data, server, phones: 0 }
    }

    /// Somebody who works there, as a story signs them in: name and password.
    pub fn staff(&self, name: &str, role: &str) -> Value {
        let added = program::json(&self.data, &["admin", "staff", "add", name, "--role", role, "--community", COMMUNITY]);
        json!({"name": name, "password": added["password"]})
    }

    /// An officer of the first grid with a phone.
    pub fn phone(&mut self, name: &str) -> Phone {
        self.phones += 1;
        let officer = program::json(&self.data, &["admin", "officer", "add", name, "--community", COMMUNITY, "--grids", "001"]);
        let code = program::json(&self.data, &["admin", "code", officer["officer"].as_str().unwrap()]);
        // The server's clock is the machine's, so the phones' is, too.
        let now = SystemClock.now_ms();
        let mut phone = Phone::open(&self.dir.path().join(format!("phone{}", self.phones)), &Hands::at(now), 5, self.phones, 0).unwrap();
        phone.enrol(&self.server.url, code["code"].as_str().unwrap()).unwrap();
        phone
    }
}

/// A door of the first grid.
pub fn door(client: &mut Client, building: &str, room: &str, who: &[(&str, &str)]) -> String {
    let floor = room.chars().next().filter(char::is_ascii_digit).map(String::from).unwrap_or_default();
    let address = Address { community: COMMUNITY.into(), building: building.into(), stairwell: "2".into(), floor, room: room.into(), ..Address::default() };
    let resident = |(name, phone): &(&str, &str)| NewResident { name: (*name).into(), phone: (*phone).into(), ..NewResident::default() };
    let residents = who.iter().map(resident).collect();
    client.record_household(NewHousehold { grid: format!("{COMMUNITY}001"), address, residents, ..NewHousehold::default() }).unwrap()
}

/// A visit there.
pub fn visit(client: &mut Client, household: &str, note: &str) -> String {
    let new = NewVisit { household: household.into(), purpose: "routine".into(), outcome: "talked".into(), note: note.into(), ..NewVisit::default() };
    client.record_visit(new).unwrap()
}

/// A complaint; `household` may be empty.
pub fn complaint(client: &mut Client, household: &str, text: &str, place: &str) -> String {
    let community = if household.is_empty() { COMMUNITY.into() } else { String::new() };
    let new = NewMatter {
        kind: "complaint".into(),
        channel: "door".into(),
        category: "utilities".into(),
        text: text.into(),
        place: place.into(),
        household: household.into(),
        community,
        affected: "household".into(),
        ..NewMatter::default()
    };
    client.register_matter(new).unwrap()
}
