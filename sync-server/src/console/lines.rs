//! Rows of the store as lines of a table, said in a language.

use minqing_core::{
    clock::local_clock,
    ids::shown,
    model::{Address, Category, MatterState, Outcome},
    speech::said,
    words::{Lang, say},
};

use crate::storage::{FileSeen, MatterSeen, PhoneSeen, VisitSeen};

/// A visit.
pub struct VisitLine {
    pub clock: String,
    /// `None` while the household has not arrived.
    pub plate: Option<String>,
    /// An icon's name.
    pub icon: &'static str,
    pub outcome: String,
    pub note: String,
    pub officer: String,
    pub files: Vec<FileLine>,
}

/// A photo or voice note.
pub struct FileLine {
    /// Its address, `None` while it is not here.
    pub address: Option<String>,
    /// Whether it is a picture.
    pub picture: bool,
    pub said: String,
}

/// A matter.
pub struct MatterLine {
    /// Its page; empty for those who may not open it.
    pub address: String,
    pub code: String,
    pub category: String,
    pub text: String,
    pub state: String,
    pub files: Vec<FileLine>,
}

/// An officer and a phone.
pub struct PhoneLine {
    pub name: String,
    pub app: String,
    /// When it was last here, or that it never was, or that there is no phone.
    pub last: String,
    /// What is wrong, in words; empty if nothing is.
    pub lamps: Vec<String>,
}

/// A phone with what can be done about it.
pub struct DeviceLine {
    pub phone: PhoneLine,
    /// Its number; 0 where there is no phone yet.
    pub number: u32,
    /// When it was enrolled; empty where there is no phone.
    pub enrolled: String,
    /// Whose it is.
    pub officer: String,
    /// Whether its reading has ended.
    pub ended: bool,
    /// Whether nothing is given to it any more, for ever.
    pub revoked: bool,
}

/// What a delegate may read of a visit: that and how it was, and at which building at most.
pub fn masked_visit(v: VisitSeen) -> VisitSeen {
    let building = |a: Address| Address { community: a.community, estate: a.estate, building: a.building, ..Address::default() };
    VisitSeen { address: v.address.map(building), note: String::new(), ..v }
}

/// What a delegate may read of a matter: kind and state, and no more of its code than its end.
pub fn masked_matter(m: MatterSeen) -> MatterSeen {
    let end = m.code.chars().rev().take(4).collect::<Vec<_>>().into_iter().rev().collect::<String>();
    let code = if m.code.is_empty() { String::new() } else { format!("…-{end}") };
    MatterSeen { code, text: String::new(), ..m }
}

/// Says a phone with what can be done about it.
pub fn device(lang: Lang, p: PhoneSeen, now_ms: i64, silent_hours: u32) -> DeviceLine {
    let number = p.number.map_or(0, |n| n.0);
    let enrolled = if number == 0 { String::new() } else { said::when(lang, p.enrolled_ms, now_ms) };
    let officer = p.officer.to_string();
    DeviceLine { number, enrolled, officer, ended: p.reading_ended.is_some(), revoked: p.revoked, phone: phone(lang, p, now_ms, silent_hours) }
}

/// Says a visit.
pub fn visit(lang: Lang, v: VisitSeen) -> VisitLine {
    let icon = match Outcome::from_word(&v.outcome) {
        Some(Outcome::Talked) => "tick",
        Some(Outcome::NobodyIn) => "knock",
        Some(Outcome::Refused) => "cross",
        None => "none",
    };
    VisitLine {
        clock: local_clock(v.at_ms),
        plate: v.address.map(|a| said::plate(lang, &a)),
        icon,
        outcome: say(lang, &Outcome::key_of(&v.outcome), &[]),
        note: v.note,
        officer: v.officer,
        files: v.files.into_iter().map(|f| file(lang, f)).collect(),
    }
}

/// Says a photo or voice note.
pub fn file(lang: Lang, f: FileSeen) -> FileLine {
    let key = match (f.picture, f.at_office) {
        (true, true) => "office-photo",
        (true, false) => "office-photo-missing",
        (false, true) => "office-voice",
        (false, false) => "office-voice-missing",
    };
    FileLine { address: f.at_office.then(|| format!("/office/attachments/{}", f.sha256)), picture: f.picture, said: say(lang, key, &[]) }
}

/// Says a matter.
pub fn matter(lang: Lang, m: MatterSeen) -> MatterLine {
    MatterLine {
        address: if m.code.contains('-') { String::new() } else { format!("/office/matters/{}", m.id) },
        code: if m.code.contains('-') { m.code } else { shown(&m.code) },
        category: say(lang, &Category::key_of(&m.category), &[]),
        text: m.text,
        state: say(lang, &MatterState::key_of(&m.state), &[]),
        files: m.files.into_iter().map(|f| file(lang, f)).collect(),
    }
}

/// From how many minutes on a phone's clock is called wrong.
const WRONG_MINUTES: i64 = 5;

/// Says a phone. It is silent when its last exchange, or without one its enrolment, is too long ago.
pub fn phone(lang: Lang, p: PhoneSeen, now_ms: i64, silent_hours: u32) -> PhoneLine {
    if p.number.is_none() {
        return PhoneLine { name: p.name, app: String::new(), last: say(lang, "office-no-phone", &[]), lamps: Vec::new() };
    }
    let last = p.last_exchange_ms.map_or_else(|| say(lang, "office-never", &[]), |ms| said::when(lang, ms, now_ms));
    let mut lamps = Vec::new();
    if let Some((at_ms, why)) = p.reading_ended {
        lamps.push(say(lang, why.key(), &[("when", said::when(lang, at_ms, now_ms).into())]));
    }
    if p.is_silent(now_ms, silent_hours) {
        lamps.push(say(lang, "office-silent", &[("hours", silent_hours.into())]));
    }
    if p.clone_suspected_ms.is_some() {
        lamps.push(say(lang, "office-clone", &[]));
    }
    let minutes = p.skew_ms.abs() / 60_000;
    if minutes >= WRONG_MINUTES {
        lamps.push(say(lang, if p.skew_ms > 0 { "office-clock-fast" } else { "office-clock-slow" }, &[("n", minutes.into())]));
    }
    if let Some(mib) = p.room_mib {
        lamps.push(say(lang, "office-no-room", &[("n", mib.into())]));
    }
    for (key, n) in [("office-aside-of", p.aside), ("office-refused-of", p.refused)] {
        if n > 0 {
            lamps.push(say(lang, key, &[("n", n.into())]));
        }
    }
    PhoneLine { name: p.name, app: p.app, last, lamps }
}

/// A door in a tight row: 3-2-501; in full where it has no building.
pub fn short_plate(lang: Lang, door: &Address) -> String {
    if door.building.is_empty() {
        return said::plate(lang, door);
    }
    let parts = [&door.building, &door.stairwell, &door.room];
    parts.into_iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use minqing_core::{Id, ids::Device};

    use super::*;
    use crate::testing::MORNING;

    #[test]
    fn a_phone_is_silent_after_a_day() {
        let hour = 3_600_000;
        let seen = |last: Option<i64>| PhoneSeen {
            officer: Id([1; 16]),
            name: "马志强".into(),
            number: Some(Device(7)),
            app: "0.1".into(),
            enrolled_ms: MORNING - 30 * hour,
            last_exchange_ms: last,
            clone_suspected_ms: None,
            reading_ended: None,
            revoked: false,
            unsent: 0,
            aside: 0,
            refused: 0,
            skew_ms: 0,
            room_mib: None,
        };
        let line = |p| phone(Lang::Zh, p, MORNING, 24);
        assert!(line(seen(Some(MORNING - 24 * hour))).lamps.is_empty());
        assert_eq!(line(seen(Some(MORNING - 24 * hour - 1))).lamps.len(), 1);
        let never = line(seen(None));
        assert_eq!((never.last.as_str(), never.lamps.len()), ("从未", 1));
        let fresh = line(PhoneSeen { enrolled_ms: MORNING, clone_suspected_ms: Some(1), ..seen(None) });
        assert_eq!(fresh.lamps.len(), 1, "only the clone");
        assert!(line(PhoneSeen { number: None, ..seen(None) }).lamps.is_empty());
        let slow = line(PhoneSeen { skew_ms: -12 * 60_000, room_mib: Some(40), aside: 1, refused: 2, ..seen(Some(MORNING)) });
        assert_eq!(slow.lamps, ["手机时钟慢 12 分", "手机快满了，还剩 40 MB", "1 条暂存，没有收下", "2 条没有办成，还没有人看"]);
        assert!(line(PhoneSeen { skew_ms: 299_000, ..seen(Some(MORNING)) }).lamps.is_empty(), "less than five minutes is nothing");
    }
}
