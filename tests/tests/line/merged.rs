//! T25 and T26: matters that follow another. Property 9: depth 1, no circle, and what is detached is what it was.

use std::rc::Rc;

use minqing_core::{
    Id,
    model::{Category, Clock as K, EventCode as E, HandlingType as T, MatterState as S, RefusalCode as Why},
    pipeline::Matter,
};
use minqing_tests::line::{
    Case, Deed,
    deeds::SECOND,
    finish::finish,
    people::{CLERK, COLLEAGUE, HANDLER, LEAD, NEIGHBOUR, OFFICER, RESIDENT, WATER, Who},
    words::{accept, assign, feedback, need_papers, other, papers_in, plain, register},
};

/// Two matters of one category in one place.
pub fn two() -> (Case, Case) {
    let first = Case::registered("2026-09-14 09:00", Category::Environment);
    let mut second = Case { id: SECOND, ..Case::at("2026-09-14 09:10") };
    second.does(OFFICER, register(Category::Environment));
    (first, second)
}

fn about(case: &mut Case, named: &Case, who: Who, code: E) -> Result<Id, Why> {
    let word = if matches!(code, E::Merge | E::TakeIn | E::LetGo) { other(code, named.id) } else { plain(code) };
    case.tries(&Deed { other: named.matter.clone().map(Rc::new), ..Deed::new(who, word) }).map_err(|(why, _)| why)
}

/// One follows the other: both sides, as an office writes them in one go.
pub fn merge(member: &mut Case, master: &mut Case) -> Result<(), Why> {
    about(member, master, LEAD, E::Merge)?;
    about(master, member, LEAD, E::TakeIn).map(drop)
}

fn detach(member: &mut Case, master: &mut Case, who: Who) -> Result<(), Why> {
    about(member, master, who, E::Detach)?;
    about(master, member, LEAD, E::LetGo).map(drop)
}

/// What is the same whenever it last moved.
fn unmoved(m: &Matter) -> Matter {
    Matter { moved: (Id([0; 16]), 0), proposals: vec![], ..m.clone() }
}

#[test]
fn property_09_detach_after_merge_changes_nothing() {
    for case in super::explored::STATES.iter().filter(|c| c.state().stage().is_some() && c.m().members.is_empty()).step_by(7) {
        let (mut member, mut master) = (case.clone(), two().1);
        master.matter.as_mut().expect("a matter").about.category = Some(Category::Mediation);
        let before = (unmoved(member.m()), unmoved(master.m()));
        if merge(&mut member, &mut master).is_err() {
            assert!(matches!(case.state(), S::Feedback | S::FollowUp | S::Closed), "{:?}", case.state());
            continue;
        }
        assert_eq!((member.state(), master.m().members.as_slice()), (S::Merged, &[member.id][..]));
        detach(&mut member, &mut master, LEAD).expect("detached");
        assert_eq!((unmoved(member.m()), unmoved(master.m())), before);
    }
}

#[test]
fn property_09_nobody_follows_a_follower_or_itself() {
    let (mut first, mut second) = two();
    let mut third = Case { id: Id([3; 16]), ..second.clone() };
    third.matter.as_mut().expect("a matter").id = third.id;
    let itself = first.clone();
    assert_eq!(about(&mut first, &itself, LEAD, E::Merge), Err(Why::OtherMatter));
    merge(&mut second, &mut first).expect("merged");
    assert_eq!(merge(&mut third, &mut second), Err(Why::OtherMatter), "the second follows the first");
    assert_eq!(merge(&mut first, &mut third), Err(Why::OtherMatter), "somebody follows the first");
    assert_eq!(merge(&mut first, &mut second), Err(Why::OtherMatter), "a circle");
    assert_eq!(about(&mut first, &second, LEAD, E::TakeIn), Err(Why::OtherMatter), "counted once");
    merge(&mut third, &mut first).expect("merged");
    assert_eq!(first.m().members, [second.id, third.id]);
}

#[test]
fn only_what_is_alike_and_alive_is_followed() {
    let (first, mut second) = two();
    let mut water = first.clone();
    water.matter.as_mut().expect("a matter").about.category = Some(Category::Utilities);
    assert_eq!(about(&mut second, &water, LEAD, E::Merge), Err(Why::OtherMatter));
    let mut gone = first.clone();
    gone.does(RESIDENT, plain(E::Withdraw));
    assert_eq!(about(&mut second, &gone, LEAD, E::Merge), Err(Why::OtherMatter));
    assert_eq!(second.refuses(LEAD, other(E::Merge, first.id)), Why::OtherMatter, "nothing of that name in this place");
    let mut told = first.clone();
    told.does(CLERK, plain(E::SolveOnSpot));
    let mut followed_up = told.clone();
    followed_up.does(COLLEAGUE, feedback(told.id, true));
    assert_eq!(merge(&mut second.clone(), &mut followed_up), Err(Why::OtherMatter), "its resident would never be told");
    merge(&mut second, &mut told).expect("whoever waits for feedback may be joined");
}

#[test]
fn each_resident_of_the_cluster_is_told() {
    let (mut first, mut second) = two();
    merge(&mut second, &mut first).expect("merged");
    first.does(CLERK, plain(E::SolveOnSpot));
    first.does(COLLEAGUE, feedback(first.id, true));
    assert_eq!(first.state(), S::Feedback);
    first.does(OFFICER, feedback(second.id, true));
    assert_eq!((first.state(), first.replay()), (S::FollowUp, first.matter.clone()));
}

#[test]
fn who_leaves_as_the_last_that_was_not_told_lets_the_others_be_asked() {
    let (mut first, mut second) = two();
    let mut third = Case { id: Id([3; 16]), ..second.clone() };
    third.matter.as_mut().expect("a matter").id = third.id;
    for member in [&mut second, &mut third] {
        merge(member, &mut first).expect("merged");
    }
    first.does(CLERK, plain(E::SolveOnSpot));
    detach(&mut third, &mut first, NEIGHBOUR).expect("detached");
    assert_eq!(first.state(), S::Feedback, "two wait still");
    first.does(COLLEAGUE, feedback(first.id, true));
    detach(&mut second, &mut first, NEIGHBOUR).expect("detached");
    assert_eq!((first.state(), first.m().clocks.open(K::Feedback)), (S::FollowUp, None));
    assert!(first.m().clocks.open(K::Rating).is_some());
    assert_eq!(first.replay(), first.matter);
}

#[test]
fn clocks_run_on_in_a_matter_that_follows() {
    let (mut first, mut second) = two();
    second.does(CLERK, accept(T::Promised));
    second.does(CLERK, assign(WATER));
    merge(&mut second, &mut first).expect("merged");
    let k3 = second.m().clocks.open(K::Handling).cloned().expect("K3");
    second.until(minqing_tests::line::instant("2026-09-16 09:00"));
    detach(&mut second, &mut first, NEIGHBOUR).expect("the resident may object");
    assert_eq!((second.state(), second.m().clocks.open(K::Handling)), (S::Assigned, Some(&k3)), "merged time was counted");
    assert!(k3.used_ms(second.now_ms, &second.calendar) > second.calendar.hours().length_ms());
}

#[test]
fn once_the_master_is_closed_the_resident_has_it_taken_up_where_it_was_worked_on() {
    let (first, fresh) = two();
    let mut signed = fresh.clone();
    signed.does(CLERK, accept(T::Papers));
    signed.does(CLERK, assign(WATER));
    signed.does(HANDLER, plain(E::Sign));
    let mut lacking = signed.clone();
    lacking.does(HANDLER, need_papers(&[0]));
    for (mut member, state) in [(fresh, S::Accepted), (signed, S::Handling), (lacking, S::Handling)] {
        let mut master = first.clone();
        merge(&mut member, &mut master).expect("merged");
        assert_eq!(about(&mut member, &master, NEIGHBOUR, E::Reopen), Err(Why::NotAllowed), "the master is at work");
        finish(&mut master).expect("an end");
        let closed_ms = master.m().closed_ms.expect("closed");
        let mut late = member.clone();
        late.until(closed_ms + 30 * 86_400_000 + 1);
        assert_eq!(about(&mut late, &master, NEIGHBOUR, E::Reopen), Err(Why::TooLate));
        member.until(closed_ms);
        about(&mut member, &master, NEIGHBOUR, E::Reopen).expect("taken up");
        assert_eq!((member.state(), member.m().cycle), (state, 2));
        minqing_tests::line::laws::legal(member.m()).expect("a legal state");
        about(&mut master, &member, LEAD, E::LetGo).expect("let go");
        assert_eq!(member.replay(), member.matter);
        finish(&mut member).expect("an end");
    }
}

#[test]
fn a_letter_to_a_matter_without_a_type_makes_it_one_that_lacks_papers() {
    let (mut first, mut second) = two();
    merge(&mut second, &mut first).expect("merged");
    finish(&mut first).expect("an end");
    second.until(first.now_ms);
    about(&mut second, &first, NEIGHBOUR, E::Reopen).expect("taken up");
    assert_eq!(second.m().handling, None);
    second.does(CLERK, need_papers(&[0]));
    assert_eq!((second.state(), second.m().handling), (S::Papers, Some(T::Papers)));
    second.does(OFFICER, papers_in(&[0]));
    assert_eq!((second.state(), second.replay()), (S::Accepted, second.matter.clone()));
}
