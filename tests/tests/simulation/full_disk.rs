//! No room for the new file: the damaged one stays where it is until there is. The system's own limit on the size of
//! files stands for the full disk, so it is another process that meets it: this test, started again.

use std::{path::Path, process::Command};

use minqing_tests::{phone::Phone, sim::copy_files};

use super::salvage::{file, overwrite, salvage, week};

/// Where the other process finds the phone.
const PHONE: &str = "MINQING_TEST_FULL_DISK";
const SEED: u64 = 0x5ab0;

#[test]
#[cfg(unix)]
fn a_phone_without_room_keeps_its_damaged_file_where_it_is() {
    if let Ok(dir) = std::env::var(PHONE) {
        return no_room(Path::new(&dir));
    }
    let mut sim = week(SEED, 60).unwrap();
    let copy = sim.scratch().join("copy");
    sim.damage_phone(0, |dir| {
        overwrite(dir, 1..=1, 4);
        copy_files(dir, &copy).unwrap();
        // In blocks of 512 bytes: less than the new file needs, more than a lock or a log.
        let again = "trap '' XFSZ; ulimit -f 200; exec \"$0\" --exact simulation::full_disk::a_phone_without_room_keeps_its_damaged_file_where_it_is";
        let ended = Command::new("sh").args(["-c", again]).arg(std::env::current_exe().unwrap()).env(PHONE, dir).output().unwrap();
        assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stdout));
        let mut left: Vec<String> = std::fs::read_dir(dir).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        left.sort();
        assert_eq!(left, ["identity", "minqing.db", "minqing.lock"], "nothing half done is left");
        assert!(std::fs::read(file(dir)).unwrap() == std::fs::read(file(&copy)).unwrap(), "the damaged file was touched");
    })
    .unwrap();
    // There is room again.
    salvage(&mut sim, 0);
    sim.settle().unwrap();
    sim.check_nothing_put_aside().unwrap();
    sim.check_same_everywhere().unwrap();
}

#[cfg(unix)]
fn no_room(dir: &Path) {
    let opened = Phone::open(dir, &minqing_tests::hands::Hands::at(0), SEED, 0, 500);
    let Err(fault) = opened else { panic!("it opened") };
    assert_eq!(fault.downcast_ref::<minqing_core::Error>().map(minqing_core::Error::code), Some("store.failed"), "{fault:#}");
}
