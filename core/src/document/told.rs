//! What was told at a door: `told:<notice>` in the household's visit volume, made whole by the officer who said it. Two who tell the
//! same, not knowing of each other, have told it once.

use super::{Content, Fields, Scalar, Writer, key, visits};
use crate::{Id, Result, document::visits::Made};

/// Writes that a notice was told; what was told stays as it is.
///
/// # Errors
/// `document.malformed` if Automerge refuses.
pub fn put(w: &mut Writer<'_>, household: Id, year: i16, notice: Id, made: Made) -> Result<()> {
    let item = key("told", notice);
    if w.has(&item) {
        return Ok(());
    }
    visits::begin_volume(w, household, year)?;
    w.item(&item, &[("officer", made.officer.to_string().into()), ("at", (made.at_ms / 1_000).into())])
}

/// The notices that a volume says were told.
pub fn told(volume: &Content) -> impl Iterator<Item = Id> {
    volume.items_of("told").map(|(notice, _)| notice)
}

/// Whether an item that a change wrote is no telling, or has the shape of one and is its author's own.
pub(super) fn is_sound(key: &str, fields: &Fields, author: Option<Id>) -> bool {
    let Some(notice) = key.strip_prefix("told:") else { return true };
    let officer = fields.text("officer");
    let shape = notice.parse::<Id>().is_ok() && officer.parse::<Id>().is_ok() && matches!(fields.0.get("at"), Some(Scalar::Int(at)) if *at >= 0);
    shape && author.is_none_or(|author| officer == author.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        document::{Admission, Doc, DocKind, Step, Written, admit, conflicts, keeps_the_rules},
        ids::{Device, Opening},
    };

    const DOOR: Id = Id([2; 16]);
    const NOTICE: Id = Id([3; 16]);
    const WANG: Id = Id([5; 16]);
    const MA: Id = Id([6; 16]);

    fn tell(doc: &mut Doc, actor: u8, officer: Id, at_ms: i64) -> Option<Vec<u8>> {
        doc.change([actor; 8], 0, |w| put(w, DOOR, 2026, NOTICE, Made { officer, at_ms })).unwrap()
    }

    fn keeps(before: &Doc, after: &Doc, author: Id) -> bool {
        keeps_the_rules(&Step { kind: DocKind::Visits, before: &before.content(), after: &after.content(), author: Some(author), first: false })
    }

    #[test]
    fn it_is_told_once_with_its_second() {
        let mut doc = Doc::empty();
        assert!(tell(&mut doc, 1, WANG, 7_900).is_some() && tell(&mut doc, 2, MA, 9_000).is_none());
        let content = doc.content();
        assert_eq!((doc.header(), content.root.int("year")), (Some((DocKind::Visits, DOOR.to_string())), 2026));
        let item = content.item("told", NOTICE).unwrap();
        assert_eq!((item.text("officer"), item.int("at"), item.0.len()), (WANG.to_string(), 7, 2));
        assert_eq!(told(&content).collect::<Vec<_>>(), [NOTICE]);
    }

    #[test]
    fn two_officers_who_told_it_offline_have_told_it_once_whoever_comes_first() {
        for (first, second) in [(1, 2), (2, 1)] {
            let (mut here, mut there) = (Doc::empty(), Doc::empty());
            let changes = [tell(&mut here, first, WANG, 7_000).unwrap(), tell(&mut there, second, MA, 9_000).unwrap()];
            let before = here.clone();
            here.apply(&changes[1..]).unwrap();
            there.apply(&changes[..1]).unwrap();
            assert_eq!((here.content(), told(&here.content()).count()), (there.content(), 1));
            let (device, opening) = (Device(u32::from_be_bytes([0, second, second, second])), Opening([second; 5]));
            assert!(matches!(admit(&before, &before.content(), &changes[1], device, opening), Admission::Applied(_)) && keeps(&before, &here, MA));
            let over = before.clone().change([second; 8], 0, |w| w.item(&key("told", NOTICE), &[("at", 1.into())])).unwrap().unwrap();
            assert!(matches!(admit(&before, &before.content(), &over, device, opening), Admission::Refused(_)), "over one that was seen");
            assert_eq!(conflicts(&here), [], "nobody is asked");
            // What both say is not written a third time.
            let again = Written::read(&changes[1], &here).unwrap();
            assert!(here.change([9; 8], 0, |w| again.write(w)).unwrap().is_none());
            assert!(Doc::empty().change([9; 8], 0, |w| again.write(w)).unwrap().is_some());
        }
    }

    #[test]
    fn what_a_newer_app_adds_is_no_reason_to_refuse_the_other() {
        let (mut here, mut there) = (Doc::empty(), Doc::empty());
        tell(&mut here, 1, WANG, 7_000).unwrap();
        here.change([1; 8], 0, |w| w.put_in(&key("told", NOTICE), "newer", "x")).unwrap();
        let before = here.clone();
        here.apply(&[tell(&mut there, 2, MA, 9_000).unwrap()]).unwrap();
        assert!(here.content().item("told", NOTICE).unwrap().text("newer").is_empty() && keeps(&before, &here, MA));
    }

    #[test]
    fn nobody_says_it_for_another_and_nothing_else_is_a_telling() {
        let mut before = Doc::empty();
        tell(&mut before, 1, WANG, 7_000).unwrap();
        let item = key("told", NOTICE);
        let keeps = |author: Id, write: &dyn Fn(&mut Writer<'_>) -> Result<()>| {
            let mut after = before.clone();
            after.change([2; 8], 0, write).unwrap().unwrap();
            keeps(&before, &after, author)
        };
        let officer = |officer: Id| ("officer", officer.to_string().into());
        let other = key("told", Id([4; 16]));
        assert!(keeps(MA, &|w| w.item(&other, &[officer(MA), ("at", 7.into()), ("newer", "x".into())])));
        assert!(!keeps(MA, &|w| w.item(&other, &[officer(WANG), ("at", 7.into())])), "for another");
        assert!(!keeps(MA, &|w| w.put_in(&item, "at", 9)), "another's time");
        assert!(!keeps(WANG, &|w| w.take_out(&item)), "untold");
        assert!(!keeps(MA, &|w| w.put(&other, true)), "in the place of a telling");
        for (key, fields) in [
            (&other[..], vec![officer(MA)]),
            (&other[..], vec![("at", 7.into())]),
            (&other[..], vec![officer(MA), ("at", "7".into())]),
            (&other[..], vec![officer(MA), ("at", (-1).into())]),
            ("told:x", vec![officer(MA), ("at", 7.into())]),
        ] {
            assert!(!keeps(MA, &|w| w.item(key, &fields)), "{key}: {fields:?}");
        }
    }
}
