//! The referee: dependencies point down, SQL and sockets stay where they belong, files stay short.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    process::Command,
};

use minqing_core::model::words_of;

/// What each part of the core may use, besides `Error`, `Result` and `Id`.
const CORE: &[(&str, &[&str])] = &[
    ("attachment", &["clock", "envelope", "model"]),
    ("bundle", &["envelope", "frame", "ids"]),
    ("calendar", &["clock", "model"]),
    ("clock", &[]),
    ("error", &["words"]),
    ("words", &[]),
    ("ids", &[]),
    ("frame", &[]),
    ("guards", &[]),
    ("model", &["ids", "words"]),
    ("event", &["clock", "frame", "ids", "model"]),
    ("appointment", &["calendar", "clock", "event", "frame", "ids", "model"]),
    ("paper", &["clock"]),
    ("pipeline", &["calendar", "clock", "event", "frame", "ids", "model"]),
    ("public", &["clock", "ids", "model", "pipeline"]),
    ("rounds", &["calendar", "clock", "model", "pipeline"]),
    ("envelope", &["frame", "ids"]),
    ("document", &["envelope", "frame", "guards", "ids", "model"]),
    ("pack", &["document", "envelope", "event", "frame", "ids"]),
    ("wire", &["envelope", "frame", "ids", "pack"]),
    ("sync", &["envelope", "frame", "guards", "ids", "pack", "wire"]),
    ("view", &["appointment", "document", "envelope", "model", "pack"]),
    ("speech", &["clock", "model", "view", "words"]),
    ("store", &["appointment", "clock", "document", "envelope", "event", "frame", "ids", "model", "pack", "pipeline", "rounds", "sync", "view", "wire"]),
    (
        "client",
        &[
            "appointment",
            "attachment",
            "bundle",
            "calendar",
            "clock",
            "document",
            "envelope",
            "event",
            "frame",
            "guards",
            "ids",
            "model",
            "pack",
            "paper",
            "pipeline",
            "rounds",
            "speech",
            "store",
            "sync",
            "view",
            "wire",
            "words",
        ],
    ),
];

/// Crates that only some parts of the core may name.
const CORE_CRATES: &[(&str, &[&str])] = &[
    ("automerge", &["document"]),
    ("rusqlite", &["store", "client", "error"]),
    ("fluent_bundle", &["words"]),
    ("fast_image_resize", &["attachment"]),
    ("exif", &["attachment"]),
];

/// Crates that only some parts of the server may name.
const SERVER_CRATES: &[(&str, &[&str])] = &[
    ("rusqlite", &["storage/sqlite", "testing"]),
    ("object_store", &["attachment"]),
    (
        "axum",
        &[
            "app",
            "attachment",
            "auth",
            "console",
            "feed/read",
            "journal",
            "lang",
            "metrics",
            "openapi",
            "pack/read",
            "problem",
            "public/read",
            "resident/appointments",
            "resident/door",
            "resident/matter",
            "resident/openings",
            "resident/pages",
            "router",
            "safety_net",
            "site",
            "slip/check",
            "sync/bundle",
            "sync/exchange",
            "sync/history",
            "sync/listen",
            "testing",
            "fault",
        ],
    ),
    ("automerge", &[]),
    ("calamine", &["import/table"]),
    ("encoding_rs", &["import/table"]),
    ("prometheus_client", &["metrics"]),
    ("ureq", &["booking/reminders"]),
    ("rust_xlsxwriter", &["export/sheet", "import/table"]),
    ("vrp_pragmatic", &["rounds/pragmatic"]),
    ("rustix", &["cli/handles", "doctor/files", "sync/applier"]),
    ("Sqlite", &["app", "cli", "storage/sqlite", "storage"]),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn files(dir: &Path, ends: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()) {
        let name = entry.file_name().unwrap().to_string_lossy().into_owned();
        if entry.is_dir() && !["target", ".git"].contains(&name.as_str()) {
            found.extend(files(&entry, ends));
        } else if ends.iter().any(|end| name.ends_with(end)) {
            found.push(entry);
        }
    }
    found
}

/// Source without its unit tests and comments: they may look further.
fn product(file: &Path) -> String {
    if file.ends_with("tests.rs") {
        return String::new();
    }
    let text = std::fs::read_to_string(file).unwrap();
    let tests = ["#[cfg(test)]\nmod tests", "#[cfg(test)]\npub(super) mod tests"];
    let code = tests.iter().fold(text.as_str(), |code, begin| code.split(begin).next().unwrap());
    code.lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The first names after `crate::`, also those of a list in braces.
fn crate_names(code: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for after in code.split("crate::").skip(1) {
        match after.strip_prefix('{') {
            None => drop(names.insert(word(after))),
            Some(list) => {
                let mut depth = 0;
                let mut begin = true;
                for (i, c) in list.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => begin = true,
                        c if begin && depth == 0 && c.is_alphabetic() => {
                            names.insert(word(&list[i..]));
                            begin = false;
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    names
}

fn word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// The part of a source tree that a file belongs to: its first folder, or its own name.
fn part(src: &Path, file: &Path) -> String {
    file.strip_prefix(src).unwrap().components().next().unwrap().as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned()
}

#[test]
fn the_core_depends_downwards_only() {
    let src = root().join("core/src");
    let allowed: BTreeMap<_, _> = CORE.iter().copied().collect();
    let mut looked_at = 0;
    for file in files(&src, &[".rs"]) {
        let part = part(&src, &file);
        if part == "lib" {
            continue;
        }
        let may = allowed.get(part.as_str()).unwrap_or_else(|| panic!("{part} is not in the table"));
        for name in crate_names(&product(&file)) {
            let fine = ["Error", "Result", "Id", "error"].contains(&name.as_str()) || name == part || may.contains(&name.as_str());
            assert!(fine, "{} uses crate::{name}: {part} may use {may:?}", file.display());
            looked_at += 1;
        }
    }
    assert!(looked_at > 60, "only {looked_at} uses found");
}

#[test]
fn crates_are_named_only_where_they_belong() {
    for (src, table) in [("core/src", CORE_CRATES), ("sync-server/src", SERVER_CRATES)] {
        let src = root().join(src);
        for file in files(&src, &[".rs"]) {
            let code = product(&file);
            let place = file.strip_prefix(&src).unwrap().with_extension("").to_string_lossy().into_owned();
            for (name, places) in table {
                let named = code.split(|c: char| !(c.is_alphanumeric() || c == '_')).any(|w| w == *name);
                assert!(!named || places.iter().any(|p| place.starts_with(p)), "{} names {name}", file.display());
            }
        }
    }
}

#[test]
fn the_phone_api_only_translates() {
    let src = root().join("mobile-ffi/src");
    let mut lines = 0;
    for file in files(&src, &[".rs"]) {
        let code = product(&file);
        lines += std::fs::read_to_string(&file).unwrap().lines().count();
        // What fields are about is said in texts.
        let outside_texts: String = code.split('"').step_by(2).collect();
        let decides = outside_texts.split(|c: char| !(c.is_alphanumeric() || c == '_')).find(|w| *w == "if");
        assert!(decides.is_none(), "{} decides: an `if` belongs in core", file.display());
        let others = ["minqing_sync_server", "automerge", "rusqlite", "tokio"].iter().find(|name| code.contains(**name));
        assert!(others.is_none(), "{} names {others:?}: it knows core and uniffi only", file.display());
    }
    assert!((1..=1_850).contains(&lines), "{lines} lines");
}

#[test]
fn no_sql_outside_storage() {
    for file in files(&root().join("sync-server/src"), &[".rs"]) {
        let place = file.to_string_lossy().into_owned();
        let code = product(&file);
        let sql = ["SELECT ", "INSERT INTO", "UPDATE ", "DELETE FROM"].iter().find(|w| code.contains(**w));
        assert!(sql.is_none() || place.contains("storage/sqlite"), "{place} has SQL");
    }
}

/// A stream has hundreds of thousands of rows, a document a few.
#[test]
fn what_is_asked_of_one_document_does_not_go_through_its_stream() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("office");
    crate::end_to_end::program::json(&data, &["admin", "community", "add", "620102001001", "--grids", "1"]);
    let db = rusqlite::Connection::open(data.join("minqing.db")).unwrap();
    let mut asked = 0;
    for file in files(&root().join("sync-server/src/storage/sqlite"), &["rs"]) {
        let code = product(&file);
        for sql in
            code.split('"').skip(1).step_by(2).filter(|text| text.starts_with("SELECT") && text.contains("FROM log") && text.contains("WHERE doc = ?1 AND"))
        {
            let mut explained = db.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
            let plan: Vec<String> = explained.raw_query().mapped(|row| row.get(3)).collect::<Result<_, _>>().unwrap();
            assert!(plan.iter().any(|step| step.contains("INDEX log_doc (doc=?")), "{sql}: {plan:?}");
            asked += 1;
        }
    }
    assert!(asked >= 5, "{asked}");
}

/// Whoever took a guard away in the product would take it from everybody.
#[test]
fn the_product_takes_no_guard_away() {
    let sources = ["core/src", "mobile-ffi/src", "sync-server/src"].map(|dir| files(&root().join(dir), &["rs"])).concat();
    assert!(sources.len() > 100, "no sources were looked at");
    for file in sources.iter().filter(|file| !file.ends_with("core/src/guards.rs")) {
        let code = product(file);
        assert!(!code.contains("Guards::without") && !code.contains("Guards {"), "{} builds other guards", file.display());
    }
}

#[test]
fn the_core_that_the_server_uses_has_no_database_and_no_network() {
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--package", "minqing-core", "--edges", "normal", "--prefix", "none", "--offline"])
        .current_dir(root())
        .output()
        .unwrap();
    let tree = String::from_utf8(tree.stdout).unwrap();
    assert!(tree.contains("automerge"), "{tree}");
    for crate_name in ["rusqlite", "tokio", "axum", "hyper", "uniffi", "openssl", "ring "] {
        assert!(!tree.lines().any(|l| l.starts_with(crate_name)), "minqing-core needs {crate_name}");
    }
}

#[test]
fn files_stay_short() {
    for file in files(&root(), &[".rs"]) {
        let lines = std::fs::read_to_string(&file).unwrap().lines().count();
        assert!(lines <= 400, "{} has {lines} lines: look for a seam", file.display());
    }
}

#[test]
fn no_test_file_is_forgotten() {
    let tests = root().join("tests/tests");
    let all: String = files(&tests, &[".rs"]).iter().map(|f| std::fs::read_to_string(f).unwrap()).collect();
    for file in files(&tests, &[".rs"]) {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        assert!(name == "all" || all.contains(&format!("mod {name};")), "{} is in no `mod`", file.display());
    }
}

#[test]
fn nothing_opens_what_lies_outside_the_product() {
    let outside = [concat!("..", "/shared"), concat!("/work", "/"), concat!("/.", "library")];
    for file in files(&root(), &[".rs", ".toml", ".md", ".html", ".css", ".ftl", ".sql", ".sh"]) {
        let text = std::fs::read_to_string(&file).unwrap();
        for name in outside {
            assert!(!text.contains(name), "{} names {name}", file.display());
        }
    }
}

#[test]
fn phones_say_nothing_that_stands_in_the_offices_catalogue() {
    let phones: String =
        ["core/src", "mobile-ffi/src"].iter().flat_map(|part| files(&root().join(part), &[".rs"])).map(|f| std::fs::read_to_string(f).unwrap()).collect();
    let mut keys = 0;
    for part in ["office", "program"] {
        let catalogue = std::fs::read_to_string(root().join("core/locales").join(part).join("en.ftl")).unwrap();
        for key in catalogue.lines().filter(|l| l.starts_with(|c: char| c.is_ascii_lowercase())).filter_map(|l| Some(l.split_once(" =")?.0)) {
            assert!(!phones.contains(&format!("\"{key}\"")), "{key} is said by a phone: it belongs into core/locales/en.ftl");
            // What core makes of a list and one of its words.
            let of_a_list = key.match_indices('-').any(|(at, _)| words_of(&key[..at]).contains(&&*key[at + 1..].replace('-', "_")));
            assert!(!of_a_list, "{key} is a code's: it belongs into core/locales/en.ftl");
            keys += 1;
        }
    }
    assert!(keys > 500, "only {keys} keys found");
}

#[test]
fn links_in_the_documentation_lead_somewhere() {
    let mut links = 0;
    for file in files(&root(), &[".md"]) {
        let text = std::fs::read_to_string(&file).unwrap();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let target = link.split('#').next().unwrap();
            if target.is_empty() || target.contains("://") || target.starts_with("mailto:") {
                continue;
            }
            assert!(file.parent().unwrap().join(target).exists(), "{} links to {target}", file.display());
            links += 1;
        }
    }
    assert!(links > 10, "only {links} links found");
}
