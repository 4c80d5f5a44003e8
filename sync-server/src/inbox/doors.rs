//! Two doors that may be one: side by side, made one, or kept apart for good.

use minqing_core::{
    Id,
    document::{Content, DocKind, card, conflicts},
    model::{Consent, HouseholdEdit, NewResident, ResidentEdit},
    speech::said,
    view::{self, CardView, ResidentRow},
    words::{Lang, say},
};
use serde::{Deserialize, Serialize};

use super::{
    decide::{About, Decided, OVERTAKEN, Who, note, once, own, pen, read_was},
    hex,
};
use crate::{
    app::App,
    fault::Fault,
    storage::{Decision, DecisionKind, DoorFacts, Result, StoreError, log::KeptDocument},
    sync::{Applying, with_ids, write_document},
};

/// A door as it is held against another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Door {
    /// The household and who lives there.
    pub card: CardView,
    /// What happened there.
    pub facts: DoorFacts,
}

/// A door; `None` where there is none of that id.
///
/// # Errors
/// `store.failed`.
pub fn door(app: &App, household: Id) -> Result<Option<Door>> {
    let Some(kept) = app.store.document(household)?.filter(|kept| kept.head.kind == DocKind::Card) else { return Ok(None) };
    Ok(Some(Door { card: view::card(household, &kept.doc.content()), facts: app.store.door_facts(household)? }))
}

/// What making two doors one changed, to be put back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Merged {
    /// Residents who were added to the door that stays, as they were added.
    added: Vec<(String, NewResident)>,
    /// What residents of the door that stays were found to have besides.
    learned: Vec<ResidentEdit>,
    /// A number and needs that they lost, for the other door knew that they refuse to have them kept.
    #[serde(default)]
    lost: Vec<ResidentEdit>,
    /// Residents of the other door who live there no longer.
    moved: Vec<String>,
    /// The remark of the door that stays, before and after.
    note: Option<(String, String)>,
    /// The remark of the other one, before and after.
    sign: (String, String),
}

/// Says that two doors are two, however like they are.
///
/// # Errors
/// `card.unknown`; `card.settled` where that was said, or they are one by now; `store.failed`.
pub fn keep_apart(app: &App, who: &Who, one: Id, other: Id) -> Result<Decided, Fault> {
    let (a, b) = (one.min(other), one.max(other));
    once(app, |at| {
        let (one, other) = (own(at, who, a)?, own(at, who, b)?);
        are_two(at, (a, &one), (b, &other))?;
        note(at, who, About { kind: DecisionKind::Door, doc: a, other: apart(b), was: "null".to_owned(), became: "apart" })
    })
}

fn apart(other: Id) -> String {
    format!("apart:{}", hex(other))
}

/// Two doors of which nobody has said anything yet.
fn are_two(a: &mut Applying<'_>, (one, card): (Id, &KeptDocument), (other, beside): (Id, &KeptDocument)) -> Result<()> {
    check(card)?;
    check(beside)?;
    let is_gone = |kept: &KeptDocument| !kept.doc.content().root.text("into").is_empty();
    let said = a.unit.standing(one.min(other), &apart(one.max(other)))?.is_some();
    if one == other || said || is_gone(card) || is_gone(beside) { Err(StoreError::Refused("card.settled")) } else { Ok(()) }
}

/// Makes two doors one: who lives behind `gone` lives at `stays` from now on, and phones read there where it went. Visits and matters
/// stay where they were written.
///
/// # Errors
/// `card.unknown`; `card.settled` where one of them is another door already, or somebody said that they are two; `card.disputed` where
/// fields of either hold two values: these are settled first; `text.too_long` where both remarks do not fit one; `list.too_long`, `store.failed`.
pub fn merge(app: &App, who: &Who, stays: Id, gone: Id) -> Result<Decided, Fault> {
    once(app, |a| {
        let (to, from) = (own(a, who, stays)?, own(a, who, gone)?);
        are_two(a, (stays, &to), (gone, &from))?;
        let (into, content) = (to.doc.content(), from.doc.content());
        // Whatever is written into a field with two values ends the dispute, unseen.
        if [&to, &from].iter().any(|kept| !conflicts(&kept.doc).is_empty()) {
            return Err(StoreError::Refused("card.disputed"));
        }
        let (stay, go) = (view::card(stays, &into), view::card(gone, &content));
        let edit = joined(&stay, &go);
        edit.check().or_else(|e| if e.code() == "edit.empty" { Ok(()) } else { Err(e) }).map_err(|e| StoreError::Refused(e.code()))?;
        let new = with_ids(a.entropy, a.now_ms, &edit.new_residents);
        let plate = said::plate(Lang::Zh, &view::address(&into.root));
        let sign = format!("{}。{}", say(Lang::Zh, "merged-into", &[("plate", plate.into())]), go.household.note);
        let merged = Merged {
            added: new.iter().map(|(id, resident)| (id.to_string(), (*resident).clone())).collect(),
            lost: edit.residents.iter().filter_map(|learned| lost(&stay.residents, learned)).collect(),
            learned: edit.residents.clone(),
            moved: go.residents.iter().filter(|r| !r.moved_out).map(|r| r.id.clone()).collect(),
            note: edit.note.clone().map(|note| (stay.household.note.clone(), note)),
            sign: (go.household.note.clone(), sign.clone()),
        };
        let leave = HouseholdEdit { note: Some(sign), residents: merged.moved.iter().map(|id| moved(id, true)).collect(), ..HouseholdEdit::default() };
        leave.check().map_err(|e| StoreError::Refused(e.code()))?;
        change_card(a, stays, to, &into, &edit, &new, None)?;
        change_card(a, gone, from, &content, &leave, &[], Some(stays.to_string()))?;
        let was = serde_json::to_string(&merged).map_err(|e| StoreError::Damaged(e.to_string()))?;
        note(a, who, About { kind: DecisionKind::Door, doc: stays, other: format!("into:{}", hex(gone)), was, became: &gone.to_string() })
    })
}

fn check(kept: &KeptDocument) -> Result<()> {
    if kept.head.kind == DocKind::Card { Ok(()) } else { Err(StoreError::Unknown { what: "card", id: String::new() }) }
}

fn moved(id: &str, moved_out: bool) -> ResidentEdit {
    ResidentEdit { id: id.to_owned(), moved_out: Some(moved_out), ..ResidentEdit::default() }
}

/// What the door that stays takes over: people it lacks, what it did not know of those it has, and the other's remark.
fn joined(stay: &CardView, go: &CardView) -> HouseholdEdit {
    let mut edit = HouseholdEdit::default();
    let mut known: Vec<&ResidentRow> = stay.residents.iter().filter(|r| !r.moved_out).collect();
    for r in go.residents.iter().filter(|r| !r.moved_out) {
        match known.iter().position(|known| may_be_one(known, r)) {
            Some(same) => edit.residents.extend(learned(known.swap_remove(same), r)),
            None => edit.new_residents.push(new(r)),
        }
    }
    let (note, other) = (&stay.household.note, &go.household.note);
    if !other.is_empty() && !note.contains(other.as_str()) {
        edit.note = Some(if note.is_empty() { other.clone() } else { format!("{note}\n{other}") });
    }
    edit
}

/// Whether two entries may be one person: of one name, and nothing that both know is different.
pub(super) fn may_be_one(a: &ResidentRow, b: &ResidentRow) -> bool {
    let digits = |phone: &str| phone.chars().filter(char::is_ascii_digit).collect::<String>();
    let (one, other) = (digits(&a.phone), digits(&b.phone));
    let same_phone = one.is_empty() || other.is_empty() || one == other;
    let same_birth = a.birth_year == 0 || b.birth_year == 0 || a.birth_year == b.birth_year;
    a.name == b.name && same_phone && same_birth
}

fn new(r: &ResidentRow) -> NewResident {
    let ResidentRow { name, phone, birth_year, languages, needs, refuses, .. } = r.clone();
    NewResident { name, phone, birth_year, languages, needs, refuses }
}

fn learned(known: &ResidentRow, r: &ResidentRow) -> Option<ResidentEdit> {
    let lacks = |all: &[String], known: &[String]| all.iter().filter(|word| !known.contains(word)).cloned().collect::<Vec<_>>();
    // What was refused at either door is refused at the one that stays.
    let agrees = |consent: Consent| !consent.is_among(&known.refuses) && !consent.is_among(&r.refuses);
    let edit = ResidentEdit {
        id: known.id.clone(),
        phone: (known.phone.is_empty() && !r.phone.is_empty() && agrees(Consent::Contact)).then(|| r.phone.clone()),
        birth_year: (known.birth_year == 0 && r.birth_year != 0).then_some(r.birth_year),
        add_needs: if agrees(Consent::Needs) { lacks(&r.needs, &known.needs) } else { Vec::new() },
        refuses: lacks(&r.refuses, &known.refuses),
        add_languages: lacks(&r.languages, &known.languages),
        ..ResidentEdit::default()
    };
    let nothing = ResidentEdit { id: known.id.clone(), ..ResidentEdit::default() };
    (edit != nothing).then_some(edit)
}

pub(super) fn change_card(
    a: &mut Applying<'_>,
    id: Id,
    kept: KeptDocument,
    now: &Content,
    edit: &HouseholdEdit,
    new: &[(Id, &NewResident)],
    into: Option<String>,
) -> Result<()> {
    let (pen, time_s) = (pen(a), a.now_ms / 1_000);
    write_document(a, id, kept, |doc| {
        let change = doc.change(pen, time_s, |w| {
            card::edit(w, now, edit, new)?;
            into.map_or(Ok(()), |into| w.put("into", into))
        })?;
        Ok(change.into_iter().collect())
    })
}

/// Makes two of them again.
pub(super) fn part(a: &mut Applying<'_>, who: &Who, decision: &Decision) -> Result<()> {
    if decision.other.starts_with("apart:") {
        return Ok(());
    }
    let merged: Merged = read_was(decision)?;
    let gone: Id = decision.became.parse().map_err(|_| StoreError::Damaged("decision".to_owned()))?;
    let (to, from) = (own(a, who, decision.doc)?, own(a, who, gone)?);
    let (into, content) = (to.doc.content(), from.doc.content());
    if !is_as_left(&merged, decision.doc, &into, &content) || [&to, &from].iter().any(|kept| !conflicts(&kept.doc).is_empty()) {
        return Err(OVERTAKEN);
    }
    let added = merged.added.iter().map(|(id, _)| moved(id, true));
    let stay = HouseholdEdit {
        note: merged.note.map(|(before, _)| before),
        residents: added.chain(merged.learned.iter().map(|learned| forgotten(learned, &merged.lost))).collect(),
        ..HouseholdEdit::default()
    };
    change_card(a, decision.doc, to, &into, &stay, &[], None)?;
    let again = HouseholdEdit { note: Some(merged.sign.0), residents: merged.moved.iter().map(|id| moved(id, false)).collect(), ..HouseholdEdit::default() };
    change_card(a, gone, from, &content, &again, &[], Some(String::new()))
}

/// What somebody loses by what is refused in this edit.
fn lost(stay: &[ResidentRow], learned: &ResidentEdit) -> Option<ResidentEdit> {
    let known = stay.iter().find(|known| known.id == learned.id)?;
    let phone = (Consent::Contact.is_among(&learned.refuses) && !known.phone.is_empty()).then(|| known.phone.clone());
    let add_needs = if Consent::Needs.is_among(&learned.refuses) { known.needs.clone() } else { Vec::new() };
    let is_any = phone.is_some() || !add_needs.is_empty();
    is_any.then(|| ResidentEdit { id: known.id.clone(), phone, add_needs, ..ResidentEdit::default() })
}

/// What was learned of somebody, the other way round, and what they lost by it.
fn forgotten(learned: &ResidentEdit, lost: &[ResidentEdit]) -> ResidentEdit {
    let lost = lost.iter().find(|lost| lost.id == learned.id).cloned().unwrap_or_default();
    ResidentEdit {
        id: learned.id.clone(),
        phone: lost.phone.or(learned.phone.as_ref().map(|_| String::new())),
        birth_year: learned.birth_year.map(|_| 0),
        add_needs: lost.add_needs,
        drop_needs: learned.add_needs.clone(),
        agrees: learned.refuses.clone(),
        drop_languages: learned.add_languages.clone(),
        ..ResidentEdit::default()
    }
}

/// Whether both cards say what the merge left there: what somebody wrote since is not thrown away.
fn is_as_left(merged: &Merged, stays: Id, into: &Content, content: &Content) -> bool {
    let (stay, go) = (view::card(stays, into), view::card(stays, content));
    let of = |card: &CardView, id: &str| card.residents.iter().find(|r| r.id == id).cloned();
    let added = merged.added.iter().all(|(id, resident)| of(&stay, id).is_some_and(|now| !now.moved_out && new(&now) == *resident));
    let learned = merged.learned.iter().all(|edit| {
        of(&stay, &edit.id).is_some_and(|now| {
            edit.phone.as_ref().is_none_or(|phone| now.phone == *phone)
                && edit.birth_year.is_none_or(|year| now.birth_year == year)
                && edit.add_needs.iter().all(|need| now.needs.contains(need))
                && edit.refuses.iter().all(|word| now.refuses.contains(word))
                && edit.add_languages.iter().all(|language| now.languages.contains(language))
        })
    });
    let gone = merged.moved.iter().all(|id| of(&go, id).is_some_and(|now| now.moved_out)) && go.residents.iter().all(|r| r.moved_out);
    let notes = merged.note.as_ref().is_none_or(|(_, after)| stay.household.note == *after) && go.household.note == merged.sign.1;
    added && learned && gone && notes && into.root.text("into").is_empty() && content.root.text("into") == stays.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_refused_at_either_door_is_refused_at_the_one_that_stays() {
        let known = ResidentRow { id: "a".into(), name: "王秀兰".into(), refuses: vec!["contact".into()], ..ResidentRow::default() };
        let other = ResidentRow {
            name: "王秀兰".into(),
            phone: "0931 012 7765".into(),
            languages: vec!["hui".into()],
            refuses: vec!["photos".into(), "needs".into()],
            ..ResidentRow::default()
        };
        let edit = ResidentEdit { id: "a".into(), add_languages: vec!["hui".into()], refuses: other.refuses.clone(), ..ResidentEdit::default() };
        assert_eq!(learned(&known, &other), Some(edit.clone()));
        assert_eq!(forgotten(&edit, &[]).agrees, other.refuses);
        assert_eq!(new(&other).refuses, other.refuses);
    }

    #[test]
    fn what_a_refusal_at_the_other_door_took_out_comes_back_when_they_are_two_again() {
        let known =
            ResidentRow {
                id: "a".into(), name: "王秀兰".into(), phone: "0931 012 7765".into(), needs: vec!["lives_alone".into()], ..ResidentRow::default()
            };
        let other = ResidentRow { name: "王秀兰".into(), refuses: vec!["contact".into(), "needs".into()], ..ResidentRow::default() };
        let stay = [known.clone()];
        let edit = learned(&known, &other).unwrap();
        let gone = lost(&stay, &edit).unwrap();
        let back = forgotten(&edit, std::slice::from_ref(&gone));
        assert_eq!((back.phone, back.add_needs, back.agrees), (Some(known.phone), known.needs, other.refuses));
        let photos = ResidentEdit { id: "a".into(), refuses: vec!["photos".into()], ..ResidentEdit::default() };
        assert_eq!(lost(&stay, &photos), None, "nothing was kept for it");
    }
}
