//! Chosen matters as a list to print and take along.

use axum::extract::{Query, State};
use minqing_core::{
    Id,
    ids::shown,
    model::{Category, MatterState},
    speech::said,
    words::say,
};

use super::bulk::MOST;
use crate::{
    app::App,
    auth::rights::Right,
    console::{
        desk::AtDesk,
        inbox::plate,
        line,
        pages::{LinePrint, PrintLine},
        tongue::Tongue,
    },
    fault::Fault,
    problem::Problem,
};

/// The list; what is none of this desk's is left out.
pub async fn line_print(State(app): State<App>, desk: AtDesk, Tongue(lang): Tongue, Query(chosen): Query<Vec<(String, String)>>) -> Result<LinePrint, Problem> {
    desk.need(Right::ReadResidents)?;
    let ids: Vec<Id> = chosen.iter().filter(|(name, _)| name == "matter").filter_map(|(_, value)| value.split('.').next()?.parse().ok()).collect();
    if ids.len() > MOST {
        return Err(line::problem(Fault::new("line.too_many", MOST.to_string())));
    }
    let list = app.work(move |app| {
        let now_ms = app.clock.now_ms();
        let mut lines = Vec::new();
        for id in ids {
            let Some(row) = app.store.matter_row(id)?.filter(|row| row.community == desk.community) else { continue };
            let due = app.store.kept_matter(id)?.and_then(|kept| kept.matter?.next_due(&app.rules.get().calendar));
            lines.push(PrintLine {
                code: if row.code.is_empty() { String::new() } else { shown(&row.code) },
                place: plate(app, lang, row.household.or(row.door).map(Id))?.unwrap_or(row.place),
                category: say(lang, &Category::key_of(&row.category), &[]),
                text: row.text,
                state: say(lang, &MatterState::key_of(&row.state), &[]),
                due: due.map_or_else(String::new, |(_, due_ms)| said::when(lang, due_ms, now_ms)),
            });
        }
        Ok::<_, Fault>((lines, said::when(lang, now_ms, now_ms)))
    });
    let (lines, when) = list.await.map_err(line::problem)?;
    Ok(LinePrint { lang, lines, when })
}
