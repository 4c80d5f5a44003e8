//! Chosen matters as a list to print and take along.

use axum::extract::State;
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
        inbox::worded,
        line,
        pages::{LinePrint, PrintLine},
        sent::Sent,
        tongue::Tongue,
    },
    fault::Fault,
    problem::Problem,
    storage::{LineMatter, StoreError},
};

/// The list; what is none of this desk's is left out.
pub async fn line_print(State(app): State<App>, Tongue(lang): Tongue, Sent { desk, fields }: Sent) -> Result<LinePrint, Problem> {
    desk.need(Right::ReadResidents)?;
    let ids: Vec<Id> = fields.all("matter").filter_map(|value| value.split('.').next()?.parse().ok()).collect();
    if ids.len() > MOST {
        return Err(line::problem(Fault::new("line.too_many", MOST.to_string())));
    }
    let now_ms = app.clock.now_ms();
    let found = app.work(move |app| {
        let mut found = app.store.line_matters(&ids)?;
        found.retain(|line| line.row.community == desk.community);
        Ok::<_, StoreError>(found)
    });
    let print = |LineMatter { row, due_ms, door, .. }: LineMatter| PrintLine {
        code: shown(&row.code),
        place: worded(lang, door.as_ref()).unwrap_or(row.place),
        category: say(lang, &Category::key_of(&row.category), &[]),
        text: row.text,
        state: say(lang, &MatterState::key_of(&row.state), &[]),
        due: due_ms.map_or_else(String::new, |due_ms| said::when(lang, due_ms, now_ms)),
    };
    Ok(LinePrint { lang, lines: found.await?.into_iter().map(print).collect(), when: said::when(lang, now_ms, now_ms) })
}
