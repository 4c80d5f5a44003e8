//! The board put together: counts, filters, and the lanes of the four stages or the list of one state.

use minqing_core::{
    Id,
    model::{Category, Clock, EventCode, Lamp, MatterState, Role, Stage},
    words::{Lang, say},
};

use super::{
    asked::{Due, Filter, tonight},
    bulk,
    cards::{Card, Maker},
};
use crate::{
    app::App,
    console::{desk::AtDesk, matter::Choice},
    storage::{OnLine, Result, StateCount, is_on_line},
};

/// Most cards of a state on the board; the rest is its list.
const SHOWN: u32 = 6;
/// Most rows of a list's page.
const LIST: u32 = 50;

/// The board.
pub struct BoardView {
    /// 在办 86 件.
    pub summary: String,
    /// How many are overdue and how many lamps are yellow, as words; empty where none is.
    pub overdue: String,
    pub yellow: String,
    pub chips: Vec<Chip>,
    /// What else the address asks for, to be sent with the selects.
    pub hidden: Vec<(&'static str, String)>,
    pub grids: Vec<Choice>,
    pub categories: Vec<Choice>,
    pub departments: Vec<Choice>,
    /// What is chosen of each.
    pub grid: String,
    pub category: String,
    pub department: String,
    /// What the live part asks for again.
    pub query: String,
    pub lanes: Vec<Lane>,
    pub list: Option<List>,
    /// What may be done with several at once.
    pub bulk: Vec<bulk::Move>,
}

/// A filter as a link.
pub struct Chip {
    pub said: String,
    pub count: u64,
    pub address: String,
    pub is_on: bool,
    /// Of the lamp's icon; empty for none.
    pub icon: &'static str,
}

/// A stage of the line.
pub struct Lane {
    pub number: u8,
    pub name: String,
    pub count: u64,
    /// Side by side.
    pub columns: Vec<Vec<Group>>,
}

/// A state of a stage.
pub struct Group {
    pub name: String,
    /// 4 件，1 个工作日内受理.
    pub said: String,
    pub address: String,
    pub cards: Vec<Card>,
    /// 还有 2 件; empty where all are shown.
    pub more: String,
}

/// All of one state.
pub struct List {
    pub name: String,
    pub said: String,
    /// The board again.
    pub back: String,
    pub cards: Vec<Card>,
    /// The next page; empty at the end.
    pub next: String,
}

/// Puts it together.
pub fn view(app: &App, desk: &AtDesk, lang: Lang, filter: &Filter) -> Result<BoardView> {
    let now_ms = app.clock.now_ms();
    let asked = filter.on_line(desk, now_ms);
    let counts = app.store.line_counts(&asked, tonight(now_ms))?;
    let departments = app.store.departments(&desk.community)?;
    let maker = Maker { lang, now_ms, rules: app.rules.get() };
    let board = Board { app, lang, filter, asked: &asked, counts: &counts, maker };
    let none = |key: &str| Choice { value: String::new(), said: say(lang, key, &[]) };
    let open = departments.into_iter().filter(|d| !d.closed).map(|d| Choice { value: d.id.to_string(), said: d.name });
    let words = Category::ALL.iter().map(|c| Choice { value: c.word().to_owned(), said: say(lang, &c.key(), &[]) });
    let roles: Vec<Role> = desk.roles().collect();
    let n = |key: &str, n: u64| if n == 0 { String::new() } else { say(lang, key, &[("n", n.into())]) };
    Ok(BoardView {
        summary: say(lang, "line-open", &[("n", board.sum(|c| c.all).into())]),
        overdue: n("line-overdue", board.sum(|c| c.overdue)),
        yellow: n("line-yellow", board.sum(|c| c.yellow)),
        chips: board.chips(),
        hidden: board.hidden(),
        grids: desk.grids(app, lang)?,
        categories: std::iter::once(none("line-all-categories")).chain(words).collect(),
        grid: filter.grid.clone().unwrap_or_default(),
        category: filter.category.map_or_else(String::new, |c| c.word().to_owned()),
        department: filter.department.map_or_else(String::new, |d| d.to_string()),
        query: filter.query(),
        lanes: if filter.state.is_some() { Vec::new() } else { board.lanes()? },
        list: filter.state.map(|state| board.list(state)).transpose()?,
        bulk: bulk::offered(lang, &roles, filter.state),
        departments: std::iter::once(none("line-all-departments")).chain(open).collect(),
    })
}

struct Board<'a> {
    app: &'a App,
    lang: Lang,
    filter: &'a Filter,
    asked: &'a OnLine,
    counts: &'a [StateCount],
    maker: Maker,
}

impl Board<'_> {
    fn sum(&self, of: impl Fn(&StateCount) -> u64) -> u64 {
        self.counts.iter().map(of).sum()
    }

    fn chips(&self) -> Vec<Chip> {
        let now = Filter { after: None, ..self.filter.clone() };
        let due = |due: Due| Filter { due: Some(due).filter(|due| now.due != Some(*due)), ..now.clone() };
        let lamp = |lamp: Lamp| Filter { lamp: Some(lamp).filter(|lamp| now.lamp != Some(*lamp)), ..now.clone() };
        let chip = |key: &str, count: u64, to: &Filter, is_on: bool, icon| Chip { said: say(self.lang, key, &[]), count, address: to.address(), is_on, icon };
        let all = Filter { mine: false, due: None, lamp: None, ..now.clone() };
        vec![
            chip("line-all", self.sum(|c| c.all), &all, all == now, ""),
            chip("line-mine", self.sum(|c| c.mine), &Filter { mine: !now.mine, ..now.clone() }, now.mine, ""),
            chip("line-is-overdue", self.sum(|c| c.overdue), &due(Due::Overdue), now.due == Some(Due::Overdue), ""),
            chip("line-is-today", self.sum(|c| c.today), &due(Due::Today), now.due == Some(Due::Today), ""),
            chip("line-lamp-yellow", self.sum(|c| c.yellow), &lamp(Lamp::Yellow), now.lamp == Some(Lamp::Yellow), "yellow"),
            chip("line-lamp-red", self.sum(|c| c.red), &lamp(Lamp::Red), now.lamp == Some(Lamp::Red), "red"),
        ]
    }

    /// What the selects must not lose.
    fn hidden(&self) -> Vec<(&'static str, String)> {
        Filter { category: None, department: None, grid: None, after: None, ..self.filter.clone() }.pairs()
    }

    fn lanes(&self) -> Result<Vec<Lane>> {
        let of = |stage: Stage| MatterState::ALL.iter().copied().filter(move |state| state.stage() == Some(stage) && is_on_line(*state));
        let lane = |stage: Stage| {
            let groups = of(stage).map(|state| self.group(state)).collect::<Result<Vec<_>>>()?;
            let mut groups: Vec<Group> = groups.into_iter().flatten().collect();
            let second = if stage == Stage::Handling { groups.split_off(groups.len().div_ceil(2)) } else { Vec::new() };
            let count = of(stage).map(|state| self.count(state)).sum();
            let columns = [groups, second].into_iter().filter(|column| !column.is_empty()).collect();
            Ok(Lane { number: stage.number(), name: say(self.lang, &stage.key(), &[]), count, columns })
        };
        Stage::ALL.iter().map(|stage| lane(*stage)).collect()
    }

    /// Nothing where no matter stands there.
    fn group(&self, state: MatterState) -> Result<Option<Group>> {
        let count = self.count(state);
        if count == 0 {
            return Ok(None);
        }
        let cards = self.cards(state, None, SHOWN)?;
        let more = count.saturating_sub(cards.len() as u64);
        Ok(Some(Group {
            name: say(self.lang, &state.key(), &[]),
            said: self.said(state, count),
            address: Filter { state: Some(state), after: None, ..self.filter.clone() }.address(),
            cards,
            more: if more == 0 { String::new() } else { say(self.lang, "line-more", &[("n", more.into())]) },
        }))
    }

    fn list(&self, state: MatterState) -> Result<List> {
        let cards = self.cards(state, self.filter.after, LIST)?;
        let last = cards.last().filter(|_| cards.len() == LIST as usize).and_then(|card| card.id.parse().ok());
        Ok(List {
            name: say(self.lang, &state.key(), &[]),
            said: if is_on_line(state) { self.said(state, self.count(state)) } else { String::new() },
            back: Filter { state: None, after: None, ..self.filter.clone() }.address(),
            next: last.map_or_else(String::new, |last| Filter { after: Some(last), ..self.filter.clone() }.address()),
            cards,
        })
    }

    fn cards(&self, state: MatterState, after: Option<Id>, limit: u32) -> Result<Vec<Card>> {
        Ok(self.app.store.on_line(self.asked, state, after, limit)?.into_iter().map(|line| self.maker.card(line)).collect())
    }

    fn count(&self, state: MatterState) -> u64 {
        self.counts.iter().find(|count| count.state == state).map_or(0, |count| count.asked)
    }

    /// How many, and by when each has to go on.
    fn said(&self, state: MatterState, count: u64) -> String {
        let n = say(self.lang, "line-n", &[("n", count.into())]);
        let clock = match state {
            MatterState::Registered => Clock::Accept,
            MatterState::Assigned => Clock::Sign,
            MatterState::Answered => Clock::Answer,
            MatterState::Feedback => Clock::Feedback,
            MatterState::FollowUp => Clock::Rating,
            MatterState::Papers | MatterState::Escalated => return say(self.lang, "line-n-paused", &[("n", n.into())]),
            _ => return n,
        };
        let Some(length) = self.maker.rules.terms.of(clock, None) else { return n };
        let event = match state {
            MatterState::Registered => EventCode::Accept,
            MatterState::Assigned => EventCode::Sign,
            MatterState::FollowUp => EventCode::Rate,
            _ => EventCode::Feedback,
        };
        let length = crate::console::matter::length(self.lang, length);
        say(self.lang, "line-n-within", &[("n", n.into()), ("length", length.into()), ("what", say(self.lang, &event.key(), &[]).into())])
    }
}
