//! What the story needs around its two phones: an office that is served, and servers that are none.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::Mutex,
};

use minqing_core::{
    clock::{DAY_MS, day_start, local_date},
    model::Role,
};
use minqing_sync_server::clock::{Clock, SystemClock};
use minqing_tests::{
    bad_office::{BUSY, CUT, RUBBISH, answering},
    bindings::{generate, library},
    staff::Staff,
};
use serde_json::{Value, json};

use crate::end_to_end::program::{self, Serving};

/// Two Mavens at once may spoil what either fetches.
pub static MAVEN: Mutex<()> = Mutex::new(());

pub const COMMUNITY: &str = "620102001001";

pub fn story() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("bindings/story.json")
}

/// An office with two officers, served until this is dropped; what the story calls by `$name`.
pub fn world(dir: &Path) -> (Serving, Value) {
    let data = dir.join("office");
    program::json(&data, &["admin", "community", "add", COMMUNITY, "--grids", "2"]);
    let server = Serving::start(&data);
    let code = |name: &str| {
        let officer = program::json(&data, &["admin", "officer", "add", name, "--community", COMMUNITY, "--grids", "001"]);
        program::json(&data, &["admin", "code", officer["officer"].as_str().unwrap()])["code"].clone()
    };
    let department = program::json(&data, &["admin", "department", "add", "人社所", "--community", COMMUNITY, "--answers", "值班室"])["department"].clone();
    let [clerk, lead, handler] = [(Role::Clerk, "C"), (Role::Lead, "L"), (Role::Department, "H")].map(|(role, letter)| {
        let (name, staff) = staff(&data, &server, role, letter);
        if role == Role::Department {
            program::json(&data, &["admin", "department", "staff", "人社所", &name, "--community", COMMUNITY]);
        }
        json!({"role": role.word(), "cookie": staff.cookie(), "csrf": staff.csrf()})
    });
    let handed = dir.join("handed");
    fs::create_dir_all(&handed).unwrap();
    let world = json!({
        "handed": handed.display().to_string(),
        "clerk": clerk, "lead": lead, "handler": handler, "department": department,
        "office": server.url, "busy": answering(BUSY), "cut": answering(CUT), "rubbish": answering(RUBBISH),
        "code_li": code("信息员甲"), "code_zhao": code("信息员乙"),
        "ten": tomorrow_at(10), "eleven": tomorrow_at(11),
        "first_day": day(-1), "last_day": day(30),
        "program": program::minqing(), "data": data.display().to_string(),
        "grid": format!("{COMMUNITY}001"), "grid2": format!("{COMMUNITY}002"), "community": COMMUNITY, "story": story(),
    });
    (server, world)
}

/// An hour of tomorrow, milliseconds since 1970.
pub fn tomorrow_at(hour: i64) -> i64 {
    day_start(local_date(SystemClock.now_ms() + DAY_MS)) + hour * 3_600_000
}

/// The local day so many days from now.
fn day(days: i64) -> String {
    local_date(SystemClock.now_ms() + days * 24 * 3_600_000).to_string()
}

/// Somebody of the office, signed in, with the name.
fn staff(data: &Path, server: &Serving, role: Role, letter: &str) -> (String, Staff) {
    let name = format!("办公室{letter}");
    let added = program::json(data, &["admin", "staff", "add", &name, "--role", letter, "--community", COMMUNITY]);
    let signed_in = Staff::sign_in(&server.url, role, &name, added["password"].as_str().unwrap()).unwrap();
    (name, signed_in)
}

/// The phone library of this build.
pub fn phone_library() -> PathBuf {
    library(Path::new(env!("CARGO_BIN_EXE_bindings"))).unwrap()
}

/// Where a language keeps what it built for the next time, under `target/`.
pub fn kept(language: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(language)
}

/// Plays the story in another language: `command` gets the world's file, the binding's and the library's folder by
/// environment. It must print how many steps it played, and all of them.
pub fn plays(language: &str, command: impl FnOnce(&Path) -> Command) {
    let dir = tempfile::tempdir().unwrap();
    let (_server, world) = world(dir.path());
    let (bindings, file, library) = (kept(language).join("bindings"), dir.path().join("world.json"), phone_library());
    generate(&library, language, &bindings).unwrap();
    fs::write(&file, world.to_string()).unwrap();
    // Where Python looks for it; Kotlin is told.
    fs::copy(&library, bindings.join(library.file_name().unwrap())).unwrap();
    let played = command(&bindings).env("MINQING_WORLD", &file).env("MINQING_BINDINGS", &bindings).env("MINQING_LIBRARY", library.parent().unwrap()).output();
    let played = played.unwrap_or_else(|e| panic!("{language} does not run ({e}): tests/run installs what is missing"));
    let said = format!("{}{}", String::from_utf8_lossy(&played.stdout), String::from_utf8_lossy(&played.stderr));
    let steps = serde_json::from_slice::<Value>(&fs::read(story()).unwrap()).unwrap()["steps"].as_array().unwrap().len();
    assert!(played.status.success() && said.contains(&format!("story: {steps} steps played")), "{said}");
    said.lines().filter(|line| line.contains("story: ") || line.contains("measured: ")).for_each(|line| println!("{language}: {line}"));
}
