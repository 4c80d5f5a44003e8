//! The data directory: whose it is, its keys, its disk, the size of its files.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{Finding, mib};
use crate::{auth::KEY_FILE, storage::sqlite};

/// Less than this and the server will soon refuse to save.
const LITTLE: u64 = 512 << 20;
/// A write-ahead log of this size: nobody could tidy it up for long.
const LARGE_WAL: u64 = 64 << 20;

pub(super) fn look(dir: &Path) -> Vec<Finding> {
    if !dir.is_dir() {
        return vec![Finding::wrong("directory", "doctor.directory", dir.display().to_string())];
    }
    vec![rights(dir), keys(dir), disk(dir), wal(dir)]
}

fn size(file: &Path) -> u64 {
    fs::metadata(file).map_or(0, |m| m.len())
}

#[cfg(unix)]
fn open_to_others(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).is_ok_and(|m| m.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn open_to_others(_: &Path) -> bool {
    false
}

#[cfg(unix)]
fn may_write(dir: &Path) -> bool {
    use rustix::fs::{Access, access};
    access(dir, Access::READ_OK | Access::WRITE_OK | Access::EXEC_OK).is_ok()
}

#[cfg(not(unix))]
fn may_write(dir: &Path) -> bool {
    fs::metadata(dir).is_ok_and(|m| !m.permissions().readonly())
}

/// Bytes that this user may still write.
#[cfg(unix)]
fn free(dir: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(dir).ok()?;
    disk.f_bavail.checked_mul(disk.f_frsize)
}

#[cfg(not(unix))]
fn free(_: &Path) -> Option<u64> {
    None
}

fn rights(dir: &Path) -> Finding {
    let said = dir.display().to_string();
    if !may_write(dir) {
        return Finding::wrong("directory", "doctor.rights", said);
    }
    if open_to_others(dir) { Finding::wrong("directory", "doctor.open_directory", said) } else { Finding::ok("directory", said) }
}

fn keys(dir: &Path) -> Finding {
    let own = dir.join(KEY_FILE);
    let is_key = |path: &PathBuf| path.extension().is_some_and(|e| e == "key" || e == "keys");
    let all = fs::read_dir(dir).into_iter().flatten().flatten().map(|entry| entry.path()).filter(is_key);
    if let Some(open) = all.filter(|key| open_to_others(key)).min() {
        return Finding::wrong("keys", "doctor.open_key", open.display().to_string());
    }
    match fs::read(&own) {
        Ok(key) if key.len() == 32 => Finding::ok("keys", own.display().to_string()),
        _ => Finding::wrong("keys", "doctor.server_key", own.display().to_string()),
    }
}

fn disk(dir: &Path) -> Finding {
    let Some(free) = free(dir) else { return Finding::ok("disk", "") };
    // A backup needs as much again as the database.
    let database = size(&dir.join(sqlite::FILE));
    match free {
        _ if free < LITTLE => Finding::wrong("disk", "doctor.disk", mib(free)),
        _ if free < 2 * database + LITTLE => Finding::notice("disk", "doctor.disk_soon", mib(free)),
        _ => Finding::ok("disk", mib(free)),
    }
}

fn wal(dir: &Path) -> Finding {
    let bytes = size(&dir.join(format!("{}-wal", sqlite::FILE)));
    if bytes > LARGE_WAL { Finding::notice("wal", "doctor.wal", mib(bytes)) } else { Finding::ok("wal", mib(bytes)) }
}
