//! Photos and voice notes of records: made ready by path, never carried through memory by a screen.

use std::path::Path;

use super::{Client, Lists};
use crate::{
    Error, Id, Result,
    attachment::{MAX_SOURCE, MAX_VOICE, prepare_photo, sniff},
    document::attachment,
    envelope::Hash,
    model::{Check, Media, Prepared},
    store::{
        attachments,
        files::{Files, read_within},
        lists,
    },
    view::AttachmentRow,
};

impl Client {
    /// Makes a photo or voice note ready that the platform left at `path`: a photo upright, at most 1,600 pixels long and without
    /// metadata; `keep_place` keeps latitude and longitude for the record. The file is durable when this returns, and belongs
    /// to no record yet. The one at `path` is left alone.
    ///
    /// # Errors
    /// `file.missing`; `photo.too_large`, `photo.too_many_pixels`, `photo.unreadable`; `voice.too_large`; `file.kind`; `store.failed`.
    pub fn prepare(&self, path: String, keep_place: bool) -> Result<Prepared> {
        prepare(self.store.files(), path, keep_place)
    }

    /// Adds a file that was made ready to a visit or a matter, and returns the attachment's id.
    ///
    /// # Errors
    /// `record.missing`; `file.unknown` if no such file was made ready; `code.unknown`; `device.not_enrolled`, `store.failed`.
    pub fn add_attachment(&mut self, record: String, file: Prepared) -> Result<String> {
        file.check(&Check::root())?;
        let hash = self.known_file(&file)?;
        let unknown = || Error::Missing { code: "record.missing", id: record.clone() };
        let of: Id = record.parse().map_err(|_| unknown())?;
        let id = self.new_id();
        if let Some(volume) = lists::volume_of(self.store.read(), "visit_row", of)? {
            self.act(&[of], "attachment", &file, |action| {
                let officer = action.officer;
                attachments::keep(action.tx, hash, &file)?;
                action.change(volume, |w, _| attachment::add_to_visit(w, id, of, officer, &file))
            })?;
        } else {
            let (matter, home) = self.known_matter(&record).map_err(|e| if e.code() == "matter.unknown" { unknown() } else { e })?;
            self.act(&[matter], "attachment", &file, |action| {
                let officer = action.officer;
                attachments::keep(action.tx, hash, &file)?;
                action.change(matter, |w, _| attachment::add_to_matter(w, &home, id, officer, &file))
            })?;
        }
        Ok(id.to_string())
    }

    /// The hash of a file that was made ready on this phone and is still as it was.
    pub(super) fn known_file(&self, file: &Prepared) -> Result<Hash> {
        let known = Hash::from_hex(&file.sha256).filter(|hash| self.store.files().holds(*hash));
        known.ok_or_else(|| Error::Missing { code: "file.unknown", id: file.sha256.clone() })
    }
}

impl Lists {
    /// How many files of this phone are not at the office yet.
    ///
    /// # Errors
    /// `store.failed`.
    pub fn files_waiting(&self) -> Result<u32> {
        Ok(u32::try_from(attachments::outgoing(self.store.read())?.len()).unwrap_or(u32::MAX))
    }

    /// The photos and voice notes of a visit or matter, also those of other phones, whose files are not here.
    ///
    /// # Errors
    /// `record.missing` for what is no id; `store.failed`.
    pub fn attachments(&self, record: String) -> Result<Vec<AttachmentRow>> {
        let id: Id = record.parse().map_err(|_| Error::Missing { code: "record.missing", id: record.clone() })?;
        let shown = |path: std::path::PathBuf| if path.exists() { path.display().to_string() } else { String::new() };
        let files = self.store.files();
        let rows = attachments::of_record(self.store.read(), id)?;
        Ok(rows.into_iter().map(|(hash, row)| AttachmentRow { path: shown(files.path(hash)), thumbnail: shown(files.thumbnail(hash)), ..row }).collect())
    }

    /// Why the office will not take a file, as a code of an HTTP problem; empty if it does not say so.
    ///
    /// # Errors
    /// `file.unknown`, `store.failed`.
    pub fn file_problem(&self, sha256: String) -> Result<String> {
        let hash = Hash::from_hex(&sha256).ok_or(Error::Missing { code: "file.unknown", id: sha256 })?;
        Ok(attachments::problem(self.store.read(), hash)?.unwrap_or_default())
    }
}

/// Makes a file ready, beside the database that it needs nothing of.
pub(super) fn prepare(files: &Files, path: String, keep_place: bool) -> Result<Prepared> {
    let path = Path::new(&path);
    let begin = read_within(path, MAX_VOICE)?;
    let Some(bytes) = begin else { return Err(Error::Malformed("voice.too_large")) };
    match sniff(&bytes) {
        Some(media) if media.is_picture() => prepare_picture(files, &bytes, keep_place),
        Some(media) => {
            let hash = Hash::of(&bytes);
            files.keep(hash, &bytes, &[])?;
            Ok(Prepared { sha256: hash.to_string(), media: media.word().into(), bytes: size(&bytes), ..Prepared::default() })
        }
        None => Err(Error::Malformed("file.kind")),
    }
}

fn prepare_picture(files: &Files, bytes: &[u8], keep_place: bool) -> Result<Prepared> {
    if bytes.len() > MAX_SOURCE {
        return Err(Error::Malformed("photo.too_large"));
    }
    let photo = prepare_photo(bytes, keep_place)?;
    files.keep(photo.sha256, &photo.bytes, &photo.thumbnail)?;
    Ok(Prepared {
        sha256: photo.sha256.to_string(),
        media: Media::Jpeg.word().into(),
        bytes: size(&photo.bytes),
        width: photo.width,
        height: photo.height,
        taken_ms: photo.taken_ms,
        place: photo.place,
    })
}

fn size(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).unwrap_or(u32::MAX)
}
