//! `minqing backup FILE`.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::DATABASE;
use crate::{app::App, attachment::PARTS, fault::Fault, lock, pack::FOLDER, private, sync::ERASURES};

/// What a backup holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Saved {
    /// Files, the database among them.
    pub files: u64,
    /// Size of the backup.
    pub bytes: u64,
}

/// Writes a backup. The database in it is as of one moment, whatever is written meanwhile; files beside it are never
/// changed once they are there. The file appears whole or not at all, and only its owner can read it: keys are in it.
///
/// # Errors
/// `backup.exists` where the file is there already, `backup.failed`, `store.failed`.
pub fn save(app: &App, to: &Path) -> Result<Saved, Fault> {
    let failed = |_: io::Error| Fault::new("backup.failed", to.display().to_string());
    if to.try_exists().map_err(failed)? {
        return Err(Fault::new("backup.exists", to.display().to_string()));
    }
    let part = beside(to, "part");
    let made = write(app, &part, to);
    let kept = made.and_then(|saved| fs::rename(&part, to).map(|()| saved).map_err(failed));
    if kept.is_ok() {
        app.store.note_backup(&to.display().to_string(), app.clock.now_ms())?;
    }
    if kept.is_err() {
        let _ = fs::remove_file(&part);
    }
    kept
}

/// A name in the same directory, so that renaming is one step.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{ending}"));
    path.with_file_name(name)
}

fn write(app: &App, part: &Path, to: &Path) -> Result<Saved, Fault> {
    let failed = |_: io::Error| Fault::new("backup.failed", to.display().to_string());
    let data = &app.config.data;
    let copy = beside(part, "db");
    // What a crash may have left.
    for old in [part, &copy] {
        let _ = fs::remove_file(old);
    }
    // SQLite writes into the file as it finds it: nobody else may open that either.
    private::new_file(&copy).map_err(failed)?;
    app.store.copy_to(&copy)?;
    let archived = (|| {
        let mut archive = tar::Builder::new(private::new_file(part)?);
        archive.append_path_with_name(&copy, DATABASE)?;
        let mut files = 1;
        for file in files_of(data)? {
            let name = file.strip_prefix(data).map_err(io::Error::other)?;
            if !name.to_string_lossy().starts_with(DATABASE) && name != Path::new(lock::FILE) && name != Path::new(ERASURES) {
                archive.append_path_with_name(&file, name)?;
                files += 1;
            }
        }
        let file = archive.into_inner()?;
        file.sync_all()?;
        Ok(Saved { files, bytes: file.metadata()?.len() })
    })();
    let _ = fs::remove_file(&copy);
    archived.map_err(failed)
}

/// All regular files below a directory, but half-written ones.
fn files_of(dir: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let (kind, path) = (entry.file_type()?, entry.path());
        // Half uploads grow and go while this reads, and phones send them again; packs are made again.
        if kind.is_dir() && entry.file_name() != PARTS && entry.file_name() != FOLDER {
            found.extend(files_of(&path)?);
        } else if kind.is_file() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
