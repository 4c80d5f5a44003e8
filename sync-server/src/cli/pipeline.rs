//! `minqing pipeline …`: what happened to a matter, and what its clocks have come to.

use std::sync::Arc;

use clap::Subcommand;
use minqing_core::{
    Id,
    ids::normal_code,
    model::{Clock, EventCode, MatterState, RefusalCode, Role},
    speech::Speech,
    words::say,
};
use serde_json::{json, to_value};

use super::Out;
use crate::{
    app::App,
    clock::SystemClock,
    config::Config,
    entropy::SystemEntropy,
    fault::Fault,
    pipeline::{ClockSeen, Explained, Happening, Looker, explain, run_due},
};

/// The line.
#[derive(Debug, Subcommand)]
pub enum Pipeline {
    /// Explains one matter.
    Explain {
        /// The residents' code.
        code: String,
    },
    /// Does what clocks have come to by now.
    Run,
}

/// Runs one of them.
pub fn run(what: Pipeline, config: Config, out: &Out) -> Result<(), Fault> {
    let app = App::open(config, Arc::new(SystemClock), Arc::new(SystemEntropy))?;
    match what {
        Pipeline::Explain { code } => {
            let unknown = || Fault::new("matter.unknown", code.as_str());
            let normal = normal_code(&code).ok_or_else(unknown)?;
            let id = app.store.matter_of_code(&normal)?.ok_or_else(unknown)?;
            // Everybody's moves: whoever stands at this machine asks for nobody.
            let looker = Looker { by: Id([0; 16]), roles: Role::ALL.to_vec(), works_for: Vec::new() };
            show(&app, &explain(&app, id, &looker)?.explained, out);
        }
        Pipeline::Run => {
            let done = run_due(&app)?;
            out.done(&json!({"timers": done}), "cli-did-pipeline-run", &[("count", done.into())]);
        }
    }
    Ok(())
}

fn show(app: &App, matter: &Explained, out: &Out) {
    let now_ms = app.clock.now_ms();
    let word = |key: String| say(out.lang, &key, &[]);
    let args = [
        ("code", minqing_core::ids::shown(&matter.code).into()),
        ("state", word(MatterState::key_of(matter.state)).into()),
        ("cycle", matter.cycle.into()),
        ("lamp", word(minqing_core::model::Lamp::key_of(matter.lamp)).into()),
    ];
    out.done(&to_value(matter).unwrap_or_default(), "cli-pipeline-matter", &args);
    matter.history.iter().for_each(|h| happening(h, out, now_ms));
    matter.clocks.iter().for_each(|c| clock(c, out, now_ms));
    let mut moves: Vec<String> = Vec::new();
    for may in &matter.moves {
        let said = format!("{}（{}）", word(EventCode::key_of(may.event)), word(Role::key_of(may.role)));
        if may.role != Role::System.word() && !moves.contains(&said) {
            moves.push(said);
        }
    }
    out.also(0, "cli-pipeline-moves", &[("moves", moves.join(say(out.lang, "list-between", &[]).as_str()).into())]);
}

fn happening(h: &Happening, out: &Out, now_ms: i64) {
    let when = Speech(out.lang).when(h.judged_ms, now_ms);
    let who = say(out.lang, &Role::key_of(h.role), &[]);
    let what = if h.event == "undone" { say(out.lang, "cli-pipeline-undone", &[]) } else { say(out.lang, &EventCode::key_of(h.event), &[]) };
    let args = [("n", h.ordinal.into()), ("when", when.into()), ("who", who.into()), ("what", what.into())];
    out.also(2, "cli-pipeline-happened", &args);
    if let Some(refused) = h.refused {
        out.also(4, "cli-pipeline-refused", &[("why", say(out.lang, &RefusalCode::key_of(refused), &[]).into())]);
    }
}

fn clock(c: &ClockSeen, out: &Out, now_ms: i64) {
    let speech = Speech(out.lang);
    let name = say(out.lang, &Clock::key_of(c.clock), &[]);
    let hours = |ms: i64| ms / 3_600_000;
    match (c.ended_ms, c.due_ms) {
        (Some(ended), _) => {
            out.also(2, "cli-pipeline-clock-ended", &[("clock", name.into()), ("when", speech.when(ended, now_ms).into()), ("hours", hours(c.used_ms).into())])
        }
        (None, Some(due)) => {
            let key = if c.provisional { "cli-pipeline-clock-provisional" } else { "cli-pipeline-clock" };
            let left = c.left_ms.map_or(0, hours);
            out.also(2, key, &[("clock", name.into()), ("when", speech.when(due, now_ms).into()), ("hours", hours(c.used_ms).into()), ("left", left.into())]);
        }
        (None, None) if c.paused => out.also(2, "cli-pipeline-clock-paused", &[("clock", name.into()), ("hours", hours(c.used_ms).into())]),
        (None, None) => out.also(2, "cli-pipeline-clock-runs", &[("clock", name.into()), ("hours", hours(c.used_ms).into())]),
    }
}
