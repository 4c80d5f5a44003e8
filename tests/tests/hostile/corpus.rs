//! Inputs that are kept: honest ones to begin with, and every one that ever broke a reader. Each is read in every run.

use std::{collections::BTreeSet, fs, path::PathBuf};

use minqing_core::envelope::Hash;

use super::targets::{ALL, Target};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data/corpus")
}

/// What is kept of a target, by name.
pub fn kept(target: &Target) -> Vec<(String, Vec<u8>)> {
    let files = fs::read_dir(folder().join(target.name)).unwrap_or_else(|e| panic!("{}: {e}", target.name));
    let mut kept: Vec<_> =
        files.map(|file| file.unwrap()).map(|file| (file.file_name().to_string_lossy().into_owned(), fs::read(file.path()).unwrap())).collect();
    kept.sort();
    kept
}

/// Keeps an input that broke a target; its file's name.
pub fn keep(target: &Target, bytes: &[u8]) -> String {
    let name = format!("found-{}.bin", &Hash::of(bytes).to_string()[..16]);
    fs::write(folder().join(target.name).join(&name), bytes).unwrap();
    format!("tests/data/corpus/{}/{name}", target.name)
}

#[test]
fn every_kept_input_is_read_without_harm() {
    for target in &ALL {
        let kept = kept(target);
        assert!(kept.len() >= 3, "{}: {} inputs", target.name, kept.len());
        for (name, bytes) in kept {
            assert!(bytes.len() <= 64 << 10, "{name} is not small");
            println!("{}/{name}", target.name);
            (target.read)(&bytes);
        }
    }
    let folders: BTreeSet<String> = fs::read_dir(folder()).unwrap().map(|f| f.unwrap().file_name().to_string_lossy().into_owned()).collect();
    assert_eq!(folders, ALL.iter().map(|target| target.name.to_owned()).collect(), "a folder for each target, and none for nobody");
}
