//! What a door asks of whoever comes, and of when.

use super::{Diaries, Slot};
use crate::{
    Id,
    model::{DoorNeed, Language, WeekSpan},
};

/// A door, as appointments see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Door {
    /// The household.
    pub household: Id,
    /// What is asked of whoever comes.
    pub needs: Vec<DoorNeed>,
    /// What is spoken there.
    pub languages: Vec<Language>,
    /// When somebody is in; none = not known.
    pub spans: Vec<WeekSpan>,
}

impl Door {
    /// A door of which nothing is known.
    pub fn unknown(household: Id) -> Self {
        Self { household, needs: Vec::new(), languages: Vec::new(), spans: Vec::new() }
    }

    /// Whether somebody is in for a visit; also where that is not known.
    pub fn is_in(&self, slot: &Slot) -> bool {
        let day = slot.day();
        let holds = |span: &WeekSpan| span.is_on(day) && slot.lies_between(span.from_minute, span.until_minute);
        self.spans.is_empty() || self.spans.iter().any(holds)
    }

    /// Whether those who are to come are whom the door asks for: together they meet its needs, and nobody of them is a relative.
    pub fn fits(&self, slot: &Slot, diaries: &Diaries) -> bool {
        let come = || slot.officers.iter().filter_map(|officer| diaries.get(officer)).map(|diary| &diary.availability);
        let meets = |need: &DoorNeed| match need {
            DoorNeed::TwoPersons => slot.officers.len() > 1,
            DoorNeed::Dialect => self.languages.is_empty() || come().any(|officer| officer.languages.iter().any(|spoken| self.languages.contains(spoken))),
            DoorNeed::FemaleOfficer | DoorNeed::SignLanguage => come().any(|officer| officer.skills.contains(need)),
        };
        self.needs.iter().all(meets) && !come().any(|officer| officer.relatives.contains(&self.household))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        appointment::{Availability, Diary},
        clock::{MINUTE_MS, day_start},
        document::{Doc, card, wishes},
        model::{Address, NewHousehold, NewResident, WishesEdit},
        view,
    };

    const HOME: Id = Id([5; 16]);

    fn door() -> Door {
        let address = Address { community: "620102001001".into(), building: "3".into(), ..Address::default() };
        let speaks = |language: &str| NewResident { name: "某".into(), languages: vec![language.into()], ..NewResident::default() };
        let (ours, gone) = (speaks("hui"), speaks("tibetan"));
        let mut doc = Doc::empty();
        doc.change([1; 8], 0, |w| {
            let new = NewHousehold { grid: "620102001001001".into(), address, ..NewHousehold::default() };
            card::create(w, &new, &[(Id([1; 16]), &ours), (Id([2; 16]), &gone)])?;
            w.put_in(&crate::document::key("resident", Id([2; 16])), "moved_out", true)?;
            let needs = ["dialect", "female_officer"].map(str::to_owned).to_vec();
            wishes::edit(
                w,
                &WishesEdit { add_needs: needs, add_spans: vec![WeekSpan { weekday: 6, from_minute: 540, until_minute: 720 }], ..WishesEdit::default() },
            )
        })
        .unwrap();
        view::door(HOME, Some(&doc.content()))
    }

    fn officer(n: u8, change: impl FnOnce(&mut Availability)) -> (Id, Diary) {
        let mut availability = Availability::default();
        change(&mut availability);
        (Id([n; 16]), Diary { availability, ..Diary::default() })
    }

    #[test]
    fn two_meet_together_what_one_alone_does_not() {
        let diaries: Diaries = [
            officer(1, |a| a.skills = vec![DoorNeed::FemaleOfficer]),
            officer(2, |a| a.languages = vec![Language::Hui]),
            officer(3, |a| a.languages = vec![Language::Tibetan]),
            officer(4, |a| (a.relatives, a.languages) = (vec![HOME], vec![Language::Hui])),
        ]
        .into();
        let fits = |come: &[u8]| door().fits(&Slot { start_ms: 0, minutes: 30, officers: come.iter().map(|n| Id([*n; 16])).collect() }, &diaries);
        assert_eq!([fits(&[1]), fits(&[2]), fits(&[1, 2])], [false, false, true]);
        assert!(!fits(&[1, 3]), "who spoke Tibetan has moved out");
        assert!(!fits(&[1, 4]), "a relative");
        let alone = Door { needs: vec![DoorNeed::TwoPersons], ..Door::unknown(HOME) };
        assert!(!alone.fits(&Slot { start_ms: 0, minutes: 30, officers: vec![Id([1; 16])] }, &diaries));
    }

    #[test]
    fn somebody_is_in_within_the_spans_that_were_named() {
        let saturday = day_start(jiff::civil::date(2026, 9, 19));
        let is_in = |day: i64, minute: i64| {
            let slot = Slot { start_ms: saturday + (day * 1440 + minute) * MINUTE_MS, minutes: 30, officers: Vec::new() };
            (door().is_in(&slot), Door::unknown(HOME).is_in(&slot))
        };
        assert_eq!([is_in(0, 540), is_in(0, 690), is_in(0, 700), is_in(1, 540)], [(true, true), (true, true), (false, true), (false, true)]);
    }
}
