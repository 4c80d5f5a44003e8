//! What the office makes of a review card, and taking that back.

use automerge::{ReadDoc, ScalarValue};

use super::{Doc, Scalar, Writer, conflict::locate};
use crate::{Error, Result};

const MALFORMED: Error = Error::Malformed("document.malformed");

/// Lets one value stand in a field: one of those that stand there, or of a field of text any. The change's bytes.
///
/// # Errors
/// `document.malformed` where there is no such field, or it is of another kind.
pub fn settle(doc: &mut Doc, actor: [u8; 8], time_s: i64, field: &str, value: &str) -> Result<Option<Vec<u8>>> {
    let scalar = scalar_of(doc, field, value)?;
    doc.change(actor, time_s, |w| put(w, field, scalar))
}

/// Puts values side by side into a field again, each written as if its author had not seen the others, so that everybody is asked
/// once more. One actor for each value. The changes' bytes.
///
/// # Errors
/// As [`settle`].
pub fn dispute(doc: &mut Doc, actors: &mut dyn FnMut() -> [u8; 8], time_s: i64, field: &str, values: &[String]) -> Result<Vec<Vec<u8>>> {
    let mut changes = Vec::new();
    for value in values {
        let scalar = scalar_of(doc, field, value)?;
        let mut beside = doc.clone();
        changes.extend(beside.change(actors(), time_s, |w| put_anew(w, field, scalar))?);
    }
    doc.apply(&changes)?;
    Ok(changes)
}

/// A value in the kind of those that stand in the field.
fn scalar_of(doc: &Doc, field: &str, value: &str) -> Result<ScalarValue> {
    let (objects, name) = locate(doc, field);
    let mut present = Vec::new();
    for object in &objects {
        let all = doc.inner.get_all(object, name).map_err(|_| MALFORMED)?;
        present.extend(all.iter().filter_map(|(value, _)| value.as_scalar().cloned()));
    }
    if let Some(same) = present.iter().find(|scalar| Scalar::from(*scalar).to_string() == value) {
        return Ok(same.clone());
    }
    match present.first().map(Scalar::from) {
        Some(Scalar::Text(_)) => Ok(value.into()),
        Some(Scalar::Int(_)) => value.parse::<i64>().map(Into::into).map_err(|_| MALFORMED),
        Some(Scalar::Bool(_)) => value.parse::<bool>().map(Into::into).map_err(|_| MALFORMED),
        Some(Scalar::Other(_)) | None => Err(MALFORMED),
    }
}

fn put(w: &mut Writer<'_>, field: &str, value: ScalarValue) -> Result<()> {
    match field.split_once('/') {
        None => w.put(field, value),
        Some((item, name)) => w.put_in(item, name, value),
    }
}

fn put_anew(w: &mut Writer<'_>, field: &str, value: ScalarValue) -> Result<()> {
    w.clear(field)?;
    put(w, field, value)
}

#[cfg(test)]
mod tests {
    use super::{
        super::{Conflict, conflicts, every_value},
        *,
    };

    fn actor(n: u8) -> [u8; 8] {
        [0, 0, n, 0, 0, 0, 0, 0]
    }

    /// Two phones write into one field, not knowing of each other.
    fn disputed(item: Option<&str>, name: &str, values: [ScalarValue; 2]) -> Doc {
        let mut doc = Doc::empty();
        if let Some(item) = item {
            doc.change(actor(9), 1, |w| w.item(item, &[("other", "x".into()), (name, "before".into())])).unwrap();
        }
        let field = item.map_or_else(|| name.to_owned(), |item| format!("{item}/{name}"));
        let [ours, theirs] = values;
        let mut other = doc.clone();
        doc.change(actor(1), 10, |w| put(w, &field, ours)).unwrap();
        let theirs = other.change(actor(2), 20, |w| put(w, &field, theirs)).unwrap().unwrap();
        doc.apply(&[theirs]).unwrap();
        doc
    }

    fn values(doc: &Doc) -> Vec<Vec<String>> {
        conflicts(doc).into_iter().map(|Conflict { values, .. }| values.into_iter().map(|told| told.value).collect()).collect()
    }

    #[test]
    fn what_was_chosen_stands_alone_and_taken_back_both_stand_again() {
        for (item, field) in [(None, "note"), (Some("resident:A"), "resident:A/phone")] {
            let name = field.rsplit('/').next().unwrap();
            for chosen in ["狗凶", "在家", "狗凶。在家"] {
                let mut doc = disputed(item, name, ["狗凶".into(), "在家".into()]);
                let asked = values(&doc);
                assert_eq!(asked.len(), 1);
                let change = settle(&mut doc, actor(0), 30, field, chosen).unwrap().unwrap();
                assert_eq!((values(&doc), &every_value(&doc)[field]), (vec![], &vec![chosen.to_owned()]));

                let mut drawn = 10;
                let mut draw = || {
                    drawn += 1;
                    actor(drawn)
                };
                let changes = dispute(&mut doc, &mut draw, 40, field, &["狗凶".to_owned(), "在家".to_owned()]).unwrap();
                let mut again = every_value(&doc).remove(field).unwrap();
                again.sort();
                assert_eq!((changes.len(), again), (2, vec!["在家".to_owned(), "狗凶".to_owned()]));

                // Another replica that takes the changes one by one sees the same.
                let mut replica = disputed(item, name, ["狗凶".into(), "在家".into()]);
                replica.apply(&[change]).unwrap();
                changes.iter().for_each(|change| replica.apply(std::slice::from_ref(change)).unwrap());
                assert_eq!(values(&replica), values(&doc));
            }
        }
    }

    #[test]
    fn a_number_stays_a_number_and_what_does_not_fit_is_refused() {
        let mut doc = disputed(Some("resident:A"), "birth_year", [1941i64.into(), 1947i64.into()]);
        let field = "resident:A/birth_year";
        assert!(settle(&mut doc.clone(), actor(0), 30, field, "about 1940").is_err());
        assert!(
            settle(&mut doc.clone(), actor(0), 30, "resident:B/birth_year", "1941").is_err() && settle(&mut doc.clone(), actor(0), 30, "none", "x").is_err()
        );
        settle(&mut doc, actor(0), 30, field, "1941").unwrap().unwrap();
        assert_eq!(doc.content().items["resident:A"].int("birth_year"), 1941);
        let mut n = 10;
        dispute(
            &mut doc,
            &mut || {
                n += 1;
                actor(n)
            },
            40,
            field,
            &["1941".into(), "1947".into()],
        )
        .unwrap();
        assert!(values(&doc)[0].contains(&"1947".to_owned()) && doc.content().items["resident:A"].int("birth_year") > 0);
    }
}
