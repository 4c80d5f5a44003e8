//! Doors into the log, some hundred a transaction, so that a server beside it waits only moments.

use std::{thread::sleep, time::Duration};

use minqing_core::{
    document::DocKind,
    ids::Name,
    model::{HouseholdEdit, NewHousehold, NewResident},
    view,
};

use super::{
    column::{Column, Header},
    doors::Door,
    matched::{Match, compare},
    report::{Refusal, Report},
    row::Entry,
};
use crate::{
    app::App,
    fault::Fault,
    storage::{
        Result,
        log::{Attempt, Unit},
    },
    sync::{self, office},
};

/// Doors in one transaction.
const CHUNK: usize = 200;
/// Between two transactions: whoever waits for the lock asks for it every tenth of a second at least.
const PAUSE: Duration = Duration::from_millis(120);
/// Most residents behind one door, as on a phone.
const MAX_RESIDENTS: usize = 40;

/// What became of a row: something new, nothing new, or a code and the column it is about.
type Fate = std::result::Result<bool, (&'static str, Option<Column>)>;

/// Writes doors and notes what became of their rows. What a transaction wrote stays if a later one fails.
pub fn write(app: &App, header: &Header, doors: Vec<Door>, report: &mut Report) -> Result<(), Fault> {
    for (n, chunk) in doors.chunks(CHUNK).enumerate() {
        if n > 0 {
            sleep(PAUSE);
        }
        let (mut fates, mut waiting) = (Vec::new(), Vec::new());
        app.store.apply(&mut |unit| {
            fates.clear();
            waiting.clear();
            for door in chunk {
                fates.push(attempt(app, unit, door, &mut waiting)?);
            }
            Ok(())
        })?;
        sync::apply(app, &waiting)?;
        for (entry, fate) in chunk.iter().flatten().zip(fates.into_iter().flatten()) {
            match fate {
                Ok(true) => report.imported += 1,
                Ok(false) => report.unchanged += 1,
                Err((code, column)) => report.rows.push(Refusal { line: entry.line, column: column.map_or_else(String::new, |c| header.name(c)), code }),
            }
        }
    }
    Ok(())
}

/// One door, so that its failure is not the others'.
fn attempt(app: &App, unit: &mut dyn Unit, door: &Door, waiting: &mut Vec<Name>) -> Result<Vec<Fate>> {
    let mut fates = Vec::new();
    let refused = |code| vec![Err((code, None)); door.len()];
    Ok(match unit.attempt(&mut |unit| put(app, unit, door, waiting).map(|f| fates = f))? {
        Attempt::Done => fates,
        Attempt::Unreadable => refused("store.damaged"),
        Attempt::Undone => refused("store.conflict"),
    })
}

fn put(app: &App, unit: &mut dyn Unit, door: &Door, waiting: &mut Vec<Name>) -> Result<Vec<Fate>> {
    let Some(first) = door.first() else { return Ok(Vec::new()) };
    let now_ms = app.clock.now_ms();
    let kept = unit.document(first.door)?;
    let grid = match &kept {
        Some(kept) => unit.stream_name(kept.head.stream)?,
        None => format!("grid:{}", first.household.grid),
    };
    let rows = Rows::sorted(door, &grid);
    let Some(kept) = kept else {
        if !first.named {
            return Ok(vec![Err(("household.unknown", Some(Column::Id))); door.len()]);
        }
        let residents = vec![Match::New; rows.people.len()];
        let (wanted, fates) = rows.settle(&residents, 0);
        let household = NewHousehold { residents: wanted.new_residents, ..first.household.clone() };
        return Ok(match office::new_card(app, now_ms, &household) {
            Ok(change) => {
                let stream = office::home_of(unit, &household)?;
                office::keep_card(app, unit, now_ms, (first.door, stream), change)?;
                waiting.extend(unit.held_for(&first.door.0)?);
                rows.fates(fates, true)
            }
            Err(e) => vec![Err((e.code(), None)); door.len()],
        });
    };
    if kept.head.kind != DocKind::Card {
        return Ok(vec![Err(("household.unknown", None)); door.len()]);
    }
    let content = kept.doc.content();
    let card = view::card(first.door, &content);
    let people: Vec<&NewResident> = rows.people.iter().map(|(_, p)| *p).collect();
    let at_home = card.household.residents as usize;
    let (wanted, fates) = rows.settle(&compare(&people, &card.residents, &content), at_home);
    if wanted == HouseholdEdit::default() {
        return Ok(rows.fates(fates, false));
    }
    let stream = kept.head.stream;
    Ok(match office::edited_card(app, now_ms, kept, &wanted) {
        Ok(change) => {
            if let Some(change) = change {
                office::keep_card(app, unit, now_ms, (first.door, stream), change)?;
            }
            rows.fates(fates, false)
        }
        Err(e) => rows.fates(fates.into_iter().map(|f| if f == Ok(true) { Err((e.code(), None)) } else { f }).collect(), false),
    })
}

/// A door's rows: those about people, and the others' fates.
struct Rows<'d> {
    /// By their index in the door.
    people: Vec<(usize, &'d NewResident)>,
    /// Rows for another grid than the one the door lies in.
    elsewhere: Vec<bool>,
}

impl<'d> Rows<'d> {
    fn sorted(door: &'d [Entry], grid: &str) -> Self {
        let elsewhere: Vec<bool> = door.iter().map(|e| Some(e.household.grid.as_str()) != grid.strip_prefix("grid:")).collect();
        let here = door.iter().enumerate().filter(|(i, _)| !elsewhere[*i]);
        let people = here.filter_map(|(i, e)| e.household.residents.first().map(|p| (i, p))).collect();
        Self { people, elsewhere }
    }

    /// What is to be written, and the fate of each row about a person.
    fn settle(&self, matches: &[Match], mut at_home: usize) -> (HouseholdEdit, Vec<Fate>) {
        let mut wanted = HouseholdEdit::default();
        let fates = self.people.iter().zip(matches).map(|((_, person), found)| match found {
            Match::Same => Ok(false),
            Match::Disputed => Err(("row.disputed", None)),
            Match::Differs(edit) => {
                wanted.residents.push((**edit).clone());
                Ok(true)
            }
            Match::New if wanted.new_residents.iter().any(|n| n.name == person.name && n.birth_year == person.birth_year) => {
                Err(("row.repeated", Some(Column::Name)))
            }
            Match::New if at_home >= MAX_RESIDENTS => Err(("list.too_long", None)),
            Match::New => {
                at_home += 1;
                wanted.new_residents.push((*person).clone());
                Ok(true)
            }
        });
        let fates = fates.collect();
        (wanted, fates)
    }

    /// The fates of all rows; `new` says whether the door itself was new.
    fn fates(&self, people: Vec<Fate>, new: bool) -> Vec<Fate> {
        let mut all: Vec<Fate> = self.elsewhere.iter().map(|e| if *e { Err(("grid.differs", Some(Column::Grid))) } else { Ok(new) }).collect();
        for ((index, _), fate) in self.people.iter().zip(people) {
            all[*index] = fate;
        }
        all
    }
}
