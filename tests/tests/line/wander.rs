//! Wandering along the line: what people do, one after the other, however late it is heard of.

use minqing_core::{
    event::FactKind,
    model::{Category, Clock, MatterState as S},
    pipeline::Judgement,
};
use minqing_tests::line::{
    Case, Deed,
    deeds::{Others, moves, remarks},
    laws,
};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

const HOUR: i64 = 3_600_000;

/// One step: how long somebody waits, what is tried first, and how long ago it was done.
#[derive(Clone, Copy, Debug)]
pub struct Pick {
    pub wait: u8,
    pub what: u16,
    pub late: u8,
}

/// Time goes on; what is due is done.
fn wait(case: &mut Case, wait: u8) {
    let later = match wait {
        0..=6 => case.now_ms + HOUR / 3,
        7 | 8 => case.now_ms + 20 * HOUR,
        9 => case.calendar.due(case.now_ms, 4).due_ms,
        10 => case.calendar.due(case.now_ms, 11).due_ms,
        _ => {
            case.phones_heard = !case.phones_heard;
            case.now_ms
        }
    };
    case.until(later);
}

/// One that is accepted, of all that can be tried. Not often one that puts an end to the matter, or the story would be short.
fn choose(case: &Case, others: &Others, pick: Pick) -> Option<Deed> {
    let mut all: Vec<(u32, Deed)> = (0..).zip(moves(case.m(), others).into_iter().chain(remarks(case.m()))).collect();
    all.sort_by_key(|(n, _)| (n + u32::from(pick.what)).wrapping_mul(2_654_435_761).rotate_left(n % 7));
    let registered = case.m().clocks.get(Clock::Total).map_or(case.now_ms, |k0| k0.started_ms);
    let done_at = (case.now_ms - i64::from(pick.late.saturating_sub(7)) * 30 * HOUR).max(registered);
    let saw = case.judged.saturating_sub(u64::from(pick.late % 4));
    let may_end = pick.what.is_multiple_of(16);
    let fits = |deed: &Deed| match case.judges(deed) {
        Judgement::Accepted { matter, .. } => may_end || !matches!(matter.state, S::Withdrawn | S::Void | S::Refused | S::Merged),
        Judgement::Refused { .. } => false,
    };
    all.into_iter().map(|(_, deed)| Deed { done_at: Some(done_at), saw: Some(saw), ..deed }).find(fits)
}

fn undone(case: &Case) -> usize {
    case.facts.iter().filter(|fact| fact.kind == FactKind::Undone.number()).count()
}

/// Plays a story and looks at the matter after every step.
pub fn play(case: &mut Case, others: &Others, story: &[Pick]) -> Result<(), String> {
    for pick in story {
        let (before, taken_back) = (case.m().clone(), undone(case));
        wait(case, pick.wait);
        laws::legal(case.m())?;
        laws::follows(&before, case.m(), false)?;
        let before = case.m().clone();
        let Some(deed) = choose(case, others, *pick) else { continue };
        case.tries(&deed).map_err(|(why, _)| format!("{:?} was accepted and is not: {}", deed.word.code, why.word()))?;
        let said = |law: String| format!("{:?} by {:?}, {law}", deed.word.code, deed.who.role);
        laws::legal(case.m()).map_err(said)?;
        laws::follows(&before, case.m(), undone(case) > taken_back).map_err(said)?;
    }
    Ok(())
}

/// States along the way of many stories.
pub fn stories(category: Category, seeds: std::ops::Range<u64>) -> Vec<Case> {
    let others = Others::of(category);
    let mut all = Vec::new();
    for seed in seeds {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let mut case = Case::registered("2026-09-14 09:00", category);
        for _ in 0..30 {
            let pick = Pick { wait: rng.random_range(0..12), what: rng.random(), late: 0 };
            play(&mut case, &others, &[pick]).unwrap_or_else(|law| panic!("seed {seed}: {law}"));
            all.push(case.clone());
        }
    }
    all
}
