//! Notices at the door: which of them concern somebody who lives there, and that they were told.

use super::{Client, Lists, TellRow};
use crate::{
    Error, Id, Result,
    clock::{day_start, local_date},
    document::{told, visits::Made},
    model::{MAX_OPEN_NOTICES, Notice, said_or_zh},
    store::{lists, notices},
    view::{NoticeRow, ResidentRow},
    words::{Lang, say},
};

/// The word of [`TellRow::news`] for them.
const NOTICE: &str = "notice";

impl Lists {
    /// The office's notices of today, to be read out; those first that are over first. `lang` is `zh` or `en`.
    ///
    /// # Errors
    /// `store.failed`.
    pub fn notices(&self, lang: String) -> Result<Vec<NoticeRow>> {
        let lang: Lang = lang.parse().unwrap_or_default();
        let today = local_date(self.at()?.estimate()).to_string();
        let row = |(id, notice): (Id, Notice)| NoticeRow { id: id.to_string(), text: sentence(&notice, &[], lang), until: notice.until, since: notice.from };
        Ok(notices::of_day(self.store.read(), &today)?.into_iter().map(row).collect())
    }

    /// Today's notices that concern somebody who lives behind a door and were not told there.
    pub(super) fn notices_to_tell(&self, door: Id, lang: Lang) -> Result<Vec<TellRow>> {
        let db = self.store.read();
        let today = local_date(self.at()?.estimate());
        let untold = notices::untold(db, door, &today.to_string())?;
        if untold.is_empty() {
            return Ok(Vec::new());
        }
        let living: Vec<_> = lists::residents(db, door)?.into_iter().filter(|r| !r.moved_out).collect();
        let row = |(id, notice): (Id, Notice)| {
            let concerned: Vec<_> = living.iter().filter(|r| notice.concerns(&r.needs, r.birth_year, today.year())).collect();
            let at_ms = notice.from.parse().map_or(0, day_start);
            let row = TellRow { notice: id.to_string(), news: NOTICE.into(), said: sentence(&notice, &concerned, lang), at_ms, ..TellRow::default() };
            (!concerned.is_empty()).then_some(row)
        };
        Ok(untold.into_iter().filter_map(row).take(MAX_OPEN_NOTICES).collect())
    }
}

impl Client {
    /// Ticks a notice of [`Lists::to_tell`]: it was told at a door. What was told already, by whomever, stays as it is.
    ///
    /// # Errors
    /// `household.unknown`, `notice.unknown`; `device.not_enrolled`, `store.failed`.
    pub fn tell_notice(&mut self, household: String, notice: String) -> Result<()> {
        let door = self.known_household(&household)?;
        let unknown = || Error::Missing { code: "notice.unknown", id: notice.clone() };
        let id: Id = notice.parse().map_err(|_| unknown())?;
        let db = self.store.read();
        // One that was taken back after it was told was told nevertheless.
        if !notices::is_known(db, id)? {
            return Err(unknown());
        }
        if notices::is_told(db, door, id)? {
            return Ok(());
        }
        let (year, volume) = self.volume_of_today(door)?;
        self.act(&[door], "notice.tell", &(&household, &notice), |action| {
            let made = Made { officer: action.officer, at_ms: action.at.estimate() };
            action.change(volume, |w, _| told::put(w, door, year, id, made))
        })
    }
}

/// What to say, and to whom where it is not for all.
fn sentence(notice: &Notice, concerned: &[&ResidentRow], lang: Lang) -> String {
    let names: Vec<_> = concerned.iter().map(|r| r.name.as_str()).filter(|name| !name.is_empty()).collect();
    let key = if notice.is_for_some() && !names.is_empty() { "tell-notice-for" } else { "tell-notice" };
    let names = names.join(if lang == Lang::Zh { "、" } else { ", " });
    let [title, text] = [&notice.title, &notice.text].map(|said| said_or_zh(said, lang));
    say(lang, key, &[("title", title.into()), ("text", text.into()), ("names", names.into())])
}
