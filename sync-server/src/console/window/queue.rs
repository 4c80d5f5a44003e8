//! The numbers of those who wait.

use axum::{
    extract::{Path, State},
    http::StatusCode,
};
use minqing_core::{
    clock::local_date,
    speech::said,
    words::{Lang, say},
};

use super::need;
use crate::{
    app::App,
    console::{desk::AtDesk, pages::WindowNumber, tongue::Tongue},
    fault::Fault,
    problem::Problem,
    storage::Result,
};

/// How the queue stands.
pub struct QueueLine {
    /// The number that is served here.
    pub here: Option<u32>,
    /// How many wait, as a sentence.
    pub said: String,
    /// The number that was taken last; 0 = none today.
    pub last: u32,
}

/// As it stands for whoever sits there.
pub fn line(app: &App, desk: &AtDesk, lang: Lang) -> Result<QueueLine> {
    let seen = app.store.queue(&desk.community, &today(app), desk.session.staff.id)?;
    let key = if seen.waiting == 0 { "window-nobody-waits" } else { "window-waiting" };
    Ok(QueueLine { here: seen.here, said: say(lang, key, &[("n", seen.waiting.into())]), last: seen.last })
}

fn today(app: &App) -> String {
    local_date(app.clock.now_ms()).to_string()
}

/// Takes a number, calls the next or ends one; what was done, as a sentence.
pub async fn act(app: &App, desk: &AtDesk, lang: Lang, what: &str, served: Option<u32>) -> Result<String, Problem> {
    let (community, by, what) = (desk.community.clone(), desk.session.staff.id, what.to_owned());
    let did = app.work(move |app| {
        let (day, now_ms) = (today(app), app.clock.now_ms());
        Ok::<_, Problem>(match what.as_str() {
            "take" => say(lang, "window-took", &[("n", app.store.take_number(&community, &day, now_ms)?.into())]),
            "next" => match app.store.call_next(&community, &day, by, served, now_ms)? {
                Some(n) => say(lang, "window-called", &[("n", n.into())]),
                None => say(lang, "window-nobody-waits", &[]),
            },
            _ => {
                app.store.end_call(&community, &day, by, now_ms)?;
                say(lang, "window-ended", &[])
            }
        })
    });
    did.await
}

/// A number of today on paper.
pub async fn number_paper(State(app): State<App>, desk: AtDesk, Tongue(lang): Tongue, Path(n): Path<u32>) -> Result<WindowNumber, Problem> {
    need(&desk)?;
    let made = app.work(move |app| -> Result<_, Fault> {
        let unknown = || Fault::new("window.number", n.to_string());
        let taken = app.store.number(&desk.community, &today(app), n)?.ok_or_else(unknown)?;
        let community = desk.community_name().to_owned();
        Ok(WindowNumber { lang, community, n, before: taken.before, when: said::when(Lang::Zh, taken.at_ms, app.clock.now_ms()) })
    });
    made.await.map_err(|fault| if fault.code == "window.number" { Problem::new(StatusCode::NOT_FOUND, fault.code).at(fault.what) } else { fault.into() })
}
