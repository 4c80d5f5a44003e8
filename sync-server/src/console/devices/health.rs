//! How phones do over time: on which days each exchanged, and with which app.

use std::collections::BTreeSet;

use minqing_core::{
    clock::{DAY_MS, day_start, local_date},
    ids::Device,
    speech::said,
    words::{Lang, say},
};

use crate::{
    app::App,
    storage::{PhoneSeen, Result},
};

/// Days that are shown, today included.
const DAYS: i64 = 30;
/// Units of a day in a picture.
const STEP: i64 = 10;

/// A phone's days as a picture.
pub struct Days {
    /// Where a bar stands for each day on which it exchanged.
    pub bars: Vec<i64>,
    /// On how many.
    pub n: usize,
}

/// The days of all.
pub struct Health {
    /// Place, height and words of each day's bar; the height of 40.
    pub bars: Vec<(i64, i64, String)>,
    /// What it shows, as a sentence.
    pub said: String,
}

/// What phones exchanged: phone, first millisecond of the day, how often.
pub fn days(app: &App, community: &str, now_ms: i64) -> Result<Vec<(Device, i64, u32)>> {
    app.store.exchanges(community, day_start(local_date(now_ms)) - (DAYS - 1) * DAY_MS)
}

/// One phone's.
pub fn of(days: &[(Device, i64, u32)], phone: Option<Device>, now_ms: i64) -> Days {
    let own = days.iter().filter(|(device, ..)| Some(*device) == phone);
    let bars: Vec<i64> = own.map(|(_, day_ms, _)| place(*day_ms, now_ms)).collect();
    Days { n: bars.len(), bars }
}

/// How many phones exchanged on each day.
pub fn all(lang: Lang, days: &[(Device, i64, u32)], phones: &[PhoneSeen], now_ms: i64) -> Health {
    let known: BTreeSet<Device> = phones.iter().filter(|phone| !phone.revoked).filter_map(|phone| phone.number).collect();
    let count = known.len().max(1) as i64;
    let today_ms = day_start(local_date(now_ms));
    let bar = |n: i64| {
        let day_ms = today_ms - (DAYS - 1 - n) * DAY_MS;
        let seen = days.iter().filter(|(device, at_ms, _)| *at_ms == day_ms && known.contains(device)).count();
        let said = say(lang, "devices-day", &[("day", said::day(lang, local_date(day_ms)).into()), ("n", seen.into()), ("of", known.len().into())]);
        (n * STEP, seen as i64 * 40 / count, said)
    };
    let bars: Vec<(i64, i64, String)> = (0..DAYS).map(bar).collect();
    let said = bars.last().map(|(_, _, said)| said.clone()).unwrap_or_default();
    Health { bars, said }
}

fn place(day_ms: i64, now_ms: i64) -> i64 {
    (DAYS - 1 - (day_start(local_date(now_ms)) - day_ms) / DAY_MS) * STEP
}

/// The newest app among phones, as it names itself.
pub fn newest(phones: &[PhoneSeen]) -> Option<String> {
    phones.iter().map(|phone| phone.app.as_str()).filter(|app| !version(app).is_empty()).max_by_key(|app| version(app)).map(str::to_owned)
}

/// The newest app, where a phone has an older one.
pub fn is_old(phone: &PhoneSeen, newest: Option<&str>) -> Option<String> {
    let own = version(&phone.app);
    newest.filter(|newest| !own.is_empty() && own < version(newest)).map(str::to_owned)
}

/// The numbers of what an app calls itself: 0.10.2 is newer than 0.9.
fn version(app: &str) -> Vec<u32> {
    let last = app.rsplit([' ', '/']).next().unwrap_or_default();
    last.split('.').map_while(|part| part.chars().take_while(char::is_ascii_digit).collect::<String>().parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_numbers() {
        assert!(version("minqing 0.10.2") > version("minqing 0.9") && version("android/1.2-beta") == [1, 2]);
        assert!(version("").is_empty() && version("test").is_empty());
    }

    #[test]
    fn a_day_has_its_place_and_today_stands_last() {
        let now_ms = 1_789_344_000_000;
        let today_ms = day_start(local_date(now_ms));
        let days = [(Device(7), today_ms - 29 * DAY_MS, 1), (Device(7), today_ms, 4), (Device(8), today_ms, 1)];
        assert_eq!((of(&days, Some(Device(7)), now_ms).bars, of(&days, None, now_ms).n), (vec![0, 290], 0));
    }
}
