//! Pages of the documentation that are made from the sources: compared in every test run, written with MINQING_ACCEPT=1.

use std::{fs, path::Path};

/// Holds a page of docs/ to what `make` makes of it.
pub fn hold(name: &str, make: impl FnOnce(&str) -> String) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs").join(name);
    let now = fs::read_to_string(&file).unwrap_or_default();
    let made = make(&now);
    if std::env::var_os("MINQING_ACCEPT").is_some() {
        fs::write(&file, made).unwrap();
    } else {
        assert!(now == made, "docs/{name} is not as the sources say: MINQING_ACCEPT=1 cargo test --workspace docs_");
    }
}
