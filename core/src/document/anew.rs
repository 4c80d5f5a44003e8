//! A document begun anew without what is to be erased: the same content under the same keys, in changes that rest on none of the
//! old ones. Automerge forgets nothing that a document ever held, so the old one must go as a whole (docs/adr/0017).

use std::collections::BTreeSet;

use automerge::{ObjId, ObjType, ROOT, ReadDoc, ScalarValue, Value};

use super::{Doc, Merge, Scalar, Writer, doc::items_at, merge_rule};
use crate::{Id, Result};

/// Items in one change: as many as stay far below what a change may hold.
const ITEMS: usize = 32;
/// Stands for each character that is struck.
const BAR: &str = "■";
/// Fields of ids and codes, in which no name can stand.
const CODES: [&str; 12] = ["kind", "v", "home", "year", "community", "officer", "visit", "form", "sha256", "media", "purpose", "outcome"];

/// What is struck out of documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Struck {
    /// Whose entries on cards go, with the needs and languages noted of them: one person, who may stand on several cards.
    pub residents: BTreeSet<Id>,
    /// Words, as names and telephone numbers, that are blacked out wherever they stand in a text.
    pub words: Vec<String>,
    /// Whether photos and voice notes go.
    pub files: bool,
}

impl Struck {
    /// The texts of a document in which something is blacked out, by field; none of its values stays in them.
    pub fn texts(&self, doc: &Doc) -> Vec<(String, String)> {
        let all = super::every_value(doc).into_iter().filter(|(field, _)| !self.drops(field.split('/').next().unwrap_or(field)));
        let texts = all.flat_map(|(field, values)| values.into_iter().map(move |value| (field.clone(), value)));
        texts.filter_map(|(field, value)| self.text(&field, &value).map(|struck| (field, struck))).collect()
    }

    /// Whether anything of a document goes.
    pub fn touches(&self, doc: &Doc) -> bool {
        doc.inner.keys(ROOT).any(|key| self.drops(&key)) || !self.texts(doc).is_empty()
    }

    /// Whether a key goes as a whole.
    pub fn drops(&self, key: &str) -> bool {
        let mut parts = key.split(':');
        match (parts.next(), parts.next()) {
            (Some("resident" | "need" | "lang" | "refuses"), Some(whose)) => whose.parse().is_ok_and(|whose| self.residents.contains(&whose)),
            (Some("photo" | "voice"), Some(_)) => self.files,
            _ => false,
        }
    }

    /// A text with its words blacked out; none where nothing is.
    pub fn text(&self, field: &str, text: &str) -> Option<String> {
        // Another resident's entry is that person's own.
        if field.starts_with("resident:") || CODES.contains(&field.rsplit('/').next().unwrap_or(field)) {
            return None;
        }
        let mut struck = text.to_owned();
        for word in self.words.iter().filter(|word| !word.is_empty()) {
            struck = black_out(&struck, word);
        }
        (struck != text).then_some(struck)
    }

    fn value(&self, field: &str, value: ScalarValue) -> ScalarValue {
        match &value {
            ScalarValue::Str(text) => self.text(field, text).map_or(value, ScalarValue::from),
            _ => value,
        }
    }
}

/// Blacks a word out; one of letters or digits only where it stands by itself, as a short name does within a longer word.
fn black_out(text: &str, word: &str) -> String {
    let is_joined = |here: Option<char>, there: Option<char>| [here, there].iter().all(|c| c.is_some_and(|c| c.is_ascii_alphanumeric()));
    let (mut out, mut rest) = (String::new(), text);
    while let Some(at) = rest.find(word) {
        let (before, after) = (&rest[..at], &rest[at + word.len()..]);
        let previous = before.chars().last().or_else(|| out.chars().last());
        out.push_str(before);
        if is_joined(previous, word.chars().next()) || is_joined(word.chars().last(), after.chars().next()) {
            out.push_str(word);
        } else {
            out.extend(word.chars().map(|_| BAR));
        }
        rest = after;
    }
    out + rest
}

/// Writes a document anew: as it stands, without what is struck. Where a field holds several values, they stand side by side again.
/// `actor` gives a fresh actor each time. The document, and its changes in order.
///
/// # Errors
/// `document.malformed`, `change.too_large`.
pub fn anew(doc: &Doc, struck: &Struck, time_s: i64, actor: &mut dyn FnMut() -> [u8; 8]) -> Result<(Doc, Vec<Vec<u8>>)> {
    let read = Read::of(doc, struck);
    let (mut new, mut changes) = (Doc::empty(), Vec::new());
    let first = actor();
    changes.extend(new.change(first, time_s, |w| read.root.iter().try_for_each(|(key, value)| w.put(key, value.clone())))?);
    for items in read.items.chunks(ITEMS) {
        changes.extend(new.change(first, time_s, |w| items.iter().try_for_each(|(key, fields)| make(w, key, fields)))?);
    }
    let (base, most) = (new.clone(), read.disputed.iter().map(|(_, values)| values.len()).max().unwrap_or(0));
    for nth in 0..most {
        let side = base.clone().change(actor(), time_s, |w| {
            let values = read.disputed.iter().filter_map(|(field, values)| Some((field, values.get(nth)?)));
            values.into_iter().try_for_each(|(field, value)| match field.split_once('/') {
                Some((item, name)) => w.put_in(item, name, value.clone()),
                None => w.put(field, value.clone()),
            })
        })?;
        changes.extend(side);
    }
    new = Doc::empty();
    new.apply(&changes)?;
    Ok((new, changes))
}

fn make(w: &mut Writer<'_>, key: &str, fields: &[(String, ScalarValue)]) -> Result<()> {
    let fields: Vec<(&str, ScalarValue)> = fields.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    w.item(key, &fields)
}

/// What stays of a document.
#[derive(Default)]
struct Read {
    root: Vec<(String, ScalarValue)>,
    items: Vec<(String, Vec<(String, ScalarValue)>)>,
    /// Fields with several values.
    disputed: Vec<(String, Vec<ScalarValue>)>,
}

impl Read {
    fn of(doc: &Doc, struck: &Struck) -> Self {
        let mut read = Self::default();
        for key in doc.inner.keys(ROOT).filter(|key| !struck.drops(key)) {
            match doc.inner.get(ROOT, key.as_str()) {
                Ok(Some((Value::Object(ObjType::Map), _))) => {
                    let items = items_at(&doc.inner, &key);
                    let names: BTreeSet<String> = items.iter().flat_map(|item| doc.inner.keys(item)).collect();
                    let fields = names.into_iter().filter_map(|name| Some((name.clone(), read.field(doc, struck, &items, &name, format!("{key}/{name}"))?)));
                    let fields = fields.collect();
                    read.items.push((key, fields));
                }
                Ok(Some(_)) => {
                    if let Some(value) = read.field(doc, struck, &[ROOT], &key, key.clone()) {
                        read.root.push((key, value));
                    }
                }
                _ => {}
            }
        }
        read
    }

    /// The value of a field; none where it has several, which are noted.
    fn field(&mut self, doc: &Doc, struck: &Struck, objects: &[ObjId], name: &str, field: String) -> Option<ScalarValue> {
        let mut values: Vec<ScalarValue> = Vec::new();
        for (value, _) in objects.iter().flat_map(|object| doc.inner.get_all(object, name).unwrap_or_default()) {
            let Value::Scalar(value) = value else { continue };
            let value = struck.value(&field, value.into_owned());
            if values.iter().all(|other| Scalar::from(other) != Scalar::from(&value)) {
                values.push(value);
            }
        }
        if values.len() > 1 && merge_rule(&field) == Merge::OneValue {
            self.disputed.push((field, values));
            return None;
        }
        // Automerge lists last the one that is shown.
        values.pop()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{conflicts, every_value};

    const GOES: Id = Id([3; 16]);
    const STAYS: Id = Id([4; 16]);

    fn resident(id: Id) -> String {
        super::super::key("resident", id)
    }

    fn card() -> Doc {
        let mut doc = Doc::empty();
        doc.change([1; 8], 7, |w| {
            w.put("kind", 1)?;
            w.put("v", 1)?;
            w.put("home", "620102001001001")?;
            w.put("note", "王小芳怕狗，找王小芳的女儿")?;
            w.put(&super::super::set_key("need", GOES, "lives_alone"), true)?;
            w.put(&super::super::set_key("need", STAYS, "infant"), true)?;
            w.item(&resident(GOES), &[("name", "王小芳".into()), ("phone", "13900000001".into())])?;
            w.item(&resident(STAYS), &[("name", "马王小芳".into())])?;
            w.item("photo:x", &[("sha256", "王小芳".into())])
        })
        .unwrap();
        doc
    }

    fn strike() -> Struck {
        Struck { residents: BTreeSet::from([GOES]), words: vec!["王小芳".into(), "13900000001".into()], files: false }
    }

    fn begun_anew(doc: &Doc, struck: &Struck) -> (Doc, Vec<Vec<u8>>) {
        let mut n = 100;
        anew(doc, struck, 9, &mut || {
            n += 1;
            [n; 8]
        })
        .unwrap()
    }

    #[test]
    fn nothing_struck_is_left_in_any_byte_and_all_else_is_as_it_was() {
        let doc = card();
        let (new, changes) = begun_anew(&doc, &strike());
        let content = new.content();
        assert_eq!(content.root.text("note"), "■■■怕狗，找■■■的女儿");
        assert_eq!(content.root.set("need:").count(), 1);
        assert!(content.item("resident", GOES).is_none());
        assert_eq!(content.item("resident", STAYS).unwrap().text("name"), "马王小芳", "another person's entry is theirs");
        assert_eq!(content.items["photo:x"].text("sha256"), "王小芳", "no name stands in a hash");
        let holds = |bytes: &[u8], word: &str| bytes.windows(word.len()).any(|part| part == word.as_bytes());
        assert!(holds(&doc.save(), "13900000001"));
        for bytes in changes.iter().chain([&new.save()]) {
            assert!(!holds(bytes, "13900000001") && !holds(bytes, &GOES.to_string()));
        }
        let files = begun_anew(&doc, &Struck { files: true, ..strike() }).0;
        assert!(!files.content().items.contains_key("photo:x"));
        let same = begun_anew(&doc, &Struck::default()).0;
        assert_eq!(same.content(), doc.content());
        assert!(!Struck::default().touches(&doc) && strike().touches(&doc));
        assert_eq!(strike().texts(&doc), [("note".to_owned(), "■■■怕狗，找■■■的女儿".to_owned())]);
    }

    #[test]
    fn values_that_stood_side_by_side_stand_so_again() {
        let mut doc = card();
        let visit = |doc: &Doc, actor: u8, key: &str, name: &str, value: &str| {
            doc.clone().change([actor; 8], 8, |w| if key.is_empty() { w.put(name, value) } else { w.put_in(key, name, value) }).unwrap().unwrap()
        };
        let phone = resident(STAYS);
        let said = [visit(&doc, 2, "", "note", "一"), visit(&doc, 3, "", "note", "二"), visit(&doc, 4, "", "note", "王小芳")];
        let called = [visit(&doc, 5, &phone, "phone", "1"), visit(&doc, 6, &phone, "phone", "2")];
        doc.apply(&[said, [called[0].clone(), called[1].clone(), called[1].clone()]].concat()).unwrap();
        let (new, changes) = begun_anew(&doc, &strike());
        let sorted = |field: &str| {
            let mut values = every_value(&new).remove(field).unwrap();
            values.sort();
            values
        };
        assert_eq!(sorted("note"), ["■■■", "一", "二"]);
        assert_eq!(sorted(&format!("{phone}/phone")), ["1", "2"]);
        assert_eq!(conflicts(&new).len(), 2);
        assert_eq!(changes.len(), new.change_hashes().len());
    }

    #[test]
    fn a_short_name_is_no_part_of_a_longer_word() {
        let struck = Struck { words: vec!["An".into(), "12".into()], ..Struck::default() };
        assert_eq!(struck.text("note", "An, Anna, 12, 123 and An12").unwrap(), "■■, Anna, ■■, 123 and An12");
        assert_eq!(struck.text("note", "AnAn"), None);
        assert_eq!(struck.text("x/note", "找An问").unwrap(), "找■■问");
        assert_eq!(struck.text("officer", "An"), None);
    }

    #[test]
    fn many_items_are_written_in_several_changes() {
        let mut doc = Doc::empty();
        doc.change([1; 8], 7, |w| (0..100).try_for_each(|n| w.item(&format!("visit:{n}"), &[("note", "在家".into())]))).unwrap();
        let (new, changes) = begun_anew(&doc, &Struck::default());
        assert_eq!((new.content(), changes.len()), (doc.content(), 4));
    }
}
