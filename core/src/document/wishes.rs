//! On a household's card: when and by whom it would be called on, and whether there is a lift.

use super::{Content, Scalar, Writer};
use crate::{
    Result,
    model::{DoorNeed, WeekSpan, Wishes, WishesEdit},
};

/// Whether there is a lift.
const LIFT: &str = "lift";
/// The sets of needs and of spans.
const NEED: &str = "ask:";
const SPAN: &str = "span:";

/// Writes what a person changed, and nothing else.
///
/// # Errors
/// `document.malformed` if Automerge refuses.
pub fn edit(w: &mut Writer<'_>, change: &WishesEdit) -> Result<()> {
    if let Some(lift) = change.lift {
        w.put(LIFT, lift)?;
    }
    let keys = |needs: &[String], spans: &[WeekSpan]| -> Vec<String> {
        let needs = needs.iter().map(|word| format!("{NEED}{word}"));
        needs.chain(spans.iter().map(|span| format!("{SPAN}{span}"))).collect()
    };
    keys(&change.add_needs, &change.add_spans).iter().try_for_each(|key| w.put(key, true))?;
    keys(&change.drop_needs, &change.drop_spans).iter().try_for_each(|key| w.take_out(key))
}

/// Reads a card.
pub fn wishes(card: &Content) -> Wishes {
    let lift = match card.root.0.get(LIFT) {
        Some(Scalar::Bool(lift)) => Some(*lift),
        _ => None,
    };
    let mut needs: Vec<String> = card.root.set(NEED).map(str::to_owned).collect();
    // In the order of the list, words of a newer version last.
    needs.sort_by_key(|word| DoorNeed::from_word(word).map_or(u8::MAX, DoorNeed::number));
    let mut spans: Vec<WeekSpan> = card.root.set(SPAN).filter_map(|text| text.parse().ok()).collect();
    spans.sort_unstable();
    Wishes { lift, needs, spans }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Doc;

    const MORNING: WeekSpan = WeekSpan { weekday: 6, from_minute: 540, until_minute: 720 };
    const EVENING: WeekSpan = WeekSpan { weekday: 1, from_minute: 1140, until_minute: 1230 };

    fn change(doc: &mut Doc, actor: u8, edit: WishesEdit) {
        doc.change([actor; 8], 0, |w| super::edit(w, &edit)).unwrap().unwrap();
    }

    #[test]
    fn what_two_phones_add_is_all_kept_and_what_was_taken_away_stays_away() {
        let mut ours = Doc::empty();
        change(&mut ours, 1, WishesEdit { lift: Some(false), add_needs: vec!["two_persons".into()], add_spans: vec![MORNING], ..WishesEdit::default() });
        let mut theirs = ours.clone();
        let drop = WishesEdit { drop_needs: vec!["two_persons".into()], add_needs: vec!["dialect".into()], ..WishesEdit::default() };
        change(&mut ours, 1, drop);
        change(&mut theirs, 2, WishesEdit { add_spans: vec![EVENING], lift: Some(true), ..WishesEdit::default() });
        ours.apply(&theirs.changes()).unwrap();
        let read = wishes(&ours.content());
        assert_eq!((read.needs, read.spans, ours.content().disputed.len()), (vec!["dialect".to_owned()], vec![EVENING, MORNING], 0));
        assert_eq!(read.lift, Some(true), "no dispute: one phone alone changed it");
    }

    #[test]
    fn a_span_of_a_newer_version_is_left_out() {
        let mut doc = Doc::empty();
        doc.change([1; 8], 0, |w| w.put("span:9:1-2", true)).unwrap();
        assert_eq!(wishes(&doc.content()), Wishes::default());
    }
}
