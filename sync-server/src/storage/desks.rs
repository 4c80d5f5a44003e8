//! The office's staff and who of them is signed in.

use minqing_core::{Id, model::Role};

use super::Result;

/// One of the office's staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    /// Version 7 id.
    pub id: Id,
    /// The name to sign in with.
    pub name: String,
    /// Clerk, lead or administrator.
    pub role: Role,
    /// Where they work.
    pub community: String,
}

/// Somebody who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Who.
    pub staff: Staff,
    /// Stands in every form of this session.
    pub csrf: String,
}

/// The office's staff and their sessions.
pub trait Desks: Send + Sync {
    /// Adds somebody; `phc` is the password's hash.
    ///
    /// # Errors
    /// `staff.taken` where the name is used.
    fn add_staff(&self, staff: &Staff, phc: &str, now_ms: i64) -> Result<()>;

    /// Somebody by name, with the password's hash.
    fn staff_named(&self, name: &str) -> Result<Option<(Staff, String)>>;

    /// Starts a session and clears away those that have ended.
    fn start_session(&self, hash: &[u8; 32], staff: Id, csrf: &str, now_ms: i64, expires_ms: i64) -> Result<()>;

    /// A session that has not ended.
    fn session(&self, hash: &[u8; 32], now_ms: i64) -> Result<Option<Session>>;

    /// Ends a session; ending it twice is fine.
    fn end_session(&self, hash: &[u8; 32]) -> Result<()>;
}
