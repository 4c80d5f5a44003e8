//! What residents answer to 社情民意. Drawn apart from the week, so that it moves nothing else in it.

use minqing_core::{
    document::form::form_id,
    model::{Answer, Survey},
};
use rand::{Rng, RngExt, SeedableRng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;

use super::setup::COMMUNITY;

const CONCERNS: [&str; 8] = ["safety", "heating", "sanitation", "parking", "old_age", "children", "work", "medical"];
const WHY_NOT: [&str; 4] = ["反映的事没有回音", "办事跑了两趟", "楼道没人打扫", "说不上来，就是慢"];
const ADVICE: [&str; 4] = ["多来走走", "活动室晚上也开", "通知贴大一点", "院里添几把椅子"];

/// The survey of the `n`-th visit: as the form asks, what is relevant and nothing else.
pub fn opinion(n: u64) -> Survey {
    let mut rng = ChaCha8Rng::seed_from_u64(n ^ 0x0b1_1070);
    let mut answers = Vec::new();
    let mut answer = |question: &str, values: Vec<String>| answers.push(Answer { question: question.into(), values });
    let satisfied = match rng.random_range(0..100) {
        0..35 => "very",
        35..75 => "mostly",
        75..92 => "hardly",
        _ => "not",
    };
    answer("satisfied", vec![satisfied.into()]);
    if matches!(satisfied, "hardly" | "not") {
        answer("why_not", vec![pick(&WHY_NOT, &mut rng)]);
    }
    if satisfied == "not" {
        answer("call_back", vec!["2026-09-28".into()]);
    }
    let count = rng.random_range(1..=3);
    let concerns: Vec<String> = CONCERNS.sample(&mut rng, count).map(|c| (*c).to_owned()).collect();
    if concerns.iter().any(|c| c == "old_age" || c == "medical") && rng.random_ratio(4, 5) {
        answer("old_at_home", vec![rng.random_range(0..=3).to_string()]);
    }
    answer("concerns", concerns);
    answer("score", vec![rng.random_range(3..=10).to_string()]);
    if rng.random_ratio(1, 3) {
        answer("advice", vec![pick(&ADVICE, &mut rng)]);
    }
    Survey { form: form_id(COMMUNITY, "social_opinion").to_string(), version: 1, answers }
}

fn pick(texts: &[&str], rng: &mut impl Rng) -> String {
    texts[rng.random_range(0..texts.len())].to_owned()
}
