//! A photo or voice note of a record: one item that names the file by its hash. The file itself travels beside the log.

use automerge::ScalarValue;

use super::{DocKind, Writer, begin, key, matter::Home};
use crate::{
    Id, Result,
    model::{Media, Prepared},
};

/// Keys of photos.
pub const PHOTO: &str = "photo";
/// Keys of voice notes.
pub const VOICE: &str = "voice";

/// Writes a file of a visit into its volume.
///
/// # Errors
/// `document.malformed` if Automerge refuses.
pub fn add_to_visit(w: &mut Writer<'_>, id: Id, visit: Id, officer: Id, file: &Prepared) -> Result<()> {
    add(w, id, Some(visit), officer, file)
}

/// Writes a file of a matter into its document.
///
/// # Errors
/// `document.malformed` if Automerge refuses.
pub fn add_to_matter(w: &mut Writer<'_>, home: &Home, id: Id, officer: Id, file: &Prepared) -> Result<()> {
    begin(w, DocKind::Matter, &home.word())?;
    add(w, id, None, officer, file)
}

fn add(w: &mut Writer<'_>, id: Id, visit: Option<Id>, officer: Id, file: &Prepared) -> Result<()> {
    let mut fields: Vec<(&str, ScalarValue)> = vec![
        ("officer", officer.to_string().into()),
        ("sha256", file.sha256.as_str().into()),
        ("media", file.media.as_str().into()),
        ("bytes", i64::from(file.bytes).into()),
    ];
    if let Some(visit) = visit {
        fields.push(("visit", visit.to_string().into()));
    }
    for (name, number) in [("width", i64::from(file.width)), ("height", i64::from(file.height)), ("taken", file.taken_ms)] {
        if number != 0 {
            fields.push((name, number.into()));
        }
    }
    if !file.place.is_empty() {
        fields.push(("place", file.place.as_str().into()));
    }
    let kind = if Media::from_word(&file.media).is_some_and(Media::is_picture) { PHOTO } else { VOICE };
    w.item(&key(kind, id), &fields)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Doc;

    #[test]
    fn a_photo_is_one_item_and_voice_another() {
        let (home, officer) = (Home::Household(Id([1; 16])), Id([2; 16]));
        let photo = Prepared { sha256: "ab".repeat(32), media: "image/jpeg".into(), bytes: 7, width: 4, height: 3, ..Prepared::default() };
        let voice = Prepared { media: "audio/mp4".into(), place: "36.06134,103.83417".into(), ..photo.clone() };
        let mut doc = Doc::empty();
        doc.change([1; 8], 0, |w| {
            add_to_matter(w, &home, Id([3; 16]), officer, &photo)?;
            add_to_matter(w, &home, Id([4; 16]), officer, &voice)
        })
        .unwrap()
        .unwrap();
        let content = doc.content();
        let item = content.item(PHOTO, Id([3; 16])).unwrap();
        assert_eq!((item.text("sha256"), item.int("bytes"), item.int("width"), item.int("taken")), ("ab".repeat(32), 7, 4, 0));
        assert!(!item.0.contains_key("taken") && !item.0.contains_key("place") && !item.0.contains_key("visit"));
        assert_eq!(content.item(VOICE, Id([4; 16])).unwrap().text("place"), "36.06134,103.83417");
    }
}
