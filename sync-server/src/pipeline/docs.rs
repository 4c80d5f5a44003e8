//! docs/PIPELINE.md's table and diagram are made from the table itself.

use std::{collections::BTreeSet, fmt::Write};

use minqing_core::{
    model::{MatterState, Role},
    pipeline::{Second, TABLE, To, Transition, When},
    words::{Lang, say},
};

use crate::testing::docs;

/// What begins the part that is made here.
const BEGIN: &str = "## The table";

#[test]
fn docs_pipeline_shows_the_table_and_its_diagram() {
    docs::hold("PIPELINE.md", |page| {
        let written = page.split(BEGIN).next().unwrap_or_default().trim_end();
        let note = "Made from core/src/pipeline/rows.rs by a test (`MINQING_ACCEPT=1 cargo test --workspace docs_`). Of the rows for an event, a state and a role the first counts whose condition holds. Letters: R resident, O officer, C clerk, L lead, H department, S supervisor, D delegate, Y system; *+ X* = X confirms, another person. ⌂ = a phone may propose it without a network.";
        format!("{written}\n\n{BEGIN}\n\n{note}\n\n{}\n## The diagram\n\n{}", table(), diagram())
    });
}

fn table() -> String {
    let mut out = String::from("| T | event | from → to | who | refused unless | effects |\n|---|---|---|---|---|---|\n");
    for row in TABLE {
        let t = if row.t == 0 { String::new() } else { row.t.to_string() };
        let event = format!("`{}` {}{}", row.event.word(), say(Lang::Zh, &row.event.key(), &[]), if row.offline { " ⌂" } else { "" });
        let guards: Vec<_> = row.guards.iter().map(|g| g.says()).collect();
        let effects: Vec<_> = row.effects.iter().map(ToString::to_string).collect();
        let _ = writeln!(out, "| {t} | {event} | {} | {} | {} | {} |", moves(row), who(row), guards.join("; "), effects.join("; "));
    }
    out
}

fn moves(row: &Transition) -> String {
    let from: Vec<_> = row.from.iter().map(|s| s.word()).collect();
    let from = match from.len() {
        0 => "–".to_owned(),
        n if n > 8 => format!("{n} states, {} to {}", from[0], from[n - 1]),
        _ => from.join(", "),
    };
    let to = match row.to {
        To::Stay => "same",
        To::Go(state) => state.word(),
        To::Back => "the state before",
        To::Unmerge => "the state before the merge",
    };
    let when = if row.when == When::Always { String::new() } else { format!(" *if {}*", row.when.says()) };
    format!("{from} → {to}{when}")
}

fn who(row: &Transition) -> String {
    let letters = |roles: &[Role]| roles.iter().map(|r| letter(*r)).collect::<Vec<_>>().join(" ");
    let second = match row.second {
        Second::Nobody => String::new(),
        Second::Of(roles) => format!(" *+ {}*", letters(roles)),
        Second::ByDays => " *+ L, S above 5 wd*".to_owned(),
    };
    format!("{}{second}", letters(row.who))
}

fn letter(role: Role) -> &'static str {
    match role {
        Role::Resident => "R",
        Role::Officer => "O",
        Role::Clerk => "C",
        Role::Lead => "L",
        Role::Department => "H",
        Role::Supervisor => "S",
        Role::Delegate => "D",
        Role::Administrator => "A",
        Role::System => "Y",
    }
}

/// Moves between states; what stays, and withdrawing from everywhere, would only hide them.
fn diagram() -> String {
    let mut lines = BTreeSet::new();
    for row in TABLE.iter().filter(|row| row.from.len() < 10) {
        let begin = row.from.is_empty().then_some("[*]");
        let from = row.from.iter().map(|s| s.word()).chain(begin);
        let targets: Vec<&str> = match row.to {
            To::Go(state) => vec![state.word()],
            To::Back => backs(row).into_iter().map(MatterState::word).collect(),
            To::Stay | To::Unmerge => continue,
        };
        for from in from {
            lines.extend(targets.iter().map(|to| format!("    {from} --> {to}: {}", row.event.word())));
        }
    }
    let lines: Vec<_> = lines.into_iter().collect();
    format!("```mermaid\nstateDiagram-v2\n{}\n```\n", lines.join("\n"))
}

/// The states from which a row's state is entered and to which it may lead back.
fn backs(row: &Transition) -> BTreeSet<MatterState> {
    TABLE.iter().filter(|t| matches!(t.to, To::Go(state) if row.from.contains(&state))).flat_map(|t| t.from.iter().copied()).collect()
}
