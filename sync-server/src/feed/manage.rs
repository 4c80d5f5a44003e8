//! Making a feed: the only moment at which its address is known.

use std::fmt;

use minqing_core::Id;

use crate::{
    app::App,
    auth::{base64url, sha256},
    entropy,
    fault::Fault,
    storage::NewFeed,
};

/// Random bytes of an address: nobody guesses one, so nobody is counted who tries.
const SECRET: usize = 32;

/// A feed that was just made.
pub struct Made {
    /// Its id, by which it is listed and revoked.
    pub id: Id,
    /// Where it is read.
    pub address: String,
}

impl fmt::Debug for Made {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Made({}, …)", self.id)
    }
}

/// Makes a feed of a community, or of one of its officers alone.
///
/// # Errors
/// `officer.unknown`, also for one of another community; `officer.disabled`; `store.failed`.
pub fn make(app: &App, community: &str, officer: Option<Id>) -> Result<Made, Fault> {
    let made_ms = app.clock.now_ms();
    let secret = base64url(&entropy::bytes::<SECRET>(&*app.entropy));
    let id = app.pen.id(&*app.entropy, made_ms);
    app.store.add_feed(&NewFeed { id, hash: hash(&secret), community: community.to_owned(), officer, made_ms })?;
    tracing::info!(community, feed = %id, "a calendar was made");
    Ok(Made { id, address: format!("{}/calendar/{secret}.ics", app.config.public_url.trim_end_matches('/')) })
}

/// What is kept of the secret part of an address.
pub(super) fn hash(secret: &str) -> [u8; 32] {
    sha256(secret.as_bytes())
}
