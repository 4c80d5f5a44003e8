//! What people type into the three kinds of documents, through core's own functions.

use minqing_core::{
    Id, Result,
    document::{
        Content, Writer, card, key,
        matter::{Home, put_text},
        visits::{self, Made},
    },
    model::{Address, FollowUpEdit, HouseholdEdit, NewFollowUp, NewHousehold, NewResident, NewVisit, ResidentEdit, VisitEdit},
};

/// A field as `every_value` names it, and what was typed; `None`: taken out of a set.
pub type Entry = (String, Option<String>);

/// The document a story is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    Card,
    Volume,
    Matter,
}

pub const SUBJECTS: [Subject; 3] = [Subject::Card, Subject::Volume, Subject::Matter];
/// Few, so that two people often type the same.
pub const WORDS: [&str; 3] = ["耳背，敲门要久一点", "狗凶", "白天没人"];
const NEEDS: [&str; 2] = ["lives_alone", "hard_of_hearing"];

/// Fields that the core writes itself.
pub fn is_typed(field: &str) -> bool {
    !matches!(field, "kind" | "v" | "home" | "community" | "year") && !["/officer", "/at", "/visit"].iter().any(|end| field.ends_with(end))
}

fn id(n: u32) -> Id {
    Id::timed(1_789_315_200_000 + i64::from(n), &[7; 10])
}

fn one_of<T: Copy>(list: &[T], n: u8) -> Option<T> {
    list.get(usize::from(n).checked_rem(list.len())?).copied()
}

fn ids_of(now: &Content, kind: &str) -> Vec<Id> {
    now.items_of(kind).map(|(id, _)| id).collect()
}

impl Subject {
    /// Writes something, with `n` for a new id, and says what was typed.
    pub fn write(self, w: &mut Writer<'_>, now: &Content, n: u32, what: u8, which: u8, word: u8) -> Result<Vec<Entry>> {
        let word = WORDS[usize::from(word) % WORDS.len()];
        match self {
            Self::Card if w.is_new() => start_card(w, n, which, word),
            Self::Card => edit_card(w, now, n, what, which, word),
            Self::Volume => write_volume(w, now, n, what, which, word),
            Self::Matter => write_matter(w, now, n, what, which, word),
        }
    }
}

fn start_card(w: &mut Writer<'_>, n: u32, which: u8, word: &str) -> Result<Vec<Entry>> {
    let building = ["3号楼", "3栋"][usize::from(which % 2)];
    let address = Address { community: "620102001001".into(), building: building.into(), room: "501".into(), ..Address::default() };
    let (resident, mut entries) = resident(n, which, word);
    card::create(w, &NewHousehold { grid: "620102001001001".into(), address, note: word.into(), residents: vec![] }, &[(id(n), &resident)])?;
    entries.extend([("building", building), ("room", "501"), ("note", word)].map(|(f, v)| (f.to_owned(), Some(v.to_owned()))));
    Ok(entries)
}

fn resident(n: u32, which: u8, word: &str) -> (NewResident, Vec<Entry>) {
    let need = NEEDS[usize::from(which) % NEEDS.len()];
    let resident = NewResident { name: word.into(), birth_year: 1944, needs: vec![need.into()], ..NewResident::default() };
    let item = key("resident", id(n));
    let entries = vec![
        (format!("{item}/name"), Some(word.into())),
        (format!("{item}/birth_year"), Some("1944".into())),
        (format!("need:{}:{need}", id(n)), Some("true".into())),
    ];
    (resident, entries)
}

fn edit_card(w: &mut Writer<'_>, now: &Content, n: u32, what: u8, which: u8, word: &str) -> Result<Vec<Entry>> {
    let mut edit = HouseholdEdit::default();
    let mut change = |change: ResidentEdit| edit.residents.push(change);
    let of = one_of(&ids_of(now, "resident"), which).unwrap_or(id(0));
    let (who, need) = (of.to_string(), NEEDS[usize::from(which) % NEEDS.len()]);
    let entry = match what % 6 {
        0 => (format!("resident:{of}/phone"), Some(word.into())),
        1 => (format!("resident:{of}/name"), Some(word.into())),
        2 => (format!("need:{of}:{need}"), Some("true".into())),
        3 => (format!("need:{of}:{need}"), None),
        4 => ("note".into(), Some(word.into())),
        _ => {
            let (new, entries) = resident(n, which, word);
            card::edit(w, now, &edit, &[(id(n), &new)])?;
            return Ok(entries);
        }
    };
    match what % 6 {
        0 => change(ResidentEdit { id: who, phone: Some(word.into()), ..ResidentEdit::default() }),
        1 => change(ResidentEdit { id: who, name: Some(word.into()), ..ResidentEdit::default() }),
        2 => change(ResidentEdit { id: who, add_needs: vec![need.into()], ..ResidentEdit::default() }),
        3 => change(ResidentEdit { id: who, drop_needs: vec![need.into()], ..ResidentEdit::default() }),
        _ => edit.note = Some(word.into()),
    }
    card::edit(w, now, &edit, &[])?;
    Ok(vec![entry])
}

fn write_volume(w: &mut Writer<'_>, now: &Content, n: u32, what: u8, which: u8, word: &str) -> Result<Vec<Entry>> {
    let (officer, visit, follow_up) = (Id([9; 16]), id(2 * n), id(2 * n + 1));
    let (visits, follow_ups) = (ids_of(now, "visit"), ids_of(now, "followup"));
    let typed = |value: &str| Some(value.to_owned());
    match (what % 4, one_of(&visits, which), one_of(&follow_ups, which)) {
        (0, Some(v), _) => {
            visits::edit(w, now, v, officer, &VisitEdit { note: typed(word), ..VisitEdit::default() }, &[])?;
            Ok(vec![(format!("visit:{v}/note"), typed(word))])
        }
        (1, Some(v), _) => {
            visits::edit(w, now, v, officer, &VisitEdit { outcome: typed("refused"), ..VisitEdit::default() }, &[])?;
            Ok(vec![(format!("visit:{v}/outcome"), typed("refused"))])
        }
        (2, _, Some(f)) => {
            let done = which & 1 == 0;
            visits::edit_follow_up(w, now, f, &FollowUpEdit { what: typed(word), done: Some(done), ..FollowUpEdit::default() })?;
            Ok(vec![(format!("followup:{f}/what"), typed(word)), (format!("followup:{f}/done"), Some(done.to_string()))])
        }
        _ => {
            let new =
                NewVisit { purpose: "routine".into(), outcome: "talked".into(), note: word.into(), with: vec![Id([8; 16]).to_string()], ..NewVisit::default() };
            let due = NewFollowUp { what: word.into(), due: "2026-09-21".into() };
            visits::add(w, Id([3; 16]), 2026, visit, &new, Made { officer, at_ms: 1_789_315_200_000 }, &[(follow_up, &due)])?;
            let of_visit = [("purpose", "routine"), ("outcome", "talked"), ("note", word)].map(|(f, v)| (format!("visit:{visit}/{f}"), typed(v)));
            let of_due = [("what", word), ("due", "2026-09-21")].map(|(f, v)| (format!("followup:{follow_up}/{f}"), typed(v)));
            let with = (format!("visit:{visit}/with:{}", Id([8; 16])), typed("true"));
            Ok(of_visit.into_iter().chain(of_due).chain([with]).collect())
        }
    }
}

fn write_matter(w: &mut Writer<'_>, now: &Content, n: u32, what: u8, which: u8, word: &str) -> Result<Vec<Entry>> {
    let home = Home::Community("620102001001".into());
    let texts: Vec<Id> = now.root.0.keys().filter_map(|k| k.strip_prefix("text:")?.parse().ok()).collect();
    let (event, place) = match (what % 3, one_of(&texts, which)) {
        (0, Some(known)) => (known, None),
        (1, Some(known)) => (known, Some(word)),
        _ => (id(n), None),
    };
    put_text(w, &home, event, Some(word), place)?;
    let place = place.map(|p| ("place".to_owned(), Some(p.to_owned())));
    Ok([(key("text", event), Some(word.to_owned()))].into_iter().chain(place).collect())
}
