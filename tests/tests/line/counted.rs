//! Figures: what is counted as it happens is what a slow recount of the log finds, wherever people go.

use jiff::civil::Date;
use minqing_core::{
    Id,
    clock::day_start,
    model::{Category, EventCode, HandlingType, Solved},
};
use minqing_sync_server::{
    figures::{Asked, Counted, Figures, Table, tally_of},
    projection,
    rebuild::Logged,
};
use minqing_tests::line::{Case, Deed, finish::finish, instant, people, words};

use super::wander::stories;

const GRID: &str = "grid:620102001001001";
const COMMUNITY: &str = "620102001001";

/// The matter as the log has it, under an id of its own.
fn logged(case: &Case) -> Logged {
    Logged { stream: 1, events: case.events.clone(), facts: case.facts.iter().map(|fact| (fact.id, fact.clone())).collect() }
}

/// The matter as it is counted on the way.
fn counted(case: &Case, n: usize) -> Counted {
    let logged = logged(case);
    let (event, done_at) = logged.registration().unwrap();
    let row = projection::matter(Id::named(&["case", &n.to_string()]), COMMUNITY, event, done_at, case.m()).unwrap();
    Counted::of(&row, GRID, case.m(), &tally_of(case.id, &case.happened(), &case.calendar))
}

/// Many matters of three categories, on their way and at their end.
fn all() -> Vec<Case> {
    let mut all = Vec::new();
    for (category, seeds) in [(Category::Utilities, 0..12), (Category::Safety, 20..26), (Category::Relief, 40..52)] {
        // Every fifth moment of each story is a matter of its own.
        let on_the_way: Vec<Case> = stories(category, seeds).into_iter().step_by(5).collect();
        let ended = on_the_way.iter().step_by(2).cloned().filter_map(|mut case| finish(&mut case).ok().map(|_| case));
        let ended: Vec<Case> = ended.collect();
        all.extend(on_the_way);
        all.extend(ended);
    }
    all.extend([5, 3, 2, 1].map(rated));
    all
}

/// One that goes by hand through what wandering seldom comes to, and is rated.
fn rated(stars: u8) -> Case {
    let mut case = Case::registered("2026-09-14 09:00", Category::Utilities);
    case.does(people::CLERK, words::accept_with(HandlingType::Promised, Some(3), None, None));
    case.does(people::CLERK, words::assign(people::WATER));
    case.does(people::HANDLER, words::plain(EventCode::Return));
    case.does(people::CLERK, words::assign(people::WATER));
    case.does(people::HANDLER, words::plain(EventCode::Sign));
    case.does(people::HANDLER, words::result(Solved::Yes));
    case.does(people::LEAD, words::plain(EventCode::SendBack));
    case.does(people::HANDLER, words::result(Solved::Yes));
    case.does(people::LEAD, words::plain(EventCode::Pass));
    case.does(people::OFFICER, words::feedback(case.id, true));
    // Low and yet not to be taken up once more.
    case.does(people::RESIDENT, words::rate_with(case.id, people::RESIDENT.id, stars, true, false));
    if stars == 2 {
        case.does(people::OTHER_CLERK, words::call_back(case.id));
    }
    case
}

#[test]
fn what_is_counted_on_the_way_is_what_a_recount_finds() {
    let cases = all();
    let rows: Vec<Counted> = cases.iter().zip(0..).map(|(case, n)| counted(case, n)).collect();
    let recount = |keep: &dyn Fn(&Case) -> bool| {
        let some: Vec<(Id, Logged)> = cases.iter().filter(|case| keep(case)).map(|case| (case.id, logged(case))).collect();
        Figures::of(some.iter().map(|(id, logged)| (id, logged)), &cases[0].calendar)
    };
    let table = Table::of(&rows, &Asked::default());
    let whole = recount(&|_| true);
    assert_eq!((table.total, whole.illegal_states), (whole.totals, 0));
    for category in [Category::Utilities, Category::Safety, Category::Relief] {
        let of = recount(&|case| case.m().about.category == Some(category)).totals;
        assert_eq!(table.by_category.get(category.word()).copied().unwrap_or_default(), of);
    }
    for (word, totals) in &table.by_type {
        assert_eq!(*totals, recount(&|case| case.m().handling.map_or("", |h| h.word()) == word).totals, "{word}");
    }
    for (id, totals) in &table.by_department {
        assert_eq!(*totals, recount(&|case| case.m().department.map(|d| d.to_string()).unwrap_or_default() == *id).totals, "{id}");
    }
    // The stories are long enough to count everything.
    let t = table.total;
    let counted = [t.response.n, t.on_time.n, t.solution.of, t.satisfaction.n, t.overdue, t.returned, t.reworked, t.money_fen, t.told_at_door, t.open, t.ended];
    assert!(counted.iter().all(|n| *n > 0), "{t:?}");
    assert!(t.on_time.n < t.on_time.of && t.overdue_multiple > Some(1.0), "{t:?}");
    assert!(t.satisfaction.of <= t.participation.of && t.participation.n == t.satisfaction.of, "{t:?}");
}

#[test]
fn a_matter_is_received_when_it_came_and_counts_where_it_ended() {
    let cases = all();
    let rows: Vec<Counted> = cases.iter().zip(0..).map(|(case, n)| counted(case, n)).collect();
    let whole = Table::of(&rows, &Asked::default());
    // Months add up to the whole, what is on the line standing under no month.
    let months = whole.by_period.values();
    assert_eq!(months.clone().map(|t| t.received).sum::<u64>(), whole.total.received);
    assert_eq!(months.clone().map(|t| t.ended).sum::<u64>(), whole.total.ended);
    assert_eq!(months.map(|t| t.money_fen).sum::<u64>(), whole.total.money_fen);
    assert_eq!(whole.by_period[""].open, whole.total.open);
    assert!(whole.by_period.len() > 2, "{:?}", whole.by_period.keys());
    // A month asked for alone is what it is in the table of all.
    for (month, totals) in whole.by_period.iter().filter(|(month, _)| !month.is_empty()) {
        let first: Date = format!("{month}-01").parse().unwrap();
        let asked = Asked { from: Some(first), to: Some(first.last_of_month()), ..Asked::default() };
        let alone = Table::of(&rows, &asked);
        assert_eq!((alone.total, alone.total.open), (*totals, 0), "{month}");
        let (from, to) = (day_start(first), day_start(first.last_of_month().tomorrow().unwrap()));
        assert_eq!(alone.total.received, rows.iter().filter(|row| (from..to).contains(&row.received_ms)).count() as u64);
    }
}

#[test]
fn a_due_date_that_was_taken_back_makes_nothing_overdue() {
    let accept = words::accept_with(HandlingType::Promised, Some(3), None, None);
    let mut case = Case::in_hand("2026-09-14 09:00", Category::Environment, accept);
    case.does(people::HANDLER, words::result(Solved::Yes));
    let before_the_due = case.now_ms;
    case.until(instant("2026-09-18 09:00"));
    let overdue = |case: &Case| Table::of(&[counted(case, 0)], &Asked::default()).total.overdue;
    assert_eq!(overdue(&case), 1);
    let pass = Deed { done_at: Some(before_the_due), ..Deed::new(people::LEAD, words::plain(EventCode::Pass)) };
    case.tries(&pass).unwrap();
    assert_eq!(overdue(&case), 0, "it was done before");
}

#[test]
fn who_was_told_of_a_lapse_that_is_taken_back_was_not_invited() {
    let mut case = Case::in_hand("2026-09-14 09:00", Category::Relief, words::accept(HandlingType::Papers));
    case.does(people::HANDLER, words::need_papers(&[0]));
    let in_time = case.now_ms;
    case.until(instant("2026-10-13 10:00"));
    case.does(people::OFFICER, words::feedback(case.id, true));
    let both = |case: &Case| {
        let (fast, one) = (Table::of(&[counted(case, 0)], &Asked::default()).total, logged(case));
        assert_eq!(fast, Figures::of([(&case.id, &one)], &case.calendar).totals);
        fast.participation.of
    };
    assert_eq!(both(&case), 1);
    case.tries(&Deed { done_at: Some(in_time), ..Deed::new(people::OFFICER, words::papers_in(&[0])) }).unwrap();
    assert_eq!(both(&case), 0);
}
