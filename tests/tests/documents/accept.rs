//! Golden files of version 1: read for ever, written only with `MINQING_ACCEPT=1`.
//!
//! A document, frame or id of a released version must stay readable and must not change its shape. Whoever
//! accepts a difference changes a promise; after the release of version 1 that means a folder `v2`, not new files here.

use std::{fs, path::PathBuf};

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data/golden/v1").join(name)
}

/// The golden bytes.
pub fn golden(name: &str) -> Vec<u8> {
    fs::read(path(name)).unwrap_or_else(|e| panic!("{name}: {e}; MINQING_ACCEPT=1 writes it"))
}

/// The golden text.
pub fn golden_text(name: &str) -> String {
    String::from_utf8(golden(name)).unwrap()
}

/// Compares what the code makes now with the golden bytes.
pub fn is_golden(name: &str, now: &[u8]) {
    if std::env::var_os("MINQING_ACCEPT").is_some_and(|v| v == "1") {
        fs::create_dir_all(path("")).unwrap();
        fs::write(path(name), now).unwrap();
    } else if golden(name) != now {
        panic!("{name} has another shape now:\n{}", String::from_utf8_lossy(now));
    }
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
