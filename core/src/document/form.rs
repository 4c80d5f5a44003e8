//! A form's document: each version whole, as JSON under `form:<version>`. Only the office writes it, in its community's commons.

use std::collections::BTreeMap;

use super::{Content, DocKind, Scalar, Writer, begin};
use crate::{Error, Id, Result, model::Form};

/// Longest version, in bytes of JSON; 50 questions of 30 choices in two languages fit one change.
const MAX_JSON: usize = 40_000;

/// The id of a community's form of this name.
pub fn form_id(community: &str, name: &str) -> Id {
    Id::named(&["form", community, name])
}

/// Puts a version. A version that is there stays as it is.
///
/// # Errors
/// What [`Form::check`] says; `list.too_long` where it does not fit a change; `form.version` where the version is there with
/// other content, or a newer one is.
pub fn put(w: &mut Writer<'_>, now: &Content, community: &str, form: &Form) -> Result<()> {
    form.check()?;
    let known = versions(now);
    match known.get(&form.version) {
        Some(same) if same == form => return Ok(()),
        None if known.last_key_value().is_none_or(|(newest, _)| *newest < form.version) => {}
        _ => return Err(Error::invalid("form.version", "version")),
    }
    let json = serde_json::to_string(form).map_err(|_| Error::Malformed("document.malformed"))?;
    if json.len() > MAX_JSON {
        return Err(Error::invalid("list.too_long", "questions"));
    }
    begin(w, DocKind::Form, community)?;
    w.put(&format!("form:{}", form.version), json)
}

/// All versions that this app can read.
pub fn versions(content: &Content) -> BTreeMap<u32, Form> {
    let read = |(key, value): (&String, &Scalar)| {
        let version: u32 = key.strip_prefix("form:")?.parse().ok()?;
        let Scalar::Text(json) = value else { return None };
        // A kind of question of a newer app: its version cannot be asked here, the others can.
        let form: Form = serde_json::from_str(json).ok()?;
        (form.version == version && form.check().is_ok()).then_some((version, form))
    };
    content.root.0.iter().filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{document::Doc, model::Said};

    const COMMUNITY: &str = "620102001001";

    fn form(version: u32, title: &str) -> Form {
        let mut form = crate::model::tests_form();
        form.version = version;
        form.title = Said { zh: title.into(), en: title.into() };
        form
    }

    fn write(doc: &mut Doc, form: &Form) -> Result<bool> {
        let now = doc.content();
        doc.change([1; 8], 0, |w| put(w, &now, COMMUNITY, form)).map(|bytes| bytes.is_some())
    }

    #[test]
    fn versions_are_added_and_never_changed() {
        let mut doc = Doc::empty();
        assert!(write(&mut doc, &form(1, "一")).unwrap());
        assert!(!write(&mut doc, &form(1, "一")).unwrap(), "the same again");
        assert!(write(&mut doc, &form(3, "三")).unwrap());
        for refused in [form(1, "二"), form(2, "二")] {
            assert_eq!(write(&mut doc.clone(), &refused).unwrap_err().code(), "form.version");
        }
        assert_eq!(doc.header(), Some((DocKind::Form, COMMUNITY.into())));
        assert_eq!(versions(&doc.content()), BTreeMap::from([(1, form(1, "一")), (3, form(3, "三"))]));
    }

    #[test]
    fn what_cannot_be_read_is_no_version() {
        let mut doc = Doc::empty();
        write(&mut doc, &form(1, "一")).unwrap();
        doc.change([1; 8], 0, |w| {
            w.put("form:2", "{\"name\":\"later\",\"song\":1}")?;
            w.put("form:3", serde_json::to_string(&form(4, "x")).unwrap())
        })
        .unwrap();
        assert_eq!(versions(&doc.content()).into_keys().collect::<Vec<_>>(), [1]);
    }
}
