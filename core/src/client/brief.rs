//! The door brief: one screen before the bell.

use serde::{Deserialize, Serialize};

use super::{Lists, TellRow};
use crate::{
    Error, Result,
    clock::local_date,
    model::{Language, Need},
    speech::said,
    store::lists,
    view::{FollowUpRow, HouseholdRow, ResidentRow, VisitRow},
    words::{Lang, say},
};

/// Visits that are shown.
const LAST_VISITS: u32 = 3;

/// What to know of a door before ringing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoorBrief {
    /// The door.
    pub household: HouseholdRow,
    /// Who lives there.
    pub residents: Vec<ResidentRow>,
    /// Sentences to read first: the remark, who needs what, whether a colleague was here.
    pub lines: Vec<String>,
    /// What was promised and is open, the earliest day first.
    pub promised: Vec<FollowUpRow>,
    /// What to tell.
    pub to_tell: Vec<TellRow>,
    /// The last three visits, newest first.
    pub visits: Vec<VisitRow>,
}

impl Lists {
    /// What to know of a door before ringing. `lang` is `zh` or `en`.
    ///
    /// # Errors
    /// `household.unknown`, `device.not_enrolled`, `store.failed`.
    pub fn door_brief(&self, household: String, lang: String) -> Result<DoorBrief> {
        let id = self.known_household(&household)?;
        let to_tell = self.to_tell(household.clone(), lang.clone())?;
        let lang: Lang = lang.parse().unwrap_or_default();
        let db = self.store.read();
        let row = lists::one_household(db, id)?.ok_or(Error::Missing { code: "household.unknown", id: household })?;
        let residents: Vec<_> = lists::residents(db, id)?.into_iter().filter(|r| !r.moved_out).collect();
        let visits = lists::visits_of(db, id, LAST_VISITS)?;
        let mut promised = lists::follow_ups_of(db, id)?;
        promised.retain(|f| !f.done);
        let lines = self.lines(&row, &residents, &visits, lang)?;
        Ok(DoorBrief { household: row, residents, lines, promised, to_tell, visits })
    }

    fn lines(&self, household: &HouseholdRow, residents: &[ResidentRow], visits: &[VisitRow], lang: Lang) -> Result<Vec<String>> {
        let today = local_date(self.at()?.estimate());
        let mut lines: Vec<_> = Some(household.note.clone()).filter(|note| !note.is_empty()).into_iter().collect();
        lines.extend(residents.iter().filter_map(|r| about(r, i32::from(today.year()), lang)));
        let me = self.me()?.officer.to_string();
        let colleague = visits.iter().find(|v| v.officer != me);
        let days = colleague.and_then(|v| local_date(v.at_ms).until(today).ok()).map(|span| span.get_days());
        let key = match days {
            Some(0) => Some("brief-colleague-today"),
            Some(1) => Some("brief-colleague-yesterday"),
            _ => None,
        };
        lines.extend(key.map(|key| say(lang, key, &[])));
        Ok(lines)
    }
}

/// Name, age, needs, languages and what they do not agree to, of a resident with anything to heed.
fn about(r: &ResidentRow, year: i32, lang: Lang) -> Option<String> {
    let needs = r.needs.iter().map(|word| say(lang, &Need::key_of(word), &[]));
    let spoken = r.languages.iter().filter(|word| **word != Language::Mandarin.word()).map(|word| say(lang, &Language::key_of(word), &[]));
    let age = (r.birth_year != 0).then(|| say(lang, "brief-age", &[("n", (year - i32::from(r.birth_year)).into())]));
    let refused = r.refuses.iter().map(|word| said::refused(lang, word));
    let heeded: Vec<_> = needs.chain(spoken).chain(refused).collect();
    let said: Vec<_> = age.into_iter().chain(heeded.iter().cloned()).collect();
    let about = said.join(if lang == Lang::Zh { "、" } else { ", " });
    (!heeded.is_empty()).then(|| say(lang, "brief-resident", &[("name", r.name.clone().into()), ("about", about.into())]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Consent;

    #[test]
    fn what_somebody_refuses_is_read_before_the_door_opens() {
        let refuses = Consent::ALL.iter().map(|c| c.word().to_owned()).collect();
        let row = ResidentRow { name: "王秀兰".into(), birth_year: 1944, refuses, ..ResidentRow::default() };
        let all = "王秀兰：82 岁、不要打电话、不要登记健康情况、不要拍照";
        assert_eq!(about(&row, 2026, Lang::Zh).as_deref(), Some(all));
        let said = about(&row, 2026, Lang::En).unwrap();
        for word in ["do not telephone", "write down nothing of their health", "take no photos"] {
            assert!(said.contains(word), "{said}");
        }
        assert_eq!(about(&ResidentRow { refuses: Vec::new(), ..row }, 2026, Lang::Zh), None, "nothing to heed");
    }
}
