//! One source for the app's sentences: what Android reads is made from `core/locales/app`.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use minqing_tests::app_words::resources;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The catalogue's files of a language, by name.
fn catalogue(lang: &str) -> BTreeMap<String, String> {
    let dir = root().join("core/locales/app").join(lang);
    let files = fs::read_dir(dir).unwrap().map(|file| file.unwrap().path());
    files.map(|file| (file.file_stem().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(&file).unwrap())).collect()
}

#[test]
fn the_apps_resources_are_made_from_the_catalogue_in_both_languages() {
    let (zh, en) = (catalogue("zh-CN"), catalogue("en"));
    assert!(zh.keys().eq(en.keys()), "{:?} and {:?}", zh.keys(), en.keys());
    let accept = std::env::var_os("MINQING_ACCEPT").is_some();
    for folder in ["values", "values-en"] {
        let dir = root().join("android/app/src/main/res").join(folder);
        fs::create_dir_all(&dir).unwrap();
        let kept = fs::read_dir(&dir).unwrap().map(|file| file.unwrap().path());
        for stray in kept.filter(|file| !zh.contains_key(file.file_stem().unwrap().to_str().unwrap())) {
            if accept {
                fs::remove_file(&stray).unwrap();
            }
            assert!(accept, "{} is made from nothing", stray.display());
        }
        for (name, chinese) in &zh {
            let [zh, en] = resources(chinese, &en[name]).unwrap_or_else(|e| panic!("{name}: {e:#}"));
            let (file, made) = (dir.join(format!("{name}.xml")), if folder == "values" { zh } else { en });
            if accept {
                fs::write(&file, &made).unwrap();
            }
            let there = fs::read_to_string(&file).unwrap_or_default();
            assert!(there == made, "{} is another: MINQING_ACCEPT=1 cargo test --workspace --test all -- android::words writes it", file.display());
        }
    }
}

#[test]
fn no_key_is_said_twice() {
    let mut seen = BTreeMap::new();
    for (file, text) in catalogue("zh-CN") {
        for key in text.lines().filter_map(|line| line.split_once(" =").map(|(key, _)| key)).filter(|key| !key.starts_with([' ', '#'])) {
            assert_eq!(seen.insert(key.to_owned(), file.clone()), None, "{key} in {file}");
        }
    }
    assert!(!seen.is_empty());
}
