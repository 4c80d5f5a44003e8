//! A browser in which somebody of the office is signed in.

use anyhow::{Context, Result};
use minqing_core::{envelope::Hash, model::Role};
use minqing_sync_server::{App, admin, storage::NewSession};

/// Adds somebody with a role for an area; the cookie of a session of theirs.
pub fn sign_in(app: &App, role: Role, area: &str) -> Result<String> {
    sign_in_as(app, &format!("{area}-{}", role.number()), role, area)
}

/// The same under a name.
pub fn sign_in_as(app: &App, name: &str, role: Role, area: &str) -> Result<String> {
    let (store, now_ms) = (app.store.as_ref(), app.clock.now_ms());
    admin::add_staff(store, &*app.clock, &*app.entropy, name, role, area)?;
    let staff = store.staff_named(name)?.context("somebody who was just added")?.0.id;
    let secret = format!("{:s<43}", name.replace(' ', "-"));
    let (hash, browser, place) = (Hash::of(secret.as_bytes()).0, String::new(), [0; 8]);
    store.start_session(&NewSession { hash, staff, csrf: "token".into(), browser, place, now_ms, expires_ms: now_ms * 2 })?;
    Ok(format!("minqing_session={secret}"))
}
