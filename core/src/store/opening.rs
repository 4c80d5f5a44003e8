//! Opening the phone's file, sound or damaged.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::{Connection, OpenFlags, config::DbConfig};

use super::{
    FILE, Store, changed, check, cipher, files,
    hold::Hold,
    identity::{self, Identity},
    migrations, salvage,
    sending::Sending,
};
use crate::{Error, Result, envelope::FileKey};

const DAMAGED: Error = Error::State("store.damaged");

impl Store {
    /// Opens the file in a directory, makes it where there is none, and brings it up to date. A damaged one is set aside
    /// under a name with the time (`now_ms`, since 1970), and what can be read of it goes to a new one.
    ///
    /// # Errors
    /// `store.failed`; `store.newer` if a newer app wrote it; `store.damaged` if it is and another process has it open;
    /// `store.locked` if it is encrypted by another key, `store.plain` if it is not encrypted and this app's is.
    pub fn open(directory: &Path, key: FileKey, now_ms: i64) -> Result<Self> {
        let sending = Sending::default();
        cipher::look(directory, &key)?;
        match open_sound(directory, &key, Hold::shared(directory)?, &sending) {
            Err(e) if e.is_damage() => salvage_and_open(directory, &key, now_ms, &sending),
            other => other,
        }
    }

    /// Looks at every page of the file. A damaged one is set aside as at an opening, and this store goes on with the new
    /// one; whether it was.
    ///
    /// # Errors
    /// As [`Store::open`]; then the damaged file is where it was. Where not even that can be opened, nothing can be done
    /// with this store any more.
    pub(crate) fn mend(&mut self, now_ms: i64) -> Result<bool> {
        match check::all_pages(&self.db) {
            Ok(()) => return Ok(false),
            Err(e) if e.is_damage() => {}
            Err(e) => return Err(e),
        }
        let (directory, sending, key) = (self.directory.clone(), self.sending.clone(), self.key.clone());
        // Nobody may write into what is set aside, not even this connection.
        self.db = Connection::open_in_memory()?;
        self.hold = None;
        let salvaged = salvage_alone(&directory, &key, now_ms, &sending);
        let (opened, done) = match salvaged {
            Ok(store) => (store, Ok(true)),
            Err(e) => (open_sound(&directory, &key, Hold::shared(&directory)?, &sending).map_err(|_| e.clone())?, Err(e)),
        };
        *self = opened;
        done
    }

    /// How to open the same file once more, only to read.
    pub(crate) fn beside(&self) -> Beside {
        Beside { directory: self.directory.clone(), sending: self.sending.clone(), key: self.key.clone() }
    }

    /// Keeps a copy of who this phone is beside the database. That it cannot be written is no fault of what was just done:
    /// it is written at the next opening.
    pub(crate) fn copy_identity(&self) {
        if let Ok(Some(identity)) = Identity::in_database(&self.db) {
            let _ = identity.copy(&self.directory);
        }
    }
}

/// A phone's file that is open elsewhere in this process.
pub(crate) struct Beside {
    directory: PathBuf,
    sending: Sending,
    key: FileKey,
}

impl Beside {
    /// Opens it to read; until this is dropped no damaged file is set aside.
    pub(crate) fn open(&self) -> Result<Store> {
        let hold = Hold::shared(&self.directory)?;
        let db = connected(&self.directory, &self.key, OpenFlags::SQLITE_OPEN_READ_ONLY, &self.sending)?;
        Ok(Store { db, sending: self.sending.clone(), files: self.files(), directory: self.directory.clone(), key: self.key.clone(), hold: Some(hold) })
    }

    /// The files beside it.
    pub(crate) fn files(&self) -> files::Files {
        files::Files::of(&self.directory)
    }
}

fn salvage_alone(directory: &Path, key: &FileKey, now_ms: i64, sending: &Sending) -> Result<Store> {
    let hold = Hold::alone(directory)?.ok_or(DAMAGED)?;
    salvage::run(directory, key, now_ms)?;
    open_sound(directory, key, hold.share()?, sending)
}

fn salvage_and_open(directory: &Path, key: &FileKey, now_ms: i64, sending: &Sending) -> Result<Store> {
    // Another process that has it open may have written while this one looked.
    let Some(hold) = Hold::alone(directory)? else { return open_sound(directory, key, Hold::shared(directory)?, sending) };
    // Or it was faster.
    match look(directory).and_then(|()| connect(directory, key, sending)) {
        Err(e) if e.is_damage() => salvage::run(directory, key, now_ms)?,
        other => drop(other?),
    }
    open_sound(directory, key, hold.share()?, sending)
}

fn open_sound(directory: &Path, key: &FileKey, hold: Hold, sending: &Sending) -> Result<Store> {
    look(directory)?;
    let db = connect(directory, key, sending)?;
    Ok(Store { db, sending: sending.clone(), files: files::Files::of(directory), directory: directory.to_owned(), key: key.clone(), hold: Some(hold) })
}

/// Looks for what SQLite would pass over in silence: it makes an empty file where there is none, and reads a damaged
/// log up to the first damage.
fn look(directory: &Path) -> Result<()> {
    let failed = |e: std::io::Error| Error::Store(format!("open: {}", e.kind()));
    let length = |name: String| fs::metadata(directory.join(name)).map_or(0, |found| found.len());
    let wal = format!("{FILE}-wal");
    let is_lost = length(FILE.into()) == 0 && (identity::exists(directory) || length(wal.clone()) > 0);
    if salvage::is_unfinished(directory) || is_lost || salvage::is_broken_log(&directory.join(wal)).map_err(failed)? {
        return Err(DAMAGED);
    }
    Ok(())
}

/// A connection as any here, to read with or to write.
fn connected(directory: &Path, key: &FileKey, how: OpenFlags, sending: &Sending) -> Result<Connection> {
    let db = Connection::open_with_flags(directory.join(FILE), how | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    cipher::unlock(&db, directory, key)?;
    db.busy_timeout(Duration::from_secs(5))?;
    // Else SQLite looks at arguments while it plans, and plans most statements again for every new argument.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    // More than there are statements: planning one again costs more than most of them.
    db.set_prepared_statement_cache_capacity(256);
    sending.tell(&db)?;
    Ok(db)
}

fn connect(directory: &Path, key: &FileKey, sending: &Sending) -> Result<Connection> {
    let mut db = connected(directory, key, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE, sending)?;
    db.pragma_update(None, "journal_mode", "WAL")?;
    db.pragma_update(None, "synchronous", "FULL")?;
    db.pragma_update(None, "foreign_keys", true)?;
    // iOS: fsync alone does not reach the flash there.
    db.pragma_update(None, "fullfsync", true)?;
    db.pragma_update(None, "temp_store", "MEMORY")?;
    migrations::run(&mut db)?;
    changed::watch(&db)?;
    check::roots(&db)?;
    Ok(db)
}
