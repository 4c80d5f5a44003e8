//! Ruin and recreate (Christiaens and Vanden Berghe, "Slack induction by string removals", 2020): for a planner that has
//! seconds rather than a moment. What is worse is taken for a while, less and less as time runs out.

use super::{
    chance::Chance,
    draft::Draft,
    field::Field,
    plan::{Cost, Plan},
    problem::Problem,
    recreate::recreate,
    ruin::ruin,
};
use crate::Result;

/// How much longer than what there is a walk may become at first, in walks between two stops.
const HEAT: f64 = 1.0;

/// Looks for a better plan than `plan`, from which it begins. Before each change `left` is asked what share of the time is
/// left, 1 at first; at 0 the search ends. The same seed and answers give the same plan, which is never worse.
///
/// # Errors
/// As [`Problem::sound`].
pub fn search(problem: &Problem, plan: &Plan, seed: u64, left: &mut dyn FnMut() -> f64) -> Result<Plan> {
    let field = Field::new(problem)?;
    let (mut best, mut kept, mut tried) = (Draft::of(&field, plan), Draft::of(&field, plan), Draft::of(&field, plan));
    let (mut best_cost, mut kept_cost) = (best.cost(&field), best.cost(&field));
    let step_s = kept_cost.walking_s as f64 / field.doors.len().max(1) as f64;
    let all: Vec<usize> = (0..field.duties.len()).collect();
    let (mut near, mut chance) = (vec![Vec::new(); field.doors.len()], Chance::new(seed));
    loop {
        let share = left();
        if share <= 0.0 || near.is_empty() {
            return Ok(best.plan(&field));
        }
        let heat = HEAT * step_s * share * share * share;
        let mut changed = ruin(&field, &mut near, &mut tried, &mut chance);
        recreate(&field, &mut tried, &mut chance, &mut changed);
        let cost = tried.cost(&field);
        if is_fine(cost, kept_cost, heat * chance.share()) {
            kept.become_like(&tried, &changed);
            kept_cost = cost;
        } else {
            tried.become_like(&kept, &changed);
        }
        if kept_cost < best_cost {
            best_cost = kept_cost;
            best.become_like(&kept, &all);
        }
    }
}

/// Whether a plan is taken in place of another: nobody more is left out, and the walk is longer by so much at most.
fn is_fine(cost: Cost, than: Cost, longer_s: f64) -> bool {
    match cost.unserved.cmp(&than.unserved) {
        std::cmp::Ordering::Equal => (cost.walking_s as f64) < than.walking_s as f64 + longer_s.max(1.0),
        order => order.is_lt(),
    }
}
