//! A photo is covered: the server paints over what nobody outside may see, and keeps that as a file of its own. The photo stays as it came.

use minqing_core::{
    Id,
    attachment::{self, MAX_SOURCE},
    envelope::Hash,
    event::Copied,
    model::{MAX_PATCHES, Patch},
};

use super::files::Form;
use crate::{
    app::App,
    fault::Fault,
    sync::{CoverDeed, say_covered},
};

/// Covers a photo of a matter.
///
/// # Errors
/// `photo.no_patches`, `photo.too_many_patches`, `photo.patch_outside` with its number; `attachment.unknown` where the matter names no such
/// photo or it is not here; `photo.unreadable`, `photo.too_many_pixels`; `photo.too_many_covers`, `server.busy`, `matter.unknown`,
/// `store.failed`.
pub async fn cover(app: &App, matter: Id, photo: Hash, by: Id, patches: Vec<Patch>) -> Result<(), Fault> {
    check(&patches)?;
    let unknown = || Fault::new("attachment.unknown", "");
    // Before anything is unpacked.
    if !app.work(move |app| app.store.files_of(matter)).await?.iter().any(|file| file.sha256 == photo.to_string() && file.picture) {
        return Err(unknown());
    }
    let bytes = app.files.get(photo, Form::Original).await?.filter(|bytes| bytes.len() <= MAX_SOURCE).ok_or_else(unknown)?;
    let painted = patches.clone();
    let _place = app.files.looking.acquire().await;
    let covered = app.work(move |_| attachment::cover(&bytes, &painted)).await?;
    let sha256 = Hash::of(&covered.display);
    let length = u32::try_from(covered.display.len()).unwrap_or(u32::MAX);
    // Noted first: killed anywhere from here on, it leaves no file that nobody takes away.
    app.work(move |app| app.store.expect_copy(sha256, length, app.clock.now_ms())).await?;
    let original = covered.display.clone();
    app.files.keep(sha256, Some(covered), original).await?;
    let copy = Some(Copied { sha256: sha256.0, bytes: length, patches });
    app.work(move |app| say_covered(app, &CoverDeed { matter, photo, by, copy })).await?;
    tracing::info!(%matter, %by, "a photo was covered");
    Ok(())
}

/// Takes the covered copy of a photo back; nothing if there is none.
///
/// # Errors
/// `attachment.unknown`, `matter.unknown`, `store.failed`.
pub async fn uncover(app: &App, matter: Id, photo: Hash, by: Id) -> Result<(), Fault> {
    app.work(move |app| say_covered(app, &CoverDeed { matter, photo, by, copy: None })).await
}

/// Refuses patches that cannot be painted.
///
/// # Errors
/// `photo.no_patches`, `photo.too_many_patches`, `photo.patch_outside` with its number.
pub fn check(patches: &[Patch]) -> Result<(), Fault> {
    if patches.is_empty() {
        return Err(Fault::new("photo.no_patches", ""));
    }
    if patches.len() > MAX_PATCHES {
        return Err(Fault::new("photo.too_many_patches", MAX_PATCHES.to_string()));
    }
    match patches.iter().position(|patch| !patch.is_within()) {
        Some(at) => Err(Fault::new("photo.patch_outside", (at + 1).to_string())),
        None => Ok(()),
    }
}
