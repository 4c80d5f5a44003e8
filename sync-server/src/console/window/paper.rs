//! What the resident takes along: code, PIN, until when, whom to call. Nothing of anybody else's.

use minqing_core::{
    clock::{local_clock, local_date},
    ids::shown,
    speech::said,
    words::{Lang, say},
};

use super::{form::Saved, like};
use crate::{
    app::App,
    console::{desk::AtDesk, pages::WindowSlip, qr},
    fault::Fault,
    pipeline::Then,
    slip,
};

/// Longest text of what it is about, in characters.
const ABOUT: usize = 60;

/// A line of the paper: what, in Chinese and in English, and the words.
pub struct PaperLine {
    pub zh: String,
    pub en: String,
    pub said: String,
}

/// The paper of a matter that was just registered.
pub fn page(app: &App, desk: &AtDesk, lang: Lang, saved: &Saved) -> Result<WindowSlip, Fault> {
    let now_ms = app.clock.now_ms();
    let line = |key: &str, said: String| PaperLine { zh: say(Lang::Zh, key, &[]), en: say(Lang::En, key, &[]), said };
    let cut = saved.new.text.chars().count() > ABOUT;
    let about: String = saved.new.text.chars().take(ABOUT).chain(cut.then_some('…')).collect();
    let mut lines = vec![line("window-paper-about", about), line("window-paper-when", day(now_ms))];
    match saved.then {
        Then::Waits => {
            let due = like::due(app, Lang::Zh, minqing_core::model::Category::from_word(&saved.new.category));
            let keys = ["window-accept", "window-handle"];
            lines.extend(keys.into_iter().zip(due).map(|(key, due)| line(key, format!("{}（{}）", day(due.due_ms), due.rule))));
        }
        Then::Settled(_) => lines.push(line("window-paper-state", say(Lang::Zh, "window-paper-settled", &[]))),
        Then::Follows(_) => lines.push(line("window-paper-state", say(Lang::Zh, "window-paper-follows", &[]))),
    }
    lines.push(line("window-paper-window", desk.session.staff.name.clone()));
    Ok(WindowSlip {
        lang,
        community: desk.community_name().to_owned(),
        matter: saved.id.to_string(),
        code: shown(&saved.code),
        qr: qr::svg(&slip::address(&app.config.public_url, &saved.code))?,
        pin: slip::shown_pin(&saved.pin),
        lines,
        phone: app.config.office.phone.clone(),
    })
}

/// An instant as it can still be read tomorrow: 9 月 14 日 周一 17:30.
fn day(at_ms: i64) -> String {
    format!("{} {}", said::day(Lang::Zh, local_date(at_ms)), local_clock(at_ms))
}
