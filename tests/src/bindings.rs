//! The phone API's bindings and its list of everything exported, made from the library that was built with this program.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use camino::Utf8PathBuf;
use uniffi_bindgen::{
    BindgenPaths, BindgenPathsLayer,
    bindings::{GenerateOptions, TargetLanguage, generate_with_bindgen_paths},
};

mod api;

pub use api::api;

/// Where the settings of the bindings lie.
const CRATE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../mobile-ffi");

struct Root;

impl BindgenPathsLayer for Root {
    fn get_crate_root(&self, _: &str) -> Option<Utf8PathBuf> {
        Some(CRATE.into())
    }
}

/// The phone library beside a program of this build. It has its metadata: a stripped one has lost them.
///
/// # Errors
/// There is none: the workspace was not built.
pub fn library(program: &Path) -> Result<PathBuf> {
    let name = format!("{}minqing_mobile_ffi{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    // `cargo test` makes it anew there only.
    let lies = program.ancestors().map(|dir| dir.join("deps").join(&name)).find(|file| file.is_file());
    lies.with_context(|| format!("{name} is not there: cargo build --workspace"))
}

/// Writes the binding of a language, `kotlin`, `python` or `swift`, into a directory.
///
/// # Errors
/// Another language; a library without metadata; a directory that cannot be written.
pub fn generate(library: &Path, language: &str, out: &Path) -> Result<()> {
    let language = match language {
        "kotlin" => TargetLanguage::Kotlin,
        "python" => TargetLanguage::Python,
        "swift" => TargetLanguage::Swift,
        other => bail!("{other} is none of kotlin, python, swift"),
    };
    let path = |path: &Path| Utf8PathBuf::from_path_buf(path.to_owned()).map_err(|_| anyhow::anyhow!("a path with a name that is text"));
    let options = GenerateOptions { languages: vec![language], source: path(library)?, out_dir: path(out)?, ..GenerateOptions::default() };
    let mut paths = BindgenPaths::default();
    paths.add_layer(Root);
    generate_with_bindgen_paths(options, paths)
}
