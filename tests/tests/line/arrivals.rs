//! Property 13: whatever phones did offline, in whichever order it arrives.

use minqing_core::{
    Id,
    clock::At,
    event::Event,
    model::{Category, Clock as K, EventCode as E, HandlingType as T, MatterState as S, RefusalCode as Why},
    pipeline::Matter,
};
use minqing_tests::line::{
    Case, Deed, instant,
    laws::legal,
    people::{CLERK, COLLEAGUE, HANDLER, OFFICER, RESIDENT, WATER, Who},
    words::{Word, accept, assign, feedback, need_papers, papers_in, plain, rate_with, tell},
};

use super::merged::{merge, two};

/// A matter that waits for three papers.
fn lacking() -> Case {
    let mut case = Case::registered("2026-09-14 09:00", Category::Relief);
    case.does(CLERK, accept(T::Papers));
    case.does(CLERK, assign(WATER));
    case.does(HANDLER, need_papers(&[0, 1, 2]));
    case
}

/// A matter with a follower, whose result is out.
fn to_be_told() -> Case {
    let (mut first, mut second) = two();
    merge(&mut second, &mut first).expect("merged");
    first.does(CLERK, plain(E::SolveOnSpot));
    first
}

/// Events written offline, of people who had all seen the same.
fn written(case: &Case, words: &[(Who, Word)]) -> Vec<(Event, Deed)> {
    let event = |n: u8, (who, word): &(Who, Word)| {
        let deed = Deed::new(*who, word.clone());
        (Event { id: Id([150 + n; 16]), ..case.event(&deed) }, deed)
    };
    (0..).zip(words).map(|(n, word)| event(n, word)).collect()
}

/// They arrive an hour later, in an order.
fn arrive(case: &Case, events: &[(Event, Deed)], order: &[usize]) -> Case {
    let mut case = case.clone();
    let done_at = case.now_ms;
    case.until(done_at + 3_600_000);
    for i in order {
        let (event, deed) = &events[*i];
        let _ = case.receives(event, done_at, deed);
        legal(case.m()).unwrap_or_else(|law| panic!("{law}"));
    }
    case
}

/// All orders of so many.
fn orders(n: usize) -> Vec<Vec<usize>> {
    let Some(last) = n.checked_sub(1) else { return vec![vec![]] };
    let into = |order: Vec<usize>| (0..n).map(move |at| order[..at].iter().copied().chain([last]).chain(order[at..].iter().copied()).collect());
    orders(last).into_iter().flat_map(into).collect()
}

/// Without what only says in which order things came.
fn same(case: &Case) -> Matter {
    let mut m = Matter { moved: (Id([0; 16]), 0), ..case.m().clone() };
    m.told.sort_by_key(|told| told.of);
    m
}

#[test]
fn property_13_in_any_order_the_state_is_legal_and_every_replica_agrees() {
    let open = Case::registered("2026-09-14 09:00", Category::Utilities);
    let on_the_spot = [(OFFICER, accept(T::Immediate)), (OFFICER, plain(E::SolveOnSpot)), (COLLEAGUE, plain(E::SolveOnSpot)), (COLLEAGUE, plain(E::Note))];
    let papers = [(OFFICER, papers_in(&[0, 1])), (COLLEAGUE, papers_in(&[1, 2])), (OFFICER, plain(E::Note)), (COLLEAGUE, plain(E::AskOrder))];
    let told = to_be_told();
    let second = told.m().members[0];
    let telling = [
        (OFFICER, feedback(told.id, true)),
        (COLLEAGUE, feedback(second, true)),
        (COLLEAGUE, feedback(told.id, false)),
        (OFFICER, rate_with(told.id, RESIDENT.id, 5, false, true)),
    ];
    for (case, words) in [(open, on_the_spot), (lacking(), papers), (told, telling)] {
        let events = written(&case, &words);
        for order in orders(words.len()) {
            let mut arrived = arrive(&case, &events, &order);
            assert_eq!(arrived.facts.len(), case.facts.len() + words.len(), "each has its verdict, none is lost");
            let mut mixed = arrived.clone();
            mixed.events.reverse();
            mixed.facts.rotate_left(3);
            assert_eq!((arrived.replay(), mixed.replay()), (arrived.matter.clone(), arrived.matter.clone()), "{order:?}");
            minqing_tests::line::finish::finish(&mut arrived).unwrap_or_else(|why| panic!("{order:?}: {why}"));
        }
    }
}

#[test]
fn property_13_what_should_commute_does() {
    let told = to_be_told();
    let second = told.m().members[0];
    let remarks = |case: &Case| [(OFFICER, plain(E::Note)), (OFFICER, tell(case.m().about.register)), (COLLEAGUE, plain(E::AskOrder))];
    let mut pairs: Vec<(Case, [(Who, Word); 2])> = vec![
        (lacking(), [(OFFICER, papers_in(&[0])), (COLLEAGUE, papers_in(&[1, 2]))]),
        (lacking(), [(OFFICER, papers_in(&[0, 1])), (COLLEAGUE, papers_in(&[1]))]),
        (told.clone(), [(OFFICER, feedback(told.id, true)), (COLLEAGUE, feedback(second, true))]),
        (told.clone(), [(OFFICER, feedback(told.id, false)), (COLLEAGUE, feedback(second, true))]),
    ];
    let open = Case::registered("2026-09-14 09:00", Category::Utilities);
    let offline =
        [(lacking(), (COLLEAGUE, papers_in(&[0, 1, 2]))), (told.clone(), (COLLEAGUE, feedback(second, true))), (open, (COLLEAGUE, plain(E::SolveOnSpot)))];
    for (case, word) in offline {
        pairs.extend(remarks(&case).map(|remark| (case.clone(), [remark, word.clone()])));
    }
    for (case, words) in pairs {
        let events = written(&case, &words);
        let [one, other] = [[0, 1], [1, 0]].map(|order| arrive(&case, &events, &order));
        assert!(one.judged == other.judged && same(&one) == same(&other), "{words:?}");
        assert!(one.facts.iter().filter_map(|f| f.verdict()).all(|v| v.refused.is_none()), "{words:?}");
    }
}

#[test]
fn of_two_officers_who_had_not_seen_each_other_the_later_is_overtaken() {
    let case = Case::registered("2026-09-14 09:00", Category::Utilities);
    let events = written(&case, &[(OFFICER, plain(E::SolveOnSpot)), (COLLEAGUE, plain(E::SolveOnSpot))]);
    for (order, first) in [([0, 1], 0), ([1, 0], 1)] {
        let arrived = arrive(&case, &events, &order);
        let last = arrived.facts.last().and_then(|f| f.verdict()).expect("a verdict");
        assert_eq!((last.refused, last.by), (Some(Why::Overtaken.number()), Some(events[first].0.id)));
        assert_eq!((arrived.state(), arrived.replay()), (S::Feedback, arrived.matter.clone()));
    }
    // Whoever had seen it made a mistake instead.
    let mut seen = arrive(&case, &events, &[0]);
    assert_eq!(seen.refuses(COLLEAGUE, plain(E::SolveOnSpot)), Why::NotAllowed);
}

#[test]
fn an_officers_accept_that_comes_after_the_clerks_is_overtaken_and_no_question_of_role() {
    let case = Case::registered("2026-09-14 09:00", Category::Utilities);
    let [offline] = &written(&case, &[(OFFICER, accept(T::Immediate))])[..] else { panic!("one") };
    let mut arrived = case.clone();
    let clerks = arrived.does(CLERK, accept(T::Promised));
    assert_eq!(arrived.receives(&offline.0, case.now_ms, &offline.1), Err((Why::Overtaken, Some(clerks))));
}

#[test]
fn property_13_a_device_clock_wrong_by_ten_years_moves_no_due_date() {
    const TEN_YEARS: i64 = 315_576_000_000;
    let made = |wrong: i64, restarted: bool| {
        let mut case = Case::at("2026-09-14 09:00");
        let (exchange, enrolled) = (instant("2026-09-14 08:00"), instant("2026-09-01 08:00"));
        for (minutes, word) in [(20, minqing_tests::line::words::register(Category::Utilities)), (40, plain(E::SolveOnSpot))] {
            let deed = Deed::new(OFFICER, word);
            let at = At { device_ms: exchange + wrong + minutes * 60_000, server_ms: Some(exchange), since_ms: (!restarted).then_some(minutes * 60_000) };
            let event = Event { at, ..case.event(&deed) };
            let done_at = event.at.done_at(case.now_ms, enrolled);
            assert!((exchange..=case.now_ms).contains(&done_at));
            case.receives(&event, done_at, &deed).expect("accepted");
        }
        case
    };
    let due = |case: &Case| case.m().clocks.iter().map(|k| (k.clock, k.due_ms(&case.calendar))).collect::<Vec<_>>();
    let right = made(0, false);
    assert_eq!(right.m().clocks.get(K::Total).map(|k0| k0.started_ms), Some(instant("2026-09-14 08:20")));
    for wrong in [-TEN_YEARS, TEN_YEARS] {
        assert_eq!(made(wrong, false).matter, right.matter, "the wall clock of the phone is not asked");
        assert_eq!(due(&made(wrong, true)), due(&right), "a restarted phone moves K0 within the exchange alone");
    }
}
