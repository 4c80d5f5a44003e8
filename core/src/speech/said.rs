//! Dates and addresses as people say them.

use jiff::civil::Date;

use crate::{
    clock::{local_clock, local_date},
    model::{Address, AppointmentPurpose, Category, Consent, DayKind, WhyVisit, key_in},
    words::{Lang, say},
};

/// A day: 11 月 24 日 周二.
pub fn day(lang: Lang, date: Date) -> String {
    let month = say(lang, &format!("month-{}", date.month()), &[]);
    say(lang, "day-said", &[("month", month.into()), ("day", date.day().to_string().into()), ("weekday", weekday(lang, date).into())])
}

/// A day, seen from today: 今天, 明天, 昨天, in the coming week 周四, else 11 月 24 日 周二.
pub fn date(lang: Lang, date: Date, today: Date) -> String {
    match today.until(date).map_or(i32::MAX, |span| span.get_days()) {
        -1 => say(lang, "day-yesterday", &[]),
        0 => say(lang, "day-today", &[]),
        1 => say(lang, "day-tomorrow", &[]),
        2..=6 => weekday(lang, date),
        _ => day(lang, date),
    }
}

/// An instant, seen from now: 今天 08:05, 昨天 18:30, 周四 18:30 of the coming week, 11 月 22 日 周日 18:30.
pub fn when(lang: Lang, at_ms: i64, now_ms: i64) -> String {
    let day = date(lang, local_date(at_ms), local_date(now_ms));
    say(lang, "when-day", &[("day", day.into()), ("clock", local_clock(at_ms).into())])
}

/// What is not to be done with somebody, for whoever stands at their door: 不要打电话.
pub fn refused(lang: Lang, consent: &str) -> String {
    say(lang, &format!("brief-{}", Consent::key_of(consent)), &[])
}

/// A day of the week: 周四.
pub fn weekday(lang: Lang, date: Date) -> String {
    say(lang, &format!("weekday-{}", date.weekday().to_monday_one_offset()), &[])
}

/// Why a day is worked or not: 节假日（国庆节），暂定.
pub fn why(lang: Lang, kind: DayKind, name: &str, provisional: bool) -> String {
    let kind = say(lang, &kind.key(), &[]);
    let named = if name.is_empty() { kind } else { say(lang, "day-of", &[("kind", kind.into()), ("name", name.into())]) };
    if provisional { say(lang, "day-provisional", &[("day", named.into())]) } else { named }
}

/// Why somebody is to come to a door: 已有 40 天没有走访. `days` as [`crate::rounds::Reason`] has them.
pub fn why_visit(lang: Lang, why: WhyVisit, days: Option<u32>) -> String {
    let key = key_in("to-visit", why.word());
    match days {
        Some(days) => say(lang, &key, &[("n", days.into())]),
        None => say(lang, &format!("{key}-open"), &[]),
    }
}

/// A time of a day, from and until in milliseconds since 1970: 9 月 14 日 周一 10:00–10:20.
pub fn span(lang: Lang, from_ms: i64, until_ms: i64) -> String {
    let day = day(lang, local_date(from_ms));
    say(lang, "time-span", &[("day", day.into()), ("from", local_clock(from_ms).into()), ("until", local_clock(until_ms).into())])
}

/// What somebody comes for; of a sensitive matter, by the word of its category, only that somebody comes. `purpose`: `None` where it is not known.
pub fn coming_for(lang: Lang, purpose: Option<AppointmentPurpose>, category: &str) -> String {
    let is_sensitive = Category::from_word(category).is_some_and(Category::is_sensitive);
    say(lang, purpose.filter(|_| !is_sensitive).map_or_else(|| "feed-visit".to_owned(), AppointmentPurpose::key).as_str(), &[])
}

/// What a resident is reminded of: when somebody comes, from and until in milliseconds since 1970, what for ([`coming_for`]), and the code of
/// the matter as people read it, empty without one. Nothing personal.
pub fn reminder(lang: Lang, (from_ms, until_ms): (i64, i64), what: &str, code: &str) -> String {
    let key = if code.is_empty() { "reminder-text" } else { "reminder-text-code" };
    say(lang, key, &[("time", span(lang, from_ms, until_ms).into()), ("what", what.into()), ("code", code.into())])
}

/// A door's plate: 3 号楼 2 单元 501. The floor is said only where no room is known.
pub fn plate(lang: Lang, a: &Address) -> String {
    let part = |key: &str, value: &str| {
        let value = value.trim();
        // "3" becomes 3 号楼; what somebody wrote out, as 北楼 or 3号楼, stays.
        let bare = !value.is_empty() && value.chars().all(|c| c.is_ascii_alphanumeric());
        if bare { say(lang, key, &[("n", value.into())]) } else { value.to_owned() }
    };
    let floor = if a.room.trim().is_empty() { a.floor.as_str() } else { "" };
    let parts = [
        a.estate.trim().to_owned(),
        a.lane.trim().to_owned(),
        part("plate-door", &a.door),
        part("plate-building", &a.building),
        part("plate-stairwell", &a.stairwell),
        part("plate-floor", floor),
        a.room.trim().to_owned(),
    ];
    let said: Vec<_> = parts.into_iter().filter(|p| !p.is_empty()).collect();
    said.join(if lang == Lang::Zh { " " } else { ", " })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Monday, 14 September 2026, 08:00.
    const MORNING: i64 = 1_789_344_000_000;

    #[test]
    fn as_people_say_it() {
        let day_ms = 24 * 3_600_000;
        let said = |days: i64| when(Lang::Zh, MORNING + days * day_ms, MORNING);
        assert_eq!(day(Lang::Zh, local_date(MORNING)), "9 月 14 日 周一");
        assert_eq!(day(Lang::En, local_date(MORNING)), "Mon 14 Sep");
        assert_eq!([said(0), said(-1), said(1), said(3)], ["今天 08:00", "昨天 08:00", "明天 08:00", "周四 08:00"]);
        assert_eq!([said(-2), said(7)], ["9 月 12 日 周六 08:00", "9 月 21 日 周一 08:00"]);
        assert_eq!(when(Lang::En, MORNING - 2 * day_ms, MORNING), "Sat 12 Sep, 08:00");
        assert_eq!(date(Lang::Zh, local_date(MORNING + 40 * day_ms), local_date(MORNING)), "10 月 24 日 周六");
    }

    #[test]
    fn a_reminder_says_when_what_for_and_the_code() {
        let at = (MORNING + 2 * 3_600_000, MORNING + 140 * 60_000);
        let said = |lang, purpose, category, code| reminder(lang, at, &coming_for(lang, purpose, category), code);
        let fetch = Some(AppointmentPurpose::Collect);
        for (purpose, category) in [(None, ""), (fetch, "relief")] {
            assert_eq!(said(Lang::Zh, purpose, category, ""), "【民情】9 月 14 日 周一 10:00–10:20，上门，请留人在家。");
        }
        let whole = "【民情】9 月 14 日 周一 10:00–10:20，取材料，请留人在家。查看、改时间、取消请凭编号 K702-1150。";
        assert_eq!(said(Lang::Zh, fetch, "utilities", "K702-1150"), whole);
        for purpose in AppointmentPurpose::ALL {
            let said = said(Lang::En, Some(*purpose), "", "K702-1150");
            assert!(
                said.contains("Mon 14 Sep, 10:00–10:20") && said.contains("K702-1150") && !said.contains("reminder-") && !said.contains("purpose"),
                "{said}"
            );
        }
    }

    #[test]
    fn a_day_says_why_it_is_worked_or_not() {
        assert_eq!(why(Lang::Zh, DayKind::Holiday, "国庆节", true), "节假日（国庆节），暂定");
        assert_eq!(why(Lang::En, DayKind::MakeUp, "国庆节", false), "make-up working day (国庆节)");
        assert_eq!(why(Lang::En, DayKind::Working, "", true), "working day, provisional");
    }

    #[test]
    fn a_reason_to_come_says_how_long() {
        let said = |lang, why, days| why_visit(lang, why, days);
        assert_eq!(said(Lang::Zh, WhyVisit::FeedbackOverdue, Some(2)), "答复已超期 2 天，还没送到");
        assert_eq!(said(Lang::Zh, WhyVisit::FollowUp, Some(0)), "答应今天再来");
        assert_eq!(said(Lang::En, WhyVisit::Cycle, Some(1)), "No visit for 1 day");
        for lang in [Lang::Zh, Lang::En] {
            let open = [WhyVisit::FeedbackDue, WhyVisit::Papers, WhyVisit::Untold, WhyVisit::Cycle].map(|why| (why, None));
            let counted = WhyVisit::ALL.iter().filter(|why| **why != WhyVisit::Untold).flat_map(|why| [0, 1, 5].map(|n| (*why, Some(n))));
            for (why, days) in open.into_iter().chain(counted) {
                assert!(!said(lang, why, days).starts_with("to-visit"), "{why:?} {days:?}");
            }
        }
    }

    #[test]
    fn a_plate_for_a_block_and_for_a_lane() {
        let block =
            Address { estate: "安宁小区".into(), building: "3".into(), stairwell: "2".into(), floor: "5".into(), room: "501".into(), ..Address::default() };
        assert_eq!(plate(Lang::Zh, &block), "安宁小区 3 号楼 2 单元 501");
        assert_eq!(plate(Lang::En, &block), "安宁小区, Bldg 3, stairwell 2, 501");
        let written = Address { building: "3号楼".into(), room: String::new(), ..block };
        assert_eq!(plate(Lang::Zh, &written), "安宁小区 3号楼 2 单元 5 层");
        let lane = Address { lane: "榆树巷".into(), door: "17".into(), ..Address::default() };
        assert_eq!(plate(Lang::Zh, &lane), "榆树巷 17 号");
    }
}
