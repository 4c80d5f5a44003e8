//! A matter's texts: every sentence typed for an event lies here, under the event's id.

use super::{DocKind, Writer, begin, key};
use crate::{Id, Result, model::Category};

/// Where a matter belongs: to a door, or to the community where there is none or its category is sensitive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Home {
    /// A household.
    Household(Id),
    /// A community's code.
    Community(String),
}

impl Home {
    /// That of a matter of a category, perhaps of a door, in a community.
    pub fn of(category: Option<Category>, household: Option<Id>, community: &str) -> Self {
        match household.filter(|_| !category.is_some_and(Category::is_sensitive)) {
            Some(household) => Self::Household(household),
            None => Self::Community(community.to_owned()),
        }
    }

    /// As it stands in the document.
    pub fn word(&self) -> String {
        match self {
            Self::Household(id) => id.to_string(),
            Self::Community(code) => code.clone(),
        }
    }

    /// Reads a `home` back: twelve digits are a community, everything else a household's id.
    pub fn parse(word: &str) -> Option<Self> {
        if word.len() == 12 && word.bytes().all(|b| b.is_ascii_digit()) {
            return Some(Self::Community(word.to_owned()));
        }
        word.parse().ok().map(Self::Household)
    }
}

/// Puts the text of an event, and the place where one was said.
///
/// # Errors
/// `document.malformed` if Automerge refuses.
pub fn put_text(w: &mut Writer<'_>, home: &Home, event: Id, text: Option<&str>, place: Option<&str>) -> Result<()> {
    begin(w, DocKind::Matter, &home.word())?;
    if let Some(text) = text {
        w.put(&key("text", event), text)?;
    }
    place.map_or(Ok(()), |place| w.put("place", place))
}

/// Puts the public reply of a result.
///
/// # Errors
/// `document.malformed` if Automerge refuses.
pub fn put_public(w: &mut Writer<'_>, event: Id, text: &str) -> Result<()> {
    w.put(&key("public", event), text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Doc;

    #[test]
    fn a_home_reads_back() {
        for home in [Home::Household(Id([7; 16])), Home::Community("620102001001".into())] {
            assert_eq!(Home::parse(&home.word()), Some(home));
        }
        assert_eq!(Home::parse("62010200100"), None);
        assert_eq!(Home::parse(""), None);
    }

    #[test]
    fn each_event_has_its_own_text() {
        let (home, first, second) = (Home::Community("620102001001".into()), Id([1; 16]), Id([2; 16]));
        let mut doc = Doc::empty();
        doc.change([1; 8], 0, |w| put_text(w, &home, first, Some("灯坏了"), Some("3号楼"))).unwrap().unwrap();
        doc.change([1; 8], 0, |w| put_text(w, &home, second, Some("已修"), None)).unwrap().unwrap();
        assert_eq!(doc.change([1; 8], 0, |w| put_text(w, &home, second, None, None)).unwrap(), None);
        let root = doc.content().root;
        assert_eq!([root.text(&key("text", first)), root.text(&key("text", second)), root.text("place")], ["灯坏了", "已修", "3号楼"]);
        assert_eq!(doc.header(), Some((DocKind::Matter, "620102001001".into())));
    }
}
