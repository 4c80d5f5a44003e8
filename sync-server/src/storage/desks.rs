//! The office's staff, what they may do where, and who of them is signed in.

use minqing_core::{Id, model::Role};

use super::Result;

/// A role for an area and all below it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Grant {
    /// Clerk, lead, department, supervisor, delegate or administrator.
    pub role: Role,
    /// A community (12 digits), a street (9) or a district (6).
    pub area: String,
}

impl Grant {
    /// Whether it holds for an area: that is its own, or lies below it.
    pub fn covers(&self, area: &str) -> bool {
        !self.area.is_empty() && area.starts_with(&self.area)
    }
}

/// One of the office's staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    /// Version 7 id.
    pub id: Id,
    /// The name to sign in with.
    pub name: String,
    /// What they may do where, by area and role.
    pub grants: Vec<Grant>,
    /// Since when they may not sign in.
    pub disabled_ms: Option<i64>,
}

/// A session to be started.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// SHA-256 of the cookie.
    pub hash: [u8; 32],
    /// Whose.
    pub staff: Id,
    /// Stands in every form of the session.
    pub csrf: String,
    /// The browser as it calls itself, cut.
    pub browser: String,
    /// A hash of where the browser is.
    pub place: [u8; 8],
    /// When it starts.
    pub now_ms: i64,
    /// When it ends by itself.
    pub expires_ms: i64,
}

/// Somebody who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Who.
    pub staff: Staff,
    /// Stands in every form of this session.
    pub csrf: String,
    /// The community whose desk was chosen; `None` before anybody chose.
    pub community: Option<String>,
}

/// A session as its owner sees it in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionSeen {
    /// SHA-256 of the cookie.
    pub hash: [u8; 32],
    /// The browser as it calls itself.
    pub browser: String,
    /// When it started.
    pub started_ms: i64,
    /// When it ends by itself.
    pub expires_ms: i64,
}

/// The office's staff and their sessions.
pub trait Desks: Send + Sync {
    /// Adds somebody with their grants; `phc` is the password's hash.
    ///
    /// # Errors
    /// `staff.taken` where the name is used.
    fn add_staff(&self, staff: &Staff, phc: &str, now_ms: i64) -> Result<()>;

    /// Somebody by name, with the password's hash; also those who may not sign in.
    fn staff_named(&self, name: &str) -> Result<Option<(Staff, String)>>;

    /// Somebody's name.
    fn name_of_staff(&self, id: Id) -> Result<Option<String>>;

    /// Everybody, by name.
    fn all_staff(&self) -> Result<Vec<Staff>>;

    /// Gives somebody a role for an area; giving it twice is fine.
    fn grant(&self, staff: Id, grant: &Grant) -> Result<()>;

    /// Takes a role for an area away. `false`: they did not have it.
    fn revoke(&self, staff: Id, grant: &Grant) -> Result<bool>;

    /// Lets somebody sign in no more from `since_ms` on and ends their sessions, or with `None` lets them again.
    fn disable_staff(&self, staff: Id, since_ms: Option<i64>) -> Result<()>;

    /// Sets a password's hash and ends all sessions but the one named.
    fn set_password(&self, staff: Id, phc: &str, but: Option<&[u8; 32]>) -> Result<()>;

    /// Whether somebody has signed in from there before.
    fn knows_place(&self, staff: Id, place: &[u8; 8]) -> Result<bool>;

    /// Starts a session, remembers the place, and clears away what is over.
    fn start_session(&self, new: &NewSession) -> Result<()>;

    /// A session that has not ended, of somebody who may sign in.
    fn session(&self, hash: &[u8; 32], now_ms: i64) -> Result<Option<Session>>;

    /// Somebody's sessions that have not ended, newest first.
    fn sessions_of(&self, staff: Id, now_ms: i64) -> Result<Vec<SessionSeen>>;

    /// Notes which community's desk a session shows.
    fn choose_desk(&self, hash: &[u8; 32], community: &str) -> Result<()>;

    /// Ends a session; ending it twice is fine.
    fn end_session(&self, hash: &[u8; 32]) -> Result<()>;

    /// Ends somebody's sessions, all but the one named; how many.
    fn end_sessions(&self, staff: Id, but: Option<&[u8; 32]>) -> Result<usize>;
}
