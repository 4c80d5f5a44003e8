//! `minqing figures`: how the line does, in an area and a period.

use std::sync::Arc;

use clap::{Args, ValueEnum};
use jiff::civil::Date;
use minqing_core::{
    model::{Category, Channel, HandlingType},
    words::{FluentValue, Lang, say},
};
use serde_json::json;

use super::Out;
use crate::{
    app::App,
    clock::SystemClock,
    config::Config,
    console::figures::{FiguresSeen, seen},
    entropy::SystemEntropy,
    fault::Fault,
    figures::{Asked, Rate, Totals, yuan},
};

/// Which figures.
#[derive(Debug, Args)]
pub struct Figures {
    #[arg(long, default_value = "")]
    area: String,
    #[arg(long, value_name = "2026-09-14")]
    since: Option<Date>,
    #[arg(long, value_name = "2026-10-31")]
    until: Option<Date>,
    #[arg(long, value_enum, value_name = "area|department|channel|category|type|period", default_value = "category")]
    by: By,
}

/// Ways of telling matters apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum By {
    Area,
    Department,
    Channel,
    Category,
    Type,
    Period,
}

/// Prints them.
pub fn run(what: Figures, config: Config, out: &Out) -> Result<(), Fault> {
    let app = App::open(config, Arc::new(SystemClock), Arc::new(SystemEntropy))?;
    let Figures { area, since, until, by } = what;
    if !area.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Fault::new("community.unknown", area));
    }
    let figures = seen(app.store.as_ref(), Asked { area, from: since, to: until })?;
    out.done(&json!(figures), "cli-figures-all", &counts(&figures.figures.total));
    shares(&figures.figures.total, 0, out);
    let f = &figures.figures;
    let groups = match by {
        By::Area => &f.by_area,
        By::Department => &f.by_department,
        By::Channel => &f.by_channel,
        By::Category => &f.by_category,
        By::Type => &f.by_type,
        By::Period => &f.by_period,
    };
    for (key, totals) in groups {
        let named = [&[("name", name(&figures, by, key, out.lang).into())], &counts(totals)[..]].concat();
        out.also(0, "cli-figures-group", &named);
        shares(totals, 2, out);
    }
    Ok(())
}

fn counts(totals: &Totals) -> [(&'static str, FluentValue<'static>); 4] {
    [("received", totals.received.into()), ("ended", totals.ended.into()), ("open", totals.open.into()), ("solved", totals.solved.into())]
}

/// Shares, each with what it is a share of, and sums.
fn shares(t: &Totals, deep: usize, out: &Out) {
    let rate = |key: &str, rate: Rate| say(out.lang, key, &[("n", rate.n.into()), ("of", rate.of.into()), ("percent", rate.percent().into())]);
    let all = [
        rate("rate-response", t.response),
        rate("rate-on-time", t.on_time),
        rate("rate-solution", t.solution),
        rate("rate-satisfaction", t.satisfaction),
        rate("rate-participation", t.participation),
    ];
    let between = say(out.lang, "list-between", &[]);
    out.also(deep, "cli-figures-rates", &[("rates", all.join(&between).into())]);
    let times = t.overdue_multiple.map_or_else(|| "–".to_owned(), |times| format!("{times:.2}"));
    let sums = [
        ("overdue", t.overdue.into()),
        ("times", times.into()),
        ("returned", t.returned.into()),
        ("reworked", t.reworked.into()),
        ("yuan", yuan(t.money_fen).into()),
        ("told", t.told_at_door.into()),
    ];
    out.also(deep, "cli-figures-sums", &sums);
}

/// What a key is called.
fn name(figures: &FiguresSeen, by: By, key: &str, lang: Lang) -> String {
    let word = |key: String| say(lang, &key, &[]);
    match by {
        _ if key.is_empty() => word(if by == By::Period { "cli-figures-open" } else { "cli-figures-none" }.to_owned()),
        By::Channel => word(Channel::key_of(key)),
        By::Category => word(Category::key_of(key)),
        By::Type => word(HandlingType::key_of(key)),
        By::Area | By::Department | By::Period => figures.names.get(key).cloned().unwrap_or_else(|| key.to_owned()),
    }
}
