//! Dates and addresses as people say them.

use jiff::civil::Date;
use minqing_core::{
    clock::{local_clock, local_date},
    model::Address,
    words::{Lang, say},
};

/// A day: 11 月 24 日 周二.
pub fn day(lang: Lang, date: Date) -> String {
    let month = say(lang, &format!("month-{}", date.month()), &[]);
    let weekday = say(lang, &format!("weekday-{}", date.weekday().to_monday_one_offset()), &[]);
    say(lang, "day-said", &[("month", month.into()), ("day", date.day().to_string().into()), ("weekday", weekday.into())])
}

/// An instant, seen from now: 今天 08:05, 昨天 18:30, 11 月 22 日 周日 18:30.
pub fn when(lang: Lang, at_ms: i64, now_ms: i64) -> String {
    let (date, today, clock) = (local_date(at_ms), local_date(now_ms), local_clock(at_ms));
    if date == today {
        return say(lang, "when-today", &[("clock", clock.into())]);
    }
    if date.tomorrow().is_ok_and(|next| next == today) {
        return say(lang, "when-yesterday", &[("clock", clock.into())]);
    }
    say(lang, "when-day", &[("day", day(lang, date).into()), ("clock", clock.into())])
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

/// A browser as people know it, from what it calls itself: Chrome · Windows. What is not known stays away.
pub fn browser(agent: &str) -> String {
    // The order matters: nearly everything calls itself Safari too.
    const NAMES: [(&str, &str); 6] =
        [("MicroMessenger", "微信"), ("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl")];
    const SYSTEMS: [(&str, &str); 6] =
        [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux")];
    let find = |list: &[(&'static str, &'static str)]| list.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name);
    [find(&NAMES), find(&SYSTEMS)].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::MORNING;

    #[test]
    fn as_people_say_it() {
        let day_ms = 24 * 3_600_000;
        assert_eq!(day(Lang::Zh, local_date(MORNING)), "9 月 14 日 周一");
        assert_eq!(day(Lang::En, local_date(MORNING)), "Mon 14 Sep");
        assert_eq!(when(Lang::Zh, MORNING, MORNING), "今天 08:00");
        assert_eq!(when(Lang::Zh, MORNING - day_ms, MORNING), "昨天 08:00");
        assert_eq!(when(Lang::Zh, MORNING - 2 * day_ms, MORNING), "9 月 12 日 周六 08:00");
        assert_eq!(when(Lang::En, MORNING - 2 * day_ms, MORNING), "Sat 12 Sep, 08:00");
    }

    #[test]
    fn browsers_as_people_know_them() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0";
        assert_eq!(browser(edge), "Edge · Windows");
        assert_eq!(
            browser("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19.0 Mobile/15E148 Safari/604.1"),
            "Safari · iPhone"
        );
        assert_eq!(browser("<script>"), "");
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
