//! The photos and voice notes that a document names.

use serde::{Deserialize, Serialize};

use crate::{
    Id,
    document::{
        Content, Fields,
        attachment::{PHOTO, VOICE},
    },
    envelope::Hash,
    model::Media,
};

/// A photo or voice note of a record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachmentRow {
    /// Its own id.
    pub id: String,
    /// The visit or matter.
    pub record: String,
    /// Who made it.
    pub officer: String,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
    /// The media type.
    pub media: String,
    /// How many bytes.
    pub bytes: u32,
    /// In pixels; 0 for voice.
    pub width: u32,
    /// In pixels; 0 for voice.
    pub height: u32,
    /// When it was taken, milliseconds since 1970; 0 if not known.
    pub taken_ms: i64,
    /// Latitude and longitude if kept on purpose.
    pub place: String,
    /// Where the file lies on this phone; empty if it is not here.
    pub path: String,
    /// Where its thumbnail lies on this phone; empty if there is none.
    pub thumbnail: String,
    /// Where the file stands.
    pub state: FileState,
}

/// Where a file stands on its way to the office.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileState {
    /// 已到办公室, or another phone's file.
    #[default]
    AtOffice,
    /// 待上传: on this phone, not yet at the office.
    Waiting,
    /// 上传中: begun.
    Uploading,
    /// 办公室不收: the office will not take these bytes; they stay on this phone.
    Refused,
}

impl FileState {
    /// The catalogue's key.
    pub fn key(self) -> &'static str {
        match self {
            Self::AtOffice => "file-state-at-office",
            Self::Waiting => "file-state-waiting",
            Self::Uploading => "file-state-uploading",
            Self::Refused => "file-state-refused",
        }
    }
}

/// Reads the photos and voice notes of a document, by id. What names no file, or a visit that is not there, is left out.
pub fn attachments(doc: Id, content: &Content) -> Vec<AttachmentRow> {
    let photos = content.items_of(PHOTO).filter_map(|(id, fields)| read(doc, content, id, fields, true));
    let voice = content.items_of(VOICE).filter_map(|(id, fields)| read(doc, content, id, fields, false));
    photos.chain(voice).collect()
}

fn read(doc: Id, content: &Content, id: Id, fields: &Fields, picture: bool) -> Option<AttachmentRow> {
    Hash::from_hex(&fields.text("sha256"))?;
    Media::from_word(&fields.text("media")).filter(|m| m.is_picture() == picture)?;
    let record = match fields.text("visit") {
        text if text.is_empty() => doc,
        text => text.parse().ok().filter(|visit| content.item("visit", *visit).is_some())?,
    };
    let number = |name: &str| u32::try_from(fields.int(name)).unwrap_or(0);
    Some(AttachmentRow {
        id: id.to_string(),
        record: record.to_string(),
        officer: fields.text("officer"),
        sha256: fields.text("sha256"),
        media: fields.text("media"),
        bytes: number("bytes"),
        width: number("width"),
        height: number("height"),
        taken_ms: fields.int("taken"),
        place: fields.text("place"),
        ..AttachmentRow::default()
    })
}
