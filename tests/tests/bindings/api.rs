//! Nothing that is exported changes unseen: docs/adr/0012.

use std::{env, fs, path::Path};

use minqing_tests::bindings::api;

use super::world::phone_library;

#[test]
fn what_phones_can_call_is_what_was_accepted() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../mobile-ffi/api.txt");
    let (now, accepted) = (api(&phone_library()).unwrap(), fs::read_to_string(&file).unwrap_or_default());
    if env::var_os("MINQING_ACCEPT").is_some() {
        fs::write(&file, &now).unwrap();
        return;
    }
    let gone: Vec<&str> = accepted.lines().filter(|line| !now.lines().any(|l| l == *line)).collect();
    let new: Vec<&str> = now.lines().filter(|line| !accepted.lines().any(|l| l == *line)).collect();
    assert!(gone.is_empty() && new.is_empty(), "the phone API changed; read docs/adr/0012, then MINQING_ACCEPT=1.\ngone: {gone:#?}\nnew: {new:#?}");
}
