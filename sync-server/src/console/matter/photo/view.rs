//! The page of a photo, put together.

use minqing_core::{
    Id,
    envelope::Hash,
    model::PublicationState,
    speech::said,
    words::{Lang, say},
};

use super::{
    Named,
    patches::{PatchLine, Typed},
};
use crate::{
    app::App,
    auth::rights::Right,
    console::{desk::AtDesk, line, matter::names::Names},
    fault::Fault,
    projection::{CoverShown, newest},
};

/// A photo as its page shows it.
pub struct PhotoView {
    /// The matter.
    pub id: String,
    pub code: String,
    pub sha256: String,
    /// Whether who looks may cover it.
    pub may_cover: bool,
    pub rows: Vec<PatchLine>,
    pub copy: Option<CopyLine>,
    /// Whether the matter is shown to everybody now.
    pub is_shown: bool,
    /// Who did what, the newest first: when, who, what.
    pub history: Vec<(String, String, String)>,
}

/// The covered copy that holds.
pub struct CopyLine {
    pub address: String,
    /// Whether it waits for the matter to be shown again.
    pub waits: bool,
}

/// A matter of this desk and a photo of it that is here.
pub(super) fn find(app: &App, desk: &AtDesk, (id, sha256): &Named) -> Result<(Id, Hash), Fault> {
    let matter = line::of_desk(app, desk, id)?;
    let is_here = app.store.files_of(matter)?.iter().any(|file| file.picture && file.at_office && file.sha256 == *sha256);
    let photo = Hash::from_hex(sha256).filter(|_| is_here).ok_or_else(|| Fault::new("attachment.unknown", ""))?;
    Ok((matter, photo))
}

/// Puts it together; what was typed stands in the form, or else what holds.
pub(super) fn view(app: &App, desk: &AtDesk, lang: Lang, named: &Named, typed: Option<Typed>, bad: usize) -> Result<PhotoView, Fault> {
    let (matter, photo) = find(app, desk, named)?;
    let now_ms = app.clock.now_ms();
    let names = Names::of(app, &desk.community)?;
    let covers: Vec<CoverShown> = app.store.covers(matter)?.into_iter().filter(|cover| cover.photo == photo.0).collect();
    let holds = newest(&covers).next();
    let board = app.store.as_if_shown(matter)?;
    let is_shown = board.as_ref().is_some_and(|board| board.matter.publication.state == PublicationState::Shown);
    let since = board.map_or(0, |board| board.until.shown_ms);
    let history = covers.iter().rev().map(|cover| {
        let what =
            if cover.sha256.is_some() { say(lang, "photo-was-covered", &[("n", cover.patches.len().into())]) } else { say(lang, "photo-was-uncovered", &[]) };
        Ok((said::when(lang, cover.at_ms, now_ms), names.name(&Id(cover.by).to_string())?, what))
    });
    Ok(PhotoView {
        id: matter.to_string(),
        code: names.code(matter)?,
        sha256: photo.to_string(),
        may_cover: desk.may(Right::Publish),
        rows: typed.unwrap_or_else(|| Typed::kept(holds.map_or(&[][..], |cover| &cover.patches))).lines(bad),
        copy: holds.and_then(|cover| {
            let address = format!("/office/attachments/{}", Hash(cover.sha256?));
            Some(CopyLine { address, waits: is_shown && cover.at_ms > since })
        }),
        is_shown,
        history: history.collect::<Result<_, Fault>>()?,
    })
}
