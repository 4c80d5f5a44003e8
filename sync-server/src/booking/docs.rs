//! docs/APPOINTMENTS.md's table is made from the table itself.

use std::fmt::Write;

use minqing_core::{
    appointment::TABLE,
    words::{Lang, say},
};

use crate::testing::docs;

/// Between these two stands what is made here.
const BEGIN: &str = "## The table";
const END: &str = "## What events say";

#[test]
fn docs_appointments_shows_the_table() {
    docs::hold("APPOINTMENTS.md", |page| {
        let (before, rest) = page.split_once(BEGIN).unwrap_or((page, ""));
        let after = rest.split_once(END).map_or("", |(_, after)| after);
        let note = "Made from core/src/appointment/rows.rs by a test (`MINQING_ACCEPT=1 cargo test --workspace docs_`). The first row counts whose event, state and role fit; in other states an event is refused (`not_allowed`, or `overtaken` where its author had not seen the move). ⌂ = a phone may do it without a network.";
        format!("{before}{BEGIN}\n\n{note}\n\n{}\n{END}{after}", table())
    });
}

fn table() -> String {
    let mut out = String::from("| event | from → to | who | refused unless |\n|---|---|---|---|\n");
    for row in TABLE {
        let from = if row.from.is_empty() { "–".to_owned() } else { row.from.iter().map(|s| s.word()).collect::<Vec<_>>().join(", ") };
        let to = row.to.map_or("same", |state| state.word());
        let who: Vec<_> = row.who.iter().map(|role| role.word()).collect();
        let guards: Vec<_> = row.guards.iter().map(|guard| guard.says()).collect();
        let offline = if row.offline { " ⌂" } else { "" };
        let event = format!("`{}` {}{offline}", row.event.word(), say(Lang::Zh, &row.event.key(), &[]));
        let _ = writeln!(out, "| {event} | {from} → {to} | {} | {} |", who.join(", "), guards.join("; "));
    }
    out
}
