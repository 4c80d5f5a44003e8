//! A notice's document: `notice`, the whole of it as JSON, and `withdrawn` once the office took it back. Only the office writes
//! it, in its community's commons.

use super::{Content, DocKind, Scalar, Writer, begin};
use crate::{Error, Id, Result, model::Notice};

/// A notice as its document has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// What the office wrote.
    pub notice: Notice,
    /// Whether it was taken back.
    pub withdrawn: bool,
}

/// The id of a community's notice: the same words for the same days are one, however often they are sent.
///
/// # Errors
/// None of those that were checked.
pub fn notice_id(community: &str, notice: &Notice) -> Result<Id> {
    Ok(Id::named(&["notice", community, &json(notice)?]))
}

/// The id that a document must have by what it says; `None` if it is no notice.
pub fn id_by_content(content: &Content) -> Option<Id> {
    let Some(Scalar::Text(json)) = content.root.0.get("notice") else { return None };
    read(content).map(|_| Id::named(&["notice", &content.root.text("home"), json]))
}

/// Puts a notice. One that is there stays as it is.
///
/// # Errors
/// What [`Notice::check`] says; `notice.withdrawn` where it was taken back.
pub fn put(w: &mut Writer<'_>, now: &Content, community: &str, notice: &Notice) -> Result<()> {
    notice.check()?;
    if read(now).is_some_and(|kept| kept.withdrawn) {
        return Err(Error::State("notice.withdrawn"));
    }
    begin(w, DocKind::Notice, community)?;
    w.put("notice", json(notice)?)
}

/// Takes a notice back: it is told no more.
///
/// # Errors
/// `document.malformed` if Automerge refuses.
pub fn withdraw(w: &mut Writer<'_>) -> Result<()> {
    w.put("withdrawn", true)
}

/// The notice, if this app can read it.
pub fn read(content: &Content) -> Option<Kept> {
    let Some(Scalar::Text(json)) = content.root.0.get("notice") else { return None };
    // One for residents whom only a newer app knows is not told here.
    let notice: Notice = serde_json::from_str(json).ok()?;
    notice.check().ok()?;
    Some(Kept { notice, withdrawn: content.root.flag("withdrawn") })
}

fn json(notice: &Notice) -> Result<String> {
    serde_json::to_string(notice).map_err(|_| Error::Malformed("document.malformed"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{document::Doc, model::tests_notice};

    const COMMUNITY: &str = "620102001001";

    fn write(doc: &mut Doc, notice: &Notice) -> Result<bool> {
        let now = doc.content();
        doc.change([1; 8], 0, |w| put(w, &now, COMMUNITY, notice)).map(|bytes| bytes.is_some())
    }

    #[test]
    fn a_notice_is_written_once_and_taken_back_for_good() {
        let (mut doc, notice) = (Doc::empty(), tests_notice());
        assert!(write(&mut doc, &notice).unwrap());
        assert!(!write(&mut doc, &notice).unwrap(), "the same again");
        assert_eq!(doc.header(), Some((DocKind::Notice, COMMUNITY.into())));
        assert_eq!(read(&doc.content()), Some(Kept { notice: notice.clone(), withdrawn: false }));
        assert!(doc.change([1; 8], 0, withdraw).unwrap().is_some());
        assert!(doc.change([1; 8], 0, withdraw).unwrap().is_none());
        assert!(read(&doc.content()).unwrap().withdrawn);
        assert_eq!(write(&mut doc, &notice).unwrap_err().code(), "notice.withdrawn");
        assert_eq!(id_by_content(&doc.content()), notice_id(COMMUNITY, &notice).ok());
        assert_ne!(notice_id("620102001002", &notice).unwrap(), notice_id(COMMUNITY, &notice).unwrap());
    }

    #[test]
    fn what_cannot_be_read_is_no_notice() {
        for json in [r#"{"song":1}"#, "{", &serde_json::to_string(&Notice::default()).unwrap()] {
            let mut doc = Doc::empty();
            doc.change([1; 8], 0, |w| w.put("notice", json)).unwrap();
            assert_eq!((read(&doc.content()), id_by_content(&doc.content())), (None, None));
        }
    }
}
