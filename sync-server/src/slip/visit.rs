//! An appointment on paper, for the resident: when, what for, what to have ready, whom to call. A6, without anybody's name.

use askama::Template;
use minqing_core::{
    appointment::{Appointment, Opening},
    ids::shown,
    model::{AppointmentState, Area},
    speech::said,
    words::{Lang, say},
};

use super::address;
use crate::{area, console::qr, fault::Fault};

/// appointment-slip.html
#[derive(Template)]
#[template(path = "appointment-slip.html")]
struct VisitSlip<'s> {
    community: &'s str,
    /// In Chinese, then in English.
    when: Vec<String>,
    state: &'static str,
    purpose: &'s str,
    ready: &'s str,
    phone: &'s str,
    /// When the hall is open, in Chinese and in English.
    openings: Vec<[String; 2]>,
    /// The matter's; empty without one.
    code: String,
    qr: String,
}

impl VisitSlip<'_> {
    /// A sentence in Chinese.
    fn zh(&self, key: &str) -> String {
        say(Lang::Zh, key, &[])
    }

    /// The same in English.
    fn en(&self, key: &str) -> String {
        say(Lang::En, key, &[])
    }
}

/// The office as it stands on the paper.
pub struct Desk<'s> {
    /// How residents reach the server.
    pub public_url: &'s str,
    /// The community.
    pub community: &'s Area,
    /// Whom to call; empty for nobody.
    pub phone: &'s str,
    /// When its windows and halls are open next.
    pub openings: &'s [Opening],
}

/// The paper as HTML that loads its style sheet and nothing else. `code`: of the appointment's matter, empty without one.
///
/// # Errors
/// `appointment.no_time` where no time was named yet; `export.failed`.
pub fn visit_page(desk: &Desk<'_>, a: &Appointment, code: &str) -> Result<String, Fault> {
    let slot = a.slot.as_ref().ok_or_else(|| Fault::new("appointment.no_time", a.id.to_string()))?;
    let purpose = a.purpose.key();
    let qr = if code.is_empty() { format!("minqing:appointment?id={}", a.id) } else { address(desk.public_url, code) };
    let slip = VisitSlip {
        community: area::short_name(&desk.community.name),
        when: [Lang::Zh, Lang::En].map(|lang| said::span(lang, slot.start_ms, slot.end_ms())).to_vec(),
        state: state(a),
        purpose: &purpose,
        ready: &format!("visit-slip-ready-{}", a.purpose.word().replace('_', "-")),
        phone: desk.phone,
        openings: desk.openings.iter().map(opening).collect(),
        code: shown(code),
        qr: qr::svg(&qr)?,
    };
    slip.render().map_err(|e| Fault::new("export.failed", e.to_string()))
}

fn opening(opening: &Opening) -> [String; 2] {
    [Lang::Zh, Lang::En].map(|lang| format!("{} {}", said::span(lang, opening.from_ms, opening.until_ms), opening.place))
}

/// Whether it can be counted on.
fn state(a: &Appointment) -> &'static str {
    match a.state {
        AppointmentState::CancelledResident | AppointmentState::CancelledOffice => "visit-slip-cancelled",
        _ if a.promise.is_some() => "visit-slip-agreed",
        _ => "visit-slip-open",
    }
}

#[cfg(test)]
mod tests {
    use minqing_core::{
        Id,
        appointment::{Promise, Request, Said, Slot, Step},
        model::{AppointmentEvent, AppointmentPurpose, AreaKind, Role},
    };

    use super::*;
    use crate::testing::{COMMUNITY, MORNING, qr::read};

    fn appointment(purpose: AppointmentPurpose) -> Appointment {
        let request = Request { household: Id([8; 16]), purpose, matter: None, windows: Vec::new(), minutes: 20, persons: 1 };
        let (code, said) = (AppointmentEvent::Request, Said::Request(request));
        let step = Step { id: Id([9; 16]), ordinal: 1, code, by: Id([5; 16]), role: Role::Clerk, said, done_at: MORNING };
        Appointment::fold(Id([7; 16]), [&step]).unwrap()
    }

    fn printed(a: &Appointment, code: &str, phone: &str) -> Result<String, Fault> {
        printed_with(a, code, phone, &[])
    }

    fn printed_with(a: &Appointment, code: &str, phone: &str, openings: &[Opening]) -> Result<String, Fault> {
        let community = Area { id: COMMUNITY.into(), parent: None, kind: AreaKind::Community, name: "畅家巷社区居委会".into() };
        visit_page(&Desk { public_url: "https://office.example", community: &community, phone, openings }, a, code)
    }

    #[test]
    fn a_resident_reads_when_what_for_and_whether_it_is_agreed() {
        let mut a = appointment(AppointmentPurpose::Collect);
        assert_eq!(printed(&a, "", "").unwrap_err().code, "appointment.no_time");
        let slot = Slot { start_ms: MORNING + 2 * 3_600_000, minutes: 20, officers: vec![Id([5; 16])] };
        a.slot = Some(slot.clone());
        let open = printed(&a, "K7021150", "0931-123 4567").unwrap();
        for said in ["9 月 14 日 周一 10:00–10:20", "Mon 14 Sep, 10:00–10:20", "待确认", "to be confirmed", "取材料", "原件", "0931-123 4567", "K702-1150"]
        {
            assert!(open.contains(said), "{said} is not on {open}");
        }
        assert!(!open.contains("visit-slip-") && !open.contains("<style") && !open.contains("style="), "a sentence lacks, or it would not be let through");
        assert_eq!(read(&open), "https://office.example/m/K7021150");
        a.promise = Some(Promise { slot, event: Id([9; 16]) });
        let agreed = printed(&a, "", "").unwrap();
        assert!(agreed.contains("已约定") && !agreed.contains("待确认") && agreed.contains("社区办公室"), "{agreed}");
        assert_eq!(read(&agreed), format!("minqing:appointment?id={}", a.id));
        a.state = AppointmentState::CancelledOffice;
        assert!(printed(&a, "", "").unwrap().contains("已取消"));
    }

    #[test]
    fn who_cannot_be_in_reads_when_the_hall_is_open() {
        let mut a = appointment(AppointmentPurpose::Collect);
        a.slot = Some(Slot { start_ms: MORNING, minutes: 20, officers: vec![Id([5; 16])] });
        let from_ms = MORNING + 5 * 24 * 3_600_000;
        let opening = Opening { place: "便民大厅".into(), from_ms, until_ms: from_ms + 4 * 3_600_000, off_hours: true };
        let paper = printed_with(&a, "", "", &[opening]).unwrap();
        assert!(paper.contains("9 月 19 日 周六 08:00–12:00 便民大厅") && paper.contains("Sat 19 Sep, 08:00–12:00"), "{paper}");
        assert!(paper.contains("也可以到窗口") && !printed(&a, "", "").unwrap().contains("也可以到窗口"));
    }

    #[test]
    fn every_purpose_says_what_to_have_ready() {
        for purpose in AppointmentPurpose::ALL {
            let mut a = appointment(*purpose);
            a.slot = Some(Slot { start_ms: MORNING, minutes: 20, officers: vec![Id([5; 16])] });
            assert!(!printed(&a, "", "").unwrap().contains("visit-slip-ready"), "{purpose:?}");
        }
    }
}
