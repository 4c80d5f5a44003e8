//! Photos and voice: which kinds of files there are, and one made ready for a record.

use serde::{Deserialize, Serialize};

use super::Check;
use crate::Result;

/// Most photos and voice notes written down with one visit.
pub const MAX_ATTACHMENTS: usize = 9;

/// What a file is, as its first bytes say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Media {
    /// A photo as phones make them ready.
    Jpeg,
    /// A picture that a phone takes in, and makes a JPEG of.
    Png,
    /// The same.
    Webp,
    /// Voice: AAC in MP4.
    M4a,
    /// Voice: AAC alone.
    Aac,
    /// Voice: Opus or Vorbis.
    Ogg,
    /// Voice: narrow or wide band AMR.
    Amr,
    /// Voice: PCM.
    Wav,
}

impl Media {
    /// All kinds.
    pub const ALL: [Self; 8] = [Self::Jpeg, Self::Png, Self::Webp, Self::M4a, Self::Aac, Self::Ogg, Self::Amr, Self::Wav];

    /// The media type, as it stands in documents and headers.
    pub fn word(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::M4a => "audio/mp4",
            Self::Aac => "audio/aac",
            Self::Ogg => "audio/ogg",
            Self::Amr => "audio/amr",
            Self::Wav => "audio/wav",
        }
    }

    /// The kind of a media type.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|m| m.word() == word)
    }

    /// Whether it is a picture; all others are voice.
    pub fn is_picture(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png | Self::Webp)
    }
}

/// A file that lies ready on this phone under its own hash, to be written down with a record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Prepared {
    /// SHA-256 of the bytes, 64 characters of hexadecimal.
    pub sha256: String,
    /// The media type.
    pub media: String,
    /// How many bytes.
    pub bytes: u32,
    /// In pixels as people see it; 0 for voice.
    pub width: u32,
    /// In pixels as people see it; 0 for voice.
    pub height: u32,
    /// When the camera says it was taken, milliseconds since 1970; 0 if it does not.
    pub taken_ms: i64,
    /// Latitude and longitude as `36.06134,103.83417`, only if kept on purpose; else empty.
    pub place: String,
}

impl Prepared {
    /// Checks what a screen gives back.
    ///
    /// # Errors
    /// `code.unknown` for another media type than phones send.
    pub fn check(&self, at: &Check) -> Result<Media> {
        at.field("media").code(Media::from_word(&self.media).filter(|m| *m == Media::Jpeg || !m.is_picture()))
    }
}

/// Checks a list of files.
///
/// # Errors
/// `list.too_long`, `code.unknown`.
pub fn check_attachments(list: &[Prepared], name: &str) -> Result<()> {
    let root = Check::root();
    if list.len() > MAX_ATTACHMENTS {
        return root.field(name).fail("list.too_long");
    }
    list.iter().enumerate().try_for_each(|(i, p)| p.check(&root.at(name, i)).map(drop))
}
