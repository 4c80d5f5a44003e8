//! The story in Python, through the generated binding and Python's own HTTP client.

use std::{env, path::Path, process::Command};

use super::world::plays;

#[test]
fn python_plays_the_story() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("bindings/python");
    plays("python", |_| {
        let mut python = Command::new(env::var_os("MINQING_PYTHON").unwrap_or_else(|| "python3".into()));
        python.args(["-m", "pytest", "-q", "-s", "-p", "no:cacheprovider"]).current_dir(folder).env("PYTHONDONTWRITEBYTECODE", "1");
        python
    });
}
