//! The same with several matters at once: each is judged by itself, and those that the rules refuse are told one by one.

use minqing_core::{
    ids::shown,
    model::{EventCode, MatterState, Role},
    pipeline::TABLE,
    words::{Lang, say},
};

use crate::{
    app::App,
    console::{
        desk::AtDesk,
        line,
        matter::{Fields, deed, why},
    },
    fault::Fault,
};

/// Most matters at once.
pub const MOST: usize = 200;

/// What may be done with several, in the order of the bar, and whether it names a department.
const OFFERED: &[(EventCode, bool)] = &[
    (EventCode::Urge, false),
    (EventCode::Order, false),
    (EventCode::Sign, false),
    (EventCode::Pass, false),
    (EventCode::ShowPublic, false),
    (EventCode::Assign, true),
    (EventCode::Transfer, true),
];

/// A button of the bar.
pub struct Move {
    pub event: &'static str,
    pub label: String,
    /// Whether it names a department.
    pub to: bool,
}

/// What somebody's roles may do with several; in a list of one state only what may be done there.
pub fn offered(lang: Lang, roles: &[Role], state: Option<MatterState>) -> Vec<Move> {
    let may = |event: EventCode| {
        TABLE.iter().any(|row| row.event == event && row.who.iter().any(|role| roles.contains(role)) && state.is_none_or(|state| row.from.contains(&state)))
    };
    let moves = OFFERED.iter().filter(|(event, _)| may(*event));
    moves.map(|(event, to)| Move { event: event.word(), label: say(lang, &format!("move-{}", event.word().replace('_', "-")), &[]), to: *to }).collect()
}

/// One that was refused: its code, why, and the code of that.
pub struct Refused {
    pub id: String,
    pub code: String,
    pub why: String,
    pub fault: &'static str,
}

/// Does it with each; how many were done, and those that were not.
///
/// # Errors
/// `line.too_many`, `line.none` where nothing is chosen, `code.unknown`; a failure of the machine, and then what was done before stays done.
pub fn carry_out(app: &App, desk: &AtDesk, lang: Lang, fields: &Fields) -> Result<(usize, Vec<Refused>), Fault> {
    let event = EventCode::from_word(fields.text("event")).filter(|event| OFFERED.iter().any(|(offered, _)| offered == event));
    let event = event.ok_or_else(|| Fault::new("code.unknown", "event"))?;
    let chosen: Vec<&str> = fields.all("matter").collect();
    match chosen.len() {
        0 => return Err(Fault::new("line.none", "matter")),
        n if n > MOST => return Err(Fault::new("line.too_many", MOST.to_string())),
        _ => {}
    }
    let (mut done, mut refused) = (0, Vec::new());
    for matter in chosen {
        let (id, saw) = matter.split_once('.').unwrap_or((matter, ""));
        let said = ["event", "to"].map(|name| (name.to_owned(), fields.text(name).to_owned()));
        let one = Fields::of(said.into_iter().chain([("saw".to_owned(), saw.to_owned())]).collect());
        match deed(app, desk, id, &one).and_then(|deed| line::carry_out(app, desk, id, deed)) {
            Ok(_) => done += 1,
            Err(fault) if fault.is_failure() => return Err(fault),
            Err(fault) => {
                let code = match line::row_of_desk(app, desk, id) {
                    Ok(row) => shown(&row.code),
                    Err(fault) if fault.is_failure() => return Err(fault),
                    Err(_) => String::new(),
                };
                refused.push(Refused { id: id.to_owned(), code, why: why(lang, &fault), fault: fault.code });
            }
        }
    }
    tracing::info!(event = event.word(), done, refused = refused.len(), "done with several");
    Ok((done, refused))
}
