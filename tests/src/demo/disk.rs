//! Mid-week: at noon the office makes its backup; in the evening the server's disk is gone, and the backup takes its place.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use minqing_tests::{
    proof::{ONLY_ON_PHONES, logged},
    server::Server,
};
use rusqlite::Connection;

use super::args::{Args, Sabotage};

/// The day on which it happens, from 0.
pub fn day(args: &Args) -> u16 {
    2.min(args.days - 1)
}

fn backup(dir: &Path) -> PathBuf {
    dir.join("noon.backup")
}

/// Noon, while the server runs.
pub fn save(dir: &Path, server: &mut Server) -> Result<()> {
    server.backup(&backup(dir))
}

/// Evening: whatever came in since noon lies on phones alone. Writes down what that is.
pub fn lose(args: &Args, dir: &Path, server: &mut Server, now_ms: i64, start: u64) -> Result<()> {
    let server_dir = dir.join("server");
    let old_history = history(&server_dir)?;
    server.kill()?;
    let before = server.restore(&server_dir, &backup(dir), now_ms, args.seed, start)?.context("nothing was there before")?;
    let (had, has) = (logged(&before)?, logged(&server_dir)?);
    let lines: Vec<&str> = had.difference(&has).map(String::as_str).collect();
    std::fs::write(dir.join(ONLY_ON_PHONES), lines.join("\n"))?;
    if args.sabotage == Some(Sabotage::ServerRestore) {
        // Phones do not notice: what they were told is at the office they send no more.
        Connection::open(server_dir.join("minqing.db"))?.execute("UPDATE meta SET value = ? WHERE key = 'history'", [old_history])?;
    }
    server.start_again(&std::env::current_exe()?, &server_dir, now_ms, args.seed, start)
}

fn history(server_dir: &Path) -> Result<Vec<u8>> {
    let db = Connection::open(server_dir.join("minqing.db"))?;
    Ok(db.query_row("SELECT value FROM meta WHERE key = 'history'", [], |row| row.get(0))?)
}
