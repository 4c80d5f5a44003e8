//! `cargo run --bin bindings -- kotlin|python|swift DIR`: the phone API's binding of a language.

use std::{env, path::Path};

use anyhow::{Result, bail};
use minqing_tests::bindings::{generate, library};

fn main() -> Result<()> {
    let args: Vec<String> = env::args().skip(1).collect();
    let [language, dir] = args.as_slice() else { bail!("bindings kotlin|python|swift DIR") };
    generate(&library(&env::current_exe()?)?, language, Path::new(dir))
}
