//! `story-phone DIR NAME DOOR NOTE`: opens a phone's store, records a visit, and is killed at once.

use std::{env, process, process::Command, sync::Arc};

use anyhow::{Result, bail};
use minqing_core::model::NewVisit;
use minqing_mobile_ffi::Minqing;
use minqing_tests::story_phone::{System, key_of};

fn main() -> Result<()> {
    let args: Vec<String> = env::args().skip(1).collect();
    let [dir, name, door, note] = args.as_slice() else { bail!("story-phone DIR NAME DOOR NOTE") };
    let phone = Minqing::new(dir.clone(), Arc::new(System), key_of(name))?;
    let visit = NewVisit { household: door.clone(), purpose: "routine".into(), outcome: "talked".into(), note: note.clone(), ..NewVisit::default() };
    phone.record_visit(visit)?;
    Command::new("kill").args(["-9", &process::id().to_string()]).status()?;
    bail!("still alive")
}
