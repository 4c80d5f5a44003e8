//! The stable codes that stand in the sources.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use minqing_core::words;

/// Codes of the server's sources.
pub fn of_server() -> BTreeSet<String> {
    in_folder(Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
}

/// Codes of the core's sources that have a sentence; the journal names its deeds alike.
pub fn of_core() -> BTreeSet<String> {
    let keys: BTreeSet<_> = words::keys().collect();
    let all = in_folder(Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/src"));
    all.into_iter().filter(|code| keys.contains(key("error", code).as_str())).collect()
}

/// The catalogue's key of a code.
pub fn key(kind: &str, code: &str) -> String {
    format!("{kind}-{}", code.replace(['.', '_'], "-"))
}

fn in_folder(dir: PathBuf) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()) {
        let name = entry.file_name().unwrap().to_string_lossy().into_owned();
        if entry.is_dir() {
            found.extend(if name == "testing" { BTreeSet::new() } else { in_folder(entry) });
        } else if name != "tests.rs" && name != "testing.rs" {
            let source = fs::read_to_string(entry).unwrap();
            let product = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
            found.extend(product.split('"').filter(|s| is_code(s)).map(str::to_owned));
        }
    }
    found
}

/// Two words of small letters joined by one dot, and no file's or setting's name.
pub fn is_code(s: &str) -> bool {
    let part = |p: &str| !p.is_empty() && p.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    let Some((a, b)) = s.split_once('.') else { return false };
    let other = ["csv", "db", "geojson", "key", "keys", "lock", "html", "toml", "body_bytes", "timeout_seconds", "keep_days", "trusted_proxies"];
    part(a) && part(b) && (!other.contains(&b) || s == "key.file")
}
